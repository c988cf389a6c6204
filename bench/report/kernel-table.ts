// SPDX-License-Identifier: Apache-2.0
/** The kernel half's figures as text, held against what was promised. Pure. */
import type { Hook, KernelFigures } from "../measure/kernel.ts";
import type { Call, Costs, Memory } from "../measure/kernel-guest.ts";
import { align } from "../measure/statistics.ts";

/** Instructions of an uncontained process above an empty program, for each hook. */
const HOOK_LIMIT = 60;
const EMPTY_LIMIT_BYTES = 2 << 20;
const CONTAINER_LIMIT_BYTES = 8 << 10;

const TITLES: Readonly<Record<Call, string>> = {
  open: "open+close",
  stat: "stat",
  connect: "connect on loopback",
  fork: "fork+exit",
  execve: "execve",
  volume: "open+close in a volume",
  proc: "open+close in /proc",
  sys: "open+close in /sys",
};

/** Those for which contained must cost less than AppArmor's docker-default. */
const HELD: readonly Call[] = ["open", "stat", "connect", "fork", "execve"];

const more = (costs: Costs, base: Costs, call: Call): string => {
  const difference = costs[call] - base[call];
  return `${difference < 0 ? "" : "+"}${difference}`;
};

/** A situation's cost as a ratio to that of its place without lockc. */
const ratio = (costs: Costs, base: Costs, call: Call): string =>
  (costs[call] / base[call]).toFixed(3);

function containers({ containers: all }: KernelFigures): string {
  const { runc, apparmor, landlock, baseline, offline } = all;
  const others = [baseline, offline, apparmor, landlock];
  const rows = (Object.keys(TITLES) as Call[]).map((call) => {
    const cheaper = baseline[call] < apparmor[call];
    const mark = cheaper ? "less" : HELD.includes(call) ? "MORE than AppArmor" : "more";
    return [
      TITLES[call],
      ...others.map((costs) => ratio(costs, runc, call)),
      String(runc[call]),
      ...others.map((costs) => more(costs, runc, call)),
      mark,
    ];
  });
  const names = ["baseline", "offline", "AppArmor", "Landlock"];
  return align([["in a container", ...names, "plain", ...names, "baseline costs"], ...rows]);
}

function host({ host: all, hooks }: KernelFigures): string {
  const { nothing, empty, lockc } = all;
  const rows = (Object.keys(TITLES) as Call[]).map((call) => {
    const passes = hooks.reduce((sum, hook) => sum + hook.passes[call], 0);
    return [
      TITLES[call],
      ratio(lockc, nothing, call),
      String(nothing[call]),
      more(empty, nothing, call),
      more(lockc, nothing, call),
      String(passes),
    ];
  });
  const heads = ["lockc", "nothing", "empty programs", "lockc", "hooks passed"];
  return align([["outside of any", ...heads], ...rows]);
}

function hookTable(hooks: readonly Hook[]): string {
  const rows = hooks.map(({ hook, empty, uncontained, contained }) => [
    hook,
    (uncontained - empty).toFixed(0),
    contained === undefined ? "–" : (contained - empty).toFixed(0),
    uncontained - empty > HOOK_LIMIT ? `MORE than ${HOOK_LIMIT}` : "",
  ]);
  return align([["above an empty program, a pass", "uncontained", "contained", ""], ...rows]);
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

function memory({ memory: { mapsBytes, containers: count, empty, full } }: KernelFigures): string {
  const each = (pick: (memory: Memory) => number) => (pick(full) - pick(empty)) / count;
  const charged = each(({ chargedBytes }) => chargedBytes);
  const told = each(({ toldBytes }) => toldBytes);
  const verdict = (bytes: number, limit: number) =>
    bytes < limit ? "" : `MORE than ${kib(limit)}`;
  return align([
    ["memory", "no container", "each container", ""],
    ["maps alone", kib(mapsBytes), "", verdict(mapsBytes, EMPTY_LIMIT_BYTES)],
    [
      "charged by the kernel, programs too",
      kib(empty.chargedBytes),
      kib(charged),
      verdict(charged, CONTAINER_LIMIT_BYTES),
    ],
    ["told by the maps (memlock)", kib(empty.toldBytes), kib(told), ""],
  ]);
}

function scaleTable({ scale }: KernelFigures): string {
  const alone = scale[0]!.life;
  const rows = scale.map(({ others, life }) => [
    String(others),
    (life.all / alone.all).toFixed(3),
    String(life.all),
    String(life.ends),
  ]);
  const heads = ["ratio", "in all programs", "in sched_process_exit"];
  return align([["a container's life beside others", ...heads], ...rows]);
}

function createTable({ creates: { runc, lockc } }: KernelFigures): string {
  const rows = (["plain", "hooked"] as const).map((kind) => [
    kind === "plain" ? "without a hook" : "with a createContainer hook",
    (lockc[kind] / runc[kind]).toFixed(3),
    String(runc[kind]),
    String(lockc[kind]),
  ]);
  const pays = [
    "what the hook adds",
    ((lockc.hooked - lockc.plain) / (runc.hooked - runc.plain)).toFixed(3),
    String(runc.hooked - runc.plain),
    String(lockc.hooked - lockc.plain),
  ];
  return align([["create, run and end", "ratio", "runc", "lockc-runc"], ...rows, pays]);
}

/** Ratios first; what was promised and is not so is in capitals. */
export function kernelTables(figures: KernelFigures): string {
  return [
    `\nInstructions on ${figures.release} (${figures.kernel}): ratios to plain runc and to nothing, then differences\n`,
    containers(figures),
    host(figures),
    hookTable(figures.hooks),
    scaleTable(figures),
    createTable(figures),
    memory(figures),
  ].join("\n");
}
