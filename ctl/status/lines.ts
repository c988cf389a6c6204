// SPDX-License-Identifier: Apache-2.0
/** What `lockctl status` shows on its one screen. Pure. */

import { nameOfContainer } from "../../core/ids.ts";
import { MODE_COLOURS } from "../container/columns.ts";
import { describeFreed, type Freed } from "../container/freed.ts";
import type { Loosened } from "../container/loosened.ts";
import { STRAY_COLUMNS } from "../container/strays.ts";
import { type Column, formatTable } from "../screen/table.ts";
import { hang, shellWord, type Terminal, visible } from "../screen/terminal.ts";
import type { GuardStatus, PolicyStatus } from "./loaded.ts";
import type { BrokenStatus, ContainerStatus, Status } from "./read.ts";

type Look = Pick<Terminal, "width" | "height" | "paint">;

/** One screen for people; only many containers make it longer, where nobody says how long it is. */
export function formatStatus(status: Status, look: Look): string {
  const { kernel, programs } = status;
  const row = (name: string, text: string) =>
    hang(`${name.padEnd(11)} `, visible(text), look.width).split("\n");
  const rows = <T>(name: string, list: readonly T[], text: (one: T) => string) =>
    list.flatMap((one, index) => row(index === 0 ? name : "", text(one)));
  const above = [
    row("lockc", `${status.version}, ${formatLoaded(status)}`),
    row("kernel", formatKernel(kernel)),
    kernel.why ? [row("", `${kernel.why};`), row("", kernel.remedy ?? "")].flat() : [],
    row("programs", formatPrograms(programs)),
    // By lsm it is the kernel that is not fit: told above.
    programs.unsound && programs.attach === "fmod_ret"
      ? [row("", `${programs.unsound};`), row("", UNSOUND_CURE)].flat()
      : [],
    programs.lacking.length > 0 ? row("", formatLacking(programs.lacking)) : [],
    row("runtime", status.runtime ?? "none found"),
    status.engineRoots?.length ? row("roots", status.engineRoots.join(" ")) : [],
    status.guard ? row("guard", formatGuard(status.guard)) : [],
    row("policies", `${status.policies.length}, the default is ${status.defaultPolicy}`),
    formatRows(status.policies, POLICY_COLUMNS, look),
    status.broken.flatMap((policy) => {
      const why = policy.why.split("\n").flatMap((line) => row("", line));
      return [...row("broken", formatBroken(policy, status.loaded === true)), ...why];
    }),
  ].flat();
  const strays = status.strays ?? [];
  const said = `${strays.length}: no policy holds them; stop their containers, and report it`;
  const below = [
    strays.length > 0 ? [...row("strays", said), ...formatRows(strays, STRAY_COLUMNS, look)] : [],
    rows("freed", status.freed, formatFreed),
    rows("loosened", status.loosened, formatLoosened),
    rows("note", status.notes, (text) => text),
  ].flat();
  const containers = formatContainers(status.containers, look, above.length + below.length);
  return `${[...above, ...row("containers", containers.count), ...containers.lines, ...below].join("\n")}\n`;
}

const UNSOUND_CURE =
  "set the mode back (echo voluntary >/sys/kernel/debug/sched/preempt), or boot with bpf in lsm=";

function formatKernel({ release, bpfLsm, btf, preemption }: Status["kernel"]): string {
  const mode = bpfLsm === "active" ? "" : `, preemption ${preemption}`;
  return `${release}, BPF LSM ${bpfLsm}${mode}${btf ? "" : ", no BTF"}`;
}

function formatBroken({ name, inForce }: BrokenStatus, isLoaded: boolean): string {
  const what = inForce
    ? "is in force as it was loaded, and will be left out at the next boot"
    : isLoaded
      ? "is left out, so every container that would get it is refused"
      : "is not valid, and would be left out";
  return `${name} ${what}:`;
}

function formatLoaded({ loaded, programs, strays, broken, freed, loosened }: Status): string {
  if (loaded === null) return "loaded or not is for root to see";
  if (!loaded) return "not loaded: lockc-runc starts no container; run lockctl load";
  if (programs.missing.length > 0) return "loaded in part: run lockctl load";
  if (programs.unsound !== null) return "loaded, but it does not hold";
  if (strays?.length) return "loaded, but it does not hold every process";
  if (freed.length + loosened.length > 0) return "loaded, but it does not hold every container";
  const lost = broken.filter(({ inForce }) => !inForce).map(({ name }) => name);
  return lost.length > 0 ? `loaded, but without policy ${lost.join(", ")}` : "loaded";
}

