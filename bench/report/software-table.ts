// SPDX-License-Identifier: Apache-2.0
/** What real programs notice, as text, held against what was promised. Pure. */
import { PROGRAMS, type SoftwareFigures, summary } from "../measure/software.ts";
import { align, quantile } from "../measure/statistics.ts";

/** A share of the instructions under plain runc. */
export const PROGRAM_LIMIT = 0.03;

const thousands = (instructions: number): string => (instructions / 1e3).toFixed(1);

/** Ratios first; what was promised and is not so is in capitals. */
export function softwareTable({ release, kernel, programs, load }: SoftwareFigures): string {
  const rows = programs.map((program) => {
    const { ratio, spread } = summary(program);
    const { plain, baseline } = program;
    return [
      PROGRAMS[program.name],
      ratio.toFixed(4),
      `±${(100 * spread).toFixed(2)} %`,
      thousands(quantile(plain, 0.5)),
      thousands(quantile(baseline, 0.5)),
      ratio > 1 + PROGRAM_LIMIT ? `MORE than ${100 * PROGRAM_LIMIT} %` : "",
    ];
  });
  return [
    `\nThousands of instructions of real programs on ${release} (${kernel})\n`,
    align([["", "ratio", "spread", "plain runc", "baseline", ""], ...rows]),
    `lockctl load: ${thousands(quantile(load, 0.5))} (${load.map(thousands).join(", ")})\n`,
  ].join("\n");
}
