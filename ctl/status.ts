// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl status`: everything there is to see, and what cannot be seen. */
import { existsSync, readdirSync } from "node:fs";
import { LockcError, toLockcError } from "../shim/errors.ts";
import { keysOf, lookUp, u32Key } from "../shim/ffi/bpf.ts";
import { type BpfObject, openObject } from "../shim/ffi/libbpf.ts";
import { GUARD_HITS } from "../shim/generated/layout.ts";
import { readPolicy } from "../shim/pins.ts";
import type { Settings } from "../shim/policy.ts";
import { decode } from "../shim/record.ts";
import { resolveRuntime } from "../shim/runtime.ts";
import type { Attach } from "./attach.ts";
import { compile, completeSettings, DEFAULT_SETTINGS, joinBits, namesOfRules } from "./compile.ts";
import { CONTAINER_COLUMNS, type ContainerSummary, readRecords, summarize } from "./containers.ts";
import { describeFreed, type Freed, readFreed } from "./freed.ts";
import { readGuardMode } from "./guard.ts";
import {
  type BpfLsm,
  chooseHooks,
  judgeKernel,
  type Preemption,
  preemptionOf,
  probeKernel,
  whyUnsound,
} from "./kernel.ts";
import { findLoosened, type Loosened } from "./loosened.ts";
import { nameOfContainer } from "./naming.ts";
import {
  attachOf,
  closeMaps,
  openMaps,
  type PinnedMap,
  readLinks,
  readPinnedSettings,
  rulesInUse,
} from "./pinned.ts";
import type { Places } from "./places.ts";
import type { Broken } from "./resolve.ts";
import { readSettings, readValidPolicies } from "./sources.ts";
import { findStrays, STRAY_COLUMNS, type Stray } from "./strays.ts";
import { type Column, chooseColumns, formatTable } from "./table.ts";
import { type Terminal, visible, wrap } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** What --json prints; its keys stay. */
export interface Status {
  readonly version: string;
  readonly kernel: {
    readonly release: string;
    readonly btf: boolean;
    readonly bpfLsm: BpfLsm;
    /** Active security modules; null when they cannot be read. */
    readonly lsm: readonly string[] | null;
    readonly preemption: Preemption;
    /** How a load would attach the programs; null where none can. */
    readonly attach: Attach | null;
    readonly why: string | null;
    readonly cure: string | null;
  };
  /** null: not for this user to see. */
  readonly loaded: boolean | null;
  readonly programs: {
    readonly attached: number | null;
    readonly expected: number | null;
    readonly missing: readonly string[];
    /** How they are attached; null when they are not, or not for this user to see. */
    readonly attach: Attach | null;
    /** Why they do not hold although they are attached; null when nothing speaks against it. */
    readonly unsound: string | null;
    /** For hooks that this kernel does not have; not among the expected. */
    readonly lacking: readonly string[];
  };
  readonly defaultPolicy: string;
  readonly policies: readonly PolicyStatus[];
  /** Policies whose file, or one that they build on, is not valid now. */
  readonly broken: readonly BrokenStatus[];
  readonly containers: readonly ContainerSummary[] | null;
  readonly runtime: string | null;
  /** Where engines keep their containers, as loaded; null: not loaded, or not for this user to see. */
  readonly engineRoots: readonly string[] | null;
  /** null: not loaded, or not for this user to see. */
  readonly guard: GuardStatus | null;
  /** Processes in containers that no policy holds; null: not loaded, or they cannot be looked for. */
  readonly strays: readonly Stray[] | null;
  /** What `unload --force` left without a policy, and still runs. */
  readonly freed: readonly Freed[];
  /** Of which something is only audited that their policy refuses. */
  readonly loosened: readonly Loosened[];
  /** What could not be seen, or is wrong, in words. */
  readonly notes: readonly string[];
}

export interface GuardStatus {
  readonly mode: "off" | "audit" | "enforce";
  /** Executions of a low-level runtime that did not come through lockc-runc. */
  readonly denials: number;
  readonly audits: number;
  /** Who tried last. */
  readonly last: { readonly comm: string; readonly pid: number } | null;
}

export interface BrokenStatus {
  readonly name: string;
  readonly file: string;
  readonly why: string;
  /** As an earlier load found it; false: whoever asks for it is refused. */
  readonly inForce: boolean;
}

export interface PolicyStatus {
  readonly name: string;
  readonly description: string;
  /** The rules that the kernel holds under it. */
  readonly confines: readonly string[];
}

