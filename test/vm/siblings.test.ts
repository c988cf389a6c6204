// SPDX-License-Identifier: Apache-2.0
/**
 * What containers do to each other, on each kernel. Those that share a PID namespace on purpose:
 * what plain runc lets the one do to the other, signals under one policy or to a stricter one, and
 * nothing else. And one that nothing holds, which administers: where it enters another, its user code
 * is the other's.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { makeBundle } from "./bundle.ts";
import { assertAllowed, assertRefused, HELD, Session } from "./session.ts";

/** More than baseline allows, so it is looser. */
const LOOSER = `
name: looser
description: A test's.
extends: baseline
kernelLog: { allow: true }
`;
const OTHER_FILES = `
name: other-files
description: A test's.
extends: baseline
pseudoFiles: { add: [{ filesystem: proc, path: /version, access: none }] }
`;

/** By the receiver's policy, those of who signals it, and whether that arrives. */
const PAIRS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  baseline: { baseline: true, looser: true, offline: false },
  looser: { baseline: false },
  "other-files": { baseline: false },
};

/** Says "up", and "hup" for each SIGHUP. */
const RECEIVER = `sh -c 'trap "echo hup" HUP; echo up; while :; do sleep 0.1; done'`;

/** What is done to its process 1. */
const SHUT: Readonly<Record<string, string>> = {
  "opens its memory": "dd if=/proc/1/mem bs=1 count=0",
  "reads what it has mapped": "cat /proc/1/maps",
  "reads its environment": "cat /proc/1/environ",
  "reads what it has open": "cat /proc/1/fd/0",
  "reads where it stands": "ls /proc/1/cwd/",
  "reads its files": "ls /proc/1/root/",
  "changes its priority": "renice -n 5 -p 1",
};

for (const release of ["bookworm", "trixie", "sid"] as const) {
  describe(release, () => {
    const policies = { looser: LOOSER, "other-files": OTHER_FILES };
    const session = new Session({ release, docker: true }, policies);
    const { run, ok } = { run: session.run.bind(session), ok: session.ok.bind(session) };
    const start = (name: string, flags: string, command: string) =>
      ok(`docker run -d --name ${name} ${flags} busybox ${command}`);
    const under = (policy: string) =>
      `--runtime lockc-privileged --label org.lockc.policy=${policy}`;
    const heard = async (name: string) =>
      (await ok(`docker logs ${name}`)).split("\n").filter((line) => line === "hup").length;

    for (const [receiver, senders] of Object.entries(PAIRS)) {
      test(`who may signal a container under ${receiver}`, async () => {
        const to = `to-${receiver}`;
        await start(to, under(receiver), RECEIVER);
        await session.until(`docker logs ${to} | grep -q up`);
        for (const [sender, arrives] of Object.entries(senders)) {
          const from = `${sender}-${to}`;
          await start(from, `${under(sender)} --pid container:${to}`, "sleep 1000");
          const before = await heard(to);
          const { status, stderr } = await run(`docker exec ${from} kill -HUP 1`);
          if (arrives) {
            assert.equal(status, 0, `${from}: ${stderr}`);
            await session.until(`[ $(docker logs ${to} | grep -c hup) -gt ${before} ]`);
          } else {
            assert.equal(status, 1, from);
            assert.match(stderr, /Operation not permitted/);
            const reasons = JSON.parse(await ok(`lockctl why --json ${from}`));
            assert.deepEqual(
              // biome-ignore lint/suspicious/noExplicitAny: lockctl's JSON, as it comes
              reasons.map(({ event, total }: any) => [event.rule, event.object.type, total]),
              [["otherProcesses", "process", 1]],
            );
            assert.equal(await heard(to), before, from);
          }
        }
      });
    }

    test("plain runc lets a sibling do all of the rest, lockc none of it, and ps shows both", async () => {
      await start("first", "--runtime runc", RECEIVER);
      await start("second", "--runtime runc --pid container:first", "sleep 1000");
      for (const [title, act] of Object.entries(SHUT)) {
        const { status, stderr } = await run(`docker exec second ${act}`);
        assert.equal(status, 0, `${title}: ${stderr}`);
      }
      for (const [title, act] of Object.entries(SHUT)) {
        const { status, stderr } = await run(`docker exec baseline-to-baseline ${act}`);
        assert.notEqual(status, 0, title);
        assert.match(stderr, /not permitted|ermission denied/, title);
      }
      assert.match(await ok("docker exec baseline-to-baseline ps"), /trap "echo hup"/);
    });

    describe("a privileged container that administers the host", () => {
      const enter = (command: string) => run(`docker exec admin ${command}`);
      const read = "head -n 1 /proc/kallsyms";
      let pid = "";

      before(async () => {
        await start("app", "--runtime lockc", "sleep 1000");
        const flags =
          "--runtime lockc-privileged --privileged --pid host --cgroupns host -v /:/host";
        await start("admin", flags, "sleep 1000");
        pid = await ok("docker inspect -f '{{.State.Pid}}' app");
      });

      test("runs another's user code as that one's, however it enters", async () => {
        assertAllowed(await enter(read), "its own");
        assertAllowed(await enter(`chroot /host ${read}`), "the host's");
        const { id, root } = JSON.parse(await ok("lockctl container show --json app"));
        for (const way of [
          `nsenter -t ${pid} -m --`,
          `chroot /proc/${pid}/root`,
          `chroot /host runc --root ${root} exec ${id}`,
        ]) {
          assertRefused(await enter(`${way} ${read}`), way);
        }
      });

      test("registers no other container from within, and ends as others do", async () => {
        await makeBundle(session, "/tmp/inner", { args: ["/bin/echo", "inner"] });
        const create = `cd /tmp/inner && ${HELD} run inner`;
        assert.equal(await ok(create), "inner");
        const { status, stderr } = await enter(`chroot /host sh -c '${create}'`);
        assert.equal(status, 1, stderr);
        assert.match(stderr, /called by a process of another container.*call it on the host/);
        const held = async () => (await session.containers()).map(({ name }) => name);
        assert.ok((await held()).includes("admin"));
        await ok("docker rm -f admin");
        await session.until("! lockctl container list | grep -q admin");
      });
    });

    test("who shares the host's PID namespace signals nobody else there", async () => {
      await start("one", "--runtime lockc-careless --pid host", RECEIVER);
      await start("two", "--runtime lockc-careless --pid host", "sleep 1000");
      const pid = await ok("docker inspect -f '{{.State.Pid}}' one");
      assert.notEqual((await run(`docker exec two kill -HUP ${pid}`)).status, 0);
      assert.equal(await heard("one"), 0);
    });
  });
}
