// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl process list`: every process that belongs to a container, as the
 * kernel half knows it. Only what the kernel tells without asking the process is read: its
 * command line lies in its own memory, where a page that never comes would hold us up.
 */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { KernelError } from "../../core/ffi/kernel-error.ts";
import { pidfdOpen } from "../../core/ffi/syscall.ts";
import { Phase, type TASK } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import type { Values } from "../../core/kernel/record.ts";
import { closing } from "../ffi/opened.ts";
import type { ContainerRecord } from "../kernel/pins.ts";
import { type Maps, type TableOf, table } from "../kernel/table.ts";

/** What --json prints for each; its keys stay. */
export interface ProcessSummary {
  readonly pid: number;
  /** In its own PID namespace. */
  readonly nsPid: number;
  /** Its real user on the host. */
  readonly uid: number;
  /** How many tasks it is; all belong to the same container. */
  readonly threads: number;
  /** The name that it gives itself, 15 bytes at most. */
  readonly command: string;
  /** The program, by its path in the process's mounts; null where it has none. */
  readonly exe: string | null;
  /** The container's ID, name and policy; null when its record is gone. */
  readonly container: string | null;
  readonly name: string | null;
  readonly policy: string | null;
  readonly key: string;
  /** Where it stands on its way into the container: only what is confined is held. */
  readonly phase: PhaseName;
}

type PhaseName = Lowercase<keyof typeof Phase>;

/** The processes of all containers, in the order of their ids; none of another version's maps. */
export function readProcesses(maps: Maps, records: readonly ContainerRecord[]): ProcessSummary[] {
  const tasks = table(maps, MAPS.tasks);
  if (tasks === undefined) return [];
  const byKey = new Map(records.map((record) => [record.key, record]));
  return listPids().flatMap(
    (pid) => withProcess(tasks, pid, (task, pidfd) => readProcess(byKey, pid, task, pidfd)) ?? [],
  );
}

/** Those of all processes, in their order. */
export function listPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * @param act what to make of a process and its storage, while the descriptor means it.
 * @returns undefined for one that has ended meanwhile.
 */
export function withProcess<T>(
  tasks: TableOf<typeof MAPS.tasks>,
  pid: number,
  act: (task: Values<typeof TASK> | undefined, pidfd: number) => T,
): T | undefined {
  const pidfd = unlessGone(() => pidfdOpen(pid));
  if (pidfd === undefined) return undefined;
  using opened = closing(pidfd);
  return act(tasks.get(opened.fd), opened.fd);
}

/** undefined for one that belongs to no container, and for one that has ended meanwhile. */
function readProcess(
  records: ReadonlyMap<string, ContainerRecord>,
  pid: number,
  task: Values<typeof TASK> | undefined,
  pidfd: number,
): ProcessSummary | undefined {
  if (task === undefined || task.container === 0n) return undefined;
  const status = unlessGone(() => readFileSync(`/proc/${pid}/status`, "utf8"));
  const exe = unlessGone(() => readlinkSync(`/proc/${pid}/exe`)) ?? null;
  if (status === undefined) return undefined;
  // Still not reaped: so all of this was read of the process that the descriptor means.
  const [same, ...inner] = numbersOf("NSpid", readFileSync(`/proc/self/fdinfo/${pidfd}`, "utf8"));
  const [threads = 0] = numbersOf("Threads", status);
  const ended = /^State:\s*[ZX]/m.test(status) && threads < 2;
  if (same !== pid || ended) return undefined;
  const key = task.container.toString(16).padStart(16, "0");
  const record = records.get(key);
  return {
    pid,
    nsPid: inner.at(-1) ?? pid,
    uid: numbersOf("Uid", status)[0]!,
    threads,
    command: /^Name:\t(.*)$/m.exec(status)?.[1] ?? "",
    exe,
    container: record?.id ?? null,
    name: record?.name || null,
    policy: record?.policy ?? null,
    key,
    phase: phaseName(task.phase),
  };
}

function numbersOf(field: string, text: string): number[] {
  const line = new RegExp(`^${field}:\\s*(.*)$`, "m").exec(text)?.[1] ?? "";
  return line.split(/\s+/).filter(Boolean).map(Number);
}

function phaseName(phase: number): PhaseName {
  const names = Object.keys(Phase) as (keyof typeof Phase)[];
  return (names.find((name) => Phase[name] === phase) ?? "NONE").toLowerCase() as PhaseName;
}

/** undefined when the process has gone; kernel threads and zombies have no program either. */
export function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof KernelError ? error.errno : (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}
