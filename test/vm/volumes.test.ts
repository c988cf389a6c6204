// SPDX-License-Identifier: Apache-2.0
/**
 * What a Docker volume may be a mount of, on real kernels: each attack first succeeds under
 * plain runc, with the same volume, and is then refused under lockc. So are an engine's root
 * below an allowed directory, and real-time priorities by a limit.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { requireTools, run as runHere } from "../../tool/run.ts";
import { assertAllowed, Session, SHARED } from "./session.ts";

requireTools("mke2fs", "mkfs.minix", "mkfs.erofs");
const folder = mkdtempSync(join(tmpdir(), "lockc-volumes-"));
after(() => rmSync(folder, { recursive: true }));

const SECRET = `secret-${randomBytes(8).toString("hex")}`;
const contents = join(folder, "contents");
mkdirSync(contents);
writeFileSync(join(contents, "file"), SECRET.padEnd(4096, "\n"));

/** Takes the highest priority there is. */
const REALTIME = `
#include <sched.h>
#include <stdio.h>
int main(void)
{
	struct sched_param most = { 99 };
	if (sched_setscheduler(0, SCHED_FIFO, &most) != 0)
		return perror("sched_setscheduler"), 1;
	return puts("real-time") < 0;
}
`;
const realtime = ["-x", "c", "-O1", "-static", "-o", join(folder, "realtime"), "-"];
execFileSync("gcc", realtime, { input: REALTIME });

/** An empty file of that many bytes. */
function blank(name: string, size: number): string {
  const path = join(folder, name);
  writeFileSync(path, "");
  truncateSync(path, size);
  return path;
}

const runc = "docker run --rm";
const lockc = "docker run --rm --runtime lockc";

interface Attack {
  readonly title: string;
  /** Options of docker volume create. */
  readonly volume: string;
  /** In the container, which has the volume on /v. */
  readonly act: string;
  readonly sees: RegExp;
  readonly says: RegExp;
}

let volumes = 0;

/** Under both runtimes, with a volume for each attack. */
function describeAttacks(session: Session, attacks: readonly Attack[]): void {
  for (const { title, volume, act, sees, says } of attacks) {
    const name = `attack${volumes++}`;
    test(`${title} is there for plain runc and refused under lockc`, async () => {
      await session.ok(`docker volume create ${volume} ${name}`);
      const flags = `-v ${name}:/v busybox sh -c '${act}'`;
      assert.match(await session.ok(`${runc} ${flags}`), sees);
      const held = await session.run(`${lockc} ${flags}`);
      assert.notEqual(held.status, 0);
      assert.doesNotMatch(held.stdout, sees);
      assert.match(held.stderr, says);
      assert.match(held.stderr, /policy \\?"baseline\\?" refuses the mount .*LOCKC_E_MOUNT/);
      assert.deepEqual(await session.containers(), []);
    });
  }
}

const DISKS =
  "name: disks\ndescription: Has a disk.\nextends: baseline\nhostPaths: { add: [{ path: /dev/ram0, access: read-write }] }";

