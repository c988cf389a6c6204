// SPDX-License-Identifier: Apache-2.0
/** Strays among made processes, and among real ones on a real map. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readlinkSync } from "node:fs";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Phase, TASK, WAY } from "../../../core/generated/layout.ts";
import { decode, encode } from "../../../core/kernel/record.ts";
import { readRecords } from "../../../ctl/container/containers.ts";
import { listPids } from "../../../ctl/container/processes.ts";
import {
  findInside,
  findStrays,
  isMember,
  type Seen,
  type Stray,
} from "../../../ctl/container/strays.ts";
import { examine } from "../../../ctl/doctor/checks.ts";
import { readDoctorFacts } from "../../../ctl/doctor/facts.ts";
import { withMaps } from "../../../ctl/kernel/pins.ts";
import { readMetrics } from "../../../ctl/metrics/families.ts";
import { PLAIN } from "../../../ctl/screen/terminal.ts";
import { formatStatus } from "../../../ctl/status/lines.ts";
import { isWhole, readStatus, type Status } from "../../../ctl/status/read.ts";
import { enter, load, PLACES, register } from "../../support/loaded.ts";

const task = (container: bigint, phase: number) => decode(TASK, encode(TASK, { container, phase }));
const CONFINED = task(7n, Phase.CONFINED);

/** A process of the host, but for what is said. */
function seen(pid: number, more: Partial<Seen> = {}): Seen {
  return {
    pid,
    parent: 1,
    started: String(pid),
    command: `p${pid}`,
    idle: false,
    mounts: "mnt:[1]",
    root: "8:2",
    task: undefined,
    executed: false,
    ...more,
  };
}

const INIT = seen(1, { parent: 0 });
/** Where the container's own processes are. */
const THERE = { mounts: "mnt:[9]", root: "40:5" };
const BOX = seen(10, { ...THERE, task: CONFINED });

describe("who is inside and no member", () => {
  const inside = (...look: Seen[]) =>
    findInside([INIT, BOX, ...look]).map(({ seen: { pid }, container, shares }) => [
      pid,
      container,
      shares,
    ]);

  test("a process in the mount namespace, with the root directory, or below a confined one", () => {
    assert.deepEqual(inside(seen(20, THERE)), [[20, 7n, "mounts"]]);
    assert.deepEqual(inside(seen(20, { root: "40:5" })), [[20, 7n, "root"]]);
    assert.deepEqual(inside(seen(20, { parent: 10 })), [[20, 7n, "ancestor"]]);
    const between = [seen(20, { parent: 30 }), seen(30, { parent: 10 })];
    assert.deepEqual(inside(...between), [
      [20, 7n, "ancestor"],
      [30, 7n, "ancestor"],
    ]);
    assert.deepEqual(inside(seen(20)), [], "one of the host");
  });

  test("storage without a phase is none, any phase makes a member", () => {
    assert.equal(isMember(seen(20)), false);
    for (const [name, phase] of Object.entries(Phase)) {
      assert.equal(isMember(seen(20, { task: task(0n, phase) })), name !== "NONE", name);
      const expected = name === "NONE" ? [[20, 7n, "mounts"]] : [];
      assert.deepEqual(inside(seen(20, { ...THERE, task: task(0n, phase) })), expected, name);
    }
  });

  test("who looked at a container's process and is there may be entering", () => {
    const looked = decode(TASK, encode(TASK, { way: [...encode(WAY, { looked: 7n })] }));
    assert.equal(isMember(seen(20, { task: looked })), true);
    assert.deepEqual(inside(seen(20, { ...THERE, task: looked })), []);
    assert.deepEqual(inside(seen(20, { ...THERE, task: looked, executed: true })), [
      [20, 7n, "mounts"],
    ]);
  });

  test("who executed there and is not confined is none, whatever its phase", () => {
    for (const [name, phase] of Object.entries(Phase)) {
      const there = seen(20, { ...THERE, task: task(7n, phase), executed: true });
      const expected = name === "CONFINED" ? [] : [[20, 7n, "mounts"]];
      assert.deepEqual(inside(there), expected, name);
      assert.deepEqual(inside({ ...there, mounts: "mnt:[5]", root: "8:9" }), [], "elsewhere");
    }
  });

  test("kernel threads and who has ended are none", () => {
    assert.deepEqual(inside(seen(20, { ...THERE, idle: true })), []);
    assert.deepEqual(inside(seen(20, { mounts: undefined, root: undefined })), []);
    const gone = seen(10, { task: CONFINED, mounts: undefined, root: undefined });
    const others = seen(20, { mounts: undefined, root: undefined });
    assert.deepEqual(findInside([INIT, gone, others]), []);
  });

  test("what a confined process shares with the host's first one makes nobody a container's", () => {
    const confined = (more: Partial<Seen>) => seen(11, { ...more, task: CONFINED });
    for (const more of [{}, { mounts: "mnt:[9]" }, { root: "40:5" }]) {
      assert.deepEqual(findInside([INIT, confined(more), seen(20)]), []);
    }
    const both = findInside([INIT, confined({ root: "40:5" }), seen(20), seen(21, THERE)]);
    assert.deepEqual(
      both.map(({ seen: { pid } }) => pid),
      [21],
    );
  });

  test("the runtime's part of a container is the host's, whatever it shares", () => {
    const runtime = seen(11, { task: task(7n, Phase.RUNTIME), mounts: "mnt:[5]", root: "8:9" });
    assert.deepEqual(inside(runtime, seen(20, { parent: 11, mounts: "mnt:[5]" })), []);
  });

  test("parents that go round in a circle, as a slow look may see them, end", () => {
    assert.deepEqual(inside(seen(20, { parent: 21 }), seen(21, { parent: 20 })), []);
  });
});

