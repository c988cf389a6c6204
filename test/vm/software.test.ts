// SPDX-License-Identifier: Apache-2.0
/**
 * Ordinary software does not notice lockc: under each policy that admits it, it says
 * what it says under plain runc, and the kernel counts no denial and no audit.
 *
 * A record ends with its container, so the counts are read while the container lives.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { CARELESS } from "./refusals.ts";
import { assertAllowed, assertRefused, type Result, Session, SHARED } from "./session.ts";

/** [script in software/, whether it can do without root] */
type Program = readonly [script: string, nonRoot: boolean];

const PROGRAMS: readonly Program[] = [
  ["apt", false],
  ["cron", false],
  ["everyday", true],
  ["gcc", true],
  ["git", true],
  ["java", true],
  ["machine", false],
  ["mariadb", true],
  ["nginx", true],
  ["node", true],
  ["postgres", true],
  ["python", true],
  ["redis", true],
  ["sqlite", true],
  ["sshd", false],
];

/** What takes other ways through the kernel than the rest: io_uring, sockets, users, many files. */
const FEWER = ["apt", "gcc", "machine", "mariadb", "nginx", "node", "sshd"];

const PLAIN = "--runtime runc";
const BASELINE = "--runtime lockc";
const RESTRICTED =
  "--runtime lockc --label org.lockc.policy=restricted --user 1000 --cap-drop ALL --security-opt no-new-privileges";
/** What offline does not admit, engines give by default. */
const OFFLINE =
  "--runtime lockc --label org.lockc.policy=offline --cap-drop NET_RAW --cap-drop NET_BIND_SERVICE";

/** Known by its words to the host. */
const PAUSE = "sleep 4242";

function script(name: string): string {
  return readFileSync(join(import.meta.dirname, "software", `${name}.sh`), "utf8");
}

/** Asserts that the containers which live are `count`, and that nothing was refused them or audited. */
async function assertNothingCounted(session: Session, count = 1): Promise<void> {
  const containers = await session.containers();
  const counted = containers.map(({ rules }) => rules);
  assert.deepEqual(counted, Array(count).fill({ denials: {}, audits: {} }));
}

/**
 * Asserts that nothing was refused but reading in sysfs: programs that look at the machine go
 * on without what it tells of the host (docs/policies.md).
 */
async function assertOnlySysfs(session: Session, t: TestContext): Promise<void> {
  const [container] = await session.containers();
  const { pseudoFiles: _refused, ...denials } = container!.rules.denials;
  assert.deepEqual([denials, container!.rules.audits], [{}, {}]);
  const lines = (await session.ok("lockctl events --json")).split("\n").filter(Boolean);
  const refused = lines
    .map((line) => JSON.parse(line))
    .filter(({ event, container: { id } }) => event === "denied" && id === container!.id);
  const paths = [...new Set(refused.map(({ object }) => String(object?.path)))].sort();
  t.diagnostic(`refused: ${paths.join(" ") || "nothing"}`);
  assert.deepEqual(
    paths.filter((path) => !/^\/sys(\/|$)/.test(path)),
    [],
  );
}

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(`software on ${release}`, () => {
    const session = new Session({ release, docker: true, software: true });
    const ok = session.ok.bind(session);
    const programs = PROGRAMS.filter(([name]) => release === "bookworm" || FEWER.includes(name));
    /** What each program said under plain runc. */
    const said = new Map<string, string>();

    /** Registers tests with a container that is there for all of them. */
    const inContainer = (title: string, flags: string, register: (name: string) => void) =>
      describe(title, () => {
        before(() =>
          ok(`docker run -d --name software ${flags} software tini -- sleep 100000 >/dev/null`),
        );
        register("software");
        after(() => ok("docker rm -f software"));
      });
    const runProgram = (container: string, name: string): Promise<Result> =>
      session.run(`docker exec -i ${container} sh -s`, script("prelude") + script(name));

    inContainer("plain runc", PLAIN, (container) => {
      for (const [name] of programs) {
        test(`${name} works`, async () => {
          const result = await runProgram(container, name);
          assertAllowed(result, name);
          said.set(name, result.stdout);
        });
      }
    });

    const compare = (container: string, tried: readonly Program[]) => {
      for (const [name] of tried) {
        test(`${name} says what it says under plain runc`, async () => {
          const { status, stdout, stderr } = await runProgram(container, name);
          assert.equal(status, 0, stderr);
          assert.equal(stdout, said.get(name));
        });
      }
      test("nothing was refused but what sysfs tells of the host", (t) =>
        assertOnlySysfs(session, t as TestContext));
    };
    inContainer("baseline", BASELINE, (container) => compare(container, programs));
    if (release === "bookworm") {
      const nonRoot = programs.filter(([, possible]) => possible);
      inContainer("restricted", RESTRICTED, (container) => compare(container, nonRoot));
    }

    for (const [policy, flags] of [
      ["baseline", BASELINE],
      ["offline", OFFLINE],
    ]) {
      test(`busybox does what it does, under ${policy}`, async (t) => {
        await ok(`docker run -d --name busybox ${flags} busybox sleep 1000`);
        const { stdout } = await session.run(
          "docker exec -i busybox sh -c 'cat >/all && sh /all </dev/null'",
          script("busybox"),
        );
        assert.match(stdout, /^the end$/m);
        await assertOnlySysfs(session, t as TestContext);
        await ok("docker rm -f busybox");
      });
    }

    describe("builds", () => {
      const directory = "/root/software";
      // BuildKit lets itself be told of another runc from Docker 23 on.
      const [builder, environment] =
        release === "bookworm" ? ["the legacy builder", "DOCKER_BUILDKIT=0"] : ["BuildKit", ""];

      before(async () => {
        await ok(
          `mkdir -p ${directory} && cat >${directory}/all.sh`,
          script("prelude") + script("gcc"),
        );
        await ok(
          `cat >${directory}/Dockerfile`,
          // The step ends when its counts have been read.
          `FROM software\nWORKDIR /built\nCOPY all.sh .\nRUN sh all.sh >said && { ${PAUSE} || true; }\nCMD cat said\n`,
        );
        await ok("cp /etc/docker/daemon.json /root/daemon.json");
        await ok(
          `sed -i 's/^{/{"default-runtime":"lockc",/' /etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)`,
        );
        await session.until("docker info -f '{{.DefaultRuntime}}' | grep -qx lockc");
      });
      after(() =>
        ok("cp /root/daemon.json /etc/docker/daemon.json && kill -HUP $(cat /run/docker.pid)"),
      );

      test(`${builder}: a C project is built, and nothing was refused`, async () => {
        await ok(
          `cd ${directory} && rm -f log && (${environment} docker build --network none -t built . >log 2>&1; echo "ended $?" >>log) >/dev/null 2>&1 </dev/null &`,
        );
        await session.until(`pgrep -fx '${PAUSE}' || grep '^ended' ${directory}/log`, 600);
        await assertNothingCounted(session);
        await ok(`kill $(pgrep -fx '${PAUSE}')`);
        await session.until(`grep '^ended' ${directory}/log`, 300);
        assert.match(await ok(`cat ${directory}/log`), /ended 0$/);
        assert.equal(`${await ok("docker run --rm built")}\n`, "built and run\nup to date\n");
      });
    });

    if (release === "bookworm") describeEngines(session);
  });
}

