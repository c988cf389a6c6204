// SPDX-License-Identifier: Apache-2.0
/** Medians, what they are worth, and lines of them. Pure. */

/** A value, and the bounds between which another run under the same conditions should find it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One thing timed under plain runc and under lockc, in alternation. */
export interface Comparison {
  readonly name: string;
  readonly runs: number;
  /** lockc's time of each pair divided by plain runc's. */
  readonly ratio: Estimate;
  /** lockc's time of each pair less plain runc's. */
  readonly moreMs: Estimate;
  readonly plainMs: Estimate;
  readonly lockcMs: Estimate;
}

/**
 * Compares measurements of the same moment, two and two: what slows the machine down for
 * a second slows both. Both lists are in the order in which they were measured.
 */
export function compare(
  name: string,
  plain: readonly number[],
  lockc: readonly number[],
): Comparison {
  if (plain.length !== lockc.length) throw new Error(`${name}: not measured in pairs`);
  return {
    name,
    runs: plain.length,
    ratio: median(lockc.map((time, at) => time / plain[at]!)),
    moreMs: median(lockc.map((time, at) => time - plain[at]!)),
    plainMs: median(plain),
    lockcMs: median(lockc),
  };
}

/** So many standard deviations to either side hold 95 % of a normal distribution. */
const SURE = 1.96;

/**
 * The median and its 95 % confidence interval from the order of the values, which asks
 * nothing of their distribution: ranks n/2 ± 1.96·√n/2. Below six values it is their range.
 */
export function median(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const below = Math.max(0, Math.floor((sorted.length - SURE * Math.sqrt(sorted.length)) / 2));
  return {
    value: quantile(sorted, 0.5),
    low: sorted[below]!,
    high: sorted[sorted.length - 1 - below]!,
  };
}

/** What is counted and not measured is the same each time. */
export function exactly(value: number): Estimate {
  return { value, low: value, high: value };
}

/** One divided by the other, as sure as both are. */
export function quotient(above: Estimate, below: Estimate): Estimate {
  const value = above.value / below.value;
  const share = Math.hypot(margin(above) / above.value, margin(below) / below.value);
  return { value, low: value * (1 - share), high: value * (1 + share) };
}

/** Half the interval. */
export function margin({ low, high }: Estimate): number {
  return (high - low) / 2;
}

/** Linear between the two nearest values; `values` need not be sorted, but not be empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

/**
 * Lines of cells in columns: the first to the left, numbers to the right.
 * @param paint colours a cell that has its width already.
 */
export function align(
  rows: readonly (readonly string[])[],
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[], at: number) =>
    row
      .map((cell, column) =>
        paint(column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!), at, column),
      )
      .join("  ");
  return `${rows.map(line).join("\n")}\n`;
}
