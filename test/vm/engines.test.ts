// SPDX-License-Identifier: Apache-2.0
/** Every engine, and each low-level runtime, starts contained containers through lockc-runc. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { CARELESS } from "./refusals.ts";
import { assertAllowed, assertRefused, HELD, Session, SHARED } from "./session.ts";

const session = new Session({ docker: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);

before(async () => {
  await makeBundle(session, "/tmp/probe");
});

/** Writes /etc/lockc/lockc.yaml for the tests of one block. */
function withSettings(yaml: string): void {
  before(() => ok("mkdir -p /etc/lockc && cat >/etc/lockc/lockc.yaml && lockctl load", yaml));
  after(() => ok("rm /etc/lockc/lockc.yaml && lockctl load"));
}

describe("by hand", () => {
  test("lockc-runc run with a terminal: it is the container's, and contained", async () => {
    await makeBundle(session, "/tmp/tty", {
      args: ["/bin/sh", "-c", "test -t 1 && echo tty; /x/probe syslog"],
      terminal: true,
    });
    const { stdout } = await run(
      `cd /tmp/tty && script -qec "${HELD} run tty" /dev/null </dev/null`,
    );
    assert.match(stdout, /tty\r?\nEPERM/);
    const plain = await run(`cd /tmp/tty && script -qec "runc run tty" /dev/null </dev/null`);
    assert.match(plain.stdout, /tty\r?\nok/);
  });

  test("stdout to a file of the host can be written, and opened again by name", async () => {
    await makeBundle(session, "/tmp/out", {
      args: [
        "/bin/sh",
        "-c",
        "echo one; echo two >/proc/self/fd/1; ls -l /proc/self/fd/1 >/dev/null",
      ],
    });
    await ok(`cd /tmp/out && ${HELD} run out >/root/out.txt 2>/root/err.txt </dev/null`);
    assert.match(await ok("cat /root/out.txt"), /two/);
    assert.equal(await ok("cat /root/err.txt"), "");
  });
});

describe("inside the container", () => {
  const LOOK = [
    "/bin/busybox cat /proc/self/limits",
    "/bin/busybox grep -E '^(Sig|Shd|Umask|NoNewPrivs|Seccomp|Cap)' /proc/self/status",
    "/bin/busybox ls -l /proc/self/fd | /bin/busybox grep -e '->' | /bin/busybox sed 's/.*[0-9] \\([0-9]* -> \\)/\\1/; s/[0-9]\\{3,\\}/N/g'",
    "/bin/busybox env",
    "pwd",
    "read line <&3 && echo $line",
  ].join("; ");
  /** A parent with settings of its own, as an engine may be. */
  const fromOddParent = (runtime: string) =>
    run(
      `cd /tmp/look && ulimit -Sn 1000 && umask 027 && trap '' HUP && exec 3</etc/hostname 4</etc/passwd && env LISTEN_FDS=1 NODE_OPTIONS=--nonsense ODD='a  b' ${runtime} run --preserve-fds 2 look </dev/null`,
    );

  test("descriptors, limits, signals, umask, directory and environment are as under plain runc", async () => {
    await makeBundle(session, "/tmp/look", { args: ["/bin/sh", "-c", LOOK] });
    const plain = await fromOddParent("runc");
    const held = await fromOddParent(HELD);
    assert.equal(plain.status, 0, plain.stderr);
    assert.match(plain.stdout, /3 -> \/etc\/hostname\n4 -> \/etc\/passwd/);
    assert.deepEqual(held, plain);
  });
});

describe("containerd", () => {
  test("ctr run --runc-binary: refused what plain runc allows", async () => {
    const ctr = async (binary: string) =>
      run(
        `ctr -a $(ls /run/docker/containerd/containerd.sock /run/containerd/containerd.sock 2>/dev/null | head -n1) run --rm --runc-binary ${binary} --privileged --mount type=bind,src=${SHARED},dst=/x,options=rbind --rootfs /tmp/probe/rootfs c$RANDOM /x/probe syslog`,
      );
    assertAllowed(await ctr("/usr/sbin/runc"), "plain runc");
    assertRefused(await ctr(`/usr/bin/${HELD}`), "lockc");
  });
});

