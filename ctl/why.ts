// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl why`: each refusal with where its rule is written, and what would allow it. */
import { readFileSync } from "node:fs";
import { quietly } from "../shim/errors.ts";
import type { Event } from "../shim/generated/event.ts";
import { isEnginesId, shortId } from "../shim/ids.ts";
import { type Mount, parseMountinfo } from "../shim/mountinfo.ts";
import type { Selection, Settings } from "../shim/policy.ts";
import {
  coversRule,
  type PseudoPlace,
  RULE_NAMES,
  type RuleName,
  type Rules,
} from "../shim/rules.ts";
import { type Advice, adviseAct, adviseCreation, placePseudoFile } from "./advice.ts";
import { boundsFor, originOf } from "./change-policy.ts";
import { type NamedRecord, readRecords, withMaps } from "./containers.ts";
import { findTold, gatherKnown, isCalled, isSame, unknownContainer } from "./naming.ts";
import {
  type Addition,
  enforced,
  locateRule,
  mergeAll,
  withAdditions,
  writeOwnPolicy,
} from "./own-policy.ts";
import { type ContainerRecord, type PinnedMap, readPinnedSettings } from "./pinned.ts";
import type { Places } from "./places.ts";
import { numbersOf, type Refusal, readRefusals } from "./refusals.ts";
import { chainOf, type ResolvedPolicy, resolvePolicy, type Source } from "./resolve.ts";
import { placeByText, plainWord, type Road, type RoadGround, roadTo } from "./road.ts";
import { readPolicySources } from "./sources.ts";
import { type Paint, visible, wrap } from "./terminal.ts";

/** What --json prints for each refusal; its keys stay. */
export interface Reason {
  readonly event: Event;
  /** How often so far, as far as it is known. */
  readonly total: number;
  /** FILE:LINE:COLUMN of the value that refuses; null: no file says it (any more). */
  readonly written: string | null;
  /** The smallest change, as a policy file of one's own; null: none is advised. */
  readonly change: string | null;
  /** What a container can do then; null: no change. */
  readonly gives: string | null;
  /** Why it should not be allowed; null: a change is advised. */
  readonly never: string | null;
  /** How else what it is for can be had. */
  readonly instead: string | null;
  readonly note: string | null;
  /** What puts the change in place, with all that its container needs beside it; null: no change. */
  readonly road: Road | null;
}

/** What advice is given from. */
export interface Ground extends RoadGround {
  /** The policies as they are written. */
  readonly sources: readonly Source[];
  readonly settings: Settings | undefined;
  readonly records: readonly NamedRecord[];
  readonly mountsOf: (record: ContainerRecord) => readonly Mount[];
}

/**
 * @param word a container as people call it, or the number of an event; without it the last
 *   refusals of all.
 * @param note is told of others of that name, whose refusals are not among them.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER
 */
export async function why(
  places: Places,
  word: string | undefined,
  note: (text: string) => void = () => {},
): Promise<Reason[]> {
  const ground = withMaps(places, "see what was refused", (maps) => readGround(places, maps));
  const refusals = await readRefusals(places, Date.now() - LATELY_MS);
  const meant =
    word === undefined ? refusals.slice(-LAST) : chosen(word, refusals, ground.records, note);
  return explainRefusals(meant, ground);
}

/** So many of all: more than fit on a screen help nobody. */
const LAST = 20;

/** So far back the journal is looked through: a day. */
export const LATELY_MS = 86_400_000;

export function readGround(places: Places, maps: ReadonlyMap<string, PinnedMap>): Ground {
  return {
    places,
    settingsText: quietly(() => readFileSync(places.settings, "utf8")),
    sources: readPolicySources(places.policies, () => {}), // a broken file is for validate to tell
    settings: readPinnedSettings(maps),
    records: readRecords(maps),
    mountsOf: readMounts,
  };
}

/** Those of its namespace; none where nobody is left in there. */
function readMounts({ init_tgid }: ContainerRecord): readonly Mount[] {
  if (init_tgid === 0) return [];
  try {
    return parseMountinfo(readFileSync(`/proc/${init_tgid}/mountinfo`, "utf8"));
  } catch {
    return [];
  }
}

