// SPDX-License-Identifier: Apache-2.0
/**
 * What user code reaches without opening it, and what it leaves behind: sockets, passed
 * descriptors, attributes, set-user-ID files, terminals, code without a file. Each act
 * succeeds under plain runc and where its rule is only audited.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Session, SHARED } from "./session.ts";

/** By kind (denials, audits) and rule. */
type Counts = Record<string, Record<string, number>>;

/** [act, what becomes of it under the rules] */
type Row = readonly [act: string, held: "ok" | "EPERM"];

const POLICY = `name: reaching
description: A test's.
extends: careless
hostPaths: { allow: any }
filelessMappings: { allow: false }
pseudoFiles:
  restrict:
    - { filesystem: proc, path: /sys, access: read-only }
    - { filesystem: proc, path: /sys/kernel/hostname, access: read-write }
    - { filesystem: sysfs, path: /, access: read-only }
`;
const AUDITED = "name: audited\ndescription: A test's.\nextends: reaching\nmode: audit\n";

/** /x is a directory of the host, /v a volume, /t a tmpfs, /made in the root file system. */
const FLAGS = `--privileged --network host -v ${SHARED}:/x -v shared:/v --tmpfs /t:exec`;
/** Not mounted into any container. */
const FAR = "/run/far";
const ENGINE = `${SHARED}/engine`;

/** By the rule that refuses. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  engineSockets: [
    ["stream /x/engine/engine.sock", "EPERM"],
    ["stream /x/soft.sock", "EPERM"],
    ["stream /x/hard.sock", "EPERM"],
    ["stream /x/near.sock", "ok"],
    ["dgram /x/neard", "ok"],
    ["stream /v/peer.sock", "ok"],
    // An engine of its own has its socket where engines have it.
    ["own /run/docker.sock", "ok"],
  ],
  abstractSockets: [
    ["stream @lockc-host", "EPERM"],
    ["dgram @lockc-hostd", "EPERM"],
    ["own @lockc-own", "ok"],
    ["own /made/own.sock", "ok"],
    ["own /v/own.sock", "ok"],
    ["own /t/own.sock", "ok"],
  ],
  hostFiles: [
    ["receive /x/pass-shadow", "EPERM"],
    ["receive /x/pass-null", "ok"],
    ["receive /x/pass-memory", "ok"],
    ["receive /v/pass-file", "ok"],
    ...["/x/file", "/v/file", "/t/file", "/made/file"].flatMap((file): Row[] => [
      [`times ${file}`, "ok"],
      [`xattr ${file}`, "ok"],
      [`unxattr ${file}`, "ok"],
      [`acl ${file}`, "ok"],
    ]),
    ["flags /x/file", "ok"],
  ],
  pseudoFiles: [
    ["times /proc/sys/kernel/sysrq", "EPERM"],
    ["times /proc/sys/kernel/hostname", "ok"],
    ["times /sys/power/state", "EPERM"],
    ["xattr /sys/power/state", "EPERM"],
  ],
  setuidFiles: [
    ["mode /x/file 4755", "EPERM"],
    ["mode /x/file 2755", "EPERM"],
    ["mode /x/file 2745", "EPERM"],
    ["mode /x/file 755", "ok"],
    ["mode /x/directory 2775", "ok"],
    ["create /x/new 4755", "EPERM"],
    ["create /x/new 755", "ok"],
    ["tmpfile /x 4755", "EPERM"],
    ["tmpfile /x 755", "ok"],
    ["node /x/node 1", "EPERM"],
    ["node /x/node 0", "ok"],
    ["filecap /x/file", "EPERM"],
    ...["/v", "/t", "/made"].flatMap((place): Row[] => [
      [`mode ${place}/file 6755`, "ok"],
      [`create ${place}/new 4755`, "ok"],
      [`node ${place}/node 1`, "ok"],
      [`filecap ${place}/file`, "ok"],
    ]),
    ["tmpfile /v 4755", "ok"],
  ],
  terminalInjection: [
    ["push", "EPERM"],
    ["paste", "EPERM"],
    ["winsize", "ok"],
  ],
  filelessPrograms: [
    ["memfd", "EPERM"],
    ["gone /t", "EPERM"],
    ["gone /made", "ok"],
  ],
  filelessMappings: [
    ["map", "EPERM"],
    ["protect", "EPERM"],
    ["anonymous", "ok"],
  ],
};

/** By way of a working directory that leads out of the container. */
const LEAKED = [
  "stream far.sock",
  "dgram fard",
  "times file",
  "xattr file",
  "unxattr file",
  "acl file",
];

/** What became of the acts: "ok", or the errno's name. `exec` executes a command in a container. */
async function attempt(
  session: Session,
  exec: string,
  acts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const script = acts.map((act) => `echo "${act}=$(/x/reach ${act} 2>&1)"`).join("; ");
  const lines = (await session.ok(`${exec} sh -c '${script}'`)).split("\n");
  return new Map(lines.map((line) => line.split("=", 2) as [string, string]));
}

