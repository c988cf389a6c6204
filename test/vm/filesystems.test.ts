// SPDX-License-Identifier: Apache-2.0
/**
 * File systems of which a container has a part, on each kernel. Subvolumes of btrfs number their
 * inodes each for itself: of two with the same number only the one that was given is the
 * container's. And what acts on a file system as a whole, by any of its directories.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { requireTools, run as runHere } from "../../tool/run.ts";
import { makeBundle } from "./bundle.ts";
import { HELD, Session } from "./session.ts";

requireTools("mkfs.btrfs", "mkfs.xfs");
const folder = mkdtempSync(join(tmpdir(), "lockc-subvolumes-"));
after(() => rmSync(folder, { recursive: true }));
const image = join(folder, "image");
writeFileSync(image, "");
truncateSync(image, 256 * 2 ** 20);
runHere("mkfs.btrfs", ["--quiet", image]);
const xfs = join(folder, "xfs");
writeFileSync(xfs, "");
truncateSync(xfs, 320 * 2 ** 20);
runHere("mkfs.xfs", ["-q", xfs]);
for (const program of ["subvolume", "whole"]) {
  const source = join(import.meta.dirname, `${program}.c`);
  execFileSync("gcc", ["-O1", "-static", "-o", join(folder, program), source]);
}

/** What the host has in other subvolumes, and what a container does with a directory that leaked. */
const ACT = `echo own >/own && touch -d @0 /own && cat /own
echo given >/given/f && touch -d @0 /given/f && cat /given/f
echo nested >/nested/f && cat /nested/f
cat /proc/self/fd/3/secret
touch -d @0 /proc/self/fd/3/secret && echo touched
echo made >/proc/self/fd/3/made && echo made
`;
const OWN = "own\ngiven\nnested";