/** Reads everything; changes nothing, needs nothing, and says in `notes` what it misses. */
export function readStatus(places: Places): Status {
  const notes: string[] = [];
  const note = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      const { message, hint } = toLockcError(error);
      notes.push(error instanceof LockcError ? `${message}; ${hint}` : message);
      return undefined;
    }
  };
  const facts = probeKernel();
  if (facts.lsm === undefined) {
    notes.push("the active security modules cannot be read: securityfs is not mounted");
  }
  const visible = isVisible(places);
  if (!visible) notes.push("programs and containers are only for root to see: run it with sudo");
  const maps = visible ? note(() => openMaps(places.pins)) : undefined;
  const links = visible ? (note(() => readLinks(places.pins)) ?? new Map()) : new Map();
  const attach = attachOf(links) ?? null;
  const settings = maps && note(() => readPinnedSettings(maps));
  const written = settings ? undefined : note(() => readWritten(places));
  const verdict = judgeKernel(facts, (settings ?? written?.settings)?.attach);
  const rules = maps ? rulesInUse(maps) : (written?.rules ?? []);
  const expected = note(() =>
    expectedPrograms(places.object, attach ?? verdict.attach ?? "lsm", rules),
  );
  const policies = (maps && settings ? note(() => loadedPolicies(maps)) : written?.policies) ?? [];
  const broken = written?.broken ?? note(() => readValidPolicies(places.policies).broken) ?? [];
  const status: Status = {
    version: VERSION,
    kernel: {
      release: facts.release,
      btf: facts.btf,
      bpfLsm: verdict.bpfLsm,
      lsm: facts.lsm ?? null,
      preemption: preemptionOf(facts.preemption),
      attach: verdict.attach ?? null,
      why: verdict.why ?? null,
      cure: verdict.cure ?? null,
    },
    loaded: visible ? maps !== undefined : null,
    programs: {
      attached: visible ? links.size : null,
      expected: expected?.programs.length ?? null,
      missing: visible && maps ? (expected?.programs ?? []).filter((name) => !links.has(name)) : [],
      lacking: expected?.lacking ?? [],
      attach,
      unsound: (attach !== null && whyUnsound(facts, attach)) || null,
    },
    defaultPolicy: (settings ?? written?.settings ?? DEFAULT_SETTINGS).defaultPolicy,
    policies,
    broken: broken.map(({ name, file, error }) => ({
      name,
      file,
      why: error.message,
      inForce: settings !== undefined && policies.some((policy) => policy.name === name),
    })),
    containers: maps ? (note(() => readRecords(maps).map(summarize)) ?? null) : visible ? [] : null,
    runtime: note(() => resolveRuntime(settings?.runtime)) ?? null,
    engineRoots: settings?.engineRoots ?? null,
    guard: (maps && settings && note(() => guardOf(maps))) ?? null,
    strays:
      (maps && settings && note(() => findStrays(maps.get("tasks")!, readRecords(maps)))) ?? null,
    freed: readFreed(places),
    loosened: (maps && settings && note(() => findLoosened(maps))) ?? [],
    notes,
  };
  closeMaps(maps);
  return status;
}

/** Whether this user may look at the pins, or see that there are none. */
function isVisible(places: Places): boolean {
  if (!existsSync(places.bpffs)) return true;
  const seen = existsSync(places.pins) ? places.pins : places.bpffs;
  try {
    readdirSync(seen);
    return true;
  } catch {
    return false;
  }
}

/** The programs that this kernel can run and somebody needs, and those for hooks that it lacks. */
export function expectedPrograms(
  file: string,
  attach: Attach,
  rules: readonly number[],
): Pick<BpfObject, "programs" | "lacking"> {
  const object = openObject(file, chooseHooks({ attach, rules: joinBits(rules) }));
  const { programs, lacking } = object;
  object.close();
  return { programs, lacking };
}

