// SPDX-License-Identifier: Apache-2.0
/** Many containers at once: how long creating them takes, and what is left of them. */
import { kernelBytes, makeGroup, requireEmpty } from "./cgroup.ts";
import { Container, groupOf, KINDS, type Kind, type Site } from "./containers.ts";
import type { Command, Span, Spawn } from "./spawn.ts";
import { type Comparison, compare, type Estimate, margin } from "./statistics.ts";

export interface Scale {
  /** So many of each kind. */
  readonly containers: number;
  readonly jobs: number;
  /** All creates of lockc divided by all of plain runc. */
  readonly createRatio: Estimate;
  readonly removeRatio: Estimate;
  /** So many containers were made in each turn. */
  readonly block: number;
  readonly create: Comparison;
  readonly remove: Comparison;
  /**
   * Kernel memory of a kind's control group after the last container, less before the
   * first, for each container; lockc's less plain runc's. Plain runc's own is the noise.
   */
  readonly leftBytes: Estimate;
}

/** The same command many times. */
export interface Repeated {
  readonly containers: number;
  readonly jobs: number;
  /** The ratio of the sums. */
  readonly ratio: Estimate;
  readonly block: number;
  readonly times: Comparison;
}

const JOBS = 8;
/** One kind makes so many before it is the other's turn; a multiple of JOBS. */
const BLOCK = 16;

/** Whole lives with an engine around them: `plain` and `lockc` in turns, so many of each. */
export function measureLives(
  spawn: Spawn,
  containers: number,
  plain: Command,
  lockc: Command,
): Repeated {
  return repeat(`${BLOCK} lives, ${JOBS} at a time`, containers, (kind) => {
    const commands = Array<Command>(BLOCK).fill([plain, lockc][kind]!);
    return lastEnd(spawn(commands, { jobs: JOBS }));
  });
}

/** Creates under plain runc, and with a shim that does nothing (see makeNoop) in lockc's place. */
export function measureNoopCreates(spawn: Spawn, site: Site, containers: number): Repeated {
  const kinds = (["plain", "noop"] as const).map((kind) =>
    Array.from({ length: BLOCK }, (_, at) => new Container(site, kind, `unjudged-${at}`)),
  );
  return repeat(`${BLOCK} creates, ${JOBS} at a time`, containers, (kind) => {
    const block = kinds[kind]!;
    const took = lastEnd(
      spawn(
        block.map((one) => one.create()),
        { jobs: JOBS },
      ),
    );
    spawn(block.map((one) => one.remove("--force")));
    return took;
  });
}

function repeat(name: string, containers: number, took: (kind: 0 | 1) => number): Repeated {
  const blocks = Math.ceil(containers / BLOCK);
  inTurns(1, took); // what is there afterwards does not count
  const taken = inTurns(blocks, took);
  const times = compare(name, ...taken);
  return {
    containers: blocks * BLOCK,
    jobs: JOBS,
    ratio: ofSums(taken, times.ratio),
    block: BLOCK,
    times,
  };
}

/** They all exist at the same time: `containers` under plain runc and as many under lockc. */
export function measureScale(spawn: Spawn, site: Site, containers: number): Scale {
  const blocks = Math.ceil(containers / BLOCK);
  const groups = KINDS.map((kind) => makeGroup(groupOf(site, kind)));
  const block = (kind: Kind, name: string) =>
    Array.from({ length: BLOCK }, (_, at) => new Container(site, kind, `${name}-${at}`));
  const took = (kind: number, commands: readonly Command[]) =>
    lastEnd(spawn(commands, { jobs: JOBS, procs: groups[kind]!.procs }));
  const create = (container: Container) => container.create();
  const remove = (container: Container) => container.remove("--force");
  // One block first, so that what the kernel keeps for a group's first containers is there.
  for (const [at, kind] of KINDS.entries()) {
    const first = block(kind, "first");
    took(at, first.map(create));
    took(at, first.map(remove));
  }
  const before = KINDS.map((kind) => settledBytes(groupOf(site, kind)));
  const all = KINDS.map((kind) =>
    Array.from({ length: blocks }, (_, number) => block(kind, String(number))),
  );
  const each = (command: (container: Container) => Command) =>
    inTurns(blocks, (kind, number) => took(kind, all[kind]![number]!.map(command)));
  const created = each(create);
  const removed = each(remove);
  const left = KINDS.map((kind, at) => settledBytes(groupOf(site, kind)) - before[at]!);
  for (const kind of KINDS) requireEmpty(groupOf(site, kind));
  const creates = compare(`${BLOCK} creates, ${JOBS} at a time`, ...created);
  const removes = compare(`${BLOCK} deletes, ${JOBS} at a time`, ...removed);
  return {
    containers: blocks * BLOCK,
    jobs: JOBS,
    createRatio: ofSums(created, creates.ratio),
    removeRatio: ofSums(removed, removes.ratio),
    block: BLOCK,
    create: creates,
    remove: removes,
    leftBytes: beyond(left[0]! / (blocks * BLOCK), left[1]! / (blocks * BLOCK)),
  };
}

/** Plain runc (0) and lockc (1) in turn, the turn turned around each time; what each took. */
function inTurns(
  blocks: number,
  took: (kind: 0 | 1, number: number) => number,
): [plain: number[], lockc: number[]] {
  const times: [number[], number[]] = [[], []];
  for (let number = 0; number < blocks; number++) {
    for (const kind of number % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      times[kind].push(took(kind, number));
    }
  }
  return times;
}

const lastEnd = (spans: readonly Span[]) => Math.max(...spans.map(({ endMs }) => endMs));

/** The ratio of the totals, as sure as that of the blocks. */
function ofSums([plain, lockc]: readonly [number[], number[]], blocks: Estimate): Estimate {
  const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
  const value = sum(lockc) / sum(plain);
  return { value, low: value - margin(blocks), high: value + margin(blocks) };
}

function beyond(plain: number, lockc: number): Estimate {
  const value = lockc - plain;
  return { value, low: value - Math.abs(plain), high: value + Math.abs(plain) };
}

const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;

/** The kernel frees what control groups had some time after they are gone. */
function settledBytes(group: string): number {
  let bytes = kernelBytes(group);
  for (let waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    const now = kernelBytes(group);
    if (now >= bytes) return now;
    bytes = now;
  }
  return bytes;
}
