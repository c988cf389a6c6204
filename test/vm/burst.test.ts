// SPDX-License-Identifier: Apache-2.0
/** What is told of refusals and of containers, and that none is lost, however many there are. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Event } from "../../core/generated/event.ts";
import { assertRefused, Session, SHARED } from "./session.ts";

const folder = mkdtempSync(join(tmpdir(), "lockc-burst-"));
const program = join(folder, "burst");
execFileSync("gcc", ["-O1", "-static", "-o", program, join(import.meta.dirname, "burst.c")]);
after(() => rmSync(folder, { recursive: true }));

const POLICIES = {
  audited: `
name: audited
description: A test's.
extends: careless
kernelLog: { mode: audit, allow: false }
hostPaths: { mode: audit, allow: [] }
`,
};
const session = new Session({ docker: true, mounts: [folder] }, POLICIES);
const { ok, run } = { ok: session.ok.bind(session), run: session.run.bind(session) };

const JOURNAL = "/run/events.json";
const settings = (text: string) => ok(`echo '${text}' >/etc/lockc/lockc.yaml; lockctl load`);

/** How many events the reader has written so far. */
const written = async () => Number(await ok(`wc -l <${JOURNAL}`));

/** What the reader writes while `act` runs and until two seconds after it, when all is told. */
async function eventsOf(act: () => Promise<unknown>, settleSeconds = 2.5): Promise<Event[]> {
  await ok("sleep 1.5"); // what was before is told by then
  const from = await written();
  await act();
  const lines = await ok(`sleep ${settleSeconds}; tail -n +${from + 1} ${JOURNAL}`);
  return lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
}
const inside = (name: string, command: string) => run(`docker exec ${name} ${command}`);
const sum = (events: readonly Event[]) => events.reduce((total, { count }) => total + count, 0);

before(async () => {
  await ok(`cp ${program} ${SHARED}/burst && chmod 755 ${SHARED}/burst`);
  await ok(
    `setsid lockctl events --follow --debug --json >${JOURNAL} 2>/run/events.err </dev/null & true`,
  );
  const start = (name: string, runtime: string, flags = "") =>
    ok(
      `docker run -d --name ${name} --runtime ${runtime} ${flags} --tmpfs /deep -v ${SHARED}:/x busybox sleep 100000`,
    );
  await start("box", "lockc-careless", "--privileged");
  await start("plain", "lockc", "--cap-add MKNOD");
});

describe("a refusal", () => {
  test("is one event: who was refused what, where, by which rule of which policy", async () => {
    const id = await ok("docker inspect -f '{{.Id}}' plain");
    const events = await eventsOf(async () =>
      assertRefused(await inside("plain", "cat /proc/kallsyms"), "kallsyms"),
    );
    assert.equal(events.length, 1, JSON.stringify(events));
    const [event] = events;
    const { container, task, object } = event!;
    assert.deepEqual(
      [event!.event, event!.level, event!.rule, event!.hook, event!.policy, event!.count],
      ["denied", "warn", "pseudoFiles", "file_open", "baseline", 1],
    );
    assert.deepEqual([container?.id, container?.name], [id, "plain"]);
    assert.deepEqual([task?.comm, task?.exe, task?.uid], ["cat", "/bin/busybox", 0]);
    assert.ok(task!.pid > task!.nsPid && task!.nsPid > 1, JSON.stringify(task));
    assert.deepEqual([object?.type, object?.path], ["file", "/proc/kallsyms"]);
    assert.ok(Math.abs(Date.parse(event!.time) - 1000 * Number(await ok("date +%s"))) < 60_000);
  });

  test("is none for what is allowed", async () => {
    const events = await eventsOf(async () => {
      await ok("docker exec plain cat /proc/self/status /etc/passwd");
      await ok("docker exec plain sh -c 'echo x >/deep/f && rm /deep/f'");
    });
    assert.deepEqual(events, []);
  });

  test("names a file by its whole path, of up to 4095 bytes, and of a longer one the end", async () => {
    for (const length of [4000, 4095, 6000]) {
      const [event, ...others] = await eventsOf(async () =>
        assert.equal(await ok(`docker exec plain /x/burst deep /deep ${length}`), "EPERM"),
      );
      assert.deepEqual(others, []);
      const path = event!.object!.path!;
      assert.deepEqual([event!.rule, event!.object!.type], ["devices", "device"]);
      if (length < 4096) {
        assert.ok(path.startsWith("/deep/ddd"), path.slice(0, 20));
        assert.equal(path.length, length);
      } else {
        assert.match(path, /^d{250}\/(d+\/)*d+$/);
        assert.ok(path.length > 3800 && path.length < 4096, `${path.length}`);
      }
    }
  });

  test("of a program that was deleted has its name all the same", async () => {
    const [event, ...others] = await eventsOf(() =>
      ok("docker exec box sh -c 'cp /x/burst /gone && /gone deleted /gone'"),
    );
    assert.deepEqual(others, []);
    assert.equal(event!.task!.exe, "/gone");
  });

  test("that comes again is told with its count", async () => {
    const events = await eventsOf(async () =>
      assert.equal(await ok("docker exec box /x/burst burst 50 1 1"), "50"),
    );
    assert.equal(sum(events), 50);
    assert.ok(events.length <= 3, `${events.length} events`);
    assert.equal(new Set(events.map(({ object }) => object?.number)).size, 1);
  });

  test("is told with its count also where the container ends at once", async () => {
    const events = await eventsOf(() =>
      ok(
        `docker run --rm --privileged --runtime lockc-careless -v ${SHARED}:/x busybox /x/burst burst 50 1 1`,
      ),
    );
    assert.equal(sum(events), 50);
    assert.equal(new Set(events.map(({ container }) => container?.id)).size, 1);
  });

  test("that is only audited is told, and let through", async () => {
    const events = await eventsOf(async () =>
      assert.equal(
        await ok(
          `docker run --rm --privileged --runtime lockc-privileged --label org.lockc.policy=audited -v ${SHARED}:/x busybox /x/burst burst 5 1 1`,
        ),
        "0",
      ),
    );
    const audited = events.filter(({ event }) => event === "audited");
    assert.deepEqual([...new Set(audited.map(({ rule }) => rule))], ["kernelLog"]);
    assert.equal(sum(audited), 5);
    const [tolerated] = events.filter(({ event }) => event === "tolerated");
    assert.deepEqual([tolerated?.rule, tolerated?.level], ["hostPaths", "info"]);
    assert.equal(tolerated?.container?.key, audited[0]?.container?.key);
  });

  test("of a container that is not created is lockc-runc's sentence", async () => {
    const [event, ...others] = await eventsOf(async () => {
      const { stderr } = await run("docker run --name no --runtime lockc -v /:/host busybox true");
      assert.match(stderr, /LOCKC_E_MOUNT/);
    });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [event!.event, event!.rule, event!.policy, event!.container?.name, event!.object],
      ["refused", "engineSockets", "baseline", "no", null],
    );
    assert.match(event!.msg, /"\/" on "\/host"/);
  });
});