function loadedPolicies(maps: ReadonlyMap<string, PinnedMap>): PolicyStatus[] {
  const table = maps.get("policies")!;
  const entries = keysOf(table).flatMap((key) => lookUp(table, key) ?? []);
  return entries
    .map((value) => {
      const { name, description, kernel } = readPolicy(value);
      return { name, description, confines: namesOfRules(kernel.rules) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function guardOf(maps: ReadonlyMap<string, PinnedMap>): GuardStatus {
  const read = (name: string) => lookUp(maps.get(name)!, u32Key(0))!;
  const { denials, audits, pid, comm } = decode(GUARD_HITS, read("guard_hits"));
  return {
    mode: readGuardMode(read("guard")),
    denials: Number(denials),
    audits: Number(audits),
    last: pid === 0 ? null : { comm, pid },
  };
}

/** What a load would take now. */
function readWritten(places: Places): Pick<Status, "policies"> & {
  readonly settings: Settings;
  readonly rules: readonly number[];
  readonly broken: readonly Broken[];
} {
  const { policies: valid, broken } = readValidPolicies(places.policies);
  const policies = valid.map(compile);
  const names = broken.map(({ name }) => name);
  return {
    broken,
    settings: completeSettings(readSettings(places.settings, policies, { broken: names })),
    rules: policies.map(({ kernel }) => kernel.rules),
    policies: policies.map(({ name, description, kernel }) => ({
      name,
      description,
      confines: namesOfRules(kernel.rules),
    })),
  };
}

/** Whether lockc is loaded as a whole, and holds. */
export function isWhole({ loaded, programs, strays, broken, freed, loosened }: Status): boolean {
  const attached = programs.missing.length === 0 && programs.unsound === null;
  const complete = broken.every(({ inForce }) => inForce);
  const held = !strays?.length && freed.length === 0 && loosened.length === 0;
  return loaded === true && attached && complete && held;
}

type Look = Pick<Terminal, "width" | "paint">;

/** One screen for people. */
export function formatStatus(status: Status, look: Look): string {
  const { kernel, programs, policies, containers, defaultPolicy } = status;
  const lines = [
    row("lockc", `${status.version}, ${formatLoaded(status)}`),
    row("kernel", formatKernel(kernel)),
    ...(kernel.why ? [row("", `${kernel.why};`), row("", kernel.cure ?? "")] : []),
    row("programs", formatPrograms(programs)),
    // By lsm it is the kernel that is not fit: told above.
    ...(programs.unsound && programs.attach === "fmod_ret"
      ? [row("", `${programs.unsound};`), row("", UNSOUND_CURE)]
      : []),
    ...(programs.lacking.length > 0 ? [row("", formatLacking(programs.lacking))] : []),
    row("runtime", status.runtime ?? "none found"),
    ...wrapped("roots", status.engineRoots ?? [], look.width),
    ...(status.guard ? [row("guard", formatGuard(status.guard))] : []),
    ...policies.map(({ name, confines }, index) =>
      row(
        index === 0 ? "policies" : "",
        `${name.padEnd(12)} ${confines.length > 0 ? `holds ${confines.join(", ")}` : "holds nothing"}${name === defaultPolicy ? " (default)" : ""}`,
      ),
    ),
    ...status.broken.flatMap((policy) => formatBroken(policy, status.loaded === true)),
    ...formatContainers(containers, look),
    ...formatStrays(status.strays ?? [], look),
    ...status.freed.map((it, index) => row(index === 0 ? "freed" : "", formatFreed(it))),
    ...status.loosened.map((it, index) => row(index === 0 ? "loosened" : "", formatLoosened(it))),
    ...status.notes.map((text, index) => row(index === 0 ? "note" : "", text)),
  ];
  return `${lines.join("\n")}\n`;
}

const UNSOUND_CURE =
  "set the mode back (echo voluntary >/sys/kernel/debug/sched/preempt), or boot with bpf in lsm=";

function formatKernel({ release, bpfLsm, btf, preemption }: Status["kernel"]): string {
  const mode = bpfLsm === "active" ? "" : `, preemption ${preemption}`;
  return `${release}, BPF LSM ${bpfLsm}${mode}${btf ? "" : ", no BTF"}`;
}

function formatBroken({ name, why, inForce }: BrokenStatus, isLoaded: boolean): string[] {
  const what = inForce
    ? "is in force as it was loaded, and will be left out at the next boot"
    : isLoaded
      ? "is left out, so every container that would get it is refused"
      : "is not valid, and would be left out";
  return [row("broken", `${name} ${what}:`), ...why.split("\n").map((line) => row("", line))];
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

/** Of containers and of strays. */
const ROWS_SHOWN = 20;

const SHOWN_COLUMNS = "id policy tasks denials audits phase root".split(" ");

function formatContainers(containers: Status["containers"], look: Look): string[] {
  if (containers === null) return [row("containers", "not visible")];
  if (containers.length === 0) return [row("containers", "none")];
  const columns = chooseColumns<ContainerSummary>(CONTAINER_COLUMNS, undefined, SHOWN_COLUMNS);
  return [row("containers", String(containers.length)), ...formatRows(containers, columns, look)];
}

function formatFreed(freed: Freed): string {
  return `${nameOfContainer(freed)} ${describeFreed(freed)}; start it anew`;
}

function formatLoosened(loosened: Loosened): string {
  const { policy, rules } = loosened;
  const called = nameOfContainer(loosened);
  return `${called} is only audited at ${rules.join(", ")}, which "${policy}" refuses; unless lockctl learn watches it: lockctl container policy ${called} ${policy}`;
}

function formatStrays(strays: readonly Stray[], look: Look): string[] {
  if (strays.length === 0) return [];
  const said = `${strays.length}: no policy holds them; stop their containers, and report it`;
  return [row("strays", said), ...formatRows<Stray>(strays, STRAY_COLUMNS, look)];
}

function formatRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint }: Look,
): string[] {
  const table = formatTable(rows.slice(0, ROWS_SHOWN), columns, {
    width: width && width - 2,
    paint,
    header: true,
    empty: "",
  });
  const more = rows.length - ROWS_SHOWN;
  return [
    ...table.trimEnd().replace(/^/gm, "  ").split("\n"),
    ...(more > 0 ? [`  … and ${more} more (--json lists them)`] : []),
  ];
}

/** Words, as many in a line as go there. */
function wrapped(name: string, words: readonly string[], width = 100): string[] {
  const lines = words.length > 0 ? wrap(words.map(visible).join(" "), width - 12, 0) : "";
  return lines
    .split("\n")
    .flatMap((line, index) => (line ? [row(index === 0 ? name : "", line)] : []));
}

/** What is told of programs and notes may be others' words. */
function row(name: string, text: string): string {
  return `${name.padEnd(11)} ${visible(text)}`;
}
