// SPDX-License-Identifier: Apache-2.0
/** `lockctl events` as a process, on a real ring buffer that a program of the test fills. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { callProgram, lookUp, openPin, update } from "../../../core/ffi/bpf.ts";
import type { Event } from "../../../core/generated/event.ts";
import { validate } from "../../../core/generated/event-validator.js";
import {
  EVENT,
  EventKind,
  Hook,
  LOCKC_ABI,
  LOCKC_SHORT_SIZE,
  Object as ObjectKind,
  Rule,
  SETTINGS,
} from "../../../core/generated/layout.ts";
import { encode, type Values } from "../../../core/kernel/record.ts";
import { peek } from "../../../ctl/event/reader.ts";
import { lookAtRefusals, numbersOf } from "../../../ctl/event/refusals.ts";
import { openObject } from "../../../ctl/ffi/libbpf.ts";
import { visible } from "../../../ctl/screen/terminal.ts";
import type { EventsQuestion } from "../../../ctl/verb/events.ts";
import schema from "../../../schemas/event.schema.json" with { type: "json" };
import { bundle } from "../../../tool/bundle.ts";
import { compileBpf, TOP } from "../../../tool/compile-bpf.ts";
import { requireTools } from "../../../tool/run.ts";
import { load, PLACES, register, SCRATCH, settings, unload } from "../../support/loaded.ts";

const OBJECT = join(SCRATCH, "events.bpf.o");
compileBpf(join(import.meta.dirname, "../../support/events.bpf.c"), OBJECT);

const DENIED: Partial<Values<typeof EVENT>> = {
  container: 3n,
  count: 1n,
  kind: EventKind.DENIED,
  rule: Rule.FILES,
  hook: Hook.FILE_OPEN,
  what: ObjectKind.FILE,
  pid: 4,
  comm: "cat",
  id: "abcdef",
  name: "web",
  policy: "baseline",
  length: LOCKC_SHORT_SIZE,
};

/** Puts that event so many times into the pinned ring buffer. */
let put: (times: number, event?: typeof DENIED, path?: string) => void;

function attachProducer(): void {
  const object = openObject(OBJECT, () => "wanted");
  for (const name of ["events", "event_counts"]) {
    const fd = openPin(join(PLACES.pins, "maps", name))!;
    object.reuseMap(name, fd);
    closeSync(fd);
  }
  object.load();
  const { fd } = object.attach("put_events");
  put = (times, event = DENIED, path = "/etc/shadow") => {
    const record = Buffer.concat([encode(EVENT, event), Buffer.alloc(LOCKC_SHORT_SIZE)]);
    record.write(path, EVENT.size);
    const count = new Uint8Array(new BigUint64Array([BigInt(times)]).buffer);
    assert.equal(callProgram(fd, Buffer.concat([count, record])), 0);
  };
}

beforeEach(() => {
  load(PLACES);
  attachProducer();
});

const QUESTION: EventsQuestion = {
  follow: false,
  since: undefined,
  container: undefined,
  policy: undefined,
  debug: false,
  json: true,
  text: false,
};

interface Running {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly errors: string[];
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** What ctl/lockctl.sh gives to Node. */
const FLAGS = readFileSync(join(TOP, "ctl/lockctl.sh"), "utf8").match(/(?<=node" )--\S+/g) ?? [];

/** As it is shipped: one file, without what strips types. */
const CHILD = join(SCRATCH, "events.cjs");
writeFileSync(CHILD, await bundle("test/support/events-child.ts", false));
symlinkSync(
  join(TOP, "node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node"),
  join(SCRATCH, "koffi.node"),
);

/**
 * @param read whether its output is read; otherwise its pipe fills up.
 * @param by what executes it.
 */
function start(
  context: TestContext,
  question: Partial<EventsQuestion>,
  read = true,
  by: readonly string[] = [],
  path = process.env.PATH,
): Running {
  const words = [PLACES, { ...QUESTION, ...question }].map((word) => JSON.stringify(word));
  const [program, ...operands] = [...by, process.execPath, ...FLAGS, CHILD, ...words];
  const env = { ...process.env, PATH: path };
  const child = spawn(program!, operands, { env, stdio: ["ignore", "pipe", "pipe"] });
  context.after(() => child.kill("SIGKILL"));
  const lines: string[] = [];
  const errors: string[] = [];
  let rest = "";
  if (read) {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop()!;
      for (const part of parts) lines.push(part);
    });
  }
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const event = read ? "close" : "exit";
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on(event, (status, signal) => resolve(status ?? signal!)),
  );
  return { child, lines, errors, ended };
}

