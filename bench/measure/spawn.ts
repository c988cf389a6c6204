// SPDX-License-Identifier: Apache-2.0
/** Times commands with spawn.c: from the fork to the end of each, one after the other or some at once. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findProgram, requireTools, run } from "../../tool/run.ts";
import { type Comparison, compare } from "./statistics.ts";

export interface Command {
  readonly words: readonly string[];
  /** The exit status that is right; another one ends the measurement. */
  readonly status?: number;
  /** Processes that it leaves behind are waited for, not timed, and their CPU time is its own. */
  readonly whole?: boolean;
}

/** When a command began and ended, since the first one's beginning. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
  /** What all its threads took, and children that it waited for; see `whole`. */
  readonly cpuMs: number;
}

/** Waits until the process whose number is in `pidFile` is gone; is not timed. */
export const untilGone = (pidFile: string): Command => ({ words: ["@gone", pidFile] });

interface Manner {
  /** How many run at a time; 1 where nothing is said. */
  readonly jobs?: number;
  /** The file of a control group in which they run. */
  readonly procs?: string;
}

/** Runs commands; gives a span for each. */
export type Spawn = (commands: readonly Command[], manner?: Manner) => Span[];

/** Becomes its later words in the control group of its first. */
const ENTER = 'echo $$ >"$1" && shift && exec "$@"';

/** Compiles spawn.c into `folder`. */
export function makeSpawn(folder: string): Spawn {
  requireTools("gcc", "/usr/lib/x86_64-linux-gnu/libc.a");
  const program = join(folder, "spawn");
  run("gcc", ["-O2", "-static", "-o", program, join(import.meta.dirname, "spawn.c")]);
  return (commands, { jobs = 1, procs } = {}) => {
    if (jobs > 1 && commands.some(({ whole }) => whole)) throw new Error("whose is left behind?");
    const words = [program, String(jobs)];
    const entering = procs === undefined ? words : ["sh", "-c", ENTER, "enter", procs, ...words];
    const { status, stdout, stderr } = spawnSync(entering[0]!, entering.slice(1), {
      input: commands.map(planned).join(""),
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    if (status !== 0) throw new Error(stderr.trim());
    const lines = stdout.trim().split("\n").filter(Boolean);
    return lines.map((line) => {
      const [startMs, endMs, cpuMs] = line.split(" ").map((ns) => Number(ns) / 1e6);
      return { startMs: startMs!, endMs: endMs!, cpuMs: cpuMs! };
    });
  };
}

function planned({ words, status = 0, whole = false }: Command): string {
  const [program, ...rest] = words as [string, ...string[]];
  const path = /^[/@]/.test(program) ? program : findProgram(program);
  if (path === undefined) throw new Error(`${program} is missing`);
  return [`${status}${whole ? "+" : ""}`, path, ...rest, "", ""].join("\0");
}

export const durations = (spans: readonly Span[]): number[] =>
  spans.map(({ startMs, endMs }) => endMs - startMs);

/**
 * One of each kind in turn, and the turn turned around each time, so that what disturbs
 * one disturbs the other. One round more comes first and does not count.
 * @returns for each kind its spans, in rounds' order.
 */
export function alternate(
  spawn: Spawn,
  rounds: number,
  kinds: readonly ((round: number) => Command)[],
): Span[][] {
  const order = Array.from({ length: rounds + 1 }, (_, round) => {
    const forth = kinds.map((_, kind) => kind);
    return round % 2 === 0 ? forth : forth.reverse();
  });
  const commands = order.flatMap((turn, round) => turn.map((kind) => kinds[kind]!(round)));
  const spans = spawn(commands);
  return kinds.map((_, kind) =>
    order.map((turn, round) => spans[round * kinds.length + turn.indexOf(kind)]!).slice(1),
  );
}

/** The same command line under plain runc and under lockc. */
export function alternateBoth(
  spawn: Spawn,
  name: string,
  rounds: number,
  plain: Command,
  lockc: Command,
): Comparison {
  const [first, second] = alternate(spawn, rounds, [() => plain, () => lockc]);
  return compare(name, durations(first!), durations(second!));
}
