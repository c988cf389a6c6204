// SPDX-License-Identifier: Apache-2.0
/** From refusals to a policy that would not have refused. */
import { basename, dirname, resolve } from "node:path";
import type { Event } from "../../core/generated/event.ts";
import { coversRule, RULE_NAMES } from "../../core/rule/rules.ts";
import type { Refusal } from "../event/refusals.ts";
import type { ContainerRecord } from "../kernel/pins.ts";
import { compilePolicy } from "../policy/compile.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { parsePolicy } from "../policy/sources.ts";
import { shellWord } from "../screen/terminal.ts";
import {
  adviseEvent,
  findWritten,
  floorAgainst,
  floorsFor,
  type Ground,
  ownName,
  placeOf,
} from "./ground.ts";
import { type Addition, enforced, mergeAll, withAdditions, writeOwnPolicy } from "./own-policy.ts";
import { placeOfPolicy, plainWord, type Road, roadTo } from "./road.ts";

export interface Learned {
  /** The policy file's text. */
  readonly text: string;
  readonly name: string;
  /** How many refusals it is from, each counted once. */
  readonly refusals: number;
  /** How many of these it does not let through. */
  readonly left: number;
  readonly notes: readonly string[];
  /** What makes it hold for containers; null where it lets through nothing more. */
  readonly road: Road | null;
}

/** Whose refusals count, and under which policy. */
export interface Subject {
  readonly record: ContainerRecord | undefined;
  readonly policy: string;
  readonly ground: Ground;
}

export function concerns(
  { event, container, policy }: Event,
  { record, policy: name }: Subject,
): boolean {
  if (policy !== name || container === null) return false;
  if (record === undefined) return true;
  // A create that was refused has no key yet.
  return container.key === record.key || (event === "refused" && container.id === record.id);
}

// ---- writing -----------------------------------------------------------------------

export function compose(
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