async function until(condition: () => boolean, what: string, timeoutMs = 30_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !condition(); await sleep(5)) {
    assert.ok(Date.now() < end, `${what} within ${timeoutMs} ms`);
  }
}

const parse = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Event);
const sequences = (lines: readonly string[]) =>
  parse(lines).flatMap(({ sequence }) => (sequence > 0 ? sequence : []));
const lost = (lines: readonly string[]) =>
  parse(lines).reduce((sum, { event, count }) => sum + (event === "lost" ? count : 0), 0);
const upTo = (end: number) => Array.from({ length: end }, (_, index) => index + 1);

describe("events", () => {
  test("are lines of JSON that follow the schema, and say the same when asked again", async (context) => {
    put(3);
    const first = start(context, {});
    assert.equal(await first.ended, 0);
    assert.equal(first.errors.join(""), "");
    for (const event of parse(first.lines)) assert.ok(validate(event), JSON.stringify(event));
    assert.deepEqual(sequences(first.lines), [1, 2, 3]);
    assert.deepEqual(Object.keys(parse(first.lines)[0]!), [
      ...["level", "time", "sequence", "event", "count", "rule", "hook", "policy"],
      ...["container", "task", "object", "msg"],
    ]);
    const second = start(context, {});
    assert.equal(await second.ended, 0);
    const timeless = (lines: readonly string[]) => parse(lines).map(({ time: _, ...rest }) => rest);
    assert.deepEqual(timeless(second.lines), timeless(first.lines));
    const times = [first, second].map(({ lines }) => Date.parse(parse(lines)[0]!.time));
    assert.ok(Math.abs(times[0]! - times[1]!) <= 1, "the clock's offset is read anew");
    assert.ok(
      Math.abs(times[0]! - Date.now()) < 60_000,
      "the time is that of the clock on the wall",
    );
  });

  test("are written so that a terminal which shows the journal is not steered", async (context) => {
    const comm = "é日\x9b2J\u202ex";
    const name = "é日本語👍\x1b[2J\x7f\u2066\u200b\ufeff\u2028\u00ad\u{e0041}";
    put(1, { ...DENIED, comm, name, id: name, exe: `/${name}` }, `/${name}\r\n`);
    const asked = start(context, {});
    assert.equal(await asked.ended, 0);
    assert.equal(asked.lines.length, 1);
    const [line = ""] = asked.lines;
    assert.equal(visible(line), line);
    assert.ok(line.includes('"name":"é日本語👍\\u001b[2J'), line);
    const [event] = parse(asked.lines);
    assert.ok(validate(event));
    assert.deepEqual(event?.container, { key: "0000000000000003", id: name, name });
    assert.deepEqual([event?.task?.comm, event?.task?.exe], [comm, `/${name}`]);
    assert.equal(event?.object?.path, `/${name}\r\n`);
  });

  test("that cannot be written are told of, at once or later, as text or JSON", async (context) => {
    put(3);
    const full = ["sh", "-c", 'exec "$@" >/dev/full', "sh"];
    for (const question of [{}, { json: false, text: true }, { follow: true }]) {
      const asked = start(context, question, true, full);
      assert.equal(await asked.ended, 9, JSON.stringify(question));
      assert.match(
        asked.errors.join(""),
        /^lockc: cannot write the output: .* \[LOCKC_E_WRITE\]\n$/,
      );
    }
  });

  test("are those that were asked for", async (context) => {
    put(1);
    put(1, { ...DENIED, container: 4n, id: "other", name: "", policy: "restricted" });
    put(1, { ...DENIED, kind: EventKind.STARTED, rule: 0 });
    for (const [question, expected] of [
      [{}, [1, 2]],
      [{ debug: true }, [1, 2, 3]],
      [{ container: "web" }, [1]],
      [{ container: "abc" }, [1]],
      [{ container: "0000000000000003" }, [1]],
      [{ policy: "restricted" }, [2]],
      [{ since: "1h" }, [1, 2]],
      [{ since: "2100-01-01T00:00:00Z" }, []],
    ] as const) {
      const asked = start(context, question);
      assert.equal(await asked.ended, 0);
      assert.deepEqual(sequences(asked.lines), expected, JSON.stringify(question));
    }
  });

  test("of one container are not those of an earlier one of its name", async (context) => {
    const [old, present] = ["0a".repeat(32), "0b".repeat(32)];
    put(2, { ...DENIED, container: 1n, id: old });
    put(1, { ...DENIED, container: 2n, id: present });
    const ask = async (container: string) => {
      const asked = start(context, { container });
      assert.equal(await asked.ended, 0, asked.errors.join(""));
      return sequences(asked.lines);
    };
    assert.deepEqual(await ask("web"), [3], "of two that are over the last");
    register(present, { name: "web" }, 2n);
    assert.deepEqual(await ask("web"), [3]);
    assert.deepEqual(await ask("0a0a0a0a0a0a"), [1, 2]);
    register("0c".repeat(32), { name: "web" }, 3n);
    register(present, { name: "old" }, 2n);
    assert.deepEqual(await ask("web"), []);
    const both = start(context, { container: "0" });
    assert.equal(await both.ended, 9);
    assert.match(both.errors.join(""), /more than one container: .*0b0b.*0c0c.*LOCKC_E_CONTAINER/);
  });

  test("of what nobody knows are an error; a follower waits", async (context) => {
    put(1);
    const ask = async (question: Partial<EventsQuestion>) => {
      const asked = start(context, question);
      return [await asked.ended, asked.errors.join("")] as const;
    };
    const [status, said] = await ask({ container: "webb" });
    assert.equal(status, 9);
    assert.match(said, /no container .* called "webb".*did you mean "web".*LOCKC_E_CONTAINER/);
    assert.match((await ask({ container: "" }))[1], /LOCKC_E_CONTAINER/);
    assert.match((await ask({ policy: "baselin" }))[1], /"baselin".*"baseline".*LOCKC_E_POLICY/);
    assert.deepEqual(await ask({ policy: "baseline", since: "2100-01-01" }), [0, ""]);
    const waiting = start(context, { container: "later", follow: true });
    await until(() => waiting.errors.join("").includes("waiting for one"), "its note");
    put(1, { ...DENIED, name: "later", id: "0d".repeat(32), container: 9n });
    await until(() => waiting.lines.length === 1, "its event");
    waiting.child.kill("SIGTERM");
    assert.equal(await waiting.ended, 0);
  });

  test("are text in a pipe where that is asked for, in whole lines", async (context) => {
    const path = `/${"long/".repeat(30)}`;
    put(1, DENIED, path);
    const asked = start(context, { json: false, text: true });
    assert.equal(await asked.ended, 0);
    assert.equal(asked.lines.length, 1);
    assert.match(
      asked.lines[0]!,
      /^\S+ \S+ {6}1 {2}denied {6}"cat" .* opening "\/long\/.*baseline"$/,
    );
  });

  test("that were lost since nobody read are told beside the others", async (context) => {
    put(1000);
    const asked = start(context, {});
    assert.equal(await asked.ended, 0);
    const told = sequences(asked.lines);
    assert.deepEqual(told, upTo(told.length));
    assert.ok(told.length > 200 && told.length < 1000);
    assert.match(
      asked.errors.join(""),
      new RegExp(`lockctl: ${1000 - told.length} events were lost`),
    );
  });

  test("need lockc to be loaded, and a time that can be read", async (context) => {
    const wrong = start(context, { since: "yesterday" });
    assert.equal(await wrong.ended, 9);
    assert.match(wrong.errors.join(""), /LOCKC_E_USAGE/);
    const cell = settings();
    const value = Buffer.from(lookUp(cell, new Uint8Array(4))!);
    value.writeUInt32LE(LOCKC_ABI + 1, SETTINGS.fields.abi.offset);
    update(cell, new Uint8Array(4), value);
    const newer = start(context, {});
    assert.equal(await newer.ended, 9);
    assert.match(newer.errors.join(""), /loaded by another version of it; run lockctl load/);
    unload(PLACES, true);
    for (const question of [{}, { follow: true }, { container: "web" }, { policy: "x" }]) {
      const early = start(context, question);
      assert.equal(await early.ended, 9);
      assert.match(early.errors.join(""), /not loaded; run lockctl load \[LOCKC_E_NOT_LOADED\]/);
    }
  });
});