describe("Podman", () => {
  const podman = async (runtime: string, command: string) =>
    run(
      `podman --runtime ${runtime} --cgroup-manager cgroupfs --events-backend file run --rm --network none ${CARELESS} -v ${SHARED}:/x busybox ${command}`,
    );

  before(async () => {
    await ok("tar -C /tmp/probe/rootfs -c . | podman --events-backend file import - busybox");
  });

  test("--runtime: works, and is refused what plain runc allows", async () => {
    assert.equal((await podman(`/usr/bin/${HELD}`, "echo hi")).stdout, "hi\n");
    assertAllowed(await podman("/usr/sbin/runc", "/x/probe syslog"), "plain runc");
    assertRefused(await podman(`/usr/bin/${HELD}`, "/x/probe syslog"), "lockc");
  });

  test("a container is known by the name that Podman has for it", async () => {
    const by = `podman --runtime /usr/bin/${HELD} --cgroup-manager cgroupfs --events-backend file`;
    await ok(
      `${by} run -d --name shop --network none ${CARELESS} -v ${SHARED}:/x busybox sleep 100000 >/dev/null 2>&1 </dev/null`,
    );
    const list = "lockctl container list --format name,id --no-header";
    assert.match(await ok(list), /^shop +[0-9a-f]{12}$/m);
    assertRefused(await run(`${by} exec shop /x/probe syslog`), "syslog");
    const told = await ok("lockctl events --text --container shop");
    assert.match(told, /denied .* in container "shop" was refused using the kernel log/);
    const [, number = "none"] = /^\S+ \S+ +(\d+) /.exec(told)!;
    assert.match(await ok(`lockctl why ${number}`), /^denied \d+: .* in container "shop"/);
    await ok(`${by} rm -f -t 0 shop`);
  });

  test("an image whose /dev/null is a kernel parameter writes it under runc alone", async () => {
    const file = "/proc/sys/kernel/core_pattern";
    await ok(
      `mkdir -p /srv/share && cp -a /tmp/probe/rootfs /tmp/linked && rm -rf /tmp/linked/dev && mkdir /tmp/linked/dev && ln -s ${file} /tmp/linked/dev/null && tar -C /tmp/linked -c . | podman --events-backend file import - linked`,
    );
    const written = async (runtime: string) => {
      const before = await ok(`cat ${file}`);
      await run(
        `podman --runtime ${runtime} --cgroup-manager cgroupfs --events-backend file run --rm --network none --mount type=tmpfs,destination=/dev,tmpcopyup -v /srv/share:/srv/share linked /bin/sh -c 'echo "|/srv/share/h"; sleep 1'`,
      );
      const after = await ok(`cat ${file}; echo '${before}' >${file}`);
      return after !== before && after;
    };
    assert.equal(await written("/usr/sbin/runc"), "|/srv/share/h");
    assert.equal(await written("/usr/bin/lockc-runc"), false);
    assert.match(await ok("lockctl why"), /core_pattern.*: rule pseudoFiles of policy "baseline"/);
  });

  test("a refused mount is told in one sentence", async () => {
    const { status, stderr } = await run(
      "podman --runtime /usr/bin/lockc-runc --cgroup-manager cgroupfs --events-backend file run --rm --network none -v /etc:/etc2 busybox true",
    );
    assert.notEqual(status, 0);
    assert.match(stderr, /refuses the mount of "\/etc"/);
  });
});

describe("Docker with lockc as its default runtime", () => {
  before(async () => {
    await ok("cp /etc/docker/daemon.json /root/daemon.json");
    await ok(
      `sed -i 's/^{/{"default-runtime":"lockc-careless",/' /etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)`,
    );
    await session.until("docker info -f '{{.DefaultRuntime}}' | grep -qx lockc-careless");
  });
  after(async () => {
    await ok("cp /root/daemon.json /etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)");
  });

  test("containers are contained without being asked to", async () => {
    assertRefused(
      await run(`docker run --rm ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`),
      "default",
    );
    assertAllowed(
      await run(
        `docker run --rm --runtime runc ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`,
      ),
      "runc",
    );
  });
});

