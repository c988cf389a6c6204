// SPDX-License-Identifier: Apache-2.0
/**
 * Builds as people write them, by BuildKit and podman build: under lockc the steps make what
 * they make under plain runc, and nothing is refused them. What would lead out is refused.
 *
 * BuildKit executes /usr/bin/lockc-runc, of which its daemon was told. For the build that is
 * compared with, runc lies in its place.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { Session, SHARED } from "./session.ts";

const PROJECTS = join(import.meta.dirname, "software/builds");
/** In the guest, where a policy lets podman build bind its context. */
const KINDS = "/srv/kinds";
const SECRETS = "--ssh default --secret id=word,src=/root/word --secret id=pip,src=/root/pip.conf";
const PODMAN = "podman --cgroup-manager cgroupfs --events-backend file";

const LOAD = `${PODMAN} load -q -i /usr/share/lockc-vm/busybox.tar`;

/** Names, modes, owners and contents of what a build put out. */
const LOOK =
  "cd /root/out && find . -mindepth 1 -printf '%P %y %m %U %l\\n' | sort && find . -type f -exec sha256sum {} + | sort";

/** A way to build: under plain runc and under lockc. */
interface Builder {
  readonly name: string;
  readonly command: (held: boolean) => string;
  /** Before and after what is built under plain runc. */
  readonly plain?: readonly [before: string, after: string];
}

const BUILDKIT: Builder = {
  name: "BuildKit",
  command: () => "docker build --network none --no-cache --progress=plain",
  plain: ["mount --bind /usr/sbin/runc /usr/bin/lockc-runc", "umount /usr/bin/lockc-runc"],
};

const runtimeOf = (held: boolean) => `--runtime ${held ? "/usr/bin/lockc-runc" : "/usr/sbin/runc"}`;

const PODMAN_BUILD: Builder = {
  name: "podman build",
  command: (held) => `${PODMAN} ${runtimeOf(held)} build --network none --layers=false`,
};

const BUILDAH: Builder = {
  name: "buildah build",
  command: (held) => `buildah build ${runtimeOf(held)} --network none --layers=false`,
};

const SOFTWARE = '"$(docker inspect -f "{{.GraphDriver.Data.UpperDir}}" software)"';

/** An agent with a key, secrets, and the directory whose Dockerfiles have all kinds of mounts. */
async function prepare(session: Session): Promise<void> {
  await session.ok(
    `mkdir -p /root/agent ${KINDS} && cp ${PROJECTS}/kinds/* ${SHARED}/probe ${KINDS}/`,
  );
  await session.ok("cat >/root/word", "secret\n");
  await session.ok("cat >/root/pip.conf", "[install]\nno-index = true\nfind-links = /index\n");
  // A process of the host, with the programs of the image: it outlives dockerd.
  await session.ok(
    `root=${SOFTWARE} unshare -m sh -ec 'mount --bind /root/agent "$root/mnt"; mount --bind /dev "$root/dev"; exec chroot "$root" sh -es' >/dev/null`,
    "ssh-keygen -q -t ed25519 -N '' -f /mnt/key; ssh-agent -a /mnt/socket; SSH_AUTH_SOCK=/mnt/socket ssh-add -q /mnt/key",
  );
}

/** What the build of `context` puts out. */
async function build(
  session: Session,
  builder: Builder,
  held: boolean,
  context: string,
): Promise<string> {
  const [beforehand, afterwards] = (held ? undefined : builder.plain) ?? ["true", "true"];
  await session.ok(`rm -rf /root/out; ${beforehand}`);
  try {
    await session.ok(
      `export SSH_AUTH_SOCK=/root/agent/socket; ${builder.command(held)} ${SECRETS} --output type=local,dest=/root/out ${context}`,
    );
  } finally {
    await session.ok(afterwards);
  }
  return session.ok(LOOK);
}

/**
 * Asserts that it puts out the same under both runtimes, and that nothing was refused. The caches are
 * empty for the build under lockc.
 */
async function assertSame(session: Session, builder: Builder, context: string): Promise<void> {
  const events = await session.ok("lockctl events");
  const held = await build(session, builder, true, context);
  assert.equal(await session.ok("lockctl events"), events);
  assert.deepEqual(await session.containers(), []);
  assert.equal(held, await build(session, builder, false, context));
}