describe("kernel 6.1", () => {
  const session = new Session({ docker: true, mounts: [folder] }, { disks: DISKS });
  const { run, ok } = { run: session.run.bind(session), ok: session.ok.bind(session) };

  before(async () => {
    const ext4 = blank("ext4", 2 ** 20);
    runHere("mke2fs", ["-q", "-t", "ext4", "-O", "^has_journal", "-d", contents, ext4]);
    runHere("mkfs.minix", [blank("minix", 2 ** 20)]);
    await ok("for module in brd loop minix nfsd rpc_pipefs sunrpc; do modprobe $module; done");
    await ok(`cat ${folder}/ext4 >/dev/ram0 && cat ${folder}/minix >/dev/ram1`);
    await ok(
      `mkdir /run/minix && mount -t minix /dev/ram1 /run/minix && echo ${SECRET} >/run/minix/file && umount /run/minix`,
    );
    await ok("mkdir /run/mqueue && mount -t mqueue none /run/mqueue && touch /run/mqueue/queue");
    await ok(`cp ${folder}/ext4 /root/image && losetup /dev/loop0 /root/image`);
  });

  const type = (name: string) =>
    new RegExp(
      `it is a mount of type ${name}, which can show what is the host's own .*use a plain volume`,
    );
  const device = (name: string, numbers: string) =>
    new RegExp(
      `it is a mount of type ${name} \\(device ${numbers}\\) that the host has at no other place`,
    );
  describeAttacks(session, [
    {
      title: "a message queue of the host",
      volume: "-o type=mqueue -o device=mqueue",
      act: "echo found >>/v/queue 2>/dev/null; ls /v",
      sees: /^queue$/,
      says: type("mqueue"),
    },
    {
      title: "the host's NFS server",
      volume: "-o type=nfsd -o device=nfsd",
      act: "ls /v",
      sees: /^threads$/m,
      says: type("nfsd"),
    },
    {
      title: "the pipes of the host's network",
      volume: "-o type=rpc_pipefs -o device=rpc_pipefs",
      act: "ls /v",
      sees: /^nfs$/m,
      says: type("rpc_pipefs"),
    },
    {
      title: "an ext4 that the host has mounted nowhere",
      volume: "-o type=ext4 -o device=/dev/ram0",
      act: "echo written >/v/new; cat /v/file /v/new",
      sees: new RegExp(`^${SECRET}[^]*written$`),
      says: device("ext4", "1:0"),
    },
    {
      title: "a minix that the host has mounted nowhere",
      volume: "-o type=minix -o device=/dev/ram1",
      act: "cat /v/file",
      sees: new RegExp(SECRET),
      says: type("minix"),
    },
    {
      title: "layers with root's directory",
      volume: "-o type=overlay -o device=overlay -o o=lowerdir=/root:/srv",
      act: "ls /v",
      sees: /^image$/m,
      says: type("overlay"),
    },
    {
      title: "an image of root's",
      volume: "-o type=ext4 -o device=/dev/loop0",
      act: "cat /v/file",
      sees: new RegExp(SECRET),
      says: /it shows \\?"\/root\/image\\?", which is outside the policy's host directories/,
    },
  ]);

  test("volumes of all other kinds are read and written under lockc", async () => {
    const kinds = {
      plain: "",
      memory: "-o type=tmpfs -o device=tmpfs",
      sized: "-o type=tmpfs -o device=tmpfs -o o=size=1m,uid=7",
      ram: "-o type=ramfs -o device=ramfs",
      bound: `-o type=none -o o=bind -o device=${SHARED}/bound`,
      other: "-o type=none -o o=bind -o device=/var/lib/docker/volumes/plain/_data",
    };
    await ok(`mkdir -p ${SHARED}/bound`);
    for (const [name, options] of Object.entries(kinds)) {
      await ok(`docker volume create ${options} ${name}`);
      const act = `busybox sh -c 'echo ${name} >/v/f && mv /v/f /v/g && cat /v/g'`;
      assert.equal(await ok(`${lockc} -v ${name}:/v ${act}`), name);
    }
    assert.equal(await ok(`cat ${SHARED}/bound/g`), "bound");
    assert.deepEqual(await session.containers(), []);
  });

  test("a device may be a volume once hostPaths names it, also one of Podman", async () => {
    await ok("docker volume create -o type=ext4 -o device=/dev/ram0 named");
    const read = "-v named:/v busybox cat /v/file";
    assert.notEqual((await run(`${lockc} ${read}`)).status, 0);
    const chosen = "--runtime lockc-privileged --label org.lockc.policy=disks";
    assert.match(await ok(`docker run --rm ${chosen} ${read}`), new RegExp(SECRET));
    await ok("docker volume create -o type=minix -o device=/dev/ram1 unnamed");
    assert.notEqual((await run(`docker run --rm ${chosen} -v unnamed:/v busybox true`)).status, 0);

    await ok(
      "docker save busybox | podman load && podman volume create -o type=ext4 -o device=/dev/ram0 pod",
    );
    const podman = (runtime: string) =>
      run(`podman --runtime ${runtime} run --rm --network none -v pod:/v busybox cat /v/file`);
    assert.match((await podman("runc")).stdout, new RegExp(SECRET));
    assert.match(
      (await podman("/usr/bin/lockc-runc")).stderr,
      /refuses the mount .*at no other place/,
    );
    await ok("ln -s lockc-runc /usr/bin/lockc-runc-disks");
    assert.match((await podman("/usr/bin/lockc-runc-disks")).stdout, new RegExp(SECRET));
  });

  test("a device may be a volume once the host has it below an allowed directory", async () => {
    await ok("docker volume create -o type=ext4 -o device=/dev/ram0 disk");
    const read = `-v disk:/v busybox cat /v/file`;
    assert.notEqual((await run(`${lockc} ${read}`)).status, 0);
    await ok("mkdir -p /mnt/disk && mount -t ext4 /dev/ram0 /mnt/disk");
    assert.match(await ok(`${lockc} ${read}`), new RegExp(SECRET));
    assert.match(await ok(`${lockc} -v /mnt/disk:/d busybox cat /d/file`), new RegExp(SECRET));
    await ok("umount /mnt/disk");
    await ok(`cp ${folder}/ext4 ${SHARED}/image && losetup /dev/loop1 ${SHARED}/image`);
    await ok("docker volume create -o type=ext4 -o device=/dev/loop1 image");
    assert.match(await ok(`${lockc} -v image:/v busybox cat /v/file`), new RegExp(SECRET));
  });

  test("a real-time priority by a limit is there for plain runc and refused under lockc", async () => {
    await ok(`cp ${folder}/realtime ${SHARED}/`);
    const flags = `--ulimit rtprio=99 -v ${SHARED}:/x busybox /x/realtime`;
    assert.match(
      (await run(`${runc} -v ${SHARED}:/x busybox /x/realtime`)).stderr,
      /Operation not permitted/,
    );
    assert.equal(await ok(`${runc} ${flags}`), "real-time");
    const { status, stderr, stdout } = await run(`${lockc} ${flags}`);
    assert.notEqual(status, 0);
    assert.doesNotMatch(stdout, /real-time/);
    assert.match(
      stderr,
      /refuses the limit RLIMIT_RTPRIO of 99, which takes the capability SYS_NICE .*start it without --ulimit rtprio.*LOCKC_E_ADMISSION/,
    );
    const ordinary = "--ulimit memlock=-1 --ulimit nofile=1024:2048 --ulimit nproc=4096";
    assertAllowed(await run(`${lockc} ${ordinary} busybox true`), "ordinary limits");
  });

  describe("what the hypervisor shares", () => {
    before(() => ok(`umount ${folder}`));
    describeAttacks(session, [
      {
        title: "a directory of the hypervisor's",
        volume: "-o type=9p -o device=mount1 -o o=trans=virtio,version=9p2000.L",
        act: "cat /v/contents/file",
        sees: new RegExp(SECRET),
        says: device("9p", "0:\\d+"),
      },
    ]);
  });

  describe("Docker with its data-root below /srv", () => {
    const docker = "docker -H unix:///run/second.sock";
    let victim: string;

    before(async () => {
      await ok(
        "setsid dockerd --config-file /etc/docker/daemon.json --containerd /run/containerd/containerd.sock --data-root /srv/docker --exec-root /run/second --pidfile /run/second.pid -H unix:///run/second.sock >/run/second.log 2>&1 </dev/null & true",
      );
      await session.until(`${docker} ps >/dev/null 2>&1`, 300);
      await ok(`docker save busybox | ${docker} load`);
      victim = await ok(`${docker} create --runtime lockc --network none busybox true`);
    });
    after(async () => {
      await ok("kill $(cat /run/second.pid)");
    });

    test("another container's settings can be changed under plain runc, and not under lockc", async () => {
      const settings = `/srv/docker/containers/${victim}/hostconfig.json`;
      const attack = (options: string, source: string) =>
        run(
          `${docker} run --rm --network none ${options} -v ${source}:/x busybox sh -c 'sed -i s/lockc/runc/ $(find /x -name hostconfig.json | grep ${victim})'`,
        );
      for (const source of ["/srv/docker", `/srv/docker/containers/${victim}`]) {
        const held = await attack("--runtime lockc", source);
        assert.notEqual(held.status, 0, source);
        assert.match(
          held.stderr,
          /it lies in \\?"\/srv\/docker\\?", which is an engine's own .*use a volume, or another directory/,
        );
      }
      assert.match(await ok(`cat ${settings}`), /"Runtime":"lockc"/);
      assertAllowed(await attack("", "/srv/docker"), "plain runc");
      assert.match(await ok(`cat ${settings}`), /"Runtime":"runc"/);
    });

    test("its volumes, and other directories of /srv, are read and written under lockc", async () => {
      const held = `${docker} run --rm --runtime lockc --network none`;
      await ok("mkdir -p /srv/data");
      assert.equal(
        await ok(
          `${held} -v kept:/v -v /srv/data:/d busybox sh -c 'echo x >/v/f; cp /v/f /d/f; cat /d/f /etc/hostname | wc -l'`,
        ),
        "2",
      );
    });
  });
});

