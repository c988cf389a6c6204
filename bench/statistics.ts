// SPDX-License-Identifier: Apache-2.0
/** Medians, ratios and tables of them. Pure. */

/** One thing timed under plain runc and under lockc, in milliseconds. */
export interface Comparison {
  readonly name: string;
  readonly runs: number;
  /** lockc's median divided by plain runc's. */
  readonly ratio: number;
  readonly plainMs: number;
  readonly lockcMs: number;
  /** Half the distance between the quartiles, as a share of the median: the noise. */
  readonly noise: number;
}

export function compare(
  name: string,
  plain: readonly number[],
  lockc: readonly number[],
): Comparison {
  const plainMs = quantile(plain, 0.5);
  const lockcMs = quantile(lockc, 0.5);
  const spread = (times: readonly number[], median: number) =>
    (quantile(times, 0.75) - quantile(times, 0.25)) / 2 / median;
  return {
    name,
    runs: Math.min(plain.length, lockc.length),
    ratio: lockcMs / plainMs,
    plainMs,
    lockcMs,
    noise: Math.max(spread(plain, plainMs), spread(lockc, lockcMs)),
  };
}

/** Linear between the two nearest values; `values` need not be sorted, but not be empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

export function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, runs, ratio, plainMs, lockcMs, noise }) => [
    name,
    ratio.toFixed(2),
    `±${(100 * noise).toFixed(0)} %`,
    `${(lockcMs - plainMs).toFixed(2)} ms`,
    `${plainMs.toFixed(2)} ms`,
    `${lockcMs.toFixed(2)} ms`,
    String(runs),
  ]);
  return align([["", "ratio", "noise", "more", "plain runc", "lockc-runc", "runs"], ...rows]);
}

/** Lines of cells in columns: the first to the left, numbers to the right. */
export function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
      )
      .join("  ");
  return `${rows.map(line).join("\n")}\n`;
}
