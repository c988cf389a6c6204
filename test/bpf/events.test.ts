// SPDX-License-Identifier: Apache-2.0
/**
 * How the kernel half tells what it refuses, compiled for this host: counts and paths. (That
 * it does in a kernel, and for whom, test/vm/burst.test.ts tells.)
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import fc from "fast-check";
import { EventKind, LOCKC_PATH_SIZE, LOCKC_RECENT } from "../../core/generated/layout.ts";
import { compileOnHost } from "./on-host.ts";

const program = compileOnHost("events");

interface Line {
  readonly kind: number;
  readonly container: number;
  readonly count: number;
  readonly sequence: number;
  readonly time: number;
  readonly object: string;
  readonly number: number;
  readonly exe: string;
  readonly path: string;
}

interface State {
  readonly sequence: number;
  readonly dropped: number;
  readonly lost: number;
  readonly merged: number;
  readonly pending: number;
  readonly denials: number;
  readonly audits: number;
}

/** What comes of these acts: the events, and the counters in the end. */
function play(acts: readonly string[]): { events: Line[]; state: State } {
  const input = `${acts.join("\n")}\nstate\n`;
  const env = { ...process.env, ASAN_OPTIONS: "detect_leaks=0" };
  const output = execFileSync(program, { input, env, encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = output.trimEnd().split("\n");
  const [, ...counters] = lines.pop()!.split(" ");
  const [sequence, dropped, lost, merged, pending, denials, audits] = counters.map(Number);
  const events = lines.map((line): Line => {
    const [kind, container, , , count, number, time, object, extra, exe, ...path] = line.split(" ");
    return {
      ...{ kind: Number(kind), container: Number(container), count: Number(count) },
      ...{ sequence: Number(number), time: Number(time), object: object!, number: Number(extra) },
      ...{ exe: exe!, path: path.join(" ") },
    };
  });
  const state = { sequence, dropped, lost, merged, pending, denials, audits } as State;
  return { events, state };
}

const SECOND = 1_000_000_000;
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const refuse = (key: number, number: number, kind = "d", rule = 4) =>
  `refuse ${key} ${rule} ${kind} ${number}`;

describe("refusals of the same", () => {
  test("are one event within a second, and later one with all that waited", () => {
    const at = (ms: number) => `now ${ms * 1_000_000}`;
    const { events, state } = play([
      ...[at(5000), refuse(1, 7), at(5400), refuse(1, 7), refuse(1, 7)],
      ...[at(6100), refuse(1, 7), at(6200), refuse(1, 7), at(7200), "flush", "flush"],
    ]);
    assert.deepEqual(
      events.map(({ count, time, sequence }) => [count, time / 1_000_000, sequence]),
      [
        [1, 5000, 1],
        [3, 6100, 2],
        [1, 6200, 3],
      ],
    );
    assert.equal(new Set(events.map(({ object }) => object)).size, 1);
    const { merged, pending, denials } = state;
    assert.deepEqual({ merged, pending, denials }, { merged: 3, pending: 0, denials: 5 });
  });

  test("are not of another container, rule, object or verdict", () => {
    const { events } = play([
      ...[refuse(1, 7), refuse(2, 7), refuse(1, 8), refuse(1, 7, "a"), refuse(1, 7, "d", 5)],
    ]);
    assert.deepEqual(
      events.map(({ count }) => count),
      [1, 1, 1, 1, 1],
    );
    assert.equal(new Set(events.map(({ object }) => object)).size, 5);
    assert.equal(events[3]!.kind, EventKind.AUDITED);
  });

  test("wait no longer than their second for the reader, and not for their container's end", () => {
    const both = ["now 1", refuse(1, 7), refuse(1, 7), refuse(2, 7), refuse(2, 7)];
    assert.equal(play([...both, `now ${SECOND}`, "flush"]).events.length, 2);
    assert.equal(play([...both, `now ${SECOND + 1}`, "flush"]).events.length, 4);
    const { events, state } = play([...both, "end 2"]);
    assert.deepEqual(events.at(-1), { ...events.at(-1)!, container: 2, count: 1 });
    assert.equal(events.length, 3);
    assert.equal(state.pending, 1);
  });

  test("are told one by one while somebody else is at their element", () => {
    const { events, state } = play(["hold 1", refuse(1, 7), refuse(1, 7), "hold 0", refuse(1, 7)]);
    assert.deepEqual(
      events.map(({ count }) => count),
      [1, 1, 1],
    );
    assert.equal(state.merged, 0);
  });
});

describe("nothing is lost in silence", () => {
  const someRefusal = fc
    .record({
      key: fc.integer({ min: 1, max: 3 }),
      number: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3000 })),
      kind: fc.constantFrom("d", "a"),
      times: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ key, number, kind, times }) => Array(times).fill(refuse(key, number, kind)));
  const anything = fc.oneof(
    { weight: 20, arbitrary: someRefusal },
    { weight: 1, arbitrary: fc.constantFrom(["flush"], ["end 1"], ["end 2"]) },
    { weight: 1, arbitrary: fc.constantFrom(["hold 1"], ["hold 0"], ["slots 0"], ["slots 1"]) },
    { weight: 1, arbitrary: fc.constantFrom(["full 1"], ["full 0"]) },
  );
  const story = fc.array(fc.tuple(anything, fc.integer({ min: 0, max: SECOND / 4 })), {
    minLength: 100,
    maxLength: 600,
    size: "max",
  });

  function acts(steps: readonly (readonly [readonly string[], number])[]): string[] {
    let now = SECOND;
    return steps.flatMap(([some, passed]) => {
      now += passed;
      return [`now ${now}`, ...some];
    });
  }
  const refusals = (some: readonly string[], key = "", kind = "") =>
    some.filter((act) => act.startsWith(`refuse ${key}`) && act.includes(kind)).length;

  test("what was refused is what events count, and what was lost, and what waits", () => {
    fc.assert(
      fc.property(story, (steps) => {
        const all = acts(steps);
        const { events, state } = play(all);
        const told = sum(events.map(({ count }) => count));
        assert.equal(told + state.lost + state.pending, refusals(all));
        assert.equal(state.denials, refusals(all, "", " d "));
        assert.equal(state.audits, refusals(all, "", " a "));
        assert.equal(events.length, state.sequence - state.dropped);
        assert.equal(new Set(events.map(({ sequence }) => sequence)).size, events.length);
      }),
      { numRuns: 60 },
    );
  });

  test("with a reader, each container's events have all its refusals in the end", () => {
    fc.assert(
      fc.property(story, (steps) => {
        const all = acts(steps).filter((act) => !act.startsWith("full"));
        const { events, state } = play([...all, "hold 0", "end 1", "end 2", "end 3"]);
        assert.deepEqual([state.pending, state.lost, state.dropped], [0, 0, 0]);
        for (const key of [1, 2, 3]) {
          const of = events.filter(({ container }) => container === key);
          assert.equal(sum(of.map(({ count }) => count)), refusals(all, `${key} `));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("also where there are many more objects than room for them", () => {
    const objects = 20 * LOCKC_RECENT;
    const all = ["now 1"];
    for (let turn = 0; turn < 3; turn++) {
      for (let number = 0; number < objects; number++)
        all.push(refuse(1, number), refuse(1, number));
    }
    const { events, state } = play([...all, "end 1"]);
    assert.equal(sum(events.map(({ count }) => count)), 6 * objects);
    assert.equal(state.pending, 0);
  });
});

describe("paths", () => {
  const path = (act: string) => play([act]).events[0]!.path;
  const deep = (length: number) => {
    const names = "/abcdefghi".repeat(Math.ceil(length / 10)).slice(0, length);
    return names.endsWith("/") ? `${names.slice(0, -1)}x` : names;
  };

  test("lead to the top of the mounts, however many there are", () => {
    assert.equal(path("file /a/b"), "/a/b");
    assert.equal(path("file /a/b /mnt/c"), "/mnt/c/a/b");
    assert.equal(path("file / /mnt/c"), "/mnt/c");
    assert.equal(path("file /f / /x/y / /z"), "/z/x/y/f");
    assert.equal(path("file / / /"), "/");
  });

  test("lead to the top of the file system where no mount is known, and say so", () => {
    const [event] = play(["dentry /a/b /mnt/c"]).events;
    assert.deepEqual([event!.path, event!.number], ["/a/b", 1]);
    assert.equal(play(["file /a/b"]).events[0]!.number, 0);
    assert.equal(path("stray /a/b /mnt/c"), "/a/b");
  });

  test("of what lies nowhere are its name", () => {
    assert.equal(path("nameless memfd:code"), "memfd:code");
  });

  test("have up to 4095 bytes, and of longer ones the whole names at the end", () => {
    for (const length of [4000, LOCKC_PATH_SIZE - 2, LOCKC_PATH_SIZE - 1]) {
      const whole = deep(length);
      assert.equal(path(`file ${whole}`), whole);
    }
    for (const length of [LOCKC_PATH_SIZE, LOCKC_PATH_SIZE + 1, 4200, 30_000]) {
      const whole = deep(length);
      const cut = path(`file ${whole}`);
      assert.ok(whole.endsWith(`/${cut}`), cut.slice(0, 20));
      assert.ok(cut.length > LOCKC_PATH_SIZE - 20 && cut.length < LOCKC_PATH_SIZE, `${cut.length}`);
    }
  });

  test("have names of up to 255 bytes, of any kind", () => {
    for (const name of ["n".repeat(255), "ü".repeat(127), '"\\\t'.trim(), "..."]) {
      assert.equal(path(`file /a/${name}/b`), `/a/${name}/b`);
    }
  });

  test("of the program lose their start to fit", () => {
    const exe = (program: string) => play([`runs ${program}`, "file /x"]).events[0]!.exe;
    assert.equal(exe("/usr/bin/sh"), "/usr/bin/sh");
    for (const length of [254, 255, 256, 257, 5000]) {
      const whole = deep(length);
      assert.equal(exe(whole), whole.slice(-255));
    }
  });

  test("and names of other things are text, with @ for an abstract socket", () => {
    assert.equal(path("name ext4"), "ext4");
    assert.equal(path("abstract bus"), "@bus");
    assert.equal(path(`name ${"n".repeat(600)}`), "n".repeat(255));
  });

  test("are left out rather than the event, when all room for them is taken", () => {
    const { events, state } = play(["runs /bin/sh", "slots 0", "file /a", "slots 1", "file /b"]);
    assert.deepEqual(
      events.map(({ path, exe, count }) => [path, exe, count]),
      [
        ["-", "-", 1],
        ["/b", "/bin/sh", 1],
      ],
    );
    assert.equal(state.dropped, 0);
  });
});
