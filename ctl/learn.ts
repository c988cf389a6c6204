// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl learn`: what containers were refused, or would have been, becomes the
 * policy that lets them run. A container that is to be watched while nothing stops it has
 * its rules only audited meanwhile; whatever ends the watch, it gets them back.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LockcError } from "../shim/errors.ts";
import type { Event } from "../shim/generated/event.ts";
import type { KernelRules } from "../shim/policy.ts";
import { coversRule, RULE_NAMES } from "../shim/rules.ts";
import { changeRules, openApply, sameRules } from "./apply.ts";
import { compileKernelRules, compilePolicy, namesOfRules } from "./compile.ts";
import { findContainer, readRecords, withMaps } from "./containers.ts";
import { exclusively, requireRoot } from "./load.ts";
import { nameOfContainer } from "./naming.ts";
import { writeFault } from "./output.ts";
import { type Addition, enforced, mergeAll, withAdditions, writeOwnPolicy } from "./own-policy.ts";
import type { ContainerRecord } from "./pinned.ts";
import type { Places } from "./places.ts";
import { collapse, lookAtRefusals, type Refusal, readRefusals } from "./refusals.ts";
import { resolvePolicy } from "./resolve.ts";
import { placeOfPolicy, plainWord, type Road, roadTo, shellWord } from "./road.ts";
import { parsePolicy } from "./sources.ts";
import { visible } from "./terminal.ts";
import {
  adviseEvent,
  findWritten,
  floorAgainst,
  floorsFor,
  formatRoad,
  type Ground,
  LATELY_MS,
  ownName,
  placeOf,
  readGround,
} from "./why.ts";

export interface LearnRequest {
  /** A container as people call it; or all under a policy. */
  readonly container: string | undefined;
  readonly policy: string | undefined;
  /** How long to watch; undefined: only what is known already. */
  readonly forMs: number | undefined;
  readonly output: string | undefined;
  /** A container's rules may be only audited meanwhile. */
  readonly force: boolean;
}

export interface Learned {
  /** The policy file's text. */
  readonly text: string;
  readonly name: string;
  /** How many refusals it is from, each counted once. */
  readonly refusals: number;
  /** Of these, how many it does not let through. */
  readonly left: number;
  readonly notes: readonly string[];
  /** What makes it hold for containers; null where it lets through nothing more. */
  readonly road: Road | null;
}

/** Where refusals come from. */
export interface Sight {
  /** What is at hand at the moment; asked again and again. */
  readonly look: () => readonly Refusal[];
  /** Everything since then; asked in the end. */
  readonly lookBack: (sinceMs: number) => Promise<readonly Refusal[]>;
}

export function sightOf(places: Places): Sight {
  return {
    look: () => lookAtRefusals(places),
    lookBack: (sinceMs) => readRefusals(places, sinceMs),
  };
}

/**
 * @param signal ends the watch early; what was seen until then counts.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER, LOCKC_E_POLICY, LOCKC_E_WRITE
 */
export async function learn(
  places: Places,
  request: LearnRequest,
  signal: AbortSignal,
  sight: Sight = sightOf(places),
): Promise<Learned> {
  requireRoot("learn a policy");
  const { output, forMs } = request;
  if (output !== undefined) requireNew(output);
  const subject = choose(places, request);
  const watched = forMs === undefined ? undefined : loosen(places, subject, request.force);
  const sinceMs = Date.now() - (forMs === undefined ? LATELY_MS : 0);
  let seen: readonly Refusal[];
  try {
    seen = await watch(sight, forMs ?? 0, signal);
  } finally {
    watched?.restore();
  }
  const all = collapse([...seen, ...(await sight.lookBack(sinceMs))]);
  const learned = compose(
    subject,
    all.filter(({ event }) => concerns(event, subject)),
    output,
  );
  if (output !== undefined) writeNew(output, learned.text);
  return { ...learned, notes: [...learned.notes, ...(watched?.notes() ?? [])] };
}

/**
 * Told before anything is watched: an hour of it would be lost.
 * @throws LOCKC_E_USAGE, LOCKC_E_WRITE
 */
function requireNew(output: string): void {
  if (existsSync(output)) {
    throw new LockcError("LOCKC_E_USAGE", `"${output}" exists already`, "give another --output");
  }
  try {
    const directory = dirname(output);
    accessSync(directory, constants.W_OK | constants.X_OK);
    if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  } catch (error) {
    throw writeFault(`"${output}"`, error);
  }
}

/** Whole or not at all: half a policy would be one that means something else. */
function writeNew(output: string, text: string): void {
  let made = false;
  try {
    writeFileSync(output, "", { flag: "wx", mode: 0o644 });
    made = true;
    writeFileSync(output, text);
  } catch (error) {
    if (made) rmSync(output, { force: true });
    throw writeFault(`"${output}"`, error);
  }
}

/** Whose refusals count, and under which policy. */
interface Subject {
  readonly record: ContainerRecord | undefined;
  readonly policy: string;
  readonly ground: Ground;
}

