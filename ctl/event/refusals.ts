// SPDX-License-Identifier: Apache-2.0
/**
 * What was refused lately, by the kernel and by lockc-runc, each act once: from the
 * kernel's own memory, from what waits in its buffer, and from the journal of whoever
 * takes it out of there.
 */
import type { Event } from "../../core/generated/event.ts";
import { LOCKC_NAME_SIZE } from "../../core/generated/layout.ts";
import { readBootNs } from "../ffi/libc.ts";
import type { Places } from "../host/places.ts";
import { readRecent } from "../kernel/counters.ts";
import { openMaps } from "../kernel/pins.ts";
import { decodeRecent } from "./decode.ts";
import { isServiceRunning, readJournal } from "./journal.ts";
import { isRead, peek } from "./reader.ts";

/** An act that was refused, or let through since its rule is only audited. */
export interface Refusal {
  /** The last event of it. */
  readonly event: Event;
  /** How often so far, as far as it is known. */
  readonly total: number;
  /** The numbers of all events of it, as far as they are known; undefined: of the one alone. */
  readonly numbers?: readonly number[];
}

/** The numbers by which people may ask for it. */
export function numbersOf({ event, numbers }: Refusal): readonly number[] {
  return numbers ?? [event.sequence];
}

const REFUSALS: ReadonlySet<Event["event"]> = new Set([
  "denied",
  "audited",
  "refused",
  "tolerated",
]);

/** What the kernel has at hand, the oldest first; none where nothing is loaded. */
export function lookAtRefusals(places: Places): Refusal[] {
  const remembered = readRemembered(places);
  const waiting = tally(peek(places)?.events ?? []);
  return collapse([...waiting, ...remembered]);
}

/**
 * The same and what went to the journal since then, where a service reads the events.
 * @param sinceMs in milliseconds since 1970.
 */
export async function readRefusals(places: Places, sinceMs: number): Promise<Refusal[]> {
  const present = lookAtRefusals(places);
  if (!isRead(places) || !isServiceRunning()) return present;
  const past = new Map<string, Tallied>();
  const keep = async (events: readonly Event[]) => {
    for (const refusal of tally(events, past)) past.set(identify(refusal.event), refusal);
    return true;
  };
  await readJournal({ sinceMs, follow: false }, keep, new AbortController().signal);
  return collapse([...past.values(), ...present]);
}

function readRemembered(places: Places): Refusal[] {
  using maps = openMaps(places.pins);
  if (maps === undefined) return [];
  const bootNs = readBootNs();
  return readRecent(maps).flatMap((row) => decodeRecent(row, bootNs) ?? []);
}

interface Tallied extends Refusal {
  readonly numbers: number[];
}

/** The last of the events about one act, with the sum of their counts. */
function tally(events: readonly Event[], before: ReadonlyMap<string, Tallied> = new Map()) {
  const counted = new Map<string, Tallied>();
  for (const event of events) {
    if (!REFUSALS.has(event.event)) continue;
    const key = identify(event);
    const so = counted.get(key) ?? before.get(key);
    const numbers = so?.numbers ?? [];
    numbers.push(event.sequence); // of one act there may be very many
    counted.set(key, { event, total: event.count + (so?.total ?? 0), numbers });
  }
  return [...counted.values()];
}

/**
 * Several accounts of one act: the greatest count, the last event's number and time, and the
 * longest path; the oldest act first. Numbers begin anew with each load of new maps.
 */
export function collapse(refusals: readonly Refusal[]): Refusal[] {
  const acts = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const key = identify(refusal.event);
    const other = acts.get(key);
    acts.set(key, other === undefined ? refusal : join(other, refusal));
  }
  return [...acts.values()].sort((a, b) => order(a.event, b.event));
}

function order(a: Event, b: Event): number {
  return Date.parse(a.time) - Date.parse(b.time) || a.sequence - b.sequence;
}

function join(one: Refusal, other: Refusal): Refusal {
  const length = ({ event }: Refusal) => event.object?.path?.length ?? 0;
  const { event } = length(other) > length(one) ? other : one;
  const { sequence, time } = order(one.event, other.event) > 0 ? one.event : other.event;
  return {
    event: { ...event, sequence, time },
    total: Math.max(one.total, other.total),
    numbers: [...new Set([...numbersOf(one), ...numbersOf(other)])],
  };
}

/**
 * Who did what. A file is what it is by its inode, since its path may have been cut. A pod that
 * is refused is tried again, each time with another ID: it is who it is by its name.
 */
function identify(told: Event): string {
  const { event, container, task, rule, hook, object, allowedBy, msg } = told;
  const who = isRefusedPod(told) ? [container?.name] : [container?.key, container?.id, task?.comm];
  const { path, ...rest } = object ?? {};
  const what = object?.inode ? rest : { ...rest, path };
  return JSON.stringify([event, who, rule, object ? what : (hook ?? msg), allowedBy]);
}

/** Only Kubernetes' names have a slash; one that fills its room may have been cut. */
function isRefusedPod({ event, container }: Event): boolean {
  const name = container?.name ?? "";
  return event === "refused" && name.includes("/") && Buffer.byteLength(name) < LOCKC_NAME_SIZE - 1;
}
