// SPDX-License-Identifier: Apache-2.0
/**
 * The shim alone, from lockc-runc's command line to the runtime's execve(2): lockc-runc
 * creates the container of a typical config.json, Docker's own, with a runtime that exits
 * at once (exit.c). Beside it, in the same rounds, that program by itself and `node -e 0`
 * of the same Node.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { containers } from "../../core/generated/maps.ts";
import { openMaps } from "../../ctl/kernel/pins.ts";
import { run } from "../../tool/run.ts";
import { configure, forgetContainers, LOCKC_NODE, LOCKC_RUNC, PINS } from "./host.ts";
import { alternate, type Command, durations, type Span, type Spawn } from "./spawn.ts";
import { type Comparison, compare, type Estimate, median, quotient } from "./statistics.ts";

export interface ShimAlone {
  /** Against `node -e 0`. */
  readonly create: Comparison;
  /** CPU time of the same, which is what counts where many are created at once. */
  readonly cpu: Comparison;
  /** What the program that it becomes takes of it; not subtracted. */
  readonly exitMs: Estimate;
}

interface Creates {
  /** So many were made after the maps were new. */
  readonly after: number;
  readonly create: Comparison;
}

/** What a create costs when many were made before. */
export interface Many {
  readonly creates: number;
  readonly points: readonly Creates[];
  /** The last point's median divided by the first's, each relative to its `node -e 0`. */
  readonly lastToFirst: Estimate;
  /** So many containers can be at a time. */
  readonly limit: number;
}

/** A program whose name says runc, since lockc-runc asks for it; puts it in force. */
export function useExitRuntime(folder: string): string {
  const program = join(folder, "exit-runc");
  const source = join(import.meta.dirname, "exit.c");
  run("gcc", ["-O2", "-static", "-nostdlib", "-o", program, source]);
  configure(`runtime: ${program}\n`);
  return program;
}

/** As containerd writes it for a container of Docker's. */
function createCommand(folder: string, bundle: string, id: string): Command {
  return {
    words: [
      ...[LOCKC_RUNC, "--root", join(folder, "root-alone")],
      ...["--log", join(folder, "alone.log"), "--log-format", "json"],
      ...["create", "--bundle", bundle, "--pid-file", join(folder, "alone.pid"), id],
    ],
    whole: true,
  };
}

const NODE: Command = { words: [LOCKC_NODE, "-e", "0"] };

export function measureShim(
  spawn: Spawn,
  { folder, bundle, id, exit }: Alone,
  rounds: number,
): ShimAlone {
  const create = createCommand(folder, bundle, id);
  const kinds = [NODE, create, { words: [exit] }];
  const [node, shim, bare] = alternate(
    spawn,
    rounds,
    kinds.map((command) => () => command),
  );
  const cpu = (spans: readonly Span[]) => spans.map(({ cpuMs }) => cpuMs);
  return {
    create: compare("lockc-runc create", durations(node!), durations(shim!)),
    cpu: compare("lockc-runc create, CPU time", cpu(node!), cpu(shim!)),
    exitMs: median(durations(bare!)),
  };
}

/** What the creates are made of. */
interface Alone {
  readonly folder: string;
  /** containerd's bundle of a running container, and its ID. */
  readonly bundle: string;
  readonly id: string;
  /** What useExitRuntime made. */
  readonly exit: string;
}

/** So many at a time where nothing is measured. */
const JOBS = 4;

/**
 * Makes containers whose records stay, with measurements at the first and at the last. If
 * the kernel's table has no room for all, also where it is full to the last place; then it
 * must refuse one more, and is emptied, since nobody has more at a time.
 */
export function measureMany(
  spawn: Spawn,
  { folder, bundle, id }: Alone,
  creates: number,
  rounds: number,
): Many {
  const create = createCommand(folder, bundle, id);
  const limit = tableSize();
  let made = 0;
  let there = 0;
  const empty = () => {
    forgetContainers();
    there = 0;
  };
  const fill = (until: number) => {
    while (made < until) {
      if (there === limit) empty();
      const more = Math.min(until - made, limit - there);
      spawn(Array<Command>(more).fill({ ...create, whole: false }), { jobs: JOBS });
      made += more;
      there += more;
    }
  };
  empty();
  const measured = rounds + 1; // alternate makes one that does not count
  const points: Creates[] = [];
  const full = limit <= creates ? [limit - measured] : [];
  for (const from of [0, ...full, creates - measured]) {
    fill(from);
    if (there + measured > limit) empty();
    const [node, shim] = alternate(spawn, rounds, [() => NODE, () => create]);
    points.push({
      after: made,
      create: compare(`create ${made + 1}`, durations(node!), durations(shim!)),
    });
    made += measured;
    there += measured;
    if (there === limit) requireFull(create);
  }
  empty();
  const lastToFirst = quotient(points.at(-1)!.create.ratio, points[0]!.create.ratio);
  return { creates: made, points, lastToFirst, limit };
}

function tableSize(): number {
  using maps = openMaps(PINS);
  return maps!.get(containers.name)!.maxEntries;
}

/** One more is refused, and says why. */
function requireFull({ words }: Command): void {
  const { status, stderr } = spawnSync(words[0]!, words.slice(1), { encoding: "utf8" });
  if (status === 1 && stderr.includes("[LOCKC_E_ENROLL]")) return;
  throw new Error(`the table of containers is not full: ${status} ${stderr}`);
}