/** What is done to the file system of each directory, by whole.c. */
const WHOLE: readonly (readonly [act: string, directory: string])[] = [
  ["handle", "/xfs"],
  ["trim", "/xfs"],
  ["watch", "/xfs"],
  ["ask", "/xfs"],
  ["search", "/btrfs"],
  ["snapshot", "/btrfs"],
];
/** … for which these file systems have nothing. */
const NOTHING: typeof WHOLE = [
  ["other", "/btrfs"],
  ["destroy", "/btrfs"],
  ["keys", "/btrfs"],
];
const OWN_PART: typeof WHOLE = [
  ["see", "/xfs"],
  ["subvolume", "/btrfs"],
];

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release, docker: release === "bookworm", mounts: [folder] });
    const { run, ok } = { run: session.run.bind(session), ok: session.ok.bind(session) };
    let number = 0;

    const act = (runtime: string, leaked: string) =>
      run(`cd /tmp/b && ${runtime} run --preserve-fds 1 act${number++} 3<${leaked}`);

    before(async () => {
      await ok(
        `modprobe loop && modprobe btrfs && cp --sparse=always ${image} /root/image && mkdir -p /srv/pool && losetup /dev/loop0 /root/image && mount -t btrfs /dev/loop0 /srv/pool || { dmesg | tail; false; }`,
      );
      const make = `${folder}/subvolume /srv/pool`;
      await ok(`${make} root && ${make} hidden && ${make} data && mkdir /srv/pool/data/given`);
      await ok(
        "for at in /srv/pool /srv/pool/hidden /srv/pool/data/given; do echo secret >$at/secret; done; mkdir /mnt/leaked",
      );
      await ok(`${make} copy /srv/pool/data && mount --bind /srv/pool/copy/given /mnt/leaked`);
      await makeBundle(session, "/tmp/b", {
        args: ["/bin/sh", "/act"],
        mounts: [
          {
            destination: "/given",
            type: "bind",
            source: "/srv/pool/data/given",
            options: ["rbind"],
          },
        ],
      });
      await ok(
        "cp -a /tmp/b/rootfs/. /srv/pool/root && ln -sf busybox /srv/pool/root/bin/touch && mount --bind /srv/pool/root /tmp/b/rootfs",
      );
      await ok(`${folder}/subvolume /srv/pool/root nested`);
      await ok("cat >/srv/pool/root/act", ACT);
    });

    test("until lockc is loaded with btrfs there nothing on it is given to anybody", async () => {
      const { status, stdout, stderr } = await act(HELD, "/srv/pool");
      assert.notEqual(status, 0);
      assert.equal(stdout, "");
      assert.match(
        stderr,
        /loaded before the kernel's module btrfs.*lockctl load.*LOCKC_E_NOT_LOADED/,
      );
      await ok("lockctl load");
    });

    for (const [leaked, title] of [
      ["/srv/pool", "the top of the file system"],
      ["/srv/pool/hidden", "another subvolume"],
      ["/mnt/leaked", "the same directory in a snapshot"],
    ] as const) {
      test(`${title} that leaks is the container's under plain runc and refused under lockc`, async () => {
        const free = await act("runc", leaked);
        assert.equal(free.stdout.trimEnd(), `${OWN}\nsecret\ntouched\nmade`, free.stderr);
        const { stdout, stderr } = await act(HELD, leaked);
        assert.equal(stdout.trimEnd(), OWN, stderr);
        assert.equal(stderr.match(/not permitted/g)?.length, 3, stderr);
      });
    }

    test("what acts on a file system as a whole, by the part of it that the container has", async () => {
      await ok(
        `modprobe xfs && cp --sparse=always ${xfs} /srv/xfs.image && mkdir -p /srv/xfs && losetup /dev/loop1 /srv/xfs.image && mount -t xfs /dev/loop1 /srv/xfs && mkdir /srv/xfs/given && echo secret >/srv/xfs/secret`,
      );
      const bind = (destination: string, source: string) => ({
        ...{ destination, type: "bind", source, options: ["rbind"] },
      });
      const acts = [...WHOLE, ...OWN_PART, ...NOTHING].map(
        ([act, at]) => `/bin/whole ${act} ${at}`,
      );
      await makeBundle(session, "/tmp/w", {
        args: ["/bin/sh", "-c", acts.join("; ")],
        mounts: [bind("/xfs", "/srv/xfs/given"), bind("/btrfs", "/srv/pool/data/given")],
      });
      await ok(`cp ${folder}/whole /tmp/w/rootfs/bin`);
      const say = (done: typeof WHOLE, what: string) => done.map(([act]) => `${act}: ${what}`);
      const free = (await run(`cd /tmp/w && runc run whole${number++}`)).stdout;
      await ok("rmdir /srv/pool/data/given/subvolume");
      // Kernels snapshot what is a subvolume's root alone from 6.1.70, 6.6.9 and 6.7 on.
      const snapshot = /snapshot: (done|Invalid argument)/.exec(free)![1]!;
      const said = free.trimEnd().split("\n");
      assert.deepEqual(said.splice(0, WHOLE.length + OWN_PART.length), [
        ...say(WHOLE.slice(0, -1), "done"),
        `snapshot: ${snapshot}`,
        ...say(OWN_PART, "done"),
      ]);
      assert.equal(said.length, NOTHING.length);
      for (const each of said) assert.doesNotMatch(each, /done|not permitted/);
      const { stdout, stderr } = await run(`cd /tmp/w && ${HELD} run whole${number++}`);
      assert.deepEqual(
        stdout.trimEnd().split("\n"),
        [
          ...say(WHOLE, "Operation not permitted"),
          ...say(OWN_PART, "done"),
          ...say(NOTHING, "Operation not permitted"),
        ],
        stderr,
      );
    });

    if (release !== "bookworm") return;
    test("Docker's driver for btrfs, whose images are snapshots: root and volume", async () => {
      await ok(
        "setsid dockerd --config-file /etc/docker/daemon.json --storage-driver btrfs --data-root /srv/pool/docker --exec-root /run/second --pidfile /run/second.pid -H unix:///run/second.sock >/run/second.log 2>&1 </dev/null & true",
      );
      const docker = "docker -H unix:///run/second.sock";
      await session.until(`${docker} ps >/dev/null 2>&1`, 300);
      await ok(`docker save busybox | ${docker} load`);
      const lockc = `${docker} run --rm --runtime lockc --network none`;
      const use = "echo x >/v/f && cp /v/f /f && cat /f && touch -d @0 /f /v/f";
      assert.equal(await ok(`${lockc} -v kept:/v busybox sh -c '${use}'`), "x");
      await ok(`kill $(cat /run/second.pid)`);
    });
  });
}
