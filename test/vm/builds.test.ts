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
const SECRETS = "--ssh default --secret id=word,src=/root/word";
const PODMAN = "podman --cgroup-manager cgroupfs --events-backend file";

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

const BUILDAH: Builder = {
  name: "podman build",
  command: (held) =>
    `${PODMAN} --runtime ${held ? "/usr/bin/lockc-runc" : "/usr/sbin/runc"} build --network none --layers=false`,
};

/** An agent with a key, a secret, and the directory whose Dockerfiles have all kinds of mounts. */
async function prepare(session: Session): Promise<void> {
  await session.ok(
    `mkdir -p /root/agent ${KINDS} && cp ${PROJECTS}/kinds/* ${SHARED}/probe ${KINDS}/`,
  );
  await session.ok("cat >/root/word", "secret\n");
  const agent =
    "ssh-keygen -q -t ed25519 -N '' -f /tmp/key && ssh-agent -a /agent/socket && SSH_AUTH_SOCK=/agent/socket ssh-add -q /tmp/key && exec sleep 100000";
  await session.ok(
    `docker run -d --name agent --runtime runc -v /root/agent:/agent software sh -c "${agent}"`,
  );
  await session.until("docker exec -e SSH_AUTH_SOCK=/agent/socket agent ssh-add -l", 300);
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
  before(() => session.ok(`${PODMAN} load -q -i /usr/share/lockc-vm/busybox.tar`));

  describeKinds(session, BUILDAH, "Dockerfile");

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
        const plain = await session.ok(`${BUILDAH.command(false)} -f - ${KINDS} 2>&1`, dockerfile);
        assert.match(plain, /^secret$/m, "plain runc");
        const said = await refused(session, BUILDAH, dockerfile);
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

for (const release of ["trixie", "sid"] as const) {
  describe(`builds on ${release}`, () => {
    const session = new Session({ release, docker: true, software: true, mounts: [PROJECTS] });
    before(() => prepare(session));

    describeKinds(session, BUILDKIT, "Dockerfile");
    describeKinds(session, BUILDKIT, "Dockerfile.buildkit");

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

    if (release === "sid") {
      test("an image is mounted", async () => {
        const image = "--mount type=image,src=software,dst=/i";
        const run = `docker run --rm --runtime lockc ${image} busybox cat /i/etc/debian_version`;
        assert.match(await session.ok(run), /^12\./);
      });
    }

    if (release === "trixie") {
      for (const project of ["c", "npm"]) {
        test(`a project of ${project} is built as under plain runc`, async () => {
          await assertSame(session, BUILDKIT, `${PROJECTS}/${project}`);
        });
      }
    }
  });
}
