// SPDX-License-Identifier: Apache-2.0
/**
 * Containers that run without a policy although they began under one: `lockctl unload --force`
 * took it away, and no later load gives it back, since the kernel half learns of containers when
 * they begin. The file beside the lock remembers them until they are gone; /run forgets with the
 * boot, as they do.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { quietly } from "../../core/errors.ts";
import type { Places } from "../host/places.ts";
import { readPinnedSettings } from "../kernel/pins.ts";
import type { Maps } from "../kernel/table.ts";
import { readRecords } from "./containers.ts";
import { readProcesses } from "./processes.ts";

/** One of them, as the file has it and --json prints it; its keys stay. */
export interface Freed {
  readonly id: string;
  readonly name: string | null;
  /** What it was held by. */
  readonly policy: string;
  /** Its processes as it was let go. */
  readonly processes: readonly FreedProcess[];
}

interface FreedProcess {
  readonly pid: number;
  /** Clock ticks since boot: with the pid it names the process for good. */
  readonly started: string;
}

/** What status and doctor say of one, behind its name. */
export function describeFreed({ policy }: Freed): string {
  return `runs without any policy since lockctl unload --force, which took "${policy}" away`;
}

/** What runs under lockc now, as it would be remembered; none of another version's. */
export function readHeld(maps: Maps): Freed[] {
  const isOurs = readPinnedSettings(maps) !== undefined;
  const records = isOurs ? quietly(() => readRecords(maps)) : undefined;
  if (records === undefined) return [];
  const processes = readProcesses(maps, records);
  return records.map(({ key, id, name, policy }) => ({
    id,
    name: name || null,
    policy,
    processes: processes.flatMap((process) => {
      const started = process.key === key ? startOf(process.pid) : undefined;
      return started === undefined ? [] : [{ pid: process.pid, started }];
    }),
  }));
}

/** Adds to those that are remembered and still run. */
export function rememberFreed(places: Places, freed: readonly Freed[]): void {
  const all = [...readFreed(places), ...freed.filter(isRunning)];
  const file = fileOf(places);
  if (all.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify(all), { mode: 0o600, flag: "wx" });
  renameSync(`${file}.new`, file);
}

/** Those that still run. */
export function readFreed(places: Places): Freed[] {
  const text = quietly(() => readFileSync(fileOf(places), "utf8"));
  const all = text === undefined ? [] : quietly(() => JSON.parse(text) as Freed[]);
  return (all ?? []).filter(isRunning);
}

function fileOf(places: Places): string {
  return join(dirname(places.lock), "freed.json");
}

function isRunning({ processes }: Freed): boolean {
  return processes.some(({ pid, started }) => startOf(pid) === started);
}

/** undefined for one that has ended. proc_pid_stat(5): the name may have any byte. */
function startOf(pid: number): string | undefined {
  const text = quietly(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields === undefined || /[ZX]/.test(fields[0] ?? "") ? undefined : fields[19];
}
