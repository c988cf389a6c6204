// SPDX-License-Identifier: Apache-2.0
/**
 * A policy of one's own that extends another and adds to it: what several additions come
 * to, its text, and where in the files the rules stand that refuse. Pure.
 */
import { rankPseudo } from "../../core/rule/pseudo-files.ts";
import { kindOf, RULE_NAMES } from "../../core/rule/rules.ts";
import type { Mode, PseudoRule, RuleName, Rules, Written } from "../../core/rule/values.ts";
import type { Source } from "../policy/resolve.ts";
import { writeYaml } from "../policy/yaml.ts";
import { visible } from "../screen/terminal.ts";
import { COUNSEL } from "./counsel.ts";

/** What a rule shall say beside what it inherits, and why. */
export interface Addition {
  readonly rule: RuleName;
  readonly written: Written;
  /** Each becomes a comment. */
  readonly reasons: readonly string[];
  /** The reasons of each item that it adds, in their order. */
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

/** One addition for each rule, in the rules' order, that says all which its additions say. */
export function mergeAll(base: Rules, additions: readonly Addition[]): Addition[] {
  return RULE_NAMES.flatMap((rule): Addition[] => {
    const of = additions.filter((addition) => addition.rule === rule);
    if (of.length === 0) return [];
    const written = COUNSEL[rule].merge(
      rule,
      base,
      of.map((addition) => addition.written),
    );
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

// ---- its text ------------------------------------------------------------------

interface OwnPolicy {
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
