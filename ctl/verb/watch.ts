// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl watch`: a look at the host, again and again, until somebody ends it.
 * On a terminal it has a screen of its own, which goes as it came; elsewhere it writes lines.
 */
import { writeSync } from "node:fs";
import { LockcError } from "../../core/errors.ts";
import type { Event } from "../../core/generated/event.ts";
import { readRecords, summarize } from "../container/containers.ts";
import { compare, formatWatched, type Sample, type Watched } from "../container/rates.ts";
import { decodeRecent } from "../event/decode.ts";
import { pollWritable, readBootNs } from "../ffi/libc.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { readEventCounts, readRecent } from "../kernel/counters.ts";
import { withMaps } from "../kernel/pins.ts";
import type { Maps } from "../kernel/table.ts";
import { endedBy } from "../screen/ended.ts";
import { pause, type Write, writerTo } from "../screen/output.ts";
import { escapeUnseen, PLAIN, readTerminal } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "watch containers and their refusals, live",
  explanation: `Shows the containers with their policies, their tasks, what was refused (denials)
and what was let through as its rule is only audited (audits), in all and per
second, and the last of these. Those with most refusals per second come first.
q or Ctrl-C ends it. Where the output is no terminal, each look is a table of
plain text. Needs root.`,
  options: {
    interval: { value: "SECONDS", meaning: "between two looks; default: 1" },
    once: { meaning: "one table, of one interval, and end" },
    json: { meaning: "a line of JSON with stable keys for each look" },
  },
  operands: [],

  read: ({ interval, once, json }) => ({ intervalMs: intervalOf(interval), once, json }),
  async run(request) {
    await watch(hostPlaces(), request);
  },
});

function intervalOf(text = "1"): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.1 && seconds <= 3600) return Math.round(seconds * 1000);
  throw usage(`--interval is 0.1 to 3600 seconds, not "${text}"`, { about: "watch" });
}

interface WatchRequest {
  readonly intervalMs: number;
  /** One table, of one interval. */
  readonly once: boolean;
  readonly json: boolean;
}

/**
 * Ends by q, Ctrl-C, SIGTERM or SIGHUP, or when nobody reads any more.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED when it begins; later it waits for the next load.
 */
async function watch(places: Places, request: WatchRequest): Promise<void> {
  const first = readSample(places);
  using ended = endedBy("SIGINT", "SIGTERM", "SIGHUP");
  const { signal, end } = ended;
  const write = writerTo(1, signal);
  using screen =
    readTerminal().isTerminal && !request.once && !request.json
      ? openScreen(write, end)
      : undefined;
  const show = async (watched: Watched | undefined) => {
    if (screen !== undefined) screen.draw(watched);
    else if ((await write(textOf(watched, request.json))) === "gone") end();
  };
  let before: Sample | undefined = first;
  if (!request.once) await show(compare(undefined, first, Date.now()));
  while (!signal.aborted) {
    await pause(request.intervalMs, signal);
    if (signal.aborted) break;
    const now = sampleWhereLoaded(places);
    await show(now && compare(before, now, Date.now()));
    before = now;
    if (request.once) break;
  }
}

function readSample(places: Places): Sample {
  return withMaps(places, "watch containers", (maps) => ({
    timeNs: process.hrtime.bigint(),
    containers: readRecords(maps).map(summarize),
    newest: readNewest(maps),
    dropped: Number(readEventCounts(maps)?.dropped ?? 0n),
  }));
}

function sampleWhereLoaded(places: Places): Sample | undefined {
  try {
    return readSample(places);
  } catch (error) {
    if (error instanceof LockcError && error.code === "LOCKC_E_NOT_LOADED") return undefined;
    throw error;
  }
}

function readNewest(maps: Maps): Map<string, Event> {
  const newest = new Map<string, Event>();
  const bootNs = readBootNs();
  for (const row of readRecent(maps)) {
    const event = decodeRecent(row, bootNs)?.event;
    const key = event?.container?.key;
    if (event === undefined || key === undefined) continue;
    if (event.event !== "denied" && event.event !== "audited") continue;
    if (event.time > (newest.get(key)?.time ?? "")) newest.set(key, event);
  }
  return newest;
}

function textOf(watched: Watched | undefined, json: boolean): string {
  if (json) return watched ? `${escapeUnseen(JSON.stringify(watched))}\n` : "";
  const { width } = readTerminal();
  return `${formatWatched(watched, { ...PLAIN, width }).join("\n")}\n\n`;
}

interface Screen extends Disposable {
  draw(watched: Watched | undefined): void;
}

/** The other screen without a cursor, whose lines are not wrapped; and back. */
const OPEN = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Ctrl-C is a key like others here. */
const ENDING = ["q", "Q", "\x03"];

/** @param end what they do, and the terminal's going. */
function openScreen(write: Write, end: () => void): Screen {
  const { stdin, stdout } = process;
  let last: Watched | undefined;
  let open = true;
  let drawing = false;
  let stale = false;
  // Each line is overwritten and its rest erased: nothing is ever blank between two looks.
  const redraw = async () => {
    stale = true;
    if (drawing) return;
    drawing = true;
    while (stale && open) {
      stale = false;
      const lines = formatWatched(last, readTerminal()).map((line) => `${line}\x1b[K`);
      if ((await write(`\x1b[H${lines.join("\r\n")}\x1b[J`)) === "gone") end();
    }
    drawing = false;
  };
  const onKey = (bytes: Buffer) => {
    if (ENDING.some((key) => bytes.includes(key))) end();
  };
  const close = () => {
    if (!open) return;
    open = false;
    writeNow(CLOSE);
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  writeNow(OPEN);
  stdout.on("resize", redraw);
  process.once("exit", close);
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.on("data", onKey);
    stdin.on("end", end);
  }
  return {
    draw(watched) {
      last = watched;
      void redraw();
    },
    [Symbol.dispose]() {
      close();
      process.off("exit", close);
      stdout.off("resize", redraw);
      if (!stdin.isTTY) return;
      stdin.off("data", onKey);
      stdin.off("end", end);
      stdin.pause();
    },
  };
}

/** So little that a terminal which takes anything takes all of it. */
function writeNow(text: string): void {
  try {
    if (pollWritable(1) === "ready") writeSync(1, text);
  } catch {
    // it has gone
  }
}