describe("two looks", () => {
  const strays = (first: Seen[], second: Seen[]) => {
    const looks = [first, second].map((more) => [INIT, BOX, ...more]);
    let waitedMs = 0;
    const found = findStrays(new Map(), [], {
      look: () => looks.shift()!,
      wait: (ms) => {
        waitedMs += ms;
      },
    });
    return { pids: found.map(({ pid }) => pid), waitedMs };
  };

  test("count who is there at both, by pid and start", () => {
    const one = seen(20, THERE);
    assert.deepEqual(strays([one], [one]), { pids: [20], waitedMs: 300 });
    assert.deepEqual(strays([one], []).pids, [], "it has ended");
    assert.deepEqual(strays([one], [{ ...one, task: CONFINED }]).pids, [], "it was entering");
    assert.deepEqual(strays([one], [{ ...one, started: "77" }]).pids, [], "another of that number");
    assert.deepEqual(strays([one], [one, seen(21, THERE)]).pids, [20], "the other is new");
  });

  test("are one where nobody is suspicious", () => {
    assert.deepEqual(strays([seen(20)], [seen(20, THERE)]), { pids: [], waitedMs: 0 });
  });
});

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** A process that has become `program`, whatever came before. */
async function started(program: string, ...words: string[]): Promise<number> {
  const child = spawn(words[0] ?? program, words.slice(1), { stdio: ["pipe", "ignore", "ignore"] });
  children.push(child);
  await once(child, "spawn");
  for (let turn = 0; ; turn++) {
    const { pid } = child;
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() === program) return pid!;
    assert.ok(turn < 500, program);
    await sleep(10);
  }
}

/** Its only child, once that has become `program`. */
async function childOf(parent: number, program: string): Promise<number> {
  let child = "";
  while (child === "" || readFileSync(`/proc/${child}/comm`, "utf8") !== `${program}\n`) {
    child = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim();
    await sleep(10);
  }
  return Number(child);
}

const look = (): Stray[] => withMaps(PLACES, "look", (maps) => findStrays(maps, readRecords(maps)));

/** A container of one process in a mount namespace of its own, with another beside it. */
async function makeStray() {
  load(PLACES);
  register("c0ffee", { name: "web" });
  const first = await started("sleep", "unshare", "--mount", "sleep", "1000");
  const second = await started("sleep", "nsenter", `--mount=/proc/${first}/ns/mnt`, "sleep", "999");
  assert.equal(readlinkSync(`/proc/${second}/ns/mnt`), readlinkSync(`/proc/${first}/ns/mnt`));
  return { first, second };
}

