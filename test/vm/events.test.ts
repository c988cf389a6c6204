// SPDX-License-Identifier: Apache-2.0
/** lockctl events where the kernel makes them: from the pipe, and from the journal through systemd. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../core/generated/event.ts";
import { validate } from "../../core/generated/event-validator.js";
import { Session } from "./session.ts";

const session = new Session({ init: "systemd", docker: true });
const run = session.run.bind(session);
const ok = session.ok.bind(session);

const SERVICE = "lockc-events.service";
const DMESG =
  "docker run --rm --runtime lockc-careless --security-opt seccomp=unconfined --cap-add SYSLOG";

const parse = (text: string): Event[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const find = (events: readonly Event[], name: string, event: Event["event"]) =>
  events.filter((one) => one.container?.name === name && one.event === event);

/** A container that is refused for its mount, and one whose dmesg is; each says so to its user. */
async function provoke(suffix: string): Promise<void> {
  const mount = await run(
    `docker run --rm --runtime lockc --name mount${suffix} -v /etc:/host busybox true`,
  );
  assert.match(mount.stderr, /LOCKC_E_MOUNT/);
  const dmesg = await run(`${DMESG} --name dmesg${suffix} busybox dmesg`);
  assert.match(dmesg.stderr, /Operation not permitted/);
}

function assertTold(events: readonly Event[], suffix: string): void {
  for (const event of events) {
    assert.ok(validate(event), JSON.stringify([event, validate.errors]));
  }
  const [mount, ...mounts] = find(events, `mount${suffix}`, "refused");
  assert.ok(mount, JSON.stringify(events));
  assert.deepEqual(mounts, []);
  assert.deepEqual([mount.rule, mount.policy, mount.hook], ["hostPaths", "baseline", null]);
  assert.match(
    mount.msg,
    new RegExp(`^lockc-runc did not create container "mount${suffix}": .*/etc`),
  );
  const [dmesg] = find(events, `dmesg${suffix}`, "denied");
  assert.ok(dmesg, JSON.stringify(events));
  assert.deepEqual([dmesg.rule, dmesg.policy, dmesg.hook], ["kernelLog", "careless", "syslog"]);
  assert.deepEqual([dmesg.task?.comm, dmesg.task?.nsPid, dmesg.task?.uid], ["dmesg", 1, 0]);
  const age = Date.now() - Date.parse(dmesg.time);
  assert.ok(Math.abs(age) < 24 * 3_600_000, `the guest's clock, about: ${dmesg.time}`);
}

test("a follower tells of a refused mount and of dmesg, as they happen", async () => {
  await ok(
    "setsid lockctl events --follow --json >/run/events 2>/run/errors </dev/null & echo $! >/run/pid",
  );
  await provoke("1");
  await session.until("grep -q '\"syslog\"' /run/events");
  assertTold(parse(await ok("cat /run/events")), "1");
  const second = await run("lockctl events --follow --json");
  assert.equal(second.status, 1);
  assert.match(second.stderr, /another lockctl events --follow does[\s\S]*LOCKC_E_READER/);
  await ok("kill $(cat /run/pid)");
  await session.until("! kill -0 $(cat /run/pid) 2>/dev/null");
  assert.equal(await ok("cat /run/errors"), "");
});

test("what nobody reads waits, and is said again to whoever asks", async () => {
  await provoke("2");
  const first = await ok("lockctl events --json");
  assertTold(parse(first), "2");
  assert.deepEqual(find(parse(first), "mount1", "refused"), [], "the follower took them");
  const again = parse(await ok("lockctl events --json --container dmesg2"));
  assert.deepEqual(
    again.map(({ sequence }) => sequence),
    find(parse(first), "dmesg2", "denied").map(({ sequence }) => sequence),
  );
  assert.match(
    await ok("script -qec 'lockctl events --container mount2' /dev/null </dev/null"),
    /refused +lockc-runc did not create container\s+"mount2"/,
  );
});

test("the service writes to the journal, from where everybody reads", async () => {
  await ok(`systemctl enable --now ${SERVICE}`);
  await provoke("3");
  await session.until(`journalctl -q -u ${SERVICE} -o cat | grep -q dmesg3`);
  const journal = await ok(`journalctl -q -u ${SERVICE} -o cat | grep '^{'`);
  assertTold(parse(journal), "2");
  assertTold(parse(journal), "3");
  assertTold(parse(await ok("lockctl events --json --since 1h")), "3");
  const followed = await run("timeout 5 lockctl events --follow --json --since 1h");
  assertTold(parse(followed.stdout), "3");
  assert.equal(await ok(`systemctl is-active ${SERVICE}`), "active");
  assert.match(await ok(`systemd-analyze security ${SERVICE} --no-pager | tail -n 1`), /OK|SAFE/);
});

test("the service goes with lockc.service, and comes back with a load in place", async () => {
  await ok("lockctl load && systemctl restart lockc.service");
  await session.until(`systemctl is-active -q ${SERVICE}`);
  await provoke("4");
  await session.until(`journalctl -q -u ${SERVICE} -o cat | grep -q dmesg4`);
  await ok("lockctl unload && lockctl load");
  await provoke("5");
  await session.until(`journalctl -q -u ${SERVICE} -o cat | grep -q dmesg5`);
  await ok(`systemctl is-active ${SERVICE}`);
  await ok(`systemctl stop lockc.service && ! systemctl is-active -q ${SERVICE}`);
  assert.equal(
    await ok(`systemctl show -P Result ${SERVICE}`),
    "success",
    await ok(`journalctl -q -u ${SERVICE} -o cat -n 20`),
  );
});
