// SPDX-License-Identifier: Apache-2.0
/** What the kernel half counts, out of the pinned maps and programs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPin } from "../../core/ffi/bpf.ts";
import type { EVENT_COUNTS, GUARD_HITS, RECENT } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import type { Values } from "../../core/kernel/record.ts";
import { type ProgramCounts, programCounts } from "../ffi/libbpf.ts";
import { closing } from "../ffi/opened.ts";
import { type Maps, table } from "./table.ts";

/** Refusals under one policy by one rule; rule 0: what lockc-runc did. */
export interface Total {
  readonly policy: string;
  readonly rule: number;
  readonly denials: bigint;
  readonly audits: bigint;
}

export function readTotals(maps: Maps): Total[] {
  const rows = table(maps, MAPS.totals)?.rows() ?? [];
  return rows.map(({ key, value }) => ({ ...key, ...value }));
}

/** undefined: the maps are another version's. */
export function readGuardHits(maps: Maps): Values<typeof GUARD_HITS> | undefined {
  return table(maps, MAPS.guard_hits)?.get(0);
}

/** undefined: the maps are another version's. */
export function readEventCounts(maps: Maps): Values<typeof EVENT_COUNTS> | undefined {
  return table(maps, MAPS.event_counts)?.get(0);
}

/** The last refusals that the kernel keeps, and places that are free; none of another version's. */
export function readRecent(maps: Maps): Values<typeof RECENT>[] {
  return (
    table(maps, MAPS.recent)
      ?.rows()
      .map(({ value }) => value) ?? []
  );
}

/** CLOCK_BOOTTIME of the newest refusal that was told; undefined when there was none. */
export function readNewestNs(maps: Maps): bigint | undefined {
  const times = readRecent(maps).map(({ told_ns }) => told_ns);
  const newest = times.sort((one, other) => (one < other ? -1 : 1)).at(-1);
  return newest || undefined;
}

/** The counts of each program, by its pin's name. */
export function readProgramCounts(
  pins: string,
  programs: Iterable<string>,
): ReadonlyMap<string, ProgramCounts> {
  const counts = new Map<string, ProgramCounts>();
  for (const name of programs) {
    const fd = openPin(join(pins, "links", name));
    if (fd === undefined) continue; // replaced meanwhile
    using link = closing(fd);
    counts.set(name, programCounts(link.fd));
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
