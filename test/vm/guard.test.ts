// SPDX-License-Identifier: Apache-2.0
/** The guard: who executes a low-level runtime past lockc-runc, and who does not. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { assertAllowed, assertRefused, HELD, Session } from "./session.ts";

const session = new Session({ docker: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);

/** By its path, since a shell tries a name in each directory of PATH. */
const RUNC = "/usr/sbin/runc";
const podman = (runtime: string, name: string) =>
  run(
    `podman --runtime ${runtime} --cgroup-manager cgroupfs --events-backend file run --rm --name ${name} --network none busybox echo hi`,
  );
const plainDocker = () => run("docker run --rm --runtime runc busybox echo hi");

const setGuard = (mode: string) => ok(`echo "guard: ${mode}" >/etc/lockc/lockc.yaml; lockctl load`);
const guard = async () => JSON.parse(await ok("lockctl status --json")).guard;

/** What the guard counted while `act` ran. */
async function hits(act: () => Promise<unknown>) {
  const before = await guard();
  await act();
  const { denials, audits } = await guard();
  return { denials: denials - before.denials, audits: audits - before.audits };
}

before(async () => {
  await makeBundle(session, "/tmp/probe", { args: ["/bin/true"] });
  await ok("tar -C /tmp/probe/rootfs -c . | podman --events-backend file import - busybox");
});

test("off, as it is by default, everybody executes runc, and nobody counts", async () => {
  assertAllowed(await run(`${RUNC} list`), "runc");
  assertAllowed(await run(`cd /tmp/probe && ${HELD} run held`), "lockc-runc");
  assert.deepEqual(await guard(), { mode: "off", denials: 0, audits: 0, last: null });
});

describe("audit", () => {
  test("lets through and counts what does not come through lockc-runc", async () => {
    const loaded = await setGuard("audit");
    assert.match(loaded, /^guard: audit$/m);
    assert.deepEqual(await hits(async () => assertAllowed(await run(`${RUNC} list`), "runc")), {
      denials: 0,
      audits: 1,
    });
    const { audits } = await hits(async () => assertAllowed(await plainDocker(), "docker"));
    assert.ok(audits > 2, `${audits}`);
  });

  test("does not count what does", async () => {
    const counted = await hits(async () => {
      await ok("lockc-runc list && lockc-runc features");
      assertAllowed(await run(`cd /tmp/probe && ${HELD} run held`), "run");
      await ok("docker run --rm --runtime lockc busybox true && lockctl load");
    });
    assert.deepEqual(counted, { denials: 0, audits: 0 });
  });
});

