// SPDX-License-Identifier: Apache-2.0
/** What --json writes and --from and --against read. Pure. */
import type { KernelFigures } from "../measure/kernel.ts";
import type { NativeFigures } from "../measure/native.ts";
import type { SoftwareFigures } from "../measure/software.ts";
import type { Figure } from "./figures.ts";

/** What the native half was measured on. */
export interface Host {
  readonly kernel: string;
  readonly cpus: number;
  readonly node: string;
}

export interface Results {
  readonly host: Host;
  readonly native?: NativeFigures;
  readonly kernels: readonly KernelFigures[];
  readonly software: readonly SoftwareFigures[];
  /** All of these as one list, which later versions of this program can read. */
  readonly figures: readonly Figure[];
}

/** undefined when the text is something else. */
export function parseResults(text: string): Results | undefined {
  try {
    const results = JSON.parse(text);
    return Array.isArray(results?.figures) ? results : undefined;
  } catch {
    return undefined;
  }
}

/** Parts that were measured at different times; of a figure that several have, the last counts. */
export function mergeResults(all: readonly [Results, ...Results[]]): Results {
  const native = all.findLast((results) => results.native !== undefined);
  const figures = all.flatMap((results) => results.figures);
  return {
    host: (native ?? all[0]).host,
    ...(native?.native && { native: native.native }),
    kernels: all.flatMap(({ kernels }) => kernels),
    software: all.flatMap(({ software }) => software),
    figures: [...new Map(figures.map((figure) => [figure.name, figure])).values()],
  };
}
