// SPDX-License-Identifier: Apache-2.0
/**
 * What hooks of the host mount for a container and config.json does not show, as GPU drivers' hooks
 * do: it is the container's as far as its policy's hostPaths admit it, and nothing else becomes so.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { ADMITTING, type BundleOptions, makeBundle } from "./bundle.ts";
import { Session, SHARED } from "./session.ts";

const RELEASES: readonly Release[] = ["bookworm", "trixie", "sid"];
const folder = mkdtempSync(join(tmpdir(), "lockc-hooked-"));
after(() => rmSync(folder, { recursive: true }));
const source = join(import.meta.dirname, "notify.c");
execFileSync("gcc", ["-O1", "-static", "-o", join(folder, "notify"), source]);

const policy = (name: string, mounting: boolean) => `
name: ${name}
description: Baseline with a driver's files, for bundles that ask for more than it admits.
extends: baseline
${ADMITTING}mounting: { allow: ${mounting} }
hostPaths:
  add:
    - { path: /usr/share/driver, access: read-only }
    - { path: /opt/shared/*, access: read-write }
    - { path: /run/driver, access: read-write }
`;
const POLICIES = { hooked: policy("hooked", false), mounter: policy("mounter", true) };
const HELD = "lockc-runc-hooked";
const MOUNTER = "lockc-runc-mounter";

const BUNDLE = "/tmp/hooked";
const ROOT = `${BUNDLE}/rootfs`;

/** What the host has, and what a hook mounts of it on /m/NAME of the container. */
const FILES =
  "/usr/share/driver/lib.so /usr/share/driver/more/a /usr/share/driver/other /opt/shared/one/a /opt/secret";
interface Bind {
  readonly from: string;
  readonly readOnly?: boolean;
  readonly directory?: boolean;
}
const ADMITTED: Readonly<Record<string, Bind>> = {
  probe: { from: "/usr/share/driver/probe", readOnly: true },
  lib: { from: "/usr/share/driver/lib.so", readOnly: true },
  more: { from: "/usr/share/driver/more", readOnly: true, directory: true },
  shared: { from: "/opt/shared/one", directory: true },
  own: { from: `${ROOT}/bin`, directory: true },
};
const FOREIGN: Readonly<Record<string, Bind>> = {
  unlisted: { from: "/opt/secret" },
  above: { from: "/opt/shared", readOnly: true, directory: true },
  written: { from: "/usr/share/driver/other" },
};

/** A shell's words that mount them below the root file system, as the hook's process sees it. */
function mounting(binds: Readonly<Record<string, Bind>>): string {
  const steps = Object.entries(binds).map(([name, { from, readOnly, directory }]) => {
    const at = `${ROOT}/m/${name}`;
    const options = readOnly ? "bind,ro" : "bind";
    return `${directory ? `mkdir -p ${at}` : `touch ${at}`} && mount -o ${options} ${from} ${at}`;
  });
  return `mkdir -p ${ROOT}/m && ${steps.join(" && ")}`;
}

/** A hook that does it in the container's mount namespace, of which it is told or where it is. */
function hook(stage: string, binds: Readonly<Record<string, Bind>>) {
  const enter = `pid=$(sed 's/.*"pid": *\\([0-9]*\\).*/\\1/') && nsenter -t $pid -m sh -c`;
  const script = mounting(binds);
  const words = stage === "createContainer" ? script : `${enter} '${script}'`;
  return { path: "/bin/sh", args: ["sh", "-c", words] };
}