test("on a terminal an event is a coloured line, and a plain one where NO_COLOR is set", () => {
  put(1, DENIED, "/etc/\x1b[31mshadow");
  const words = [PLACES, { ...QUESTION, json: false }].map((word) => `'${JSON.stringify(word)}'`);
  const command = [process.execPath, ...FLAGS, CHILD, ...words].join(" ");
  const screen = (env: NodeJS.ProcessEnv) => {
    requireTools("script");
    const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
      env: { PATH: process.env.PATH, TERM: "xterm", ...env },
      encoding: "utf8",
      input: "",
    });
    return stdout.replace(/\r\n {4}/g, " "); // as wide as the terminal
  };
  const plain =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {5,}1 {2}denied {6}"cat" \(4\) in container "web" was refused opening "\/etc\/\\x1b\[31mshadow": rule hostFiles of policy "baseline"\r\n$/;
  assert.match(screen({ NO_COLOR: "1" }), plain);
  const coloured = screen({});
  assert.ok(coloured.includes("\x1b[31mdenied\x1b[39m    "), JSON.stringify(coloured));
  assert.match(stripVTControlCharacters(coloured), plain);
});

describe("a follower", () => {
  const follow = (context: TestContext, read = true) => start(context, { follow: true }, read);

  test("tells what was there and what comes, and takes it away", async (context) => {
    put(2);
    const follower = follow(context);
    await until(() => follower.lines.length === 2, "what was there");
    put(1);
    await until(() => follower.lines.length === 3, "what came");
    assert.deepEqual(sequences(follower.lines), [1, 2, 3]);
    await until(() => peek(PLACES)!.events.length === 0, "it is taken away");
    follower.child.kill("SIGTERM");
    assert.equal(await follower.ended, 0);
    assert.equal(follower.errors.join(""), "");
  });

  test("ends at SIGINT with status 0", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    follower.child.kill("SIGINT");
    assert.equal(await follower.ended, 0);
  });

  test("is the only one, until it dies by whatever", async (context) => {
    const first = follow(context);
    put(1);
    await until(() => first.lines.length === 1, "it runs");
    const second = follow(context);
    assert.equal(await second.ended, 9);
    assert.match(
      second.errors.join(""),
      /^lockc: cannot follow the events: another lockctl events --follow does; .* \[LOCKC_E_READER\]\n$/,
    );
    first.child.kill("SIGKILL");
    await first.ended;
    put(2);
    const third = follow(context);
    await until(() => third.lines.length >= 2, "its successor goes on");
    assert.deepEqual(sequences(third.lines).slice(-2), [2, 3]);
  });

  test("gets 100,000 events at a pace that a busy host has, and loses none", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    for (let sent = 1; sent < 100_000; ) {
      const times = Math.min(120, 100_000 - sent); // twice that fits: room is given back last
      put(times);
      sent += times;
      await until(() => follower.lines.length >= sent, `${sent} events`);
    }
    assert.deepEqual(sequences(follower.lines), upTo(100_000));
    const peak = /VmHWM:\s+(\d+) kB/.exec(
      readFileSync(`/proc/${follower.child.pid}/status`, "utf8"),
    );
    context.diagnostic(`memory at most ${peak?.[1]} KiB`);
    assert.ok(Number(peak?.[1]) < 100 * 1024, `${peak?.[1]} KiB`);
  });

  test("tells how many were lost of 1,000,000 at once, and stays small", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    for (let calls = 0; calls < 100; calls++) put(10_000);
    const total = () => sequences(follower.lines).length + lost(follower.lines);
    await until(() => total() === 1_000_001, "each is told or counted");
    const told = sequences(follower.lines);
    assert.ok(told.every((sequence, index) => index === 0 || sequence > told[index - 1]!));
    assert.ok(lost(follower.lines) > 0);
    const peak = /VmHWM:\s+(\d+) kB/.exec(
      readFileSync(`/proc/${follower.child.pid}/status`, "utf8"),
    );
    context.diagnostic(`${told.length} told; memory at most ${peak?.[1]} KiB`);
    assert.ok(Number(peak?.[1]) < 100 * 1024, `${peak?.[1]} KiB`);
  });

  test("does not tell its predecessor's losses again", async (context) => {
    put(1000);
    const first = follow(context);
    await until(() => lost(first.lines) > 0, "the loss is told");
    assert.equal(sequences(first.lines).length + lost(first.lines), 1000);
    first.child.kill("SIGTERM");
    await first.ended;
    const second = follow(context);
    put(1);
    await until(() => second.lines.length > 0, "it runs");
    assert.equal(lost(second.lines), 0);
  });

  test("whose output nobody takes ends all the same, and its successor has the rest", async (context) => {
    const stuck = follow(context, false);
    let sent = 0;
    do {
      put(200);
      sent += 200;
      await sleep(500);
    } while (peek(PLACES)!.events.length === 0 && sent < 10_000);
    stuck.child.kill("SIGTERM");
    assert.equal(await stuck.ended, 0);
    const rest = peek(PLACES)!.events.length;
    assert.ok(rest > 0);
    const successor = follow(context);
    await until(() => successor.lines.length === rest, "the rest");
    assert.deepEqual(sequences(successor.lines), upTo(sent).slice(-rest));
  });

  test("needs no capability but those that lockc-events.service leaves it", async (context) => {
    const unit = readFileSync(join(TOP, "etc/lockc-events.service"), "utf8");
    const left = /^CapabilityBoundingSet=(.+)$/m.exec(unit)![1]!.toLowerCase().split(" ");
    assert.ok(left.length < 3);
    const set = ["-all", ...left.map((name) => name.replace("cap_", "+"))].join(",");
    const by = ["setpriv", "--no-new-privs", `--bounding-set=${set}`, `--inh-caps=-all`];
    const follower = start(context, { follow: true }, true, by);
    put(1);
    await until(() => follower.lines.length === 1 || follower.errors.length > 0, "it runs");
    assert.equal(follower.errors.join(""), "");
    const status = readFileSync(`/proc/${follower.child.pid}/status`, "utf8");
    assert.match(status, /^CapEff:\s+0*8000000000$/m, "CAP_BPF alone");
  });

  test("ends quietly when its reader is gone", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    follower.child.stdout!.destroy();
    assert.equal(await follower.ended, 0);
    assert.equal(follower.errors.join(""), "");
  });

  test("says that lockc was unloaded, and goes on after the next load", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    unload(PLACES, true);
    const said = "lockctl: lockc was unloaded: events go on after the next lockctl load\n";
    await until(() => follower.errors.join("") === said, "it says so");
    load(PLACES);
    attachProducer();
    put(1);
    await until(() => follower.lines.length === 2, "the new ones' event");
    unload(PLACES, true);
    await until(() => follower.errors.join("") === said + said, "it says so again");
    follower.child.kill("SIGTERM");
    assert.equal(await follower.ended, 0);
  });

  test("while nothing is loaded it ends with its reader", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    unload(PLACES, true);
    await until(() => follower.errors.length > 0, "it says so");
    follower.child.stdout!.destroy();
    assert.equal(await follower.ended, 0);
  });

  test("goes on with the maps that a load has put in place", async (context) => {
    const follower = follow(context);
    put(1);
    await until(() => follower.lines.length === 1, "it runs");
    unload(PLACES, true);
    load(PLACES);
    attachProducer();
    put(1);
    await until(() => follower.lines.length === 2, "the new ones' event");
    assert.deepEqual(sequences(follower.lines), [1, 1]);
    assert.match(follower.errors.join(""), /^lockctl: lockctl load has put new programs/);
  });
});

