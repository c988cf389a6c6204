// SPDX-License-Identifier: Apache-2.0
/**
 * Strays: processes inside a container that the kernel half knows nothing of, so that no
 * policy holds them. There should never be one, and this is where it would be seen.
 *
 * Inside is who shares the mount namespace or the root directory of a confined process, or
 * descends from one. A runtime that enters a container is there for milliseconds before it
 * executes the container's program, which makes it a member; so only who is still there at
 * a second look counts. One that waits there (runc's first process, until `start`) still runs
 * what it executed on the host: what runs a program from a mount of the container's has
 * executed there, and is user code, whatever the kernel half takes it for. A pidfd names a process, not a thread: storage of threads other
 * than the first, which task_alloc copies like any other, is not seen.
 */
import { openSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { LockcError } from "../../core/errors.ts";
import { O_CLOEXEC, O_PATH } from "../../core/ffi/syscall.ts";
import { Phase, type TASK, WAY } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { shortId } from "../../core/ids.ts";
import { decode, type Values } from "../../core/kernel/record.ts";
import { closing } from "../ffi/opened.ts";
import type { ContainerRecord } from "../kernel/pins.ts";
import { type Maps, table } from "../kernel/table.ts";
import type { Column } from "../screen/table.ts";
import { listPids, unlessGone, withProcess } from "./processes.ts";

/** What --json prints for each; its keys stay. */
export interface Stray {
  readonly pid: number;
  /** The name that it gives itself, 15 bytes at most. */
  readonly command: string;
  /** The container that it is in; null when its record is gone. */
  readonly container: string | null;
  readonly name: string | null;
  readonly key: string;
  /** What it has of a confined process: its mount namespace, its root directory, or a forebear. */
  readonly shares: Share;
}

type Share = "mounts" | "root" | "ancestor";
type Task = Values<typeof TASK>;

/** A process at one look. */
export interface Seen {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot: with the pid it names the process for good. */
  readonly started: string;
  readonly command: string;
  /** A kernel thread, or a process that has ended: it runs no code of a container. */
  readonly idle: boolean;
  /** Its mount namespace and root directory by their numbers; undefined: it has none any more. */
  readonly mounts: string | undefined;
  readonly root: string | undefined;
  readonly task: Task | undefined;
  /** Asked of who is known and not confined: its program lies on a mount of where it is. */
  readonly executed: boolean;
}

/**
 * The one decision: whether the kernel half knows what this process is. Who has looked at a
 * container's process may be entering: it joins with what it executes. Who executed there and
 * is not confined did so unseen.
 */
export function isMember({ task, executed }: Pick<Seen, "task" | "executed">): boolean {
  if (task === undefined) return false;
  if (task.phase === Phase.CONFINED) return true;
  return (
    !executed && (task.phase !== Phase.NONE || decode(WAY, Uint8Array.from(task.way)).looked !== 0n)
  );
}

/** Whether its policy holds it: the host's own part of a container, the runtime, shows nothing. */
function isConfined({ task }: Seen): boolean {
  return task !== undefined && task.phase === Phase.CONFINED && task.container !== 0n;
}

interface Inside {
  readonly seen: Seen;
  readonly container: bigint;
  readonly shares: Share;
}

/** Who is inside a container without being a member, at one look. Pure. */
export function findInside(look: readonly Seen[]): Inside[] {
  const confined = look.filter(isConfined);
  if (confined.length === 0) return [];
  const byPid = new Map(look.map((seen) => [seen.pid, seen]));
  const host = byPid.get(1);
  // What a confined process shares with the host's first one makes nobody a container's.
  const owners = (of: "mounts" | "root") =>
    new Map(
      confined.flatMap(({ [of]: place, task }) =>
        place === undefined || place === host?.[of] ? [] : [[place, task!.container] as const],
      ),
    );
  const places = [["mounts", owners("mounts")] as const, ["root", owners("root")] as const];
  return look.flatMap((seen): Inside[] => {
    if (seen.idle || seen.pid === 1 || isMember(seen)) return [];
    for (const [shares, owner] of places) {
      const container = owner.get(seen[shares] ?? "");
      if (container !== undefined) return [{ seen, container, shares }];
    }
    const forebear = findForebear(seen, byPid);
    return forebear === undefined
      ? []
      : [{ seen, container: forebear.task!.container, shares: "ancestor" }];
  });
}

/** The nearest confined ancestor. What was read of many processes is no tree for certain. */
function findForebear(seen: Seen, byPid: ReadonlyMap<number, Seen>): Seen | undefined {
  const passed = new Set<number>();
  for (let next = byPid.get(seen.parent); next !== undefined; next = byPid.get(next.parent)) {
    if (isConfined(next)) return next;
    if (passed.has(next.pid)) return undefined;
    passed.add(next.pid);
  }
  return undefined;
}

/** Between the two looks: longer than a runtime takes to enter. */
const BETWEEN_MS = 300;

/** How to look, and to wait; a test has its own. */
interface Eyes {
  readonly look: () => readonly Seen[];
  readonly wait: (ms: number) => void;
}

/**
 * Waits only where somebody is suspicious. In another version's maps there is none to be seen.
 * @throws LOCKC_E_PRIVILEGE where other processes cannot be looked at.
 */
export function findStrays(
  maps: Maps,
  records: readonly ContainerRecord[],
  eyes: Eyes = { look: () => lookAround(maps), wait: pause },
): Stray[] {
  const first = findInside(eyes.look());
  if (first.length === 0) return [];
  eyes.wait(BETWEEN_MS);
  const before = new Set(first.map(({ seen }) => identify(seen)));
  const names = new Map(records.map((record) => [record.key, record]));
  return findInside(eyes.look())
    .filter(({ seen }) => before.has(identify(seen)))
    .map(({ seen: { pid, command }, container, shares }) => {
      const key = container.toString(16).padStart(16, "0");
      const record = names.get(key);
      return {
        pid,
        command,
        container: record?.id ?? null,
        name: record?.name || null,
        key,
        shares,
      };
    });
}

function identify({ pid, started }: Seen): string {
  return `${pid} ${started}`;
}

/** Nothing else of lockctl goes on meanwhile. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Every process; of nobody more than its storage while no container has a confined one. */
function lookAround(maps: Maps): Seen[] {
  const tasks = table(maps, MAPS.tasks);
  if (tasks === undefined) return [];
  const pids = listPids();
  const isAnyConfined = pids.some((pid) =>
    withProcess(tasks, pid, (task) => task?.phase === Phase.CONFINED),
  );
  if (!isAnyConfined) return [];
  return pids.flatMap((pid) => withProcess(tasks, pid, (task) => readSeen(pid, task)) ?? []);
}

/** include/linux/sched.h */
const PF_KTHREAD = 0x00200000;

/** undefined for one that has ended meanwhile. proc_pid_stat(5): the name may have any byte. */
function readSeen(pid: number, task: Task | undefined): Seen | undefined {
  const text = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (text === undefined) return undefined;
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  const [state = "", parent, , , , , flags] = fields;
  const [threads, , started = ""] = fields.slice(17);
  const isKernel = (Number(flags) & PF_KTHREAD) !== 0;
  const place = isKernel ? NOWHERE : pid === 1 ? readHostPlace() : readPlace(String(pid));
  return {
    pid,
    parent: Number(parent),
    started,
    command: text.slice(text.indexOf("(") + 1, end),
    idle: isKernel || (/[ZX]/.test(state) && Number(threads) < 2),
    ...place,
    task,
    executed:
      pid !== 1 && task !== undefined && task.phase !== Phase.CONFINED && hasExecutedThere(pid),
  };
}

/**
 * Whether its program lies on a mount of its own mount namespace. A program from before it
 * came there lies on one of another, or on none (memfd): each mount has a number of its own.
 */
function hasExecutedThere(pid: number): boolean {
  return (
    unlessGone(() => {
      const mount = mountOf(`/proc/${pid}/exe`);
      return readFileSync(`/proc/${pid}/mountinfo`, "utf8")
        .split("\n")
        .some((line) => line.startsWith(`${mount} `));
    }) ?? false
  );
}

/** The number of the mount that a file lies on, as mountinfo has it; proc_pid_fdinfo(5). */
function mountOf(path: string): string {
  using file = closing(openSync(path, O_PATH | O_CLOEXEC));
  return /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${file.fd}`, "utf8"))![1]!;
}

type Place = Pick<Seen, "mounts" | "root">;
const NOWHERE: Place = { mounts: undefined, root: undefined };

/** Where the first process is; where that one lets nobody look, we, who are the host's as well. */
function readHostPlace(): Place {
  try {
    return readPlace("1");
  } catch (error) {
    if (error instanceof LockcError) return readPlace("self");
    throw error;
  }
}

function readPlace(pid: string): Place {
  try {
    const mounts = unlessGone(() => readlinkSync(`/proc/${pid}/ns/mnt`));
    const root = unlessGone(() => statSync(`/proc/${pid}/root`, { bigint: true }));
    return { mounts, root: root && `${root.dev}:${root.ino}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    throw new LockcError(
      "LOCKC_E_PRIVILEGE",
      "cannot tell whether every process in a container is held: others' processes may not be looked at",
      "run it with CAP_SYS_PTRACE",
      { cause: error },
    );
  }
}

export const STRAY_COLUMNS = [
  { name: "pid", cell: ({ pid }) => pid },
  { name: "command", cell: ({ command }) => command, least: 15 },
  { name: "container", cell: ({ container, key }) => shortId(container ?? key), least: 12 },
  { name: "name", cell: ({ name }) => name ?? undefined, shrinks: true, least: 12 },
  { name: "shares", cell: ({ shares }) => shares },
] as const satisfies readonly Column<Stray>[];
