// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Event } from "../../../core/generated/event.ts";
import type { ContainerSummary } from "../../../ctl/container/containers.ts";
import { compare, formatWatched, type Sample } from "../../../ctl/container/rates.ts";
import { PLAIN, widthOf } from "../../../ctl/screen/terminal.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");

function box(name: string, more: Partial<ContainerSummary> = {}): ContainerSummary {
  return {
    key: name,
    id: `id-of-${name}`,
    name,
    root: "/run/runc",
    policy: "baseline",
    mode: "enforce",
    phase: "running",
    tasks: 2,
    denials: 0,
    audits: 0,
    rules: { denials: {}, audits: {} },
    started: true,
    created: "2026-03-01T11:00:00Z",
    ...more,
  };
}

const sample = (seconds: number, containers: ContainerSummary[], newest = {}): Sample => ({
  timeNs: BigInt(Math.round(seconds * 1e9)),
  containers,
  newest: new Map(Object.entries(newest)) as Map<string, Event>,
  dropped: 0,
});

const refusal = (secondsAgo: number, more: Partial<Event> = {}): Event => ({
  level: "warn",
  time: new Date(NOW - secondsAgo * 1000).toISOString(),
  sequence: 1,
  event: "denied",
  count: 1,
  rule: "hostFiles",
  hook: "file_open",
  policy: "baseline",
  container: { key: "a", id: "a", name: null },
  task: null,
  object: { type: "file", path: "/etc/shadow" },
  msg: "",
  ...more,
});

describe("two looks", () => {
  test("give rates per second of the time that was between them, also for who came meanwhile", () => {
    const before = sample(10, [box("a", { denials: 100, audits: 7 }), box("gone", { denials: 9 })]);
    const now = sample(12.5, [
      box("a", { denials: 101, audits: 107 }),
      box("new", { denials: 500 }),
    ]);
    const { seconds, containers } = compare(before, now, NOW);
    assert.equal(seconds, 2.5);
    assert.deepEqual(
      containers.map(({ name, denialsPerSecond, auditsPerSecond }) => [
        name,
        denialsPerSecond,
        auditsPerSecond,
      ]),
      [
        ["new", 200, 0],
        ["a", 0.4, 40],
      ],
    );
  });

  test("the first one knows totals and no rates", () => {
    const { seconds, containers } = compare(undefined, sample(1, [box("a", { denials: 5 })]), NOW);
    assert.deepEqual(
      [seconds, containers[0]?.denials, containers[0]?.denialsPerSecond],
      [null, 5, null],
    );
  });

  test("most refusals per second come first, then names, or IDs where there is none", () => {
    const all = (more: Record<string, number>) =>
      ["c", "b", "d", "a"].map((name) => box(name, { denials: more[name] ?? 0 }));
    const nameless = box("z", { name: null, id: "aa" });
    const { containers } = compare(
      sample(0, [...all({}), nameless]),
      sample(1, [...all({ b: 3, d: 7 }), nameless]),
      NOW,
    );
    assert.deepEqual(
      containers.map(({ name, id }) => name ?? id),
      ["d", "b", "a", "aa", "c"],
    );
  });
});

describe("the screen", () => {
  const watched = compare(
    sample(0, [box("web"), box("db")]),
    sample(1, [box("web", { denials: 12 }), box("db", { mode: "audit", audits: 3 })], {
      web: refusal(4),
    }),
    NOW,
  );

  test("what there is in all, then a line for each container", () => {
    assert.deepEqual(formatWatched(watched, PLAIN), [
      "12:00:00  containers 2  tasks 4  denials/s 12  audits/s 3",
      "",
      "CONTAINER  POLICY    MODE     TASKS  DENIALS  DEN/S  AUDITS  AUD/S  NEWEST",
      "web        baseline  enforce      2       12     12       0      0  4s hostFiles /etc/shadow",
      "db         baseline  audit        2        0      0       3      3  -",
    ]);
  });

  test("a narrow one keeps who, under what, and what was refused", () => {
    const long = [box("a-name-of-some-length"), box("b", { policy: "restricted" })];
    const look = compare(undefined, sample(0, long, { "a-name-of-some-length": refusal(4) }), NOW);
    const titles = (width: number) =>
      formatWatched(look, { ...PLAIN, width })[2]!
        .toLowerCase()
        .split(/ +/)
        .join(" ");
    assert.equal(titles(60), "container policy mode denials newest");
    assert.equal(titles(80), "container policy mode denials den/s audits newest");
    assert.equal(titles(120), "container policy mode tasks denials den/s audits aud/s newest");
  });

  test("how long ago the last refusal was, and what it was about, whatever that is", () => {
    for (const [event, text] of [
      [refusal(0), "0s hostFiles /etc/shadow"],
      [refusal(-5), "0s hostFiles /etc/shadow"],
      [refusal(119), "119s hostFiles /etc/shadow"],
      [refusal(7199), "119m hostFiles /etc/shadow"],
      [refusal(86_400), "24h hostFiles /etc/shadow"],
      [refusal(864_000), "10d hostFiles /etc/shadow"],
      [refusal(1, { object: null, rule: "kernelLog", hook: "syslog" }), "1s kernelLog syslog"],
      [
        refusal(1, { object: { type: "capability", name: "CAP_SYS_ADMIN" } }),
        "1s hostFiles CAP_SYS_ADMIN",
      ],
      [
        refusal(1, { object: { type: "file", path: "/a\x1b[2J\u202e" } }),
        "1s hostFiles /a\\x1b[2J\\u{202e}",
      ],
    ] as const) {
      const one = compare(undefined, sample(0, [box("web")], { web: event }), NOW);
      assert.ok(formatWatched(one, PLAIN)[3]!.endsWith(`  ${text}`), text);
    }
  });

  test("it never has more lines or places than the terminal", () => {
    const many = Array.from({ length: 50 }, (_, at) => box(`container-${at}-${"x".repeat(at)}`));
    for (const containers of [[], many.slice(0, 1), many]) {
      const all = compare(undefined, sample(0, containers), NOW);
      for (let height = 1; height < 60; height += 3) {
        for (const width of [10, 40, 80, 200]) {
          const lines = formatWatched(all, { ...PLAIN, width, height });
          assert.ok(lines.length <= height, `${lines.length} lines of ${height}`);
          for (const line of lines) assert.ok(widthOf(line) <= width, line);
        }
      }
    }
    const lines = formatWatched(compare(undefined, sample(0, many), NOW), { ...PLAIN, height: 10 });
    assert.equal(lines.length, 10);
    assert.equal(lines.at(-1), "… and 44 more");
  });

  test("that nothing is there, nothing is loaded, or events were lost, is said", () => {
    const none = compare(undefined, sample(0, []), NOW);
    assert.equal(formatWatched(none, PLAIN)[2], "no container runs under lockc");
    assert.deepEqual(formatWatched(undefined, PLAIN), ["lockc is not loaded"]);
    const lost = compare(undefined, { ...sample(0, []), dropped: 3 }, NOW);
    assert.match(formatWatched(lost, PLAIN)[0]!, / events lost 3$/);
  });
});
