// SPDX-License-Identifier: Apache-2.0
/**
 * What a container has of the host's or of another container's, and how far it may use it:
 * the files that are its stdin and stdout, interpreters that the host registered with
 * binfmt_misc, numbers of processes in a PID namespace that it shares.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { configJson, makeBundle } from "./bundle.ts";
import { attempt } from "./refusals.ts";
import { HELD, Session, SHARED } from "./session.ts";

/** [what a container under it is called, Docker's runtime] */
const ENGINE_RUNTIMES = [
  ["plain", "runc"],
  ["held", "lockc-careless"],
] as const;

/** What the binfmt_misc entry of the test knows a program by. */
const MAGIC = "LOCKCFORMAT";
const POLICY = `name: formats
description: A test's.
extends: careless
hostPaths: { allow: any }
`;

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release, docker: true }, { formats: POLICY });
    const ok = session.ok.bind(session);
    const run = session.run.bind(session);

    describe("a file that is handed over", () => {
      const BUNDLE = "/tmp/handed";
      const [IN, OUT] = ["/tmp/handed-in", "/tmp/handed-out"];
      before(() => makeBundle(session, BUNDLE));

      /**
       * Runs a script as the container's only program, and says whether it came to an end.
       * Detached, since else runc hands over pipes.
       */
      const succeeds = async (runtime: string, script: string, redirections: string) => {
        const args = ["/bin/sh", "-c", `(set -e; ${script}) && echo yes >/x/handed-said`];
        await ok(`cat >${BUNDLE}/config.json`, JSON.stringify(configJson({ args })));
        await ok(`echo given >${IN}; rm -f ${SHARED}/handed-said; echo >${OUT}`);
        await ok(`cd ${BUNDLE} && ${runtime} run -d handed 2>/dev/null ${redirections}`);
        await session.until(`${runtime} state handed | grep -q '"status": "stopped"'`);
        await ok(`${runtime} delete handed`);
        return (await run(`test -e ${SHARED}/handed-said`)).status === 0;
      };
      /** [what the container does, with what it is given, whether lockc allows it] */
      const CASES: readonly (readonly [script: string, redirections: string, held: boolean])[] = [
        ["cat /dev/stdin", `<${IN} >${OUT}`, true],
        ["echo more >/dev/stdin", `<${IN} >${OUT}`, false],
        ["echo more >>/dev/stdin", `<${IN} >${OUT}`, false],
        ["exec 3<>/dev/stdin", `<${IN} >${OUT}`, false],
        ["echo more >/dev/stdin", `<>${IN} >${OUT}`, true],
        ["exec 3<>/dev/stdin", `<>${IN} >${OUT}`, true],
        ["echo more >/dev/stdout", `<${IN} >${OUT}`, true],
        ["echo more >>/dev/stderr", `<${IN} >${OUT} 2>&1`, true],
        ["cat /dev/stdout", `<${IN} >${OUT}`, false],
        // Each adds what it has.
        ["exec 3<>/dev/stdin", `<${IN} >>${IN}`, true],
        ["stat -L /dev/stdin >/dev/null", `<${IN} >${OUT}`, true],
      ];
      test("is opened again in the mode in which it was handed over", async () => {
        await ok(`ln -sf busybox ${BUNDLE}/rootfs/bin/stat`);
        for (const [script, redirections, held] of CASES) {
          assert.equal(await succeeds("runc", script, redirections), true, `runc: ${script}`);
          const what = `${script} ${redirections}`;
          assert.equal(await succeeds(HELD, script, redirections), held, what);
        }
      });
    });

    describe("an interpreter that the host registered with binfmt_misc", () => {
      const FOLDER = "/usr/local/lib/lockc-format";
      const REGISTER = "/proc/sys/fs/binfmt_misc/register";
      before(async () => {
        await ok(
          `mkdir -p ${FOLDER} && cp /bin/busybox ${FOLDER}/cat && cp /bin/busybox ${FOLDER}/echo`,
        );
        await ok(
          "mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc",
        );
        await ok(`echo ':lockc-format:M::${MAGIC}::${FOLDER}/cat:F' >${REGISTER}`);
        await ok(`echo '${MAGIC} ran' >${SHARED}/foreign && chmod 755 ${SHARED}/foreign`);
      });

      for (const [name, runtime] of ENGINE_RUNTIMES) {
        test(`runs its programs, first and later ones, and nothing else: ${name}`, async () => {
          const docker = `docker run --rm --runtime ${runtime} -v ${SHARED}:/x busybox`;
          assert.equal(await ok(`${docker} /x/foreign`), `${MAGIC} ran`);
          assert.equal(await ok(`${docker} sh -c '/x/foreign; true'`), `${MAGIC} ran`);
        });
      }

      test("is none that a container registers of a directory that leaked", async () => {
        // As a runtime that left a descriptor open enters.
        const register = (name: string) =>
          run(
            `exec 5<${FOLDER}; nsenter -t $(docker inspect -f '{{.State.Pid}}' ${name}) -m -p sh -c 'echo ":leaked-${name}:M::LEAKEDFORMAT::/proc/self/fd/5/echo:F" >/b/register'`,
          );
        const own = (name: string) =>
          run(
            `docker exec ${name} sh -c 'cp /bin/busybox /bin/own-cat; echo ":own-${name}:M::OWN${name}::/bin/own-cat:F" >/b/register'`,
          );
        const flags = `--privileged -v /proc/sys/fs/binfmt_misc:/b -v ${SHARED}:/x`;
        await ok(`docker run -d --name plain ${flags} busybox sleep 100000`);
        await ok(
          `docker run -d --name held --runtime lockc-privileged --label org.lockc.policy=formats ${flags} busybox sleep 100000`,
        );
        for (const [name, refused] of [
          ["plain", false],
          ["held", true],
        ] as const) {
          const { status, stderr } = await register(name);
          assert.equal(status !== 0, refused, `${name}: ${stderr}`);
          if (refused) assert.match(stderr, /not permitted/);
          const { status: fine, stderr: said } = await own(name);
          assert.equal(fine, 0, `${name}: ${said}`);
        }
        await ok("docker rm -f plain held");
      });
    });

    describe("numbers of processes", () => {
      /** The process number 1 in sight, and who acts himself. */
      const OTHERS = ["owner 1", "write /proc/1/oom_score_adj"];
      const OWN = ["owner self", "owner thread", "owner group", "write /proc/self/oom_score_adj"];

      for (const [name, runtime] of ENGINE_RUNTIMES) {
        const held = name === "held";
        const start = (container: string, flags: string, seconds: number) =>
          ok(
            `docker run -d --name ${container} --runtime ${runtime} --security-opt seccomp=unconfined -v ${SHARED}:/x ${flags} busybox sleep ${seconds}`,
          );
        const said = async (container: string, acts: readonly string[]) =>
          Object.fromEntries(await attempt(session, `docker exec ${container}`, acts));
        const all = (acts: readonly string[], verdict: string) =>
          Object.fromEntries(acts.map((act) => [act, verdict]));

        test(`are others' in a PID namespace that is shared, on both sides: ${name}`, async () => {
          const verdict = held ? "EPERM" : "ok";
          await start("first", "", 100001);
          try {
            // Its own alone, so far.
            assert.deepEqual(await said("first", [...OTHERS, ...OWN]), {
              ...all(OTHERS, "ok"),
              ...all(OWN, "ok"),
            });
            await start("second", "--pid container:first", 100002);
            assert.deepEqual(await said("second", [...OTHERS, ...OWN]), {
              ...all(OTHERS, verdict),
              ...all(OWN, "ok"),
            });
            const number = await ok(
              "grep NSpid /proc/$(docker inspect -f '{{.State.Pid}}' second)/status | cut -f 3",
            );
            const theirs = [`owner ${number}`, `write /proc/${number}/oom_score_adj`];
            assert.deepEqual(await said("first", [...theirs, ...OWN]), {
              ...all(theirs, verdict),
              ...all(OWN, "ok"),
            });
            // Who starts afterwards, alone, is alone.
            await start("third", "", 100003);
            assert.deepEqual(await said("third", OTHERS), all(OTHERS, "ok"));
          } finally {
            await run("docker rm -f first second third");
          }
        });

        test(`are the host's in its PID namespace: ${name}`, async () => {
          await start("first", "--pid host", 100001);
          try {
            assert.deepEqual(await said("first", [...OTHERS, ...OWN]), {
              ...all(OTHERS, held ? "EPERM" : "ok"),
              ...all(OWN, "ok"),
            });
          } finally {
            await run("docker rm -f first");
          }
        });
      }
    });
  });
}
