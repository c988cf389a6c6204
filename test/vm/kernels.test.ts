// SPDX-License-Identifier: Apache-2.0
/**
 * Containers on the newer kernels, with that release's Docker, containerd, runc and Podman.
 * What they are refused there, escapes.test.ts and confinement.test.ts show.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { CARELESS } from "./refusals.ts";
import { assertAllowed, assertRefused, HELD, Session, SHARED } from "./session.ts";

for (const release of ["trixie", "sid"] as const) {
  describe(release, () => {
    const session = new Session({ release, docker: true });
    const ok = session.ok.bind(session);

    test("every program is attached", async () => {
      const status = JSON.parse(await ok("lockctl status --json"));
      assert.deepEqual(status.programs.missing, []);
      assert.equal(status.programs.attached, status.programs.expected);
      assert.deepEqual(
        status.programs.lacking,
        release === "trixie" ? ["lockc_inode_file_setattr"] : [],
      );
    });

    test("containers work: run, volumes, exec, exit codes", async () => {
      const lockc = "docker run --rm --runtime lockc";
      assert.equal(await ok(`${lockc} busybox echo hi`), "hi");
      assert.equal(
        await ok(
          `${lockc} -v vol:/v --tmpfs /t busybox sh -c 'echo x >/v/f; mv /v/f /v/g; cp /v/g /t; cat /t/g /etc/hosts >/dev/null; ls -l /v | wc -l'`,
        ),
        "2",
      );
      assert.equal((await session.run(`${lockc} busybox sh -c 'exit 37'`)).status, 37);
    });

    test("a mount that leads out is refused at create", async () => {
      const { status, stderr } = await session.run(
        "docker run --rm --runtime lockc -v /:/rootfs busybox true",
      );
      assert.notEqual(status, 0);
      assert.match(stderr, /refuses the mount of \\?"\/\\?"/);
    });

    test("a step of docker build is contained", async () => {
      await ok(
        "mkdir -p /root/build && cat >/root/build/Dockerfile",
        "FROM busybox\nRUN cat /proc/vmallocinfo >/log 2>&1 || echo refused >>/log\nCMD cat /log\n",
      );
      await ok("docker build -q --network none -t built /root/build");
      assert.match(await ok("docker run --rm built"), /not permitted[\s\S]*refused/);
      assertAllowed(await session.run("docker run --rm built cat /proc/vmallocinfo"), "runc");
    });

    test("by hand and under Podman too, and no record is left", async () => {
      await makeBundle(session, "/tmp/probe");
      assertAllowed(await session.run("cd /tmp/probe && runc run plain"), "plain runc");
      assertRefused(await session.run(`cd /tmp/probe && ${HELD} run held`), "lockc");
      assertRefused(
        await session.run(`cd /tmp/probe && ${HELD} run --no-pivot held`),
        "--no-pivot",
      );
      await ok("tar -C /tmp/probe/rootfs -c . | podman --events-backend file import - busybox");
      assertRefused(
        await session.run(
          `podman --runtime /usr/bin/${HELD} --cgroup-manager cgroupfs --events-backend file run --rm --network none ${CARELESS} -v ${SHARED}:/x busybox /x/probe syslog`,
        ),
        "Podman",
      );
      await ok(
        `cd /tmp/probe && ${HELD} create never >/dev/null 2>&1 </dev/null && lockc-runc delete -f never`,
      );
      assert.deepEqual(await session.containers(), []);
    });

    test("tasks that begin and end amid each other's beginning and end are all counted", async (t) => {
      const forking = "while :; do (:) & wait; done";
      // It has a real-time priority: it preempts the others wherever they can be.
      const preempting = "while :; do sleep 0.01; done";
      const skips = async () =>
        Number(/^lockc_program_skips_total (\d+)$/m.exec(await ok("lockctl metrics"))![1]);
      const before = await skips();
      await ok("docker run -d --name busy --runtime lockc busybox sleep 100000");
      for (const loop of [forking, preempting]) await ok(`docker exec -d busy sh -c '${loop}'`);
      await ok(`chrt -f -p 10 $(pgrep -f '^sh -c ${preempting}')`);
      await ok("sleep 10; docker rm -f busy");
      await session.until("[ $(lockctl status --json | grep -c '\"id\"') = 0 ]");
      t.diagnostic(`${(await skips()) - before} times a program was passed over`);
    });
  });
}