/**
 * Those of a container, or of an event by its number. Whole names come first; then numbers, as
 * the beginning of an ID may look like one.
 * @throws LOCKC_E_CONTAINER
 */
function chosen(
  word: string,
  refusals: readonly Refusal[],
  records: readonly NamedRecord[],
  note: (text: string) => void,
): readonly Refusal[] {
  const told = refusals.flatMap(({ event: { container } }) =>
    container === null ? [] : { ...container, name: container.name ?? null },
  );
  const known = gatherKnown(records, told);
  const called = known.filter((one) => isCalled(one, word));
  const numbered = refusals.findLast((one) => numbersOf(one).includes(Number(word)));
  if (called.length === 0 && /^\d+$/.test(word) && numbered) return [numbered];
  const meant = findTold(known, word);
  if (meant === undefined) {
    const message = `nothing is known of "${visible(word)}": it is neither a container under lockc nor the number of a refusal`;
    throw unknownContainer(known, word, message);
  }
  for (const other of called) {
    if (isSame(other, meant, word)) continue;
    const { id, key } = other;
    const precise = isEnginesId(id) ? shortId(id) : key;
    note(
      `another container "${visible(word)}" was refused something too: lockctl why ${visible(precise)}`,
    );
  }
  return refusals.filter(
    ({ event: { container } }) => container !== null && isSame(container, meant, word),
  );
}

/** A reason, and of one that advises a change what its policy would have to say more. */
interface Explained {
  readonly reason: Reason;
  readonly policy?: ResolvedPolicy | undefined;
  readonly additions?: readonly Addition[];
}

/** Several refusals of one container under one policy get one road, since they need one file. */
export function explainRefusals(refusals: readonly Refusal[], ground: Ground): Reason[] {
  const explained = refusals.map((refusal) => explainRefusal(refusal, ground));
  const changes = explained.filter(({ additions }) => additions !== undefined);
  const roads = new Map(
    [...Map.groupBy(changes, subjectOf)].map(([subject, of]) => [subject, roadFor(of, ground)]),
  );
  return explained.map((each) => ({ ...each.reason, road: roads.get(subjectOf(each)) ?? null }));
}

function subjectOf({ reason: { event }, additions }: Explained): string {
  return additions === undefined ? "" : JSON.stringify([event.policy, event.container?.id]);
}

function roadFor(changes: readonly Explained[], ground: Ground): Road {
  const [{ reason, policy }] = changes as [Explained];
  const base = policy!;
  const additions = mergeAll(
    base.rules,
    changes.flatMap(({ additions = [] }) => additions),
  );
  const { name, text } = ownPolicy(base, additions, ground.sources);
  const { event } = reason;
  const record = ground.records.find(
    (each) => each.key === event.container?.key && each.policy === event.policy,
  );
  return roadTo(
    {
      name,
      place: placeByText(name, withoutComments(text), ground.places),
      running: record && plainWord(record.name, record.id, record.key),
    },
    ground,
  );
}

function ownPolicy(
  base: ResolvedPolicy,
  additions: readonly Addition[],
  sources: readonly Source[],
): { readonly name: string; readonly text: string } {
  const name = ownName(base.name, sources);
  const description = `${base.name}, and what was missing.`;
  const text = writeOwnPolicy({ name, description, extends: base.name, additions });
  return { name, text };
}

function explainRefusal({ event, total }: Refusal, ground: Ground): Explained {
  const said = { event, total, ...NOTHING_SAID };
  if (event.rule === "guard") return { reason: { ...said, ...GUARD } };
  if (event.rule === "entry") return { reason: { ...said, ...ENTRY } };
  const rule = RULE_NAMES.find((name) => name === event.rule);
  if (rule === undefined)
    return { reason: { ...said, note: "no rule refused it; the sentence says what did" } };
  const policy = findWritten(event.policy, ground.sources);
  if (policy === undefined) {
    return { reason: { ...said, note: `policy "${event.policy}" is in no file any more` } };
  }
  const { additions, ...rest } = explainRule(rule, event, policy, ground);
  return { reason: { ...said, ...rest }, policy, ...(additions && { additions }) };
}

