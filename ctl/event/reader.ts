// SPDX-License-Identifier: Apache-2.0
/**
 * The reader of the kernel's events. There is one, who holds the lock and takes them out of
 * the ring buffer; a second would leave each with a part. Whoever only peeks takes nothing.
 *
 * An event is taken out after it was written, so a reader that dies loses none; at worst its
 * successor writes the last ones again. What the kernel could not put into the buffer is
 * counted by it. How much of that was told stands in the lock's file, for the next reader.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { LockcError } from "../../core/errors.ts";
import { callProgram, openPin } from "../../core/ffi/bpf.ts";
import type { Event } from "../../core/generated/event.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { readBootNs, tryLockFile } from "../ffi/libc.ts";
import { closing } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";
import { openTable, pinOf } from "../kernel/table.ts";
import { readLoadedSettings } from "../policy/settings.ts";
import { pause } from "../screen/output.ts";
import { decodeEvent, lostEvents } from "./decode.ts";
import { consume, openRing, type Ring, readMapId, readRing } from "./ring.ts";

/** Records between two looks at signals, and what is in memory at a time. */
const BATCH = 256;
/** Until the next look: where there was something there may soon be more. */
const SOON_MS = 10;
const IDLE_MS = 250;
/** How often merged refusals are asked for, and whether the maps are still the pinned ones. */
const TEND_MS = 1000;

const ringPath = (places: Places) => pinOf(places.pins, MAPS.events);
const lockPath = (places: Places) => join(dirname(places.lock), "events.lock");

/** @throws LOCKC_E_NOT_LOADED when another version of lockc has loaded it: its events look otherwise. */
function openEvents(places: Places, writable: boolean): Ring | undefined {
  using settings = openTable(places.pins, MAPS.settings);
  if (settings === undefined) return undefined;
  const value = settings.get(0);
  if (value && readLoadedSettings(value)) return openRing(ringPath(places), writable);
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    "cannot read events: lockc was loaded by another version of it",
    "run lockctl load",
  );
}

/** What is in the buffer, and how many events were lost so far. */
interface Peek {
  readonly events: readonly Event[];
  readonly lost: number;
}

/** Takes nothing, so it says the same again. Undefined: nothing is loaded. */
export function peek(places: Places): Peek | undefined {
  flush(places);
  using ring = openEvents(places, false);
  return ring && { events: readEvents(ring).events, lost: readLost(places) };
}

/** What is no event of this build is left out, yet counted. */
function readEvents(ring: Ring, limit?: number) {
  const bootNs = readBootNs();
  const { items, end } = readRing(ring, (record) => decodeEvent(record, bootNs), limit);
  return { events: items.filter((event) => event !== undefined), count: items.length, end };
}

/** The one reader's lock; the kernel takes it back with the process. */
interface ReaderLock extends Disposable {
  /** How many lost events of the map with that number were told. */
  readTold(id: number): number;
  writeTold(id: number, lost: number): void;
}

/** Undefined when another reader has it. */
export function lockReader(places: Places): ReaderLock | undefined {
  const path = lockPath(places);
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const fd = openSync(path, "a+", 0o600);
  if (!tryLockFile(fd)) {
    closeSync(fd);
    return undefined;
  }
  return {
    readTold(id) {
      const [, of, lost] = /^(\d+) (\d+)\n$/.exec(readFileSync(path, "utf8")) ?? [];
      return Number(of) === id ? Number(lost) : 0;
    },
    writeTold(id, lost) {
      ftruncateSync(fd);
      writeSync(fd, `${id} ${lost}\n`);
    },
    [Symbol.dispose]: () => closeSync(fd),
  };
}

/** Whether somebody takes the events out at the moment. */
export function isRead(places: Places): boolean {
  using lock = lockReader(places);
  return lock === undefined;
}

/** ended: whoever listens wants no more. unloaded, replaced: the maps are not pinned any more. */
type FollowEnd = "ended" | "unloaded" | "replaced";

/**
 * Hands on the events of the maps that are loaded now, as they come, until one of FollowEnd.
 * @param tell false: whoever listens wants no more.
 * @returns undefined when nothing is loaded.
 */
export async function followRing(
  places: Places,
  lock: ReaderLock,
  tell: (events: readonly Event[]) => Promise<boolean>,
  signal: AbortSignal,
): Promise<FollowEnd | undefined> {
  using ring = openEvents(places, true);
  return ring && (await drain(places, ring, lock, tell, signal));
}

async function drain(
  places: Places,
  ring: Ring,
  lock: ReaderLock,
  tell: (events: readonly Event[]) => Promise<boolean>,
  signal: AbortSignal,
): Promise<FollowEnd> {
  let told = lock.readTold(ring.id);
  let tendAt = 0;
  let gone: FollowEnd | undefined;
  const watch = watchPin(places, ring.id);
  while (!signal.aborted) {
    if (performance.now() >= tendAt) {
      flush(places);
      gone = watch();
      tendAt = performance.now() + TEND_MS;
    }
    const { events, count, end } = readEvents(ring, BATCH);
    const lost = gone === undefined ? readLost(places) : told;
    if (lost > told) events.push(lostEvents(lost - told, Date.now()));
    if (!(await tell(events))) return "ended";
    consume(ring, end);
    if (lost > told) {
      told = lost;
      lock.writeTold(ring.id, told);
    }
    if (count < BATCH) {
      if (gone !== undefined) return gone;
      await pause(count > 0 ? SOON_MS : IDLE_MS, signal);
    }
  }
  return "ended";
}

/**
 * Looks whether the map is still the pinned one. A load that replaces it hides the old
 * ones for a moment, so it takes two looks to find that there are none.
 */
function watchPin(places: Places, id: number): () => FollowEnd | undefined {
  let missed = false;
  return () => {
    const now = readMapId(ringPath(places));
    if (now !== undefined) return now === id ? undefined : "replaced";
    if (missed) return "unloaded";
    missed = true;
    return undefined;
  };
}

/** Has the kernel tell what it has merged and still keeps to itself. */
function flush(places: Places): void {
  const fd = openPin(join(places.pins, "links", "lockc_flush"));
  if (fd === undefined) return; // unloaded this moment
  using link = closing(fd);
  callProgram(link.fd, new Uint8Array(8));
}

/** What the kernel had no room for, since the maps were made: a merged event counts as all that it tells. */
function readLost(places: Places): number {
  using counts = openTable(places.pins, MAPS.event_counts);
  return Number(counts?.get(0)?.lost ?? 0n);
}
