// SPDX-License-Identifier: Apache-2.0
/**
 * What lockctl shows on a real terminal: tmux draws it, and tells what is on its screen.
 * lockctl runs as a program of its own, at its own places, on real maps.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { openMap, u32Key, update } from "../../../core/ffi/bpf.ts";
import {
  EVENT,
  EventKind,
  Hook,
  Object as ObjectKind,
  RECENT,
  Rule,
} from "../../../core/generated/layout.ts";
import { encode } from "../../../core/kernel/record.ts";
import { widthOf } from "../../../ctl/screen/terminal.ts";
import { TOP } from "../../../tool/compile-bpf.ts";
import { requireTools } from "../../../tool/run.ts";
import { enter, load, PLACES, register, SCRATCH } from "../../support/loaded.ts";
import { unmount } from "../../support/private-mounts.ts";

requireTools("tmux");

const LOCKCTL = `${process.execPath} ${join(TOP, "ctl/entry.ts")}`;
const PIN_ROOT = "/sys/fs/bpf";
const DEADLINE_MS = 60_000;

before(() => {
  const { status, stderr } = spawnSync("mount", ["--bind", PLACES.bpffs, PIN_ROOT]);
  assert.equal(status, 0, String(stderr));
});
after(() => unmount(PIN_ROOT));

function tmux(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    "tmux",
    ["-u", "-f", "/dev/null", "-S", join(SCRATCH, "tmux"), ...words],
    {
      encoding: "utf8",
      env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8", TERM: "xterm-256color", SHELL: "/bin/sh" },
    },
  );
  assert.equal(status, 0, `tmux ${words.join(" ")}: ${stderr}`);
  return stdout;
}

/** Starts a shell's line on a terminal of that size. */
function type(line: string, width: number, height = 50): void {
  tmux(...["new-session", "-d", "-x", String(width), "-y", String(height), "sh"]);
  tmux("send-keys", "-l", `PS1=; clear; ${line}`);
  tmux("send-keys", "Enter");
}

/** The lines on the screen, those joined that did not fit the terminal. */
function screen(...how: string[]): string[] {
  return tmux("capture-pane", "-p", "-J", ...how)
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
}

async function until(what: string, holds: (lines: string[]) => boolean): Promise<string[]> {
  for (const end = Date.now() + DEADLINE_MS; ; await setTimeout(100)) {
    const lines = screen();
    if (holds(lines)) return lines;
    assert.ok(Date.now() < end, `${what}; the screen shows:\n${lines.join("\n")}`);
  }
}

/** All that the command writes, once it has ended. */
async function shown(command: string, width: number): Promise<string[]> {
  type(`${command}; echo "status=$?"`, width);
  const lines = await until(command, (all) => all.some((line) => line.startsWith("status=")));
  const end = lines.findIndex((line) => line.startsWith("status="));
  assert.equal(lines[end], "status=0", lines.join("\n"));
  return lines.slice(0, end);
}

const ask = (format: string) => tmux("display-message", "-p", `#{${format}}`).trim();

const HEX = "0123456789abcdef".repeat(4);
const EVIL = "evil\x1b[2J\u202e日本";

const web = (denials = 3n) =>
  register(
    HEX,
    { name: "web", rules: Rule.MOUNT, denials: [denials], created_ns: 1n, init_tgid: process.pid },
    7n,
  );

beforeEach(() => {
  load(PLACES);
  web();
  register("short", { name: EVIL, rules: 3, audit: 3, audits: [9n], created_ns: 2n }, 8n);
  enter(process.pid);
  const element = {
    told_ns: 1n,
    total: 1n,
    event: Array.from(
      encode(EVENT, {
        object: 5n,
        time_ns: 1n,
        container: 7n,
        kind: EventKind.DENIED,
        rule: Rule.FILES,
        hook: Hook.FILE_OPEN,
        what: ObjectKind.FILE,
        policy: "baseline",
        id: HEX,
      }),
    ),
    path: `/a/file/of/the/host/with/a/rather/long/name/${"x".repeat(150)}`,
  };
  const recent = openMap(join(PLACES.pins, "maps/recent"), 4, RECENT.size)!;
  update(recent, u32Key(17), encode(RECENT, element));
});

