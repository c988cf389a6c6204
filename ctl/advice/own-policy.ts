// SPDX-License-Identifier: Apache-2.0
/**
 * A policy of one's own that extends another and adds to it: what several additions come
 * to, its text, and where in the files the rules stand that refuse. Pure.
 */
import type { Device } from "../../core/generated/policy.ts";
import { rankPseudo } from "../../core/rule/pseudo-files.ts";
import { kindOf, RULE_NAMES } from "../../core/rule/rules.ts";
import type {
  Mode,
  PseudoRule,
  RequiredPaths,
  RuleName,
  Rules,
  Written,
} from "../../core/rule/values.ts";
import type { Source } from "../policy/resolve.ts";
import { writeYaml } from "../policy/yaml.ts";
import { visible } from "../screen/terminal.ts";

/** What a rule shall say beside what it inherits, and why. */
export interface Addition {
  readonly rule: RuleName;
  readonly written: Written;
  /** Each becomes a comment. */
  readonly reasons: readonly string[];
  /** Of items that it adds, in their order, the reasons of each. */
  readonly itemReasons?: readonly (readonly string[])[];
}

/** The rules of a policy that says this beside what it inherits. */
export function withAdditions(base: Rules, additions: readonly Addition[]): Rules {
  const own = mergeAll(base, additions).map(({ rule, written }) => {
    const { read } = kindOf(rule);
    const { mode, value } = base[rule];
    return [rule, { mode, value: read(written, value) }];
  });
  return { ...base, ...Object.fromEntries(own) };
}

/** The same, with nothing only audited. */
export function enforced(rules: Rules): Rules {
  const all = RULE_NAMES.map((name) => [name, { ...rules[name], mode: "enforce" }]);
  return Object.fromEntries(all) as Rules;
}

/** Of each rule one addition, in the rules' order, that says all which its additions say. */
export function mergeAll(base: Rules, additions: readonly Addition[]): Addition[] {
  return RULE_NAMES.flatMap((rule): Addition[] => {
    const of = additions.filter((addition) => addition.rule === rule);
    if (of.length === 0) return [];
    const written = merge(rule, base, of);
    if (!Array.isArray(written.add)) return [{ rule, written, reasons: reasonsOf(of) }];
    const itemReasons = written.add.map((item) =>
      reasonsOf(of.filter((addition) => isCoveredBy(item, addition, base))),
    );
    return [{ rule, written, reasons: [], itemReasons }];
  });
}

const reasonsOf = (additions: readonly Addition[]) =>
  [...new Set(additions.flatMap(({ reasons }) => reasons))].sort();

/** Whether some of what the addition is for is let through by the item. */
function isCoveredBy(item: unknown, { rule, written }: Addition, base: Rules): boolean {
  const { read, covers } = kindOf(rule);
  const value = (add: readonly unknown[]) => read({ add }, base[rule].value);
  return (written.add as readonly unknown[]).some((each) => covers(value([item]), value([each])));
}

function merge(rule: RuleName, base: Rules, additions: readonly Addition[]): Written {
  const writings = additions.map(({ written }) => written);
  const items = writings.flatMap((written) => (written.add ?? []) as readonly unknown[]);
  switch (rule) {
    case "devices":
      return { add: mergeDevices(items as readonly Device[]) };
    case "pseudoFiles":
      return {
        add: withoutCovered(rule, base, mergePseudoFiles(items as readonly PseudoRule[])),
      };
    case "maskedPaths":
    case "readonlyPaths": {
      const { paths } = base[rule].value as RequiredPaths;
      const kept = writings.map((written) => written.require as readonly string[]);
      return { require: paths.filter((path) => kept.every((each) => each.includes(path))) };
    }
    case "oomScoreAdj":
      return { min: Math.min(...writings.map(({ min }) => min as number)) };
    case "hooks":
      return { allow: distinct(writings.flatMap(({ allow }) => allow as readonly string[])) };
    default:
      return items.length > 0
        ? { add: withoutCovered(rule, base, distinct(items)) }
        : widestOf(rule, base, writings);
  }
}

const sorted = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

/** In an order that does not depend on what came first. */
function distinct<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return sorted([...byText.values()], (item) => JSON.stringify(item));
}

function withoutCovered(rule: RuleName, base: Rules, items: readonly unknown[]): unknown[] {
  const { read, covers } = kindOf(rule);
  const value = (add: readonly unknown[]) => read({ add }, base[rule].value);
  return items.reduce<unknown[]>(
    (left, item) => {
      const others = left.filter((other) => other !== item);
      return covers(value(others), value(left)) && others.length > 0 ? others : left;
    },
    [...items],
  );
}

