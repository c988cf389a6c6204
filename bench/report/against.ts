// SPDX-License-Identifier: Apache-2.0
/** This run's figures beside an earlier one's: better, same or worse. Pure. */
import { margin } from "../measure/statistics.ts";
import type { Figure, Unit } from "./figures.ts";

export type Change = "better" | "same" | "worse" | "new" | "gone";

export interface Difference {
  readonly name: string;
  readonly unit: Unit;
  readonly was: number | undefined;
  readonly is: number | undefined;
  /** What a difference must exceed to count, in the figure's unit. */
  readonly band: number;
  readonly change: Change;
}

/**
 * The band is what both runs' own spreads come to: the root of the sum of the squares of
 * half their intervals. What is counted has none, so that one byte more is worse.
 */
export function compareFigures(
  earlier: readonly Figure[],
  now: readonly Figure[],
): readonly Difference[] {
  const before = new Map(earlier.map((figure) => [figure.name, figure]));
  const names = new Set(now.map(({ name }) => name));
  const gone = earlier.filter(({ name }) => !names.has(name));
  return [
    ...now.map((figure) => difference(before.get(figure.name), figure)),
    ...gone.map((figure) => difference(figure, undefined)),
  ];
}

function difference(was: Figure | undefined, is: Figure | undefined): Difference {
  const { name, unit, more } = (is ?? was)!;
  const facts = { name, unit, was: was?.value, is: is?.value };
  if (was === undefined) return { ...facts, band: 0, change: "new" };
  if (is === undefined) return { ...facts, band: 0, change: "gone" };
  const band = Math.hypot(margin(was), margin(is));
  const grown = is.value - was.value;
  if (Math.abs(grown) <= band) return { ...facts, band, change: "same" };
  return { ...facts, band, change: grown > 0 === (more === true) ? "better" : "worse" };
}