afterEach(() => {
  spawnSync("tmux", ["-S", join(SCRATCH, "tmux"), "kill-server"]);
});

const LISTINGS = {
  "container list": 3,
  "process list": 2,
  "process list --container web": 2,
  "watch --once --interval 0.1": 4,
};

for (const width of [60, 200]) {
  describe(`a terminal of ${width} columns`, () => {
    for (const [command, lines] of Object.entries(LISTINGS)) {
      test(`${command} has a line for each, none longer than the terminal`, async () => {
        const seen = await shown(`${LOCKCTL} ${command}`, width);
        for (const line of seen) assert.ok(widthOf(line) <= width, line);
        assert.equal(seen.filter(Boolean).length, lines, seen.join("\n"));
        assert.ok(seen.some((line) => line.includes("web")));
      });
    }

    test("container show is as wide as it too, and status' table of containers", async () => {
      const shownContainer = await shown(`${LOCKCTL} container show web`, width);
      for (const line of shownContainer) {
        assert.ok(widthOf(line) <= width || line.trim() === HEX, line);
      }
      assert.ok(shownContainer.join("\n").includes(HEX), "where it is asked for whole");
      type(`${LOCKCTL} status; echo "status=$?"`, width);
      const status = await until("status", (all) => all.some((line) => line.startsWith("status=")));
      const rows = status.filter((line) => /^ {2}(NAME .*TASKS|web|evil)/.test(line));
      assert.equal(rows.length, 3, status.join("\n"));
      for (const row of rows) assert.ok(widthOf(row) <= width, row);
    });

    test("what does not fit is cut where it hurts least, and shown whole where it fits", async () => {
      const long = "a-rather-long-name-of-a-container-that-nobody-can-remember";
      register("by-hand", { name: long, rules: 3, created_ns: 3n }, 9n);
      const seen = await shown(`${LOCKCTL} container list`, width);
      assert.ok(
        seen.some((line) => line.includes(" 0123456789ab ")),
        "an ID in short",
      );
      assert.ok(!seen.join("\n").includes(HEX));
      assert.equal(seen.join("\n").includes(long), width === 200);
      assert.equal(seen.join("\n").includes("a-rather-lon"), true);
      const rest = width === 200 ? / running +3 +\d+ +\d+$/ : / (enforce|audit) +\d+$/;
      for (const line of seen.slice(1)) assert.match(line, rest);
    });

    test("an error is wrapped at words, and help as well", async () => {
      type(`${LOCKCTL} events --container ${"nobody-".repeat(5)}; echo "status=$?"`, width);
      const ended = (all: string[]) => all.some((line) => line.startsWith("status="));
      const said = await until("an error", ended);
      for (const line of said) assert.ok(widthOf(line) <= width, line);
      const text = said.map((line) => line.trim()).join(" ");
      assert.match(text, /no container under lockc is called .*, and no event tells of one see/);
      for (const line of await shown(`${LOCKCTL} help load`, width)) {
        assert.ok(widthOf(line) <= width, line);
      }
    });

    test("a name cannot steer the terminal", async () => {
      const seen = await shown(`${LOCKCTL} container list --format name,policy`, width);
      assert.deepEqual(seen, [
        "NAME                     POLICY",
        "web                      baseline",
        "evil\\x1b[2J\\u{202e}日本  baseline",
      ]);
    });
  });
}

