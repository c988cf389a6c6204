// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../../core/generated/event.ts";
import { lostEvents } from "../../../ctl/event/decode.ts";
import { type EventFilter, formatEvent, isWanted, parseSince } from "../../../ctl/event/filter.ts";
import { PLAIN, painter, widthOf } from "../../../ctl/screen/terminal.ts";

const EVENT: Event = {
  ...lostEvents(1, Date.UTC(2026, 2, 1, 12)),
  event: "denied",
  policy: "baseline",
  container: { key: "00000000000000ab", id: "0123456789ab", name: "web-1" },
  msg: "it was refused",
};
const ALL: EventFilter = {
  sinceMs: undefined,
  isMeant: undefined,
  policy: undefined,
  debug: false,
};

test("events of one container are those of it, and not what is nobody's", () => {
  const isMeant = ({ name }: { name: string | null }) => name === "web-1";
  assert.ok(isWanted(EVENT, { ...ALL, isMeant }));
  const other = { ...EVENT, container: { ...EVENT.container!, name: "web" } };
  assert.ok(!isWanted(other, { ...ALL, isMeant }));
  assert.ok(!isWanted({ ...EVENT, container: null }, { ...ALL, isMeant: () => true }));
});

test("a policy is known by its whole name", () => {
  assert.ok(isWanted(EVENT, { ...ALL, policy: "baseline" }));
  assert.ok(!isWanted(EVENT, { ...ALL, policy: "base" }));
});

test("debug events are for who asks for them", () => {
  const started: Event = { ...EVENT, level: "debug", event: "started" };
  assert.ok(!isWanted(started, ALL));
  assert.ok(isWanted(started, { ...ALL, debug: true }));
});

test("that events were lost is told whatever was asked for, unless it is too long ago", () => {
  const time = Date.UTC(2026, 0, 1);
  const lost = lostEvents(1, time);
  assert.ok(isWanted(lost, { ...ALL, isMeant: () => false, policy: "x" }));
  assert.ok(isWanted(lost, { ...ALL, sinceMs: time }));
  assert.ok(!isWanted(lost, { ...ALL, sinceMs: time + 1 }));
});

test("--since is a while ago, or a time", () => {
  const now = Date.UTC(2026, 2, 1, 12);
  for (const [text, ago] of [
    ["30s", 30_000],
    ["10m", 600_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["2026-03-01T11:59:59Z", 1000],
    ["2026-03-01T12:59:59.500+01:00", 500],
    ["2026-03-01t11:59:59z", 1000],
    ["2026-03-01 11:59:59Z", 1000],
  ] as const) {
    assert.equal(parseSince(text, now), now - ago, text);
  }
  const here = (...parts: [number, number, number, number?, number?, number?]) =>
    new Date(...parts).getTime();
  assert.equal(parseSince("2026-01-01", now), here(2026, 0, 1), "a day begins where the host is");
  assert.equal(parseSince("2024-02-29", now), here(2024, 1, 29));
  assert.equal(parseSince("2026-01-02 03:04", now), here(2026, 0, 2, 3, 4));
  assert.equal(parseSince("2026-01-02 03:04:05", now), here(2026, 0, 2, 3, 4, 5));
  assert.equal(parseSince("2026-01-02T03:04:05", now), here(2026, 0, 2, 3, 4, 5));
  for (const text of [
    "",
    "10",
    "m",
    "10 m",
    "-1m",
    "1w",
    "yesterday",
    "2026-13-01T00:00:00Z",
    "2026-02-30",
    "2026-1-1",
    "2026-01-01 25:00",
    "2026",
  ]) {
    assert.throws(() => parseSince(text, now), { code: "LOCKC_E_USAGE" }, text);
  }
});

test("a sentence that another wrote into the journal steers no terminal, and stays readable", () => {
  const line = formatEvent({ ...EVENT, msg: "é日本語👍 \x1b[2J\x9b2J\u202e\n" }, PLAIN);
  assert.ok(line.endsWith("é日本語👍 \\x1b[2J\\x9b2J\\u{202e}\\x0a\n"), JSON.stringify(line));
});

test("a line has time, number, what it is, and the sentence; colours where there are any", () => {
  const event = { ...EVENT, sequence: 41 };
  const line = formatEvent(event, PLAIN);
  assert.match(line, /^2026-0[23]-\d\d \d\d:\d\d:00 {5}41 {2}denied {6}it was refused\n$/);
  assert.match(formatEvent(EVENT, PLAIN), /00 {6}- {2}denied/, "what is told by lockctl has none");
  const coloured = formatEvent(event, { width: undefined, paint: painter(true) });
  assert.ok(coloured.includes("  41  \x1b[31mdenied\x1b[39m      it was refused\n"), coloured);
});

test("a line goes on below itself where the terminal ends, at a word", () => {
  const msg = "it was refused opening /a/file for the second time today";
  for (const width of [60, 80, 120]) {
    const lines = formatEvent({ ...EVENT, msg }, { width, paint: PLAIN.paint }).split("\n");
    for (const line of lines) assert.ok(widthOf(line) <= width, line);
    assert.equal(
      lines
        .map((line) => line.trim())
        .join(" ")
        .includes(msg),
      true,
    );
  }
});