describe("events of others", () => {
  test("a runtime past lockc-runc is the guard's", async () => {
    await settings("guard: enforce");
    const events = await eventsOf(async () =>
      assertRefused(await run("/usr/sbin/runc list"), "runc"),
    );
    await settings("guard: off");
    assert.deepEqual(
      events.map(({ event, rule, container, policy }) => ({ event, rule, container, policy })),
      [{ event: "denied", rule: "guard", container: null, policy: null }],
    );
    assert.match(events[0]!.object!.path!, /\/s?bin\/runc$/);
  });

  test("another policy for a container that runs is told", async () => {
    const events = await eventsOf(() => ok("lockctl container policy plain restricted"));
    await ok("lockctl container policy plain baseline --force");
    assert.deepEqual(
      events.map(({ event, policy, container }) => [event, policy, container?.name]),
      [["changed", "restricted", "plain"]],
    );
  });

  test("what becomes of a container is told where it is asked for, in order", async () => {
    const life = () => ok("docker run -d --name brief --runtime lockc busybox sleep 100000");
    const enter = () => ok("docker exec brief true && docker rm -f brief");
    const quiet = await eventsOf(async () => {
      await life();
      await enter();
    });
    assert.deepEqual(quiet, []);
    await settings("events: { debug: true }");
    const events = await eventsOf(async () => {
      await life();
      await enter();
    });
    await settings("events: { debug: false }");
    assert.deepEqual(
      events.map(({ event }) => event),
      ["registered", "started", "joined", "released"],
    );
    assert.equal(new Set(events.map(({ container }) => container?.key)).size, 1);
    assert.deepEqual([...new Set(events.map(({ level }) => level))], ["debug"]);
    assert.equal(events[0]!.container!.name, "brief");
  });
});

describe("of a burst nothing is lost", () => {
  interface Counts {
    readonly sequence: number;
    readonly dropped: number;
    readonly lost: number;
    readonly merged: number;
    readonly pending: number;
  }
  const readCounts = async (): Promise<Counts> => JSON.parse(await ok(`${SHARED}/burst counts`));
  const denials = async () => {
    const [box] = (await session.containers()).filter(({ name }) => name === "box");
    return box!.denials;
  };

  for (const { count, processes, objects } of [
    { count: 1_000_000, processes: 1, objects: 1 },
    { count: 1_000_000, processes: 4, objects: 16 },
    { count: 100_000, processes: 4, objects: 500 },
  ]) {
    test(`${count} refusals by ${processes}, about ${processes * objects} objects`, async (t) => {
      const before = { counts: await readCounts(), denials: await denials() };
      assert.equal(before.counts.pending, 0);
      await ok("sleep 1.5"); // what was before is told by then
      const from = await written();
      await ok(
        `docker exec box /x/burst burst ${count} ${processes} ${objects} >/run/burst 2>&1 & echo started`,
      );
      let worstMs = 0; // of an act of the host meanwhile
      for (let said = ""; said === ""; said = (await run("cat /run/burst")).stdout) {
        const started = performance.now();
        await ok("cat /etc/passwd >/dev/null");
        worstMs = Math.max(worstMs, performance.now() - started);
        await ok("sleep 2");
      }
      assert.equal(await ok("cat /run/burst"), `${count}`);
      const memory = await ok(
        "awk '/VmHWM/ { print $2 }' /proc/$(pgrep -f 'events --follow' | head -1)/status",
      );
      await ok("sleep 5");
      const counts = await readCounts();
      const events = await ok(
        `tail -n +${from + 1} ${JOURNAL} | grep -v '"event":"lost"' | grep -o '"count":[0-9]*' | awk -F: '{ n++; sum += $2 } END { print n, sum }'`,
      );
      const [told, refusals] = events.split(" ").map(Number);
      const lost = counts.lost - before.counts.lost;
      t.diagnostic(
        `${told} events with ${refusals} refusals, ${counts.dropped - before.counts.dropped} events with ${lost} lost, ${counts.merged - before.counts.merged} merged; reader ${memory} kB; host's slowest act ${Math.round(worstMs)} ms`,
      );
      assert.equal((await denials()) - before.denials, count);
      assert.equal(counts.pending, 0);
      assert.equal(refusals! + lost, count);
      assert.equal(
        counts.sequence - before.counts.sequence,
        told! + counts.dropped - before.counts.dropped,
      );
      assert.ok(Number(memory) < 100 * 1024, `${memory} kB`);
    });
  }
});
