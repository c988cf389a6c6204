// SPDX-License-Identifier: Apache-2.0
/** What advice stands on: the policies in force and as they are written. */
import { readFileSync } from "node:fs";
import { quietly } from "../../core/errors.ts";
import type { Event } from "../../core/generated/event.ts";
import { type Mount, parseMountinfo } from "../../core/host/mountinfo.ts";
import type { Selection, Settings } from "../../core/policy/policy.ts";
import { type PseudoPlace, placePseudoFile } from "../../core/rule/pseudo-files.ts";
import { coversRule, RULE_NAMES } from "../../core/rule/rules.ts";
import type { RuleName, Rules } from "../../core/rule/values.ts";
import { type NamedRecord, readRecords } from "../container/containers.ts";
import { boundsFor, originOf } from "../container/origin.ts";
import type { Places } from "../host/places.ts";
import { type ContainerRecord, readPinnedSettings } from "../kernel/pins.ts";
import type { Maps } from "../kernel/table.ts";
import { type ResolvedPolicy, resolvePolicy, type Source } from "../policy/resolve.ts";
import { readPolicySources } from "../policy/sources.ts";
import { type Advice, adviseAct, adviseCreation } from "./advise.ts";
import type { RoadGround } from "./road.ts";

/** What advice is given from. */
export interface Ground extends RoadGround {
  /** The policies as they are written. */
  readonly sources: readonly Source[];
  readonly settings: Settings | undefined;
  readonly records: readonly NamedRecord[];
  readonly mountsOf: (record: ContainerRecord) => readonly Mount[];
}

/** So far back the journal is looked through: a day. */
export const LATELY_MS = 86_400_000;

export function readGround(places: Places, maps: Maps): Ground {
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