const NOTHING_SAID = {
  written: null,
  change: null,
  gives: null,
  never: null,
  instead: null,
  note: null,
  road: null,
} as const;

const GUARD = {
  written: "/etc/lockc/lockc.yaml (guard)",
  never: "a container that a runtime starts past lockc-runc is held by no policy",
  instead: "let the engine start its containers through lockc-runc",
} as const;

const ENTRY = {
  never:
    "what it executes in a container that is over, or in one that nobody can tell, is held by no policy",
  instead: "start the container again and enter it then",
} as const;

/** A policy as it is written now. */
export function findWritten(
  name: string | null,
  sources: readonly Source[],
): ResolvedPolicy | undefined {
  const source = sources.findLast(({ written }) => written.name === name);
  try {
    return source && resolvePolicy(source, sources);
  } catch {
    return undefined;
  }
}

function explainRule(
  rule: RuleName,
  event: Event,
  policy: ResolvedPolicy,
  ground: Ground,
): Partial<Reason> & Pick<Explained, "additions"> {
  const record = ground.records.find(({ key }) => key === event.container?.key);
  const place = placeOf(event, record, ground);
  const advice = adviseEvent(rule, event, policy.rules, place);
  const written = locateRule(rule, chainOf(policy.name, ground.sources), place) ?? null;
  const additions = mergeAll(
    policy.rules,
    advice.flatMap((it) => (it.kind === "change" ? { ...it, reasons: [event.msg] } : [])),
  );
  const before = enforced(policy.rules);
  const changed = withAdditions(before, additions);
  const refused = advice.flatMap((it) => (it.kind === "never" ? it : []));
  if (refused.length > 0) {
    const said = (of: (it: (typeof refused)[number]) => string) =>
      [...new Set(refused.map(of))].join("; ");
    return { written, never: said(({ why }) => why), instead: said(({ instead }) => instead) };
  }
  if (additions.every((addition) => coversRule(before, changed, addition.rule))) {
    return { note: describeOld(policy) };
  }
  const bound = additions
    .map((addition) => floorAgainst(addition.rule, changed, floorsFor(ground, record)))
    .find((floor) => floor !== undefined);
  if (bound !== undefined) {
    const never = `the floor "${bound}" of /etc/lockc/lockc.yaml lets no such container have it`;
    return { written, never, instead: "have the administrator change the floor, if it is wrong" };
  }
  const { text: change } = ownPolicy(policy, additions, ground.sources);
  const gives = advice.flatMap((it) => (it.kind === "change" ? it.gives : []));
  return { written, change, gives: [...new Set(gives)].join("; "), additions };
}

/** Where a file of one of the kernel's own file systems lies. */
export function placeOf(
  { rule, object }: Event,
  record: ContainerRecord | undefined,
  { mountsOf }: Pick<Ground, "mountsOf">,
): PseudoPlace | undefined {
  if (rule !== "pseudoFiles" || object === null) return undefined;
  return placePseudoFile(object, record ? mountsOf(record) : []);
}

/** Everything that has to change for it; of a create that is more than one thing. */
export function adviseEvent(
  rule: RuleName,
  { hook, object, allowedBy }: Event,
  rules: Rules,
  place: PseudoPlace | undefined,
): Advice[] {
  if (hook !== null) return [adviseAct(rule, { hook, object }, rules, place)];
  const needed = allowedBy ?? { [rule]: null };
  return RULE_NAMES.flatMap((name) =>
    needed[name] === undefined ? [] : adviseCreation(name, needed[name]),
  );
}

function describeOld({ name }: ResolvedPolicy): string {
  return `policy "${name}" lets it through, as it is written now; containers that run keep the old rules until lockctl policy reload --running`;
}

/** Every floor that may hold for the container, by name. */
export function floorsFor(
  { settings, sources }: Pick<Ground, "settings" | "sources">,
  record: ContainerRecord | undefined,
): readonly ResolvedPolicy[] {
  if (settings === undefined) return [];
  const bounds: readonly Pick<Selection, "floor">[] = boundsFor(
    settings,
    record && originOf(record),
  );
  const names = new Set(bounds.flatMap(({ floor }) => floor ?? []));
  return [...names].flatMap((name) => findWritten(name, sources) ?? []);
}