describe("crun as the low-level runtime", () => {
  withSettings("runtime: /usr/bin/crun\n");

  test("docker run, exec and rm work, and are contained", async () => {
    await ok(
      `docker run -d --name crun --runtime lockc-careless ${CARELESS} -v ${SHARED}:/x busybox sleep 1000`,
    );
    assertRefused(await run("docker exec crun /x/probe syslog"), "exec");
    assertRefused(await run("docker exec crun /x/probe fsmount"), "exec");
    await ok("docker rm -f crun");
    assertRefused(
      await run(
        `docker run --rm --runtime lockc-careless ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`,
      ),
      "run",
    );
    assert.deepEqual(await session.containers(), []);
  });

  test("by hand, also without pivot", async () => {
    assertAllowed(await run("cd /tmp/probe && crun run plain"), "plain crun");
    assertRefused(await run(`cd /tmp/probe && ${HELD} run held`), "lockc");
    assertRefused(await run(`cd /tmp/probe && ${HELD} run --no-pivot held`), "lockc --no-pivot");
    assert.deepEqual(await session.containers(), []);
  });
});

describe("a config.json that no engine writes", () => {
  withSettings("runtime: /usr/bin/crun\n");
  const args = ["/bin/sh", "-c", "echo told; cat /mnt/hostname"];
  const mounts = [{ destination: "/mnt", type: "bind", source: "/etc", options: ["rbind"] }];

  test("is judged where crun's --config names it, in place of the bundle's own", async () => {
    await makeBundle(session, "/tmp/told", { args, mounts });
    await ok("cd /tmp/told && mv config.json /root/told.json && cp /tmp/probe/config.json .");
    const told = (runtime: string) =>
      run(`cd /root && ${runtime} run --bundle /tmp/told --config told.json told`);
    assertAllowed(await told("crun"), "plain crun");
    const refused = await told(HELD);
    assert.match(refused.stderr, /refuses the mount of "\/etc" on "\/mnt"/);
    await makeBundle(session, "/tmp/told", { args });
    await ok("cd /tmp/told && mv config.json /root/told.json && echo no JSON >config.json");
    assert.equal((await told(HELD)).stdout, "told\n");
    assert.deepEqual(await session.containers(), []);
  });
});

describe("commands that start nothing", () => {
  test("are the runtime's, byte for byte", async () => {
    await makeBundle(session, "/tmp/sleep", { args: ["/bin/sleep", "1000"] });
    await ok(`cd /tmp/sleep && ${HELD} run -d up >/dev/null 2>&1 </dev/null`);
    for (const command of [
      "state up",
      "list",
      "list -q",
      "list -f json",
      "features",
      "ps -f json up",
      "--version",
      "--help",
      "help create",
      "nope",
      "state nope",
    ]) {
      const [ours, plain] = [await run(`lockc-runc ${command}`), await run(`runc ${command}`)];
      // It has one option of its own, which it puts before the runtime's help.
      const shape = (text: string) =>
        text
          .replace(
            /^lockc-runc takes the runtime's command line.*\n.*--lockc-policy NAME.*\n\n/,
            "",
          )
          .replace(/time="[^"]*"/g, "")
          .replaceAll("lockc-runc", "runc");
      assert.deepEqual(
        [ours.status, shape(ours.stdout), shape(ours.stderr)],
        [plain.status, shape(plain.stdout), shape(plain.stderr)],
        command,
      );
    }
    await ok("lockc-runc delete -f up");
  });
});

describe("kill -9 of an engine's process", () => {
  const start = () =>
    ok(
      `docker run -d --name victim --runtime lockc-careless ${CARELESS} -v ${SHARED}:/x busybox sleep 1000`,
    );
  const initOf = () => ok("docker inspect -f '{{.State.Pid}}' victim");

  test("containerd-shim: the record goes with the container", async () => {
    await start();
    const pid = await initOf();
    await ok(`kill -9 $(awk '/^PPid/ {print $2}' /proc/${pid}/status)`);
    await session.until(`! test -e /proc/${pid} || kill -9 ${pid}`);
    await session.until("[ $(lockctl status --json | grep -c '\"id\"') = 0 ]", 50);
    await run("docker rm -f victim");
  });

  test("dockerd and containerd: a container that lives on is held, and its record ends with it", async () => {
    await start();
    const pid = await initOf();
    await ok("kill -9 $(cat /run/docker.pid); pkill -9 -x containerd; true");
    await ok(`test -e /proc/${pid}`);
    assertRefused(await run(`nsenter -t ${pid} -m /x/probe syslog`), "it lives on");
    assert.equal((await session.containers()).length, 1);
    await ok(`kill -9 ${pid}`);
    await session.until("[ $(lockctl status --json | grep -c '\"id\"') = 0 ]", 50);
  });
});
