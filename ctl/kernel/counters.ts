// SPDX-License-Identifier: Apache-2.0
/** What the kernel half counts, out of the pinned maps and programs. */
import { closeSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keysOf, lookUp, openPin, u32Key } from "../../core/ffi/bpf.ts";
import { EVENT_COUNTS, GUARD_HITS, RECENT, TOTAL, TOTAL_KEY } from "../../core/generated/layout.ts";
import { decode, type Layout, type Values } from "../../core/kernel/record.ts";
import { type ProgramCounts, programCounts } from "../ffi/libbpf.ts";
import type { PinnedMap } from "./pins.ts";

type Maps = ReadonlyMap<string, PinnedMap>;

/** Refusals under one policy by one rule; rule 0: what lockc-runc did. */
export interface Total {
  readonly policy: string;
  readonly rule: number;
  readonly denials: bigint;
  readonly audits: bigint;
}

export function readTotals(maps: Maps): Total[] {
  const map = sized(maps, "totals", TOTAL);
  if (map?.keySize !== TOTAL_KEY.size) return [];
  return keysOf(map).flatMap((key) => {
    const value = lookUp(map, key);
    return value ? [{ ...decode(TOTAL_KEY, key), ...decode(TOTAL, value) }] : [];
  });
}

/** undefined: the maps are another version's. */
export function readGuardHits(maps: Maps): Values<typeof GUARD_HITS> | undefined {
  return readCell(maps, "guard_hits", GUARD_HITS);
}

/** undefined: the maps are another version's. */
export function readEventCounts(maps: Maps): Values<typeof EVENT_COUNTS> | undefined {
  return readCell(maps, "event_counts", EVENT_COUNTS);
}

/** CLOCK_BOOTTIME of the newest refusal that was told; undefined when there was none. */
export function readNewestNs(maps: Maps): bigint | undefined {
  const map = sized(maps, "recent", RECENT);
  if (map === undefined) return undefined;
  const times = Array.from({ length: map.maxEntries }, (_, index) => {
    const value = lookUp(map, u32Key(index));
    return value ? decode(RECENT, value).told_ns : 0n;
  });
  const newest = times.sort((one, other) => (one < other ? -1 : 1)).at(-1);
  return newest || undefined;
}

/** Of each program by its pin's name. */
export function readProgramCounts(
  pins: string,
  programs: Iterable<string>,
): ReadonlyMap<string, ProgramCounts> {
  const counts = new Map<string, ProgramCounts>();
  for (const name of programs) {
    const fd = openPin(join(pins, "links", name));
    if (fd === undefined) continue; // replaced meanwhile
    try {
      counts.set(name, programCounts(fd));
    } finally {
      closeSync(fd);
    }
  }
  return counts;
}

/** Whether the kernel measures how long programs run: sysctl kernel.bpf_stats_enabled. */
export function hasProgramStatistics(): boolean {
  try {
    return readFileSync("/proc/sys/kernel/bpf_stats_enabled", "latin1").trim() === "1";
  } catch {
    return false; // a kernel without it measures nothing
  }
}

function readCell<L extends Layout>(maps: Maps, name: string, layout: L): Values<L> | undefined {
  const map = sized(maps, name, layout);
  const value = map && lookUp(map, u32Key(0));
  return value && decode(layout, value);
}

/** The map, if its values are those of this version. */
function sized(maps: Maps, name: string, { size }: Layout): PinnedMap | undefined {
  const map = maps.get(name);
  return map?.valueSize === size ? map : undefined;
}