/** The floor that is stricter at this rule. */
export function floorAgainst(
  rule: RuleName,
  rules: Rules,
  floors: readonly ResolvedPolicy[],
): string | undefined {
  return floors.find((floor) => !coversRule(floor.rules, rules, rule))?.name;
}

/** A name that no policy has. */
export function ownName(base: string, sources: readonly Source[]): string {
  const taken = new Set(sources.map(({ written }) => written.name));
  const stem = base.slice(0, 56);
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${stem}-own` : `${stem}-own${number}`;
    if (!taken.has(name)) return name;
  }
}

// ---- for people ------------------------------------------------------------------

/** Refusals with the same remedy stand together. */
export function formatReasons(reasons: readonly Reason[], { width, paint }: Form): string {
  if (reasons.length === 0) return "nothing was refused, as far as the kernel remembers\n";
  const groups = Map.groupBy(reasons, ({ event: _e, total: _t, road: _r, ...remedy }) =>
    JSON.stringify({ ...remedy, change: withoutComments(remedy.change ?? "") }),
  );
  const several = [...groups.values()].filter(([first]) => first!.change !== null).length > 1;
  const told = [...groups.values()].map((group) => formatGroup(group, several, { width, paint }));
  return [...told, ...formatRoads(reasons, width)].join("\n");
}

interface Form {
  readonly width: number | undefined;
  readonly paint: Paint;
}

/** @param several whether there are other changes, so that what puts it in place has more than this. */
function formatGroup(group: readonly Reason[], several: boolean, { width, paint }: Form): string {
  const { written, change, gives, never, instead, note } = group[0]!;
  const lines = group.map(({ event, total }) => {
    const colour = event.level === "warn" ? "red" : "yellow";
    const times = total > event.count ? ` (${total} times in all)` : "";
    const text = wrap(`${event.event} ${event.sequence}: ${visible(event.msg)}${times}`, width, 4);
    return `${paint(colour, event.event)}${text.slice(event.event.length)}`;
  });
  const say = (title: string, text: string | null) =>
    text === null ? [] : [sentence(`${title} ${visible(text)}`, width)];
  return [
    ...lines,
    ...say("written at", written),
    ...(change === null || !several ? [] : ["", ...indented(change), ""]),
    ...say("allows:", gives),
    ...say("not to be allowed:", never),
    ...say("instead:", instead),
    ...say("note:", note),
    "",
  ].join("\n");
}

function sentence(text: string, width: number | undefined): string {
  return `  ${wrap(text, width && width - 2, 4)}`;
}

/** One for all, or the way to each: two of them would write one file. */
function formatRoads(reasons: readonly Reason[], width: number | undefined): string[] {
  const roads = new Map(
    reasons.flatMap(({ road }) => (road ? [[JSON.stringify(road), road]] : [])),
  );
  if (roads.size > 1) {
    const text = "what puts a change in place, for one container at a time: lockctl why CONTAINER";
    return [`${sentence(text, width)}\n`];
  }
  return [...roads.values()].map((road) => formatRoad(road, width));
}

/** Commands stand at the beginning of their lines and are never broken, to be copied. */
export function formatRoad(road: Road, width: number | undefined): string {
  const { commands, byHand, start, otherwise } = road;
  return [
    sentence("to allow it, as root:", width),
    "",
    ...commands,
    "",
    ...byHand.map((text) => sentence(`and ${text}; then lockctl policy reload`, width)),
    sentence(
      `then start containers that need it with ${start} (Docker, Podman; for others the annotation of that name). Any user of the engine, and any image, may ask for it then.`,
      width,
    ),
    ...otherwise.map((text) => sentence(`or ${text}`, width)),
    "",
  ].join("\n");
}

/** They repeat the refusals, which stand above. */
function withoutComments(change: string): string {
  return change.replace(/^ *#.*\n/gm, "");
}

/** The change as a file, with where it goes. */
function indented(change: string): string[] {
  const name = /^name: (.*)$/m.exec(change)?.[1];
  const lines = withoutComments(change).trimEnd().split("\n");
  return [`  /etc/lockc/policy/${name}.yaml`, ...lines.map((line) => `      ${line}`.trimEnd())];
}