function answers(said: string): Record<string, string> {
  const lines = said.split("\n").filter((line) => /^[^=]+=\w+$/.test(line));
  return Object.fromEntries(lines.map((line) => line.split("=", 2) as [string, string]));
}

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, mounts: [folder] }, POLICIES);
    const run = session.run.bind(session);
    const ok = session.ok.bind(session);

    /** Runs the bundle; what it says of each act. */
    const tries = async (runtime: string, options: BundleOptions) => {
      await ok(`rm -rf ${ROOT}/m`);
      await makeBundle(session, BUNDLE, options);
      const { stdout } = await run(
        `cd ${BUNDLE} && timeout 60 ${runtime} run --preserve-fds 1 hooked 3</usr/share/driver </dev/null 2>&1 | cat; ${runtime} delete -f hooked 2>/dev/null`,
      );
      const answered = answers(stdout);
      assert.notEqual(Object.keys(answered).length, 0, `${runtime}: ${stdout}`);
      return answered;
    };
    const onlyHere = release === RELEASES[0];
    const all = (acts: readonly string[], answer: string) =>
      Object.fromEntries(acts.map((act) => [act, answer]));

    before(async () => {
      await ok(`for f in ${FILES}; do mkdir -p $(dirname $f) && echo ok >$f; done`);
      await ok(`cp ${SHARED}/probe /usr/share/driver/ && cp ${folder}/notify ${SHARED}/`);
      for (const name of Object.keys(POLICIES)) {
        await ok(`ln -s lockc-runc /usr/bin/lockc-runc-${name}`);
      }
    });

    const OWN = [
      "open /m/lib",
      "stat /m/lib",
      "open /m/more/a",
      "write /m/shared/a",
      "open /m/own/busybox",
    ];
    const HOSTS = [
      "open /m/unlisted",
      "stat /m/unlisted",
      "open /m/above/one/a",
      "open /m/written",
    ];
    // What is mounted from within the namespace and by who enters it: what differs between kernels.
    const stages = ["prestart", "createContainer", ...(onlyHere ? ["createRuntime"] : [])];
    for (const stage of stages) {
      test(`what a ${stage} hook mounts is the container's where the policy names it`, async () => {
        const hooks = { [stage]: [hook(stage, { ...ADMITTED, ...FOREIGN })] };
        // Its first program is mounted by the hook, too.
        const args = ["/m/probe", "each", ...OWN, ...HOSTS];
        assert.deepEqual(await tries("runc", { args, hooks }), all([...OWN, ...HOSTS], "ok"));
        const held = await tries(HELD, { args, hooks });
        assert.deepEqual(held, { ...all(OWN, "ok"), ...all(HOSTS, "EPERM") });
        assert.match(await ok("lockctl why hooked"), /\/m\/.*: rule hostFiles .*[\s\S]*hostPaths/);
      });
    }

    test("what lies beside it, and leaks, stays the host's", async () => {
      const hooks = { createContainer: [hook("createContainer", ADMITTED)] };
      const acts = ["chdir-fd 3 other", "chdir-fd 3 lib.so", "chdir-fd 3 more/a", "open /m/lib"];
      const args = ["/x/probe", "each", ...acts];
      assert.deepEqual(await tries("runc", { args, hooks }), all(acts, "ok"));
      const held = await tries(HELD, { args, hooks });
      assert.deepEqual(held, { ...all(acts, "EPERM"), "open /m/lib": "ok" });
    });

    const describePolicy = () => {
      test("what it mounts of the host's directories is held as volumes of these are", async () => {
        const hooks = { createContainer: [hook("createContainer", ADMITTED)] };
        const acts = ["chmod /m/shared/a", "write /m/lib"];
        const setuid = "busybox chmod 4755 /m/shared/a; echo setuid=$?";
        const args = ["/bin/sh", "-c", `/x/probe each '${acts.join("' '")}'; ${setuid}`];
        const plain = await tries("runc", { args, hooks });
        assert.deepEqual(plain, {
          "chmod /m/shared/a": "ok",
          "write /m/lib": "EROFS",
          setuid: "0",
        });
        const held = await tries(HELD, { args, hooks });
        assert.deepEqual(held, { "chmod /m/shared/a": "ok", "write /m/lib": "EROFS", setuid: "1" });
      });

      test("without a hook nothing that the policy names is the container's", async () => {
        const acts = ["chdir-fd 3 other", "chdir-fd 3 lib.so"];
        const args = ["/x/probe", "each", ...acts];
        assert.deepEqual(await tries("runc", { args }), all(acts, "ok"));
        assert.deepEqual(await tries(HELD, { args }), all(acts, "EPERM"));
      });

      test("a file that is mounted for reading and for writing is no file for reading", async () => {
        const twice = { lib: ADMITTED.lib!, again: { from: ADMITTED.lib!.from } };
        const hooks = { createContainer: [hook("createContainer", twice)] };
        const acts = ["open /m/lib", "write /m/again"];
        const args = ["/x/probe", "each", ...acts];
        assert.deepEqual(
          await tries("runc", { args, hooks }),
          all(["open /m/lib", "write /m/again"], "ok"),
        );
        assert.deepEqual(await tries(HELD, { args, hooks }), all(acts, "EPERM"));
      });

      test("what user code mounts becomes its own by no prospect", async () => {
        const shown = { usr: { from: "/usr", directory: true }, lib: ADMITTED.lib! };
        const hooks = { createContainer: [hook("createContainer", shown)] };
        const binds = "/bin/busybox mount -o bind,ro /m/usr/share/driver/other /m/lib2";
        const acts = ["open /m/lib", "open /m/lib2", "open /m/usr/share/driver/other"];
        const words = `echo >/m/lib2; ${binds}; /x/probe each '${acts.join("' '")}'`;
        const args = ["/bin/sh", "-c", words];
        assert.deepEqual(await tries("runc", { args, hooks }), all(acts, "ok"));
        const held = await tries(MOUNTER, { args, hooks });
        assert.deepEqual(held, { ...all(acts, "EPERM"), "open /m/lib": "ok" });
      });

      test("nor does anything where user code that may mount ran before", async () => {
        const startContainer = [{ path: "/bin/true", args: ["true"] }];
        const hooks = { createContainer: [hook("createContainer", ADMITTED)], startContainer };
        const args = ["/x/probe", "each", "open /m/lib"];
        assert.deepEqual(await tries(HELD, { args, hooks }), { "open /m/lib": "ok" });
        assert.deepEqual(await tries(MOUNTER, { args, hooks }), { "open /m/lib": "EPERM" });
      });

      test("a socket that it mounts stays the host's, and so does one that the policy names", async () => {
        const at = "/run/driver/n.sock";
        const binds = { socket: { from: at } };
        const hooks = { createContainer: [hook("createContainer", binds)] };
        const args = ["/bin/sh", "-c", "NOTIFY_SOCKET=/m/socket /x/notify & sleep 1"];
        await ok(
          `mkdir -p /run/driver && (setsid ${SHARED}/notify listen ${at} >/tmp/told 2>&1 & echo $! >/tmp/listener)`,
        );
        await session.until(`[ -S ${at} ]`);
        assert.deepEqual(await tries("runc", { args, hooks }), { told: "ok" });
        assert.deepEqual(await tries(HELD, { args, hooks }), { told: "EPERM" });
        await ok("kill $(cat /tmp/listener)");
      });
    };
    if (onlyHere) describePolicy();

    test("nothing of it is left when the container has ended", async () => {
      await session.until(`[ "$(${SHARED}/probe map /sys/fs/bpf/lockc/maps/prospects)" = 0 ]`);
    });
  });
}