describe("colours", () => {
  const painted = (lines: string[]) => lines.filter((line) => line.includes("\x1b["));
  const list = `${LOCKCTL} container list`;

  test("are there on a terminal that has them", async () => {
    await shown(list, 80);
    const seen = screen("-e").join("\n");
    assert.ok(seen.includes("\x1b[31m"), "refusals are red");
    assert.ok(seen.includes("\x1b[33m"), "audits are yellow");
    assert.ok(seen.includes("\x1b[1m"), "titles are bold");
  });

  for (const [how, command] of [
    ["with NO_COLOR", `NO_COLOR=1 ${list}`],
    ["on a dumb terminal", `TERM=dumb ${list}`],
    ["into a pipe", `${list} | cat`],
    ["of watch --once into a pipe", `${LOCKCTL} watch --once --interval 0.1 | cat`],
    ["of status with NO_COLOR", `NO_COLOR=1 ${LOCKCTL} status; true`],
  ] as const) {
    test(`are not there ${how}`, async () => {
      assert.ok((await shown(command, 200)).some((line) => line.includes("baseline")));
      assert.deepEqual(painted(screen("-e")), []);
    });
  }

  test("and a pipe gets whole lines, however narrow the terminal is", async () => {
    const seen = await shown(`${list} | cat >${SCRATCH}/piped`, 40);
    assert.deepEqual(seen, []);
    const piped = readFileSync(join(SCRATCH, "piped"), "utf8");
    assert.ok(piped.includes("日本") && !piped.includes("…"));
    assert.deepEqual(await shown(`${list} --no-trunc | cat >${SCRATCH}/piped`, 40), []);
    assert.ok(readFileSync(join(SCRATCH, "piped"), "utf8").includes(HEX));
    assert.ok(!piped.includes("\x1b"));
  });
});

