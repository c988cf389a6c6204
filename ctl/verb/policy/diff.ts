// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy diff`. */
import { COUNSEL } from "../../advice/counsel.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces } from "../../host/places.ts";
import { comparePolicies, type RuleDifference } from "../../policy/compare.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";
import { findPolicy } from "../../policy/sources.ts";
import { json, tell } from "../../screen/print.ts";
import { hangLines, readTerminal } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "show what changes for a container that moves to another policy",
  explanation: `Lists, rule by rule, what policy FROM lets through and policy TO refuses: what
breaks when you tighten. Then what TO lets through and FROM refuses.`,
  options: { json: JSON_FLAG },
  operands: ["FROM", "TO"],

  run({ json: asJson }, [first, second]) {
    const [from, to] = [findPolicy(hostPlaces(), first), findPolicy(hostPlaces(), second)];
    const differences = comparePolicies(from, to);
    const { width } = readTerminal();
    tell(1, asJson ? json(differences) : hangLines(formatDifference(from, to, differences), width));
  },
});

export function formatDifference(
  from: ResolvedPolicy,
  to: ResolvedPolicy,
  differences: readonly RuleDifference[],
): string {
  const part = (title: string, pick: (difference: RuleDifference) => readonly string[]) => {
    const lines = differences.flatMap((difference) => {
      const { rule } = difference;
      const told = gather(pick(difference).map((item) => COUNSEL[rule].lets(item)));
      return told.map((text) => `  ${rule.padEnd(17)} ${text}`);
    });
    return lines.length > 0 ? [title, ...lines, ""] : [];
  };
  const lines = [
    ...part(`"${to.name}" refuses what "${from.name}" lets through:`, ({ refused }) => refused),
    ...part(`"${to.name}" lets through what "${from.name}" refuses:`, ({ allowed }) => allowed),
  ];
  if (lines.length === 0) return `"${from.name}" and "${to.name}" let the same through\n`;
  return `${lines.slice(0, -1).join("\n")}\n`;
}

/** Single words share a line, as far as it goes; anything longer has one of its own. */
function gather(items: readonly string[]): string[] {
  const width = 70;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const single = last !== undefined && !/[^,] /.test(last) && !item.includes(" ");
    if (!single || last.length + item.length + 2 > width) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  return lines;
}
