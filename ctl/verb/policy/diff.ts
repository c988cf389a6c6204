// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy diff`. */
import { COUNSEL } from "../../advice/counsel.ts";
import type { RuleDifference } from "../../policy/compare.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";

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