const folder = mkdtempSync(join(tmpdir(), "lockc-reach-"));
after(() => rmSync(folder, { recursive: true }));

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release, docker: true, mounts: [folder] });
    const ok = session.ok.bind(session);
    const background = (command: string) => ok(`${command} >/dev/null 2>&1 </dev/null & true`);
    const rules = async (name: string): Promise<Counts> => {
      const id = await ok(`docker inspect -f '{{.Id}}' ${name}`);
      // biome-ignore lint/suspicious/noExplicitAny: lockctl's JSON, as it comes
      return ((await session.containers()) as any[]).find((one) => one.id === id).rules;
    };
    const start = (name: string, flags: string, command = "sleep 100000") =>
      ok(
        `docker run -d --name ${name} ${name === "plain" ? "" : `--runtime lockc-privileged --label org.lockc.policy=${name === "audited" ? name : "reaching"}`} ${flags} busybox ${command}`,
      );
    const startEngine = async () => {
      await background(`${SHARED}/reach serve ${ENGINE}/engine.sock`);
      await session.until(`test -S ${ENGINE}/engine.sock`);
    };
    /** What became of all acts, by container, and what the kernel counted meanwhile. */
    const said = new Map<string, ReadonlyMap<string, string>>();
    let held: Counts;
    let audited: Counts;
    const attemptIn = (name: string, acts: readonly string[]) =>
      attempt(session, `docker exec --privileged ${name}`, acts);

    before(async () => {
      const source = join(import.meta.dirname, "reach.c");
      execFileSync("gcc", ["-O1", "-static", "-o", join(folder, "reach"), source]);
      await ok(`cp ${folder}/reach ${SHARED}; mkdir -p ${SHARED}/directory ${ENGINE} ${FAR}`);
      await ok(`touch ${SHARED}/file ${FAR}/file`);
      await ok("cat >/etc/lockc/policy/reaching.yaml", POLICY);
      await ok("cat >/etc/lockc/policy/audited.yaml", AUDITED);
      await ok("cat >/etc/lockc/lockc.yaml", `engineSockets: [${ENGINE}/engine.sock]\n`);
      await ok("lockctl policy reload");
      await background(
        `${SHARED}/reach serve ${SHARED}/near.sock ${SHARED}/neard ${FAR}/far.sock ${FAR}/fard @lockc-host @lockc-hostd`,
      );
      for (const [name, file] of [
        ["shadow", "/etc/shadow"],
        ["null", "/dev/null"],
        ["memory", "memory"],
      ]) {
        await background(`${SHARED}/reach pass ${SHARED}/pass-${name} ${file}`);
      }
      for (const name of ["plain", "audited", "held"]) {
        await start(name, FLAGS);
        await ok(`docker exec ${name} sh -c 'mkdir /made /run; touch /made/file /v/file /t/file'`);
      }
      await start("peer", FLAGS, "/x/reach serve /v/peer.sock");
      await ok("docker exec -d peer /x/reach pass /v/pass-file /v/file");
      // Where one is already, no container would be admitted.
      await startEngine();
      await ok(
        `cd ${SHARED} && ln -s engine/engine.sock soft.sock && ln engine/engine.sock hard.sock`,
      );
      await session.until("docker exec held test -S /v/pass-file");
      const acts = Object.values(ROWS).flatMap((rows) => rows.map(([act]) => act));
      for (const name of ["plain", "audited", "held"]) said.set(name, await attemptIn(name, acts));
      [held, audited] = [await rules("held"), await rules("audited")];
    });

    for (const [rule, rows] of Object.entries(ROWS)) {
      test(`${rule}: what it forbids is EPERM and counted, the rest succeeds`, () => {
        for (const [act, held] of rows) {
          for (const name of ["plain", "audited"]) {
            assert.equal(said.get(name)!.get(act), "ok", `${act}: ${name}`);
          }
          assert.equal(said.get("held")!.get(act), held, act);
        }
        const forbidden = rows.filter(([, held]) => held === "EPERM").length;
        for (const [counts, of] of [
          [held.denials, "refusals"],
          [audited.audits, "audits"],
        ] as const) {
          assert.ok((counts?.[rule] ?? 0) >= forbidden, `${counts?.[rule]} ${of} of ${forbidden}`);
        }
      });
    }

    test("no other rule refused anything, and where rules are audited none did", () => {
      assert.deepEqual(Object.keys(held.denials ?? {}).sort(), Object.keys(ROWS).sort());
      assert.deepEqual([held.audits, audited.denials], [{}, {}]);
    });

    test("a working directory outside reaches neither sockets nor attributes", async () => {
      for (const [name, verdict] of [
        ["plain", "ok"],
        ["held", "EPERM"],
      ] as const) {
        const pid = await ok(`docker inspect -f '{{.State.Pid}}' ${name}`);
        const said = await attempt(session, `nsenter -t ${pid} -m --wd=${FAR}`, LEAKED);
        assert.deepEqual(said, new Map(LEAKED.map((act) => [act, verdict])), name);
      }
    });

    test("an engine that starts anew is still an engine", async () => {
      await ok(`rm ${ENGINE}/engine.sock`);
      await startEngine();
      const act = "stream /x/engine/engine.sock";
      assert.deepEqual(await attemptIn("plain", [act]), new Map([[act, "ok"]]));
      assert.deepEqual(await attemptIn("held", [act]), new Map([[act, "EPERM"]]));
    });

    test("containers of one pod talk over abstract sockets", async () => {
      await ok("docker exec held cp /x/reach /v");
      await start("first", "-v shared:/v", "/v/reach serve @lockc-inner");
      await start("second", "--network container:first -v shared:/v");
      await session.until("docker exec second /v/reach stream @lockc-inner");
    });
  });
}