function describeKinds(session: Session, builder: Builder, file: string): void {
  test(`${builder.name}: ${file} comes to what it comes to under plain runc`, async () => {
    await assertSame(session, builder, `-f ${KINDS}/${file} ${KINDS}`);
  });
}

/** Asserts that a build of `dockerfile` fails under lockc, and gives what was said. */
async function refused(
  session: Session,
  builder: Builder,
  dockerfile: string,
  flags = "",
): Promise<string> {
  const { status, stdout, stderr } = await session.run(
    `${builder.command(true)} ${flags} -f - ${KINDS}`,
    dockerfile,
  );
  assert.notEqual(status, 0, stdout);
  return `${stdout}${stderr}`;
}

describe("builds on bookworm", () => {
  const session = new Session({
    release: "bookworm",
    docker: true,
    software: true,
    mounts: [PROJECTS],
  });
  before(() => prepare(session));
  before(() => session.ok(LOAD));

  describeKinds(session, PODMAN_BUILD, "Dockerfile");
  describeKinds(session, BUILDAH, "Dockerfile.buildah");

  test("buildah run: a step is run, and the host's files are refused", async () => {
    const working = await session.ok("buildah from busybox");
    const step = (flags: string, command: string) =>
      session.run(`buildah run ${runtimeOf(true)} --network none ${flags} ${working} ${command}`);
    assert.deepEqual(await step("-v /srv/kinds:/k", "ls /k/Dockerfile"), {
      status: 0,
      stdout: "/k/Dockerfile\n",
      stderr: "",
    });
    const { status, stdout, stderr } = await step("-v /etc:/e", "cat /e/shadow");
    assert.notEqual(status, 0, stdout);
    assert.match(stderr, /refuses the mount of .*"\/etc".*LOCKC_E_MOUNT/s);
  });

  describe("what leads out of a build, with the versions that let it", () => {
    const SECRET = "/root/word";
    const BASE = "FROM busybox AS stage\nRUN ln -s / /link\nFROM busybox\n";
    before(() => session.ok(`ln -s / ${KINDS}/link`));

    for (const [title, dockerfile, shown] of [
      [
        "CVE-2024-1753: a bind whose source in a stage is a link",
        `${BASE}RUN --mount=type=bind,from=stage,source=/link,target=/m,rw cat /m${SECRET}\n`,
        /the socket of an engine .* the rule hostPaths refuses it too/,
      ],
      [
        "CVE-2024-1753: a bind whose source in the context is a link",
        `FROM busybox\nRUN --mount=type=bind,source=link,target=/m cat /m${SECRET}\n`,
        /the socket of an engine .* the rule hostPaths refuses it too/,
      ],
      [
        "CVE-2024-9675: a cache whose id climbs out of the caches",
        "FROM busybox\nRUN --mount=type=cache,id=../../../root,target=/m cat /m/word\n",
        /it shows "\/root": it is outside the policy's host directories/,
      ],
      [
        "a cache whose source in a stage is a link",
        `${BASE}RUN --mount=type=cache,from=stage,source=/link/root,target=/m cat /m/word\n`,
        /it shows "\/root": it is outside the policy's host directories/,
      ],
    ] as const) {
      test(title, async () => {
        const plain = await session.ok(
          `${PODMAN_BUILD.command(false)} -f - ${KINDS} 2>&1`,
          dockerfile,
        );
        assert.match(plain, /^secret$/m, "plain runc");
        const said = await refused(session, PODMAN_BUILD, dockerfile);
        assert.doesNotMatch(said, /^secret$/m);
        assert.match(said, shown);
        assert.match(
          said,
          /refuses the mount of .*buildah-bind-target-\d+" on "\/m".*LOCKC_E_MOUNT/,
        );
      });
    }
  });
});