describe("watch", () => {
  const rows = (lines: string[]) => lines.filter((line) => / (enforce|audit) /.test(line));
  const tty = (line: string) => /[ ;]icanon/.test(line) && /[ ;]echo /.test(line);

  test("it has a screen of its own, which q gives back as it was", async () => {
    type(`echo before; ${LOCKCTL} watch --interval 0.2; echo "status=$?"; stty -a`, 80, 24);
    const seen = await until("rates", (lines) =>
      rows(lines).some((line) => / 0 +- *| 0 /.test(line)),
    );
    assert.deepEqual([ask("alternate_on"), ask("cursor_flag")], ["1", "0"]);
    assert.ok(!seen.includes("before"));
    tmux("send-keys", "q");
    const after = await until("stty", (lines) => lines.some((line) => line.includes("icanon")));
    assert.deepEqual([ask("alternate_on"), ask("cursor_flag"), ask("wrap_flag")], ["0", "1", "1"]);
    assert.ok(after.includes("before") && after.includes("status=0"), after.join("\n"));
    assert.ok(tty(after.join(" ")), after.join("\n"));
    assert.ok(!after.some((line) => line.includes("CONTAINER")));
  });

  for (const [how, end] of [
    ["Ctrl-C", () => tmux("send-keys", "C-c")],
    ["SIGTERM", () => process.kill(Number(readFileSync(join(SCRATCH, "pid"), "utf8")), "SIGTERM")],
  ] as const) {
    test(`${how} ends it as well as q does`, async () => {
      const watch = `sh -c 'echo $$ >${SCRATCH}/pid; exec ${LOCKCTL} watch --interval 0.2'`;
      type(`${watch}; echo "status=$?"; stty -a`, 80, 24);
      await until("a table", (lines) => rows(lines).length === 2);
      assert.equal(ask("alternate_on"), "1");
      end();
      const after = await until("stty", (lines) => lines.some((line) => line.includes("icanon")));
      assert.deepEqual([ask("alternate_on"), ask("cursor_flag")], ["0", "1"]);
      assert.ok(after.includes("status=0") && tty(after.join(" ")), after.join("\n"));
    });
  }

  test("it follows the terminal's size, without being asked for anything", async () => {
    register("third", { name: "zero" }, 9n);
    type(`${LOCKCTL} watch --interval 3600`, 80, 24); // what is drawn anew is drawn for the size
    const narrow = await until("a table", (lines) => rows(lines).length === 2);
    for (const line of narrow) assert.ok(widthOf(line) <= 80, line);
    const path = "/a/file/of/the/host/with/a/rather/long/name/";
    assert.ok(!narrow.join("\n").includes(path));
    tmux("resize-window", "-x", "200", "-y", "50");
    const wide = await until("more of the path", (lines) => lines.join("\n").includes(path));
    assert.equal(rows(wide).length, 2);
    for (const line of wide) assert.ok(widthOf(line) <= 200, line);
    tmux("resize-window", "-x", "60", "-y", "5");
    const small = await until("fewer rows", (lines) => lines.join("\n").includes("… and 2 more"));
    for (const line of small) assert.ok(widthOf(line) <= 60, line);
    assert.equal(rows(small).length, 1);
    tmux("send-keys", "q");
  });

  test("rates are of the time between two looks, and the busiest comes first", async () => {
    type(`${LOCKCTL} watch --interval 1`, 120, 24);
    await until("a table", (lines) => rows(lines).length === 2);
    assert.match(rows(screen())[0]!, /^evil/);
    let denials = 3n;
    const more = setInterval(() => {
      denials += 50n; // 250 per second
      web(denials);
    }, 200);
    try {
      const busy = await until("a rate", (lines) =>
        / enforce +3 +\d+ +(1[5-9]\d|[2-3]\d\d) /.test(rows(lines)[0] ?? ""),
      );
      assert.match(rows(busy)[0]!, /^web +baseline/);
      assert.match(busy[0]!, /^\d\d:\d\d:\d\d {2}containers 2 {2}tasks 6 {2}denials\/s \d{3} /);
    } finally {
      clearInterval(more);
    }
    tmux("send-keys", "q");
  });

  test("nothing is blank between two looks: lines are written over", async () => {
    type(`${LOCKCTL} watch --interval 0.2; echo ended`, 80, 24);
    await until("a table", (lines) => rows(lines).length === 2);
    tmux("pipe-pane", "-o", `cat >${SCRATCH}/raw`);
    await setTimeout(2_000);
    tmux("send-keys", "q");
    await until("its end", (lines) => lines.includes("ended"));
    const raw = readFileSync(join(SCRATCH, "raw"), "utf8");
    const frames = raw.split("\x1b[?7h")[0]!.split("\x1b[H").slice(1);
    assert.ok(frames.length >= 3, `${frames.length} frames`);
    assert.ok(!raw.includes("\x1b[2J"));
    for (const frame of frames.slice(0, -1)) {
      assert.ok(frame.endsWith("\x1b[J") && frame.indexOf("\x1b[J") === frame.length - 3);
      assert.equal(frame.split("\r\n").length, frame.split("\x1b[K").length - 1);
    }
  });

  test("into a pipe it writes a table for each look, and ends with its reader", async () => {
    const seen = await shown(`${LOCKCTL} watch --interval 0.2 | sed 12q`, 120);
    assert.equal(rows(seen).length, 4, seen.join("\n"));
    assert.equal(seen[0]!.slice(8), "  containers 2  tasks 6");
    assert.match(seen[6]!.slice(8), /^ {2}containers 2 {2}tasks 6 {2}denials\/s 0/);
  });

  test("as JSON it is a line for each look", async () => {
    await shown(`${LOCKCTL} watch --interval 0.2 --json | sed 2q >${SCRATCH}/json`, 120);
    const text = readFileSync(join(SCRATCH, "json"), "utf8");
    const [first, second] = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual([first.seconds, first.containers[0].denialsPerSecond], [null, null]);
    assert.ok(second.seconds > 0.1 && second.seconds < 30);
    const names = second.containers.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, [EVIL, "web"]);
    assert.match(second.containers[1].newest.object.path, /^\/a\/file\/of/);
    assert.ok(!text.includes("\u202e"), "also JSON is harmless on a terminal");
  });
});