describe("kernel 6.12", () => {
  /** Not what the image's own second device had. */
  const ROOTS = `roots-${randomBytes(8).toString("hex")}`;
  const session = new Session({ release: "trixie", docker: true, mounts: [folder] });
  const ok = session.ok.bind(session);

  before(async () => {
    const [image, blob] = [join(folder, "image.erofs"), join(folder, "blob")];
    runHere("mkfs.erofs", ["--chunksize=4096", `--blobdev=${blob}`, image, contents]);
    await ok(`modprobe erofs; cp ${image} ${SHARED}/image`);
    await ok("umask 077; cat >/root/file", ROOTS.padEnd(4096, "\n"));
  });

  describeAttacks(session, [
    {
      title: "a file of root's, which a file system image names as its second device,",
      volume: `-o type=erofs -o device=${SHARED}/image -o o=ro,device=/root/file`,
      act: "cat /v/file",
      sees: new RegExp(ROOTS),
      says: /it is a mount of type erofs, which can show what is the host's own .*use a plain volume/,
    },
  ]);

  test("a plain volume and tmpfs are read and written under lockc", async () => {
    await ok("docker volume create -o type=tmpfs -o device=tmpfs memory");
    for (const name of ["plain", "memory"]) {
      const act = `busybox sh -c 'echo ${name} >/v/f && cat /v/f'`;
      assert.equal(await ok(`${lockc} -v ${name}:/v ${act}`), name);
    }
  });
});
