// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that was measured as one list of numbers, each with what is promised of it:
 * what --against compares, and what the chart shows. Pure.
 */
import type { KernelFigures } from "../measure/kernel.ts";
import type { Call } from "../measure/kernel-guest.ts";
import type { NativeFigures } from "../measure/native.ts";
import { type SoftwareFigures, summary } from "../measure/software.ts";
import { type Comparison, type Estimate, exactly, median } from "../measure/statistics.ts";
import { PROGRAM_LIMIT } from "./software-table.ts";

export type Unit = "ratio" | "ms" | "bytes" | "instructions" | "containers";

export interface Figure extends Estimate {
  /** Unique, and the same from one version to the next. */
  readonly name: string;
  readonly unit: Unit;
  /** Promised: at most this. */
  readonly target?: number;
  /** More is better; less is, of most figures. */
  readonly more?: true;
}

/** lockc's time divided by what it is compared with, at most. */
export const RATIO_TARGETS: Readonly<Record<string, number>> = {
  "docker run --rm": 1.15,
  "docker run --rm --network none": 1.15,
  "docker exec": 1.02,
  "lockc-runc create": 1.35,
};
export const SCALE_TARGET = 1.15;
export const LOAD_TARGET_MS = 400;

/** For commands that lockc-runc hands on, at most so much more than runc takes. */
const MORE_TARGET_MS = 1;
const HANDED_ON = ["start", "state", "kill", "delete", "ps", "events", "pause", "update"];

export const moreTarget = (name: string): number | undefined =>
  HANDED_ON.includes(name) ? MORE_TARGET_MS : undefined;

function figure(name: string, unit: Unit, estimate: Estimate, target?: number): Figure {
  const { value, low, high } = estimate;
  return { name, unit, value, low, high, ...(target === undefined ? {} : { target }) };
}

/** Not the times themselves: between two runs they tell of the machine. */
const compared = (prefix: string, comparison: Comparison): Figure[] => {
  const { name, ratio, moreMs } = comparison;
  const full = `${prefix}${name}`;
  return [
    figure(`${full}: ratio`, "ratio", ratio, RATIO_TARGETS[name]),
    figure(`${full}: more`, "ms", moreMs, moreTarget(name)),
  ];
};

export function nativeFigures(native: NativeFigures): Figure[] {
  const { docker, commands, shim, admission, many, scale, lives, noop, load, sizes } = native;
  return [
    ...docker.flatMap((one) => compared("", one)),
    ...commands.flatMap((one) => compared("runc ", one)),
    ...compared("shim alone, ", shim.create),
    ...compared("shim alone, ", shim.cpu),
    figure("admission", "ms", admission.totalMs),
    figure("last create: ratio to the first", "ratio", many.lastToFirst),
    { ...figure("containers at a time", "containers", exactly(many.limit)), more: true },
    figure("many docker run at once: ratio", "ratio", lives.ratio, SCALE_TARGET),
    figure("many creates at once: ratio", "ratio", scale.createRatio, SCALE_TARGET),
    figure("many creates at once, no-op shim: ratio", "ratio", noop.ratio),
    figure("many deletes at once: ratio", "ratio", scale.removeRatio),
    figure("kernel memory left by a container, more", "bytes", scale.leftBytes),
    figure("lockctl load", "ms", load.firstMs, LOAD_TARGET_MS),
    figure("lockctl load again", "ms", load.againMs),
    figure("installed", "bytes", within(sizes.totalBytes, CACHE_REPEATS_BYTES)),
    ...Object.entries(sizes.files).map(([path, bytes]) =>
      figure(path, "bytes", within(bytes, path.endsWith("/shim.cache") ? CACHE_REPEATS_BYTES : 0)),
    ),
  ];
}

/** V8's own form of the same script is never quite as long: builds of the same sources differ. */
const CACHE_REPEATS_BYTES = 256;

/**
 * By how many instructions runs of the same build have differed (docs/performance.md):
 * half of that to either side.
 */
const REPEATS: Readonly<Record<Call, number>> = {
  open: 20,
  stat: 20,
  connect: 20,
  fork: 600,
  execve: 300,
  volume: 20,
  proc: 20,
  sys: 20,
};

const within = (value: number, range: number): Estimate => ({
  value,
  low: value - range / 2,
  high: value + range / 2,
});

/** Instructions beyond those of the same place without lockc. */
export function kernelFigures({
  release,
  containers,
  host,
  hooks,
  scale,
  creates,
  memory,
}: KernelFigures): Figure[] {
  const calls = Object.keys(REPEATS) as Call[];
  const more = (call: Call, costs: Readonly<Record<Call, number>>, base: typeof costs) =>
    within(costs[call] - base[call], REPEATS[call]);
  const { runc, apparmor, baseline, offline } = containers;
  const inContainer = (["open", "stat", "connect", "fork", "execve"] as const).map(
    (call) => [call, apparmor[call] - runc[call]] as const,
  );
  const targets = new Map<Call, number>(inContainer);
  return [
    ...calls.flatMap((call) => [
      figure(
        `${release} ${call} under baseline`,
        "instructions",
        more(call, baseline, runc),
        targets.get(call),
      ),
      figure(`${release} ${call} under offline`, "instructions", more(call, offline, runc)),
      figure(
        `${release} ${call} uncontained`,
        "instructions",
        more(call, host.lockc, host.nothing),
      ),
    ]),
    ...hooks.map(({ hook, empty, uncontained }) =>
      figure(
        `${release} hook ${hook} uncontained`,
        "instructions",
        within(uncontained - empty, 20),
        60,
      ),
    ),
    ...scale.map(({ others, life }) =>
      figure(
        `${release} a container's life beside ${others}`,
        "instructions",
        within(life.all, life.all / 10),
      ),
    ),
    figure(
      `${release} create with a hook: ratio`,
      "ratio",
      exactly(creates.lockc.hooked / creates.runc.hooked),
    ),
    figure(`${release} maps without containers`, "bytes", exactly(memory.mapsBytes)),
  ];
}

/** The figures of whole programs in a guest, and of `lockctl load` there. */
export function softwareFigures({ release, programs, load }: SoftwareFigures): Figure[] {
  return [
    ...programs.map((program) => {
      const { ratio, spread } = summary(program);
      const name = `${release} ${program.name}: ratio`;
      return figure(name, "ratio", within(ratio, 2 * ratio * spread), 1 + PROGRAM_LIMIT);
    }),
    figure(`${release} lockctl load`, "instructions", median(load)),
  ];
}

type Verdict = "kept" | "missed";

/** Whether what was promised is so; `sure` unless the target lies within the noise. */
export function judgeTarget(
  { value, low, high }: Estimate,
  target: number,
): { verdict: Verdict; sure: boolean } {
  return { verdict: value <= target ? "kept" : "missed", sure: high <= target || low > target };
}