/** Listens where dockerd looks for it, until that connects. */
const PLUGIN = {
  description: "x",
  documentation: "",
  entrypoint: ["/bin/sh", "-c", "probe send-dir /run/docker/plugins/p.sock /; sleep 1000"],
  workdir: "/",
  network: { type: "none" },
  interface: { types: ["docker.dummy/1.0"], socket: "p.sock" },
  propagatedMount: "/data",
  linux: { capabilities: [] },
  env: [],
  args: { name: "", value: null },
};

function describeEngines(session: Session): void {
  const ok = session.ok.bind(session);
  const run = session.run.bind(session);

  test("--init, HEALTHCHECK, exec each second, cp and commit", async () => {
    const health = "--health-cmd 'test -d /proc/1' --health-interval 1s";
    await ok(`docker run -d --name kept --init ${health} ${BASELINE} busybox sleep 100000`);
    await session.until(
      "docker inspect -f '{{.State.Health.Status}}' kept | grep -qx healthy",
      300,
    );
    assert.equal(
      await ok("for i in 1 2 3 4 5; do docker exec kept echo $i; sleep 1; done"),
      "1\n2\n3\n4\n5",
    );
    await ok("mkdir -p /root/in && echo copied >/root/in/file && docker cp /root/in kept:/in");
    await ok("docker cp kept:/in/file /root/out && grep -x copied /root/out");
    await ok("docker exec kept sh -c 'echo more >>/in/file'");
    await ok("docker commit kept committed");
    assert.match(await ok("docker exec kept ps"), /1 root .*(tini|init)/);
    assert.equal(await ok(`docker run --rm ${BASELINE} committed cat /in/file`), "copied\nmore");
    await assertNothingCounted(session);
    await ok("docker rm -f kept");
  });

  test("two containers talk by name over their network, a third over one's own loopback", async () => {
    await ok("docker network create talk");
    await ok(
      `docker run -d --name server --network talk ${BASELINE} busybox sh -c 'echo served >/tmp/index.html; exec httpd -f -p 8080 -h /tmp'`,
    );
    await ok(`docker run -d --name client --network talk ${BASELINE} busybox sleep 100000`);
    await ok(
      `docker run -d --name beside --network container:server ${BASELINE} busybox sleep 100000`,
    );
    assert.equal(await ok("docker exec client wget -qO- http://server:8080/"), "served");
    assert.equal(await ok("docker exec beside wget -qO- http://127.0.0.1:8080/"), "served");
    await assertNothingCounted(session, 3);
    await ok("docker rm -f server client beside && docker network rm talk");
  });

  test("rootless Podman is refused in one sentence", async () => {
    await ok(
      "grep -q ^somebody: /etc/passwd || echo somebody:x:1000:1000::/tmp/somebody:/bin/sh >>/etc/passwd",
    );
    await ok(
      "mkdir -p /tmp/somebody/rootfs/bin && cp /bin/busybox /tmp/somebody/rootfs/bin && chown -R 1000:1000 /tmp/somebody",
    );
    const podman = (runtime: string, flags = "") =>
      run(
        `cd /tmp/somebody && HOME=/tmp/somebody setpriv --reuid 1000 --regid 1000 --clear-groups podman --runtime ${runtime} --cgroup-manager cgroupfs --events-backend file run ${flags} --rm --network none --rootfs /tmp/somebody/rootfs /bin/busybox echo hi`,
      );
    const plain = await podman("/usr/bin/crun", "--cgroups disabled");
    assert.equal(plain.stdout, "hi\n", plain.stderr);
    const held = await podman("/usr/bin/lockc-runc");
    assert.notEqual(held.status, 0);
    assert.match(held.stderr, /only the host's root may start .* \[LOCKC_E_PRIVILEGE\]/);
    assert.deepEqual(await session.containers(), []);
  });

  describe("dockerd started anew", () => {
    const stop =
      "pid=$(cat /run/docker.pid); kill $pid; while test -e /proc/$pid; do sleep 0.1; done";
    const start = (options: string) =>
      `setsid dockerd --containerd=/run/containerd/containerd.sock ${options} >>/run/dockerd.log 2>&1 </dev/null & until docker version >/dev/null 2>&1; do sleep 0.2; done`;

    test("live-restore: a container that lives on is held as before", async () => {
      await ok(`${stop}; ${start("--live-restore")}`);
      await ok(
        `docker run -d --name lives --runtime lockc-careless ${CARELESS} -v ${SHARED}:/x busybox sleep 100000`,
      );
      const [record] = await session.containers();
      await ok(`${stop}; ${start("--live-restore")}`);
      assert.deepEqual(await session.containers(), [record]);
      await ok("docker exec lives true && docker restart -t 0 lives && docker exec lives true");
      await assertNothingCounted(session);
      assertRefused(await run("docker exec lives /x/probe syslog"), "after the restart");
      await ok("docker rm -f lives");
      assert.deepEqual(await session.containers(), []);
    });

    test("a managed plugin runs under the default runtime, and is given no directory of the host", async () => {
      await ok(`${stop}; ${start("--default-runtime lockc")}`);
      const root = "/tmp/plugin/rootfs";
      await ok(
        `mkdir -p ${root}/bin ${root}/data && cp /bin/busybox ${root}/bin/sh && ln -s sh ${root}/bin/sleep && cp ${SHARED}/probe ${root}/bin/`,
      );
      const enable = async (mounts: readonly object[]) => {
        await ok("cat >/tmp/plugin/config.json", JSON.stringify({ ...PLUGIN, mounts }));
        return run("docker plugin create plugin /tmp/plugin && docker plugin enable plugin");
      };
      assertAllowed(await enable([]), "enable");
      const [record] = await session.containers();
      assert.equal(record?.policy, "baseline");
      await assertNothingCounted(session);
      await ok("docker plugin disable plugin && docker plugin rm plugin");
      const hosts = { name: "m", source: "/etc", destination: "/mnt", options: ["rbind"] };
      const { stderr } = await enable([{ ...hosts, type: "bind" }]);
      assert.match(stderr, /refuses the mount of \\?"\/etc\\?" on \\?"\/mnt/);
      await ok("docker plugin rm plugin");
      assert.deepEqual(await session.containers(), []);
    });

    test("userns-remap: containers work as under plain runc", async () => {
      await ok(
        "for file in subuid subgid; do echo remap:100000:65536 >>/etc/$file; done; echo remap:x:990:990::/:/bin/false >>/etc/passwd; echo remap:x:990: >>/etc/group",
      );
      await ok(`${stop}; ${start("--userns-remap=remap")}`);
      await ok("docker load -q -i /usr/share/lockc-vm/busybox.tar");
      const everyday =
        "cat /proc/self/uid_map; id -u; touch /f && chown 5:5 /f && stat -c %u /f; mknod /null c 1 3 2>&1; su -s /bin/sh root -c 'id -u'; echo x >/v/kept && mv /v/kept /v/f; stat -c '%u %g %s' /v/f; hostname; mount -t tmpfs none /mnt 2>&1; chroot / id -u";
      const said = [];
      for (const flags of [PLAIN, BASELINE]) {
        await ok(
          `docker run -d --name remapped --hostname named ${flags} -v vol:/v busybox sleep 100000`,
        );
        said.push(await run("docker exec -i remapped sh -s", everyday));
        if (flags === BASELINE) await assertNothingCounted(session);
        await ok("docker rm -f remapped && docker volume rm vol");
      }
      assert.match(said[0]!.stdout, /^\s+0\s+100000\s+65536\n0\n5\n/);
      assert.deepEqual(said[1], said[0]);
    });
  });
}
