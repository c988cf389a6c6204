// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { lostEvents } from "../../ctl/event.ts";
import { type EventFilter, formatEvent, isWanted, parseSince } from "../../ctl/event-lines.ts";
import { painter } from "../../ctl/terminal.ts";
import type { Event } from "../../shim/generated/event.ts";

const EVENT: Event = {
  ...lostEvents(1, Date.UTC(2026, 2, 1, 12)),
  event: "denied",
  policy: "baseline",
  container: { key: "00000000000000ab", id: "0123456789ab", name: "web-1" },
  msg: "it was refused",
};
const ALL: EventFilter = {
  sinceMs: undefined,
  container: undefined,
  policy: undefined,
  debug: false,
};

test("a container is known by its ID, name or key, or how one of them begins", () => {
  const wanted = (container: string) => isWanted(EVENT, { ...ALL, container });
  for (const text of ["0123456789ab", "0123", "web-1", "web", "00000000000000ab"]) {
    assert.ok(wanted(text), text);
  }
  for (const text of ["123", "eb-1", "web-12", "x"]) assert.ok(!wanted(text), text);
  assert.ok(!isWanted({ ...EVENT, container: null }, { ...ALL, container: "web" }));
  const renamed = { ...ALL, container: "shop", renamed: ["00000000000000ab"] };
  assert.ok(isWanted(EVENT, renamed));
  assert.ok(!isWanted({ ...EVENT, container: null }, renamed));
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
  assert.ok(isWanted(lost, { ...ALL, container: "web", policy: "x" }));
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
  ] as const) {
    assert.equal(parseSince(text, now), now - ago, text);
  }
  for (const text of ["", "10", "m", "10 m", "-1m", "1w", "yesterday", "2026-13-01T00:00:00Z"]) {
    assert.throws(() => parseSince(text, now), { code: "LOCKC_E_USAGE" }, text);
  }
});

test("a sentence that another wrote into the journal steers no terminal, and stays readable", () => {
  const line = formatEvent({ ...EVENT, msg: "é日本語👍 \x1b[2J\x9b2J\u202e\n" }, painter(false));
  assert.ok(line.endsWith("é日本語👍 \\x1b[2J\\x9b2J\\u{202e}\\x0a\n"), JSON.stringify(line));
});

test("a line has time, what it is, and the sentence; colours where there are any", () => {
  const line = formatEvent(EVENT, painter(false));
  assert.match(line, /^2026-0[23]-\d\d \d\d:\d\d:00 {2}denied {6}it was refused\n$/);
  const coloured = formatEvent(EVENT, painter(true));
  assert.ok(coloured.includes("\x1b[31mdenied    \x1b[0m  it was refused\n"), coloured);
});