describe("a create that is refused", () => {
  const SENTENCE = 'hostPaths: policy "baseline" refuses the mount of "/etc" on "/host"';
  const attempt = (id: string, name: string, kind = EventKind.REFUSED) => {
    const create = { ...DENIED, kind, id, name, container: 0n, rule: 0, hook: 0, comm: "" };
    const length = Buffer.byteLength(SENTENCE) + 1;
    put(1, { ...create, what: ObjectKind.NAME, length }, SENTENCE);
  };
  const told = () =>
    lookAtRefusals(PLACES).map((refusal) => [
      refusal.event.container?.id,
      refusal.total,
      numbersOf(refusal).length,
    ]);

  test("is one of a pod, whose ID is another with each try, and the last ID's", () => {
    for (const id of ["a1", "b2", "c3"]) attempt(id, "shop/web/main");
    assert.deepEqual(told(), [["c3", 3, 3]]);
    attempt("d4", "shop/web");
    attempt("e5", "shop/other/main");
    assert.deepEqual(told().slice(1), [
      ["d4", 1, 1],
      ["e5", 1, 1],
    ]);
  });

  test("is one for each ID where that is not a pod's, or may be another pod's", () => {
    const cut = `shop/${"p".repeat(58)}`;
    for (const name of ["web", cut]) for (const id of ["a1", "b2"]) attempt(id, name);
    assert.equal(told().length, 4);
  });
});

