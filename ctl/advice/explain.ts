// SPDX-License-Identifier: Apache-2.0
/** Why something was refused: the rule, the line of the policy, and what would allow it. */
import type { Event } from "../../core/generated/event.ts";
import { coversRule, RULE_NAMES } from "../../core/rule/rules.ts";
import type { RuleName } from "../../core/rule/values.ts";
import type { Refusal } from "../event/refusals.ts";
import { chainOf, type ResolvedPolicy, type Source } from "../policy/resolve.ts";
import {
  adviseEvent,
  findWritten,
  floorAgainst,
  floorsFor,
  type Ground,
  ownName,
  placeOf,
} from "./ground.ts";
import {
  type Addition,
  enforced,
  locateRule,
  mergeAll,
  withAdditions,
  writeOwnPolicy,
} from "./own-policy.ts";
import { placeByText, plainWord, type Road, roadTo, withoutComments } from "./road.ts";

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

function describeOld({ name }: ResolvedPolicy): string {
  return `policy "${name}" lets it through, as it is written now; containers that run keep the old rules until lockctl policy reload --running`;
}
