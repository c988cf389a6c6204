// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl watch`: a look at the host, again and again, until somebody ends it.
 * On a terminal it has a screen of its own, which goes as it came; elsewhere it writes lines.
 */
import { readFileSync, writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { LockcError } from "../shim/errors.ts";
import { lookUp, u32Key } from "../shim/ffi/libbpf.ts";
import { EVENT_COUNTS, RECENT } from "../shim/generated/layout.ts";
import { decode } from "../shim/record.ts";
import { readRecords, summarize, withMaps } from "./containers.ts";
import { decodeRecent, type Event } from "./event.ts";
import type { PinnedMap } from "./pinned.ts";
import type { Places } from "./places.ts";
import { escapeUnseen, PLAIN, readTerminal } from "./terminal.ts";
import { compare, formatWatched, type Sample, type Watched } from "./watched.ts";

export interface WatchRequest {
  readonly intervalMs: number;
  /** One table, of one interval. */
  readonly once: boolean;
  readonly json: boolean;
}

/**
 * Ends by q, Ctrl-C, SIGTERM or SIGHUP, or when nobody reads any more.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED when it begins; later it waits for the next load.
 */
export async function watch(places: Places, request: WatchRequest): Promise<void> {
  const first = readSample(places);
  const stop = new AbortController();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const end = () => stop.abort();
  for (const signal of signals) process.on(signal, end);
  const screen =
    readTerminal().isTerminal && !request.once && !request.json ? openScreen(end) : undefined;
  const show = (watched: Watched | undefined) =>
    screen === undefined ? print(watched, request.json) || end() : screen.draw(watched);
  try {
    let before: Sample | undefined = first;
    if (!request.once) show(compare(undefined, first, Date.now()));
    while (await pause(request.intervalMs, stop.signal)) {
      const now = sampleWhereLoaded(places);
      show(now && compare(before, now, Date.now()));
      before = now;
      if (request.once) break;
    }
  } finally {
    screen?.close();
    for (const signal of signals) process.off(signal, end);
  }
}

/** false: stopped. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}

function readSample(places: Places): Sample {
  return withMaps(places, "watch containers", (maps) => ({
    timeNs: process.hrtime.bigint(),
    containers: readRecords(maps).map(summarize),
    newest: readNewest(maps.get("recent")),
    dropped: readDropped(maps.get("event_counts")),
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

/** Maps of another build of lockc tell nothing that we could read. */
function isOurs(map: PinnedMap | undefined, size: number): map is PinnedMap {
  return map?.valueSize === size;
}

function readNewest(map: PinnedMap | undefined): Map<string, Event> {
  const newest = new Map<string, Event>();
  if (!isOurs(map, RECENT.size)) return newest;
  const bootNs = readBootNs();
  for (let index = 0; index < map.maxEntries; index++) {
    const element = lookUp(map, u32Key(index));
    const event = element && decodeRecent(element, bootNs)?.event;
    const key = event?.container?.key;
    if (event === undefined || key === undefined) continue;
    if (event.event !== "denied" && event.event !== "audited") continue;
    if (event.time > (newest.get(key)?.time ?? "")) newest.set(key, event);
  }
  return newest;
}

function readDropped(map: PinnedMap | undefined): number {
  if (!isOurs(map, EVENT_COUNTS.size)) return 0;
  return Number(decode(EVENT_COUNTS, lookUp(map, u32Key(0))!).dropped);
}

/** When CLOCK_BOOTTIME was 0, by /proc/uptime, which has two decimals. */
function readBootNs(): bigint {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return BigInt(Math.round(Date.now() - uptime * 1000)) * 1_000_000n;
}

/** @returns false when nobody reads any more. */
function print(watched: Watched | undefined, json: boolean): boolean {
  if (json) return write(watched ? `${escapeUnseen(JSON.stringify(watched))}\n` : "");
  const { width } = readTerminal();
  return write(`${formatWatched(watched, { ...PLAIN, width }).join("\n")}\n\n`);
}

interface Screen {
  draw(watched: Watched | undefined): void;
  close(): void;
}

/** The other screen without a cursor, whose lines are not wrapped; and back. */
const OPEN = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

/** Ctrl-C is a key like others here. */
const ENDING = ["q", "Q", "\x03"];

/** @param end what they do. */
function openScreen(end: () => void): Screen {
  const { stdin, stdout } = process;
  let last: Watched | undefined;
  let open = true;
  // Each line is overwritten and its rest erased, in one write: nothing is ever blank between.
  const redraw = () => {
    const lines = formatWatched(last, readTerminal()).map((line) => `${line}\x1b[K`);
    if (!write(`\x1b[H${lines.join("\r\n")}\x1b[J`)) end();
  };
  const onKey = (bytes: Buffer) => {
    if (ENDING.some((key) => bytes.includes(key))) end();
  };
  const close = () => {
    if (!open) return;
    open = false;
    write(CLOSE);
    if (stdin.isTTY) stdin.setRawMode(false);
  };
  write(OPEN);
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
      redraw();
    },
    close() {
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

/** @returns false when nobody reads any more. */
function write(text: string): boolean {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return false;
    }
  }
  return true;
}