function choose(places: Places, { container, policy }: LearnRequest): Subject {
  return withMaps(places, "learn a policy", (maps) => {
    const ground = readGround(places, maps);
    const record =
      container === undefined ? undefined : findContainer(readRecords(maps), container);
    const name = record?.policy ?? policy!;
    if (findWritten(name, ground.sources) === undefined) {
      throw new LockcError(
        "LOCKC_E_POLICY",
        `policy "${name}" is in no file that can be read`,
        "see lockctl policy list and lockctl policy validate",
      );
    }
    return { record, policy: name, ground };
  });
}

// ---- watching --------------------------------------------------------------------

interface Watched {
  /** Gives the container its rules back, unless somebody gave it others meanwhile. */
  readonly restore: () => void;
  readonly notes: () => readonly string[];
}

/**
 * Has a container's rules only audited, all but those that a floor of the settings holds.
 * @returns undefined when nothing has to change.
 */
function loosen(places: Places, subject: Subject, force: boolean): Watched | undefined {
  const { record, ground } = subject;
  if (record === undefined) {
    requireAudited(subject);
    return undefined;
  }
  const watching = audited(record, heldByFloors(ground, record));
  if (watching.audit === record.audit) return undefined;
  const loosened = namesOfRules(watching.audit & ~record.audit);
  if (!force) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `while it is watched, container "${visible(nameOfContainer(record))}" would be let through what it is refused now (${loosened.join(", ")})`,
      "--force does it all the same; without --for only what was refused so far counts",
    );
  }
  const notes: string[] = [];
  replaceRules(places, record, watching);
  return {
    restore: () => {
      const present = withMaps(places, "learn a policy", readRecords).find(
        ({ key }) => key === record.key,
      );
      if (present === undefined) notes.push("the container ended meanwhile");
      else if (present.policy !== record.policy || !sameRules(present, watching)) {
        notes.push("somebody gave the container other rules meanwhile; it keeps those");
      } else replaceRules(places, record, record);
    },
    notes: () => notes,
  };
}

/** Containers under a policy are not changed, so its rules have to be audited already. */
function requireAudited({ policy, ground }: Subject): void {
  const { rules } = findWritten(policy, ground.sources)!;
  if (RULE_NAMES.some((name) => rules[name].mode === "audit")) return;
  throw new LockcError(
    "LOCKC_E_POLICY",
    `policy "${policy}" only refuses, and what was refused is rarely all that is needed`,
    'write "mode: audit" into it and run lockctl policy reload --running, or learn one container by its ID with --force',
  );
}

/** The rules that the floors hold in any way. */
function heldByFloors(ground: Ground, record: ContainerRecord): number {
  return floorsFor(ground, record).reduce((held, { rules }) => {
    const { rules: bits, audit } = compileKernelRules(rules);
    return held | (bits & ~audit);
  }, 0);
}

function audited(record: ContainerRecord, held: number): KernelRules {
  const { rules, audit, capabilities, pseudo, devices } = record;
  return { rules, audit: audit | (rules & ~held), capabilities, pseudo, devices };
}

function replaceRules(places: Places, record: ContainerRecord, rules: KernelRules): void {
  exclusively(places, () => {
    const program = openApply(places);
    try {
      const { audit, capabilities, pseudo, devices } = rules;
      const kernel = { rules: rules.rules, audit, capabilities, pseudo, devices };
      changeRules(program, record, record.policy, kernel);
    } finally {
      closeSync(program);
    }
  });
}

const LOOK_MS = 250;

/** Everything that is seen meanwhile. */
async function watch(
  { look }: Sight,
  forMs: number,
  signal: AbortSignal,
): Promise<readonly Refusal[]> {
  const endMs = performance.now() + forMs;
  let seen: readonly Refusal[] = [];
  for (;;) {
    seen = collapse([...seen, ...look()]);
    const leftMs = endMs - performance.now();
    if (leftMs <= 0 || signal.aborted) return seen;
    await setTimeout(Math.min(LOOK_MS, leftMs), undefined, { signal }).catch(() => {});
  }
}

function concerns({ event, container, policy }: Event, { record, policy: name }: Subject): boolean {
  if (policy !== name || container === null) return false;
  if (record === undefined) return true;
  // A create that was refused has no key yet.
  return container.key === record.key || (event === "refused" && container.id === record.id);
}

// ---- writing -----------------------------------------------------------------------