function widestOf(rule: RuleName, base: Rules, writings: readonly Written[]): Written {
  const { read, covers } = kindOf(rule);
  const value = (written: Written) => read(written, base[rule].value);
  return writings.reduce((wide, other) => (covers(value(wide), value(other)) ? wide : other));
}

const LETTERS = [..."rwm"];

function mergeDevices(devices: readonly Device[]): Device[] {
  const open = new Map<string, Device>();
  for (const device of devices) {
    const { access, ...which } = device;
    const key = JSON.stringify(which);
    const before = open.get(key)?.access ?? "";
    const letters = LETTERS.filter((letter) => `${before}${access}`.includes(letter));
    open.set(key, { ...device, access: letters.join("") });
  }
  return sorted([...open.values()], (device) => JSON.stringify(device));
}

/** Of a path that is there twice the wider. */
function mergePseudoFiles(rules: readonly PseudoRule[]): PseudoRule[] {
  const open = new Map<string, PseudoRule>();
  for (const rule of rules) {
    const key = `${rule.filesystem}:${rule.path}`;
    if (open.get(key)?.access !== "read-write") open.set(key, rule);
  }
  return sorted([...open.values()], ({ filesystem, path }) => `${filesystem}:${path}`);
}

// ---- its text ------------------------------------------------------------------

export interface OwnPolicy {
  readonly name: string;
  readonly description: string;
  readonly extends: string;
  readonly mode?: Mode;
  readonly additions: readonly Addition[];
  /** Comments at the top and at the end. */
  readonly head?: readonly string[];
  readonly tail?: readonly string[];
}

/** The file's text. Additions are merged already. */
export function writeOwnPolicy({ additions, head = [], tail = [], ...own }: OwnPolicy): string {
  const parts = [
    [...head.map(comment), writeYaml(own, {}).trimEnd()].join("\n"),
    ...additions.map(writeAddition),
    ...(tail.length > 0 ? [tail.map(comment).join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function writeAddition({ rule, written, reasons, itemReasons = [] }: Addition): string {
  const item = (value: unknown, index: number) =>
    [...(itemReasons[index] ?? []).map(comment), `- ${flow(value)}`]
      .map((line) => `    ${line}`)
      .join("\n");
  const keys = Object.entries(written).map(([key, value]) =>
    Array.isArray(value) && value.length > 0
      ? `  ${key}:\n${value.map(item).join("\n")}`
      : `  ${key}: ${flow(value)}`,
  );
  return [...reasons.map(comment), `${rule}:`, ...keys].join("\n");
}

function flow(value: unknown): string {
  const options = { collectionStyle: "flow", flowCollectionPadding: true, lineWidth: 0 } as const;
  return writeYaml(value, options).trimEnd();
}

/** Whatever the text is, it stays a comment, and harmless on a terminal. */
function comment(text: string): string {
  return `# ${visible(text)}`.trimEnd();
}

// ---- where it is written ---------------------------------------------------------

/**
 * Where the value stands that refuses: FILE:LINE:COLUMN of the nearest policy that says
 * something of the rule; of pseudoFiles the entry that decides.
 * @param chain the policy and those that it builds on, nearest first
 */
export function locateRule(
  rule: RuleName,
  chain: readonly Source[],
  place?: Pick<PseudoRule, "filesystem" | "path">,
): string | undefined {
  if (rule === "pseudoFiles" && place !== undefined) return locateEntry(chain, place);
  for (const { written, locate } of chain) {
    const own = written[rule] as Written | undefined;
    const key = Object.keys(own ?? {}).find((each) => each !== "mode" && each !== "add");
    if (key !== undefined) return locate([rule, key]);
  }
  return undefined;
}

/** The one that reaches deepest, and of two that say something of the same path the later one. */
function locateEntry(
  chain: readonly Source[],
  { filesystem, path }: Pick<PseudoRule, "filesystem" | "path">,
): string | undefined {
  let best: { readonly rank: number; readonly where: string } | undefined;
  for (const { written, locate } of chain) {
    const own = written.pseudoFiles;
    for (const list of ["add", "restrict"] as const) {
      const entries = [...(own?.[list] ?? []).entries()].reverse();
      for (const [index, entry] of entries) {
        const rank = entry.filesystem === filesystem ? rankPseudo(entry.path, path) : undefined;
        if (rank === undefined || entry.access === "read-write") continue;
        if (best !== undefined && rank <= best.rank) continue;
        best = { rank, where: locate(["pseudoFiles", list, index]) };
      }
    }
    if (own?.restrict !== undefined) break;
  }
  return best?.where;
}