/** Projects that are built, and what a step may not have. */
function describeProjects(session: Session, projects: readonly string[]): void {
  for (const project of projects) {
    test(`a project of ${project} is built as under plain runc`, async () => {
      await assertSame(session, BUILDKIT, `${PROJECTS}/${project}`);
    });
  }

  test("a step is refused the host's network", async () => {
    const said = await refused(
      session,
      BUILDKIT,
      "FROM busybox\nRUN --network=host true\n",
      "--allow network.host",
    );
    assert.match(said, /refuses the host's network namespace .*LOCKC_E_NAMESPACE/);
  });

  test("a part of a volume is the volume's", async () => {
    await session.ok(
      "docker run --rm -v vol:/v busybox sh -c 'mkdir -p /v/sub; echo part >/v/sub/file'",
    );
    for (const [part, path] of [
      ["sub", "/s/file"],
      ["sub/file", "/s"],
    ]) {
      const volume = `--mount type=volume,src=vol,dst=/s,volume-subpath=${part}`;
      const run = `docker run --rm --runtime lockc ${volume} busybox cat ${path}`;
      assert.equal(await session.ok(run), "part");
    }
  });
}

describe("builds on trixie", () => {
  const session = new Session({
    release: "trixie",
    docker: true,
    software: true,
    mounts: [PROJECTS],
  });
  before(() => prepare(session));

  describeProjects(session, ["apt", "c", "npm"]);

  test("podman build of Podman 5: a step has what it mounts", async () => {
    await session.ok(LOAD);
    const mounts =
      "--mount=type=cache,target=/c --mount=type=secret,id=word --mount=type=bind,target=/context";
    const said = await session.ok(
      `${PODMAN_BUILD.command(true)} --secret id=word,src=/root/word -f - ${KINDS} 2>&1`,
      `FROM busybox\nRUN ${mounts} touch /c/new && ls /context && cat /run/secrets/word\n`,
    );
    assert.match(said, /^Dockerfile\n(.*\n)*secret$/m);
    assert.deepEqual(await session.containers(), []);
  });

  describe("with images in containerd's store", () => {
    const EMULATOR = "/usr/bin/buildkit-qemu-aarch64";
    before(async () => {
      await session.ok(
        `root=${SOFTWARE}; cp "$root/usr/bin/qemu-aarch64-static" ${EMULATOR} && cp "$root/srv/arm64/bin/busybox" ${KINDS}/busybox.arm64`,
      );
      await session.ok(
        `sed -i 's/^{/{"features":{"containerd-snapshotter":true},/' /etc/docker/daemon.json; pid=$(cat /run/docker.pid); kill $pid; while test -e /proc/$pid; do sleep 0.1; done`,
      );
      await session.ok(
        "DOCKER_BUILDKIT_RUNC_COMMAND=/usr/bin/lockc-runc setsid dockerd --containerd=/run/containerd/containerd.sock >>/run/dockerd.log 2>&1 </dev/null & true",
      );
      await session.until("docker version", 600);
      await session.ok("docker load -q -i /usr/share/lockc-vm/busybox.tar");
      assert.match(
        await session.ok("docker info -f '{{.DriverStatus}}'"),
        /containerd.snapshotter/,
      );
    });

    describeKinds(session, BUILDKIT, "Dockerfile");
    describeKinds(session, BUILDKIT, "Dockerfile.buildkit");

    const emulated = {
      ...BUILDKIT,
      command: (held: boolean) => `${BUILDKIT.command(held)} --platform linux/arm64`,
    };
    const arm64 = `-f ${KINDS}/Dockerfile.arm64 ${KINDS}`;

    test("a step of another processor, with BuildKit's emulator", async () => {
      await assertSame(session, emulated, arm64);
      assert.equal(await session.ok("cat /root/out/out"), "emulated");
    });

    test("a step of another processor, with the kernel's", async () => {
      await session.ok(`mv ${EMULATOR} /usr/bin/qemu-aarch64-static`);
      await session.ok(
        "mountpoint -q /proc/sys/fs/binfmt_misc || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc",
      );
      // ELF of 64 bits, low byte first, a program for processor 183.
      await session.ok(
        String.raw`printf %s ':arm64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/qemu-aarch64-static:F' >/proc/sys/fs/binfmt_misc/register`,
      );
      await build(session, emulated, true, arm64);
      assert.equal(await session.ok("cat /root/out/out"), "emulated");
    });
  });
});

describe("builds on sid", () => {
  const session = new Session({ release: "sid", docker: true, software: true, mounts: [PROJECTS] });
  before(() => prepare(session));

  describeKinds(session, BUILDKIT, "Dockerfile");
  describeKinds(session, BUILDKIT, "Dockerfile.buildkit");
  describeKinds(session, BUILDKIT, "Dockerfile.env");
  // BuildKit of Docker 26 reads the whole image for a step with a secret or with ssh.
  describeProjects(session, ["go", "pip"]);

  test("an image is mounted", async () => {
    const image = "--mount type=image,src=software,dst=/i";
    const run = `docker run --rm --runtime lockc ${image} busybox cat /i/etc/debian_version`;
    assert.match(await session.ok(run), /^12\./);
  });
});