function compose(
  subject: Subject,
  refusals: readonly Refusal[],
  output: string | undefined,
): Omit<Learned, "notes"> & { readonly notes: readonly string[] } {
  const { policy, ground, record } = subject;
  const written = findWritten(policy, ground.sources)!;
  const base = enforced(written.rules);
  const floors = floorsFor(ground, record);
  const additions: Addition[] = [];
  const refused = new Map<string, Set<string>>();
  let left = 0;
  for (const { event, total } of refusals) {
    const reason = `${event.msg}${total > event.count ? `; ${total} times in all` : ""}`;
    const { changes, never } = judgeEvent(event, subject, base, floors);
    if (never.length > 0) left += 1;
    for (const why of never) refused.set(why, (refused.get(why) ?? new Set()).add(reason));
    if (never.length > 0) continue; // the rest of it would be of no use
    const missing = changes.filter(
      (change) => !coversRule(base, withAdditions(base, [change]), change.rule),
    );
    additions.push(...missing.map((change) => ({ ...change, reasons: [reason] })));
  }
  const merged = mergeAll(base, additions);
  const mixed = RULE_NAMES.some((name) => written.rules[name].mode === "audit");
  const name = output === undefined ? ownName(policy, ground.sources) : nameOf(output);
  const text = writeOwnPolicy({
    name,
    description: `${policy}, and what its containers were seen to need.`,
    extends: policy,
    ...(mixed && { mode: "enforce" as const }),
    head: [
      `Learned from ${refusals.length} refusals; lockctl policy diff ${policy} ${name} shows what it opens.`,
    ],
    additions: merged.map(shorten),
    tail: tailOf(refused),
  });
  requireSound(name, text, ground, output);
  const road = merged.length === 0 ? null : roadFrom(name, output, subject);
  return { text, name, refusals: refusals.length, left, notes: [], road };
}

/** Without --output the text is on standard output, and whoever reads it saves it. */
function roadFrom(name: string, output: string | undefined, { ground, record }: Subject): Road {
  const file = placeOfPolicy(name, ground.places);
  const isThere = output !== undefined && resolve(output) === file;
  const [made, written] = [`mkdir -p ${dirname(file)}`, shellWord(output ?? "")];
  const place = output === undefined || isThere ? [] : [made, `cp ${written} ${file}`];
  const running = record && plainWord(record.name, record.id, record.key);
  const road = roadTo({ name, place, running }, ground);
  if (output !== undefined) return road;
  return { ...road, byHand: [`save it as ${file}, which --output does`, ...road.byHand] };
}

function judgeEvent(
  event: Event,
  { ground }: Subject,
  rules: Parameters<typeof adviseEvent>[2],
  floors: ReturnType<typeof floorsFor>,
): { readonly changes: readonly Addition[]; readonly never: readonly string[] } {
  const rule = RULE_NAMES.find((name) => name === event.rule);
  if (rule === undefined) return { changes: [], never: [] };
  const record = ground.records.find(({ key }) => key === event.container?.key);
  const advice = adviseEvent(rule, event, rules, placeOf(event, record, ground));
  const changes = advice.flatMap((it) => (it.kind === "change" ? { ...it, reasons: [] } : []));
  const never = advice.flatMap((it) =>
    it.kind === "never" ? `${it.rule}: ${it.why}; instead: ${it.instead}` : [],
  );
  const below = changes.flatMap((change) => {
    const floor = floorAgainst(change.rule, withAdditions(rules, [change]), floors);
    return floor === undefined
      ? []
      : `${change.rule}: the floor "${floor}" of /etc/lockc/lockc.yaml refuses it`;
  });
  return { changes, never: [...never, ...below] };
}

/** More comments than these help nobody. */
const REASONS_TOLD = 5;

function shortenReasons(reasons: readonly string[]): string[] {
  const more = reasons.length - REASONS_TOLD;
  return [...reasons.slice(0, REASONS_TOLD), ...(more > 0 ? [`… and ${more} more like it`] : [])];
}

function shorten(addition: Addition): Addition {
  const { reasons, itemReasons } = addition;
  return {
    ...addition,
    reasons: shortenReasons(reasons),
    ...(itemReasons && { itemReasons: itemReasons.map(shortenReasons) }),
  };
}

function tailOf(refused: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  if (refused.size === 0) return [];
  const parts = [...refused.keys()]
    .sort()
    .flatMap((why) => [
      why,
      ...shortenReasons([...refused.get(why)!].sort()).map((it) => `  ${it}`),
    ]);
  return ["Not let through:", ...parts];
}

function nameOf(output: string): string {
  return basename(output).replace(/\.ya?ml$/, "");
}

/** What lockctl policy validate would say. */
function requireSound(
  name: string,
  text: string,
  { sources }: Ground,
  output: string | undefined,
): void {
  const source = parsePolicy(output ?? `/etc/lockc/policy/${name}.yaml`, text);
  compilePolicy(resolvePolicy(source, [...sources, source]));
}

/** For people, beside the policy. */
export function formatLearned(
  { name, refusals, left, notes, road }: Learned,
  output: string | undefined,
): string {
  const where = output === undefined ? "" : ` in ${output}`;
  const some = refusals === 1 ? "one refusal" : `${refusals} refusals`;
  const not = left === 0 ? "" : `; ${left} not let through, see the comments at its end`;
  const lines = [`lockctl: policy ${name}${where}, from ${some}${not}`, ...notes];
  const told = `${lines.join("\nnote: ")}\n`;
  return road === null ? told : `${told}${formatRoad(road, undefined)}`;
}