function formatPrograms({ attached, expected, missing, attach }: Status["programs"]): string {
  if (attached === null) return "not visible";
  const of = expected === null ? "" : ` of ${expected}`;
  const named = missing.length > 6 ? `${missing.slice(0, 5).join(", ")}, …` : missing.join(", ");
  const lost = missing.length > 0 ? `; missing ${named}` : "";
  return `${attached}${of} attached${attach ? ` by ${attach}` : ""}${lost}`;
}

function formatLacking(programs: readonly string[]): string {
  return `this kernel has no hook ${programs.map((name) => name.replace("lockc_", "")).join(", ")}`;
}

function formatGuard({ mode, denials, audits, last }: GuardStatus): string {
  if (mode === "off" && last === null) return "off";
  const by = last ? `, the last by ${JSON.stringify(last.comm)} (${last.pid})` : "";
  return `${mode}; runtimes executed past lockc-runc: ${denials} refused, ${audits} let through${by}`;
}

const POLICY_COLUMNS: readonly Column<PolicyStatus>[] = [
  { name: "name", cell: ({ name }) => name, least: 12 },
  {
    name: "mode",
    cell: ({ mode }) => mode,
    colour: ({ mode }) => MODE_COLOURS[mode],
  },
  { name: "rules", cell: ({ confines }) => confines.length },
  { name: "containers", cell: ({ containers }) => containers ?? undefined },
];

const COLUMNS: readonly Column<ContainerStatus>[] = [
  { name: "name", cell: nameOfContainer, shrinks: true, least: 12 },
  { name: "policy", cell: ({ policy }) => policy },
  {
    name: "mode",
    cell: ({ mode }) => mode,
    colour: ({ mode }) => MODE_COLOURS[mode],
  },
  { name: "tasks", cell: ({ tasks }) => tasks },
  {
    name: "denials",
    cell: ({ denials }) => denials,
    colour: ({ denials }) => (denials > 0 ? "red" : undefined),
  },
  {
    name: "audits",
    cell: ({ audits }) => audits,
    colour: ({ audits }) => (audits > 0 ? "yellow" : undefined),
  },
];

/** So many containers are shown where nobody says how high the screen is; so many strays and policies. */
const ROWS_SHOWN = 20;
/** The line that counts containers, the titles, what more there are, and the shell's prompt. */
const OTHER_LINES = 4;
/** So many containers are shown whatever the screen. */
const FEW = 4;

/** Those of which something is not enforced come first, each with the reason below it. */
function formatContainers(
  containers: Status["containers"],
  look: Look,
  otherLines: number,
): { readonly count: string; readonly lines: readonly string[] } {
  if (containers === null) return { count: "not visible", lines: [] };
  if (containers.length === 0) return { count: "none", lines: [] };
  const sorted = containers.toSorted((a, b) => Number(!a.whyNot) - Number(!b.whyNot));
  const room = look.height === undefined ? Infinity : look.height - otherLines - OTHER_LINES;
  const [titles = "", ...rows] = table(sorted, COLUMNS, look);
  const lines = [titles];
  let shown = 0;
  for (const [index, { whyNot }] of sorted.slice(0, ROWS_SHOWN).entries()) {
    const reason = whyNot ? hang("    ", visible(whyNot), look.width).split("\n") : [];
    if (index >= FEW && lines.length + reason.length > room) break;
    lines.push(rows[index]!, ...reason.map((line) => look.paint("yellow", line)));
    shown += 1;
  }
  const more = containers.length - shown;
  return {
    count: String(containers.length),
    lines: more > 0 ? [...lines, `  … and ${more} more: lockctl container list`] : lines,
  };
}

function formatFreed(freed: Freed): string {
  return `${nameOfContainer(freed)} ${describeFreed(freed)}; start it anew`;
}

function formatLoosened(loosened: Loosened): string {
  const { policy, rules } = loosened;
  const called = nameOfContainer(loosened);
  return `${called} is only audited at ${rules.join(", ")}, which "${policy}" refuses; unless lockctl learn watches it: lockctl container policy ${shellWord(called)} ${policy}`;
}

function formatRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  look: Look,
): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - ROWS_SHOWN;
  return [
    ...table(rows.slice(0, ROWS_SHOWN), columns, look),
    ...(more > 0 ? [`  … and ${more} more (--json lists them)`] : []),
  ];
}

/** Titles and rows, moved in. */
function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: Look,
): string[] {
  const text = formatTable(rows, columns, {
    width: width && width - 2,
    paint,
    header: true,
    empty: "",
  });
  return text.trimEnd().replace(/^/gm, "  ").split("\n");
}