describe("enforce", () => {
  before(async () => {
    await ok("docker run -d --name before --runtime lockc busybox sleep 100000");
    assert.match(
      await setGuard("enforce"),
      /^note: Docker's default runtime "runc" is guarded: .*daemon\.json/m,
    );
  });

  test("a process of the host is refused runc and crun, whatever it asks of them", async () => {
    const counted = await hits(async () => {
      assertRefused(await run(`${RUNC} list`), "list");
      assertRefused(await run(`${RUNC} --version`), "version");
      assertRefused(await run("cd /tmp/probe && /usr/bin/crun run plain"), "crun");
      assertRefused(await run(`exec ${RUNC} list`), "without a fork");
    });
    assert.deepEqual(counted, { denials: 4, audits: 0 });
    assert.equal((await guard()).last.comm, "sh");
    assertAllowed(await run("lockc-runc list"), "lockc-runc");
    assertAllowed(await run(`cd /tmp/probe && ${HELD} run held`), "lockc-runc run");
  });

  test("coming through lockc-runc is the affair of one process and its children", async () => {
    assertRefused(await run(`lockc-runc list && ${RUNC} list`), "the parent");
  });

  test("Docker's plain runtime fails in its own words, and lockc's does all it should", async () => {
    const { status, stderr } = await plainDocker();
    assert.notEqual(status, 0);
    assert.match(stderr, /fork\/exec \/usr\/sbin\/runc: operation not permitted/);
    const counted = await hits(async () => {
      await ok("docker run -d --name lived --runtime lockc busybox sleep 100000");
      assert.equal(await ok("docker exec lived echo in"), "in");
      await ok("docker kill lived && docker rm lived");
    });
    assert.deepEqual(counted, { denials: 0, audits: 0 });
  });

  test("a container that was there before goes on, and can be entered and ended", async () => {
    assert.equal(await ok("docker exec before echo in"), "in");
    await ok("docker rm -f before");
    assert.deepEqual(await session.containers(), []);
  });

  // This release's dockerd cannot be told; kernels.test.ts has those that can.
  test("BuildKit's own runc is refused, so no step of docker build runs", async () => {
    await ok("mkdir -p /root/build && cat >/root/build/Dockerfile", "FROM busybox\nRUN true\n");
    const build = await run("DOCKER_BUILDKIT=1 docker build --network none /root/build");
    assert.notEqual(build.status, 0);
    assert.match(build.stderr, /RUN true[\s\S]*fork\/exec \S*runc: operation not permitted/);
  });

  test("Podman is refused its crun and may have lockc-runc", async () => {
    const { denials } = await hits(async () => {
      const { status, stderr } = await podman("/usr/bin/crun", "plain");
      assert.notEqual(status, 0);
      assert.match(stderr, /container create failed/); // no word of the reason: so count
    });
    assert.ok(denials > 0);
    const { status, stdout, stderr } = await podman("/usr/bin/lockc-runc", "held");
    assert.deepEqual([status, stdout], [0, "hi\n"], stderr);
  });

  test("inside a container nothing is guarded", async () => {
    const inside = `docker run --rm --runtime lockc-privileged --privileged -v /:/host busybox chroot /host ${RUNC} --version`;
    assert.match(await ok(inside), /^runc version/);
  });

  test("a hard link is the same binary, a copy is another", async () => {
    await ok(`ln ${RUNC} /usr/sbin/hard && cp ${RUNC} /usr/sbin/copy`);
    assertRefused(await run("/usr/sbin/hard --version"), "link");
    assertAllowed(await run("/usr/sbin/copy --version"), "copy");
    await ok("rm /usr/sbin/hard /usr/sbin/copy");
  });

  test("an upgrade opens nothing, and what gets the old inode's number is not runc", async () => {
    const inode = `stat -c %i ${RUNC}`;
    const old = await ok(inode);
    await ok(`cp ${RUNC} ${RUNC}.dpkg-new && mv ${RUNC}.dpkg-new ${RUNC}`);
    assert.notEqual(await ok(inode), old);
    assertRefused(await run(`${RUNC} list`), "upgraded");
    assertAllowed(await run("lockc-runc list"), "lockc-runc");
    await ok(
      `cd /usr/sbin && i=0; until cp /bin/true heir$i && [ $(stat -c %i heir$i) = ${old} ]; do i=$((i+1)); [ $i -lt 100 ] || exit 1; done; ./heir$i && rm heir*`,
    );
    await ok("lockctl load");
    assertRefused(await run(`${RUNC} list`), "after the next load");
  });

  test("a lockc-runc that was upgraded is an entrance as before", async () => {
    await ok("cp -p /usr/bin/lockc-runc /usr/bin/new && mv /usr/bin/new /usr/bin/lockc-runc");
    assertAllowed(await run("lockc-runc list"), "lockc-runc");
  });

  test("dockerd starts, and knows only that runc does not tell its version", async () => {
    await ok("kill $(cat /run/docker.pid); while [ -e /run/docker.pid ]; do sleep 0.1; done");
    await ok(
      "setsid dockerd --containerd=/run/containerd/containerd.sock >/run/dockerd.log 2>&1 </dev/null & true",
    );
    await session.until("docker version >/dev/null 2>&1", 300);
    assert.equal(await ok("docker run --rm --runtime lockc busybox echo hi"), "hi");
    assert.match(await ok("docker info"), /runc version: N\/A/);
  });

  test("off again it refuses nobody; what it refused stays counted", async () => {
    await setGuard("off");
    const counted = await hits(async () => assertAllowed(await run(`${RUNC} list`), "runc"));
    assert.deepEqual(counted, { denials: 0, audits: 0 });
    assert.ok((await guard()).denials > 5);
  });
});
