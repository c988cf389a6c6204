// SPDX-License-Identifier: Apache-2.0
/**
 * A policy that lets its containers mount: what user code makes of its own works as under plain
 * runc, and what is not its own stays as foreign as under a policy that refuses all mounts.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Release } from "../../vm/guest.ts";
import { type BundleOptions, makeBundle } from "./bundle.ts";
import { Session, SHARED } from "./session.ts";

const RELEASES: readonly Release[] = ["bookworm", "trixie", "sid"];
const folder = mkdtempSync(join(tmpdir(), "lockc-mounting-"));
after(() => rmSync(folder, { recursive: true }));
const source = join(import.meta.dirname, "mounts.c");
const warn = ["-Wall", "-Wextra", "-Werror"];
execFileSync("gcc", [...warn, "-O1", "-static", "-o", join(folder, "mounts"), source]);

const policy = (name: string, mounting: string) => `
name: ${name}
description: Baseline for who may mount.
extends: baseline
privileged: { allow: true }
capabilities: { allow: any }
devices: { allow: any }
seccomp: { require: never }
apparmor: { require: never }
maskedPaths: { require: [] }
readonlyPaths: { require: [] }
hostNamespaces: { allow: [pid, network, ipc, uts, user, cgroup, time] }
hostPaths: { add: [{ path: /var/leak/data, access: read-write }] }
mounting: ${mounting}
`;
const POLICIES = {
  mounting: policy("mounting", "{ allow: true }"),
  audited: policy("audited", "{ allow: false, mode: audit }"),
  unmounting: policy("unmounting", "{ allow: false }"),
};

const BUNDLE = "/tmp/mounting";
/** A directory of the host's, of which the container was given a part; a hook binds all of it. */
const LEAK = "/var/leak";
const SHOWN = `${BUNDLE}/rootfs/leak`;
const BINDS = {
  path: "/bin/sh",
  args: ["sh", "-c", `mkdir -p ${SHOWN} && mount --bind ${LEAK} ${SHOWN}`],
};

/** Roots as runtimes get them: a directory of the host's file system, and an overlay. */
const ROOTS: Readonly<Record<string, string>> = {
  "a directory": "true",
  "an overlay": `mkdir -p ${BUNDLE}/up ${BUNDLE}/wk && mount -t overlay none ${BUNDLE}/rootfs -o lowerdir=${BUNDLE}/rootfs,upperdir=${BUNDLE}/up,workdir=${BUNDLE}/wk`,
};

function answers(said: string): Record<string, string> {
  const lines = said.split("\n").filter((line) => /^\w+=\w+$/.test(line));
  return Object.fromEntries(lines.map((line) => line.split("=", 2) as [string, string]));
}

function names(answered: Record<string, string>, answer: string): string[] {
  return Object.keys(answered).filter((name) => answered[name] === answer);
}

for (const release of RELEASES) {
  describe(release, () => {
    const session = new Session({ release, mounts: [folder] }, POLICIES);
    const run = session.run.bind(session);
    const ok = session.ok.bind(session);

    const bundle = async (words: readonly string[], options: BundleOptions = {}) => {
      const volume = { destination: "/v", type: "bind", source: `${LEAK}/data` };
      await makeBundle(session, BUNDLE, {
        args: ["/x/mounts", ...words],
        mounts: [{ ...volume, options: ["rbind", "rw"] }],
        ...(words.includes("leaked") ? { hooks: { createContainer: [BINDS] } } : {}),
        ...options,
      });
    };
    /** What the program says of each trial. */
    const tries = async (runtime: string, words: readonly string[], options?: BundleOptions) => {
      await bundle(words, options);
      const { stdout } = await run(
        `cd ${BUNDLE} && ${runtime} run mounting 2>&1 </dev/null | cat; ${runtime} delete -f mounting 2>/dev/null`,
      );
      const answered = answers(stdout);
      assert.notEqual(Object.keys(answered).length, 0, stdout);
      return answered;
    };

    before(async () => {
      await ok(`cp ${folder}/mounts ${SHARED}/`);
      for (const name of Object.keys(POLICIES)) {
        await ok(`ln -s lockc-runc /usr/bin/lockc-runc-${name}`);
      }
      await ok(
        `mkdir -p ${LEAK}/data/upper ${LEAK}/other ${LEAK}/upper ${LEAK}/work && echo no >${LEAK}/secret && echo no >${LEAK}/other/secret`,
      );
    });

    for (const [title, prepare] of Object.entries(ROOTS)) {
      test(`what it makes of its own is its own, in a root that is ${title}`, async () => {
        await bundle([]);
        await ok(prepare);
        const plain = await tries("runc", []);
        assert.deepEqual(plain, Object.fromEntries(Object.keys(plain).map((name) => [name, "ok"])));
        assert.deepEqual(await tries("lockc-runc-mounting", []), plain);
        assert.deepEqual(await tries("lockc-runc-audited", []), plain);
        const refused = await tries("lockc-runc-unmounting", []);
        assert.deepEqual(names(refused, "ok"), []);
        await run(`umount ${BUNDLE}/rootfs`);
      });
    }

    test("nothing of the host's becomes its own by a mount", async () => {
      const plain = await tries("runc", ["leaked"]);
      assert.deepEqual(names(plain, "ok"), Object.keys(plain));
      await ok(`find ${LEAK} ${SHARED} -name written -delete`);
      for (const policy of ["mounting", "audited", "unmounting"]) {
        const held = await tries(`lockc-runc-${policy}`, ["leaked"]);
        assert.deepEqual(Object.keys(held), Object.keys(plain));
        // An overlay that cannot make its working directory there is for reading only.
        const refused = [...names(held, "EPERM"), ...names(held, "EROFS")];
        assert.deepEqual(refused.sort(), Object.keys(plain).sort(), policy);
        assert.equal((await run(`find ${LEAK} -name written`)).stdout, "");
        if (policy !== "mounting") continue;
        assert.match(await ok("lockctl why mounting"), /secret.*: rule hostFiles of policy/);
      }
    });

    test("what its own network namespace has of sysfs is its own", async () => {
      const namespaces = ["pid", "ipc", "uts", "mount", "network"].map((type) => ({ type }));
      const held = await tries("lockc-runc-mounting", ["leaked"], { namespaces });
      assert.deepEqual(names(held, "ok"), ["hosts_sysfs"]);
    });

    test("a file system that is gone leaves nothing behind", async () => {
      const entries = () => ok(`${SHARED}/probe map /sys/fs/bpf/lockc/maps/superblocks`);
      const before = await entries();
      await bundle(["churn", "300"]);
      await ok(`cd ${BUNDLE} && lockc-runc-mounting run mounting </dev/null`);
      await session.until(
        `[ "$(${SHARED}/probe map /sys/fs/bpf/lockc/maps/superblocks)" = ${before} ]`,
      );
    });
  });
}