describe("on a host", () => {
  test("one is told by status, doctor and metrics, and none once it is a member", async () => {
    const { first, second } = await makeStray();
    const told = () => ({
      status: readStatus(PLACES).strays?.map(({ pid }) => pid),
      doctor: examine(readDoctorFacts(PLACES)).find(({ check }) => check === "strays")?.level,
      metrics: /^lockc_stray_tasks (\d+)$/m.exec(readMetrics(PLACES, "textfile"))?.[1],
    });
    const none = { status: [], doctor: "ok", metrics: "0" };
    assert.deepEqual(told(), none, "no container has a confined process");
    enter(first);
    assert.deepEqual(told(), { status: [second], doctor: "fault", metrics: "1" });
    assert.deepEqual(look(), [
      {
        pid: second,
        command: "sleep",
        container: "c0ffee",
        name: "web",
        key: "0000000000000007",
        shares: "mounts",
      },
    ]);
    enter(second);
    assert.deepEqual(told(), none);
  });

  test("a runtime is none while it waits there, and one once it has executed there", async () => {
    load(PLACES);
    register("box");
    const words = ["unshare", "--mount", "--fork", "--kill-child", "sleep", "1000"];
    const runtime = await started("unshare", ...words);
    const confined = await childOf(runtime, "sleep");
    enter(confined);
    enter(runtime, { phase: Phase.RUNTIME });
    assert.deepEqual(look(), []);
    const inside = ["nsenter", `--mount=/proc/${confined}/ns/mnt`, "sleep", "999"];
    const executed = await started("sleep", ...inside);
    enter(executed, { phase: Phase.RUNTIME });
    assert.deepEqual(
      look().map(({ pid, shares }) => [pid, shares]),
      [[executed, "mounts"]],
    );
  });

  test("a child that a confined process made without the kernel's knowledge is one", async () => {
    load(PLACES);
    register("box");
    const script = "unshare --mount sleep 1000 >&2 & wait";
    const parent = await started("sh", "unshare", "--mount", "sh", "-c", script);
    enter(parent);
    const child = await childOf(parent, "sleep");
    try {
      assert.deepEqual(
        look().map(({ pid, shares }) => [pid, shares]),
        [[child, "ancestor"]],
      );
    } finally {
      process.kill(child, "SIGKILL");
    }
  });

  test("status shows them, and is not whole; without any it shows nothing", async () => {
    const { first, second } = await makeStray();
    enter(first);
    const found = readStatus(PLACES);
    const whole = (more: Partial<Status>): Status => ({
      ...found,
      programs: { ...found.programs, missing: [], unsound: null },
      ...more,
    });
    const text = formatStatus(whole({}), PLAIN);
    assert.match(text, /^lockc .*, loaded, but it does not hold every process$/m);
    assert.match(text, /^strays +1: no policy holds them; stop their containers, and report it$/m);
    assert.match(text, new RegExp(`^ +${second} +sleep +c0ffee +web +mounts$`, "m"));
    assert.equal(isWhole(whole({})), false);
    for (const strays of [[], null]) {
      assert.equal(isWhole(whole({ strays })), true);
      const without = formatStatus(whole({ strays }), PLAIN);
      assert.match(without, /^lockc .*, loaded$/m);
      assert.doesNotMatch(without, /stray/);
    }
    const [one] = found.strays!;
    const many = Array.from({ length: 23 }, () => one!);
    assert.match(formatStatus(whole({ strays: many }), PLAIN), /^ {2}… and 3 more \(--json/m);
  });

  test("without lockc and for others than root there is nothing to tell", () => {
    assert.equal(readStatus(PLACES).strays, null);
    assert.doesNotMatch(readMetrics(PLACES, "textfile"), /^lockc_stray_tasks \d/m);
    load(PLACES);
    assert.deepEqual(readStatus(PLACES).strays, []);
    process.seteuid!(65534);
    try {
      assert.equal(readStatus(PLACES).strays, null);
    } finally {
      process.seteuid!(0);
    }
  });

  test("a look at 500 processes is quick", async (context) => {
    load(PLACES);
    register("box");
    const script = "for i in $(seq 500); do sleep 100 >&2 & done; echo; wait";
    const many = spawn("sh", ["-c", script], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    context.after(() => process.kill(-many.pid!, "SIGKILL"));
    await once(many.stdout!, "data");
    const pids = listPids();
    assert.ok(pids.length >= 500);
    const inside = await started("sleep", "unshare", "--mount", "sleep", "1000");
    const timed = () => {
      const startMs = performance.now();
      assert.deepEqual(look(), []);
      return performance.now() - startMs;
    };
    const idle = Math.min(...Array.from({ length: 5 }, timed));
    enter(inside);
    const busy = Math.min(...Array.from({ length: 5 }, timed));
    context.diagnostic(
      `${pids.length} processes: ${idle.toFixed(1)} ms without, ${busy.toFixed(1)} ms with a container`,
    );
    assert.ok(busy < 1000, `${busy} ms`);
  });
});