describe("where lockc-events.service runs", () => {
  /** A PATH whose systemctl says that the service is that process, and whose journalctl has these lines. */
  const pathWith = (mainPid: string, lines: readonly string[] = []) => {
    const folder = mkdtempSync(join(SCRATCH, "bin-"));
    const script = (name: string, text: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    writeFileSync(join(folder, "lines"), lines.map((line) => `${line}\n`).join(""));
    script(
      "systemctl",
      `[ "$*" = "show --property MainPID --value lockc-events.service" ] && echo ${mainPid}`,
    );
    script(
      "journalctl",
      `echo "$*" >${folder}/words; cat ${folder}/lines; [ ! -e ${folder}/fail ] || { echo no journal >&2; exit 1; }`,
    );
    return { path: `${folder}:${process.env.PATH}`, folder };
  };

  test("others have its events from the journal, whoever asks", async (context) => {
    put(2);
    const lines = peek(PLACES)!.events.map((event) => JSON.stringify(event));
    const { path, folder } = pathWith("4711", ["Started lockc.", ...lines, '{"level":', "{}"]);
    const service = start(context, { follow: true });
    await until(() => service.lines.length === 2, "it reads");
    const asked = start(context, { since: "1h" }, true, [], path);
    assert.equal(await asked.ended, 0);
    assert.deepEqual(parse(asked.lines), parse(lines));
    const words = readFileSync(join(folder, "words"), "utf8");
    assert.match(words, /^--unit lockc-events\.service --output cat .* --since @\d+\n$/);
    const following = start(context, { follow: true }, true, [], path);
    assert.equal(await following.ended, 0);
    assert.match(readFileSync(join(folder, "words"), "utf8"), /--follow --lines 0\n$/);
    writeFileSync(join(folder, "fail"), "");
    const failing = start(context, {}, true, [], path);
    assert.equal(await failing.ended, 1);
    assert.match(failing.errors.join(""), /cannot read the journal: no journal/);
  });

  test("it does not follow what it writes itself", async (context) => {
    const first = start(context, { follow: true });
    put(1);
    await until(() => first.lines.length === 1, "somebody reads");
    const service = start(context, { follow: true }, true, [], pathWith("$PPID").path);
    assert.equal(await service.ended, 9);
    assert.match(service.errors.join(""), /LOCKC_E_READER/);
  });
});

describe("docs/events.md", () => {
  const text = readFileSync(join(TOP, "docs/events.md"), "utf8");
  const commands = [...text.matchAll(/^ {4}(?:lockctl events|journalctl) .*\| jq .*$/gm)].map(
    ([line]) => line.trim(),
  );
  /** What a shell says to one of its examples when it is given these events. */
  const say = (command: string, events: readonly Event[]) => {
    requireTools("jq");
    const input = `systemd's own words\n${events.map((event) => JSON.stringify(event)).join("\n")}\n`;
    const words = command
      .replace(/^lockctl events[^|]*/, "grep '^{' ")
      .replace(/^journalctl[^|]*/, "cat ")
      .replace(/ {4}.*$/, "") // an explanation beside it
      .replace(/logger -p auth.warning/, "echo alarm:");
    const { status, stdout, stderr } = spawnSync("sh", ["-ec", words], { input, encoding: "utf8" });
    assert.equal(status, 0, `${words}\n${stderr}`);
    return stdout.trim();
  };

  test("has examples that do what they say", () => {
    put(2, { ...DENIED, count: 3n });
    put(1, { ...DENIED, kind: EventKind.AUDITED, rule: Rule.BPF, what: 0 });
    put(1, { ...DENIED, kind: EventKind.REFUSED, rule: 0 }, "hostPaths: it mounts /etc");
    const { events } = peek(PLACES)!;
    const answers = commands.map((command) => say(command, events).replaceAll(/ +/g, " "));
    assert.deepEqual(answers.slice(0, 6), [
      "8",
      "1\tbpf\n6\thostFiles\n1\thostPaths",
      "2 /etc/shadow",
      "1 bpf\tweb",
      '1\tlockc-runc did not create container "web": it mounts /etc',
      [
        'alarm: "cat" (4) in container "web" was refused opening "/etc/shadow", 3 times: rule hostFiles of policy "baseline"',
        'alarm: "cat" (4) in container "web" was refused opening "/etc/shadow", 3 times: rule hostFiles of policy "baseline"',
        'alarm: lockc-runc did not create container "web": it mounts /etc',
      ].join("\n"),
    ]);
    assert.equal(answers[6], '"lockc-runc did not create container \\"web\\": it mounts /etc"');
    assert.equal(answers.length, 7);
  });

  test("names every field and every kind of event", () => {
    for (const name of Object.keys(schema.properties)) {
      assert.match(text, new RegExp(`^\\| (.*, )?${name}(, .*)? \\|`, "m"), name);
    }
    for (const kind of schema.properties.event.enum) assert.ok(text.includes(`**${kind}**`), kind);
  });
});
