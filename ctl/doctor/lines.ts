// SPDX-License-Identifier: Apache-2.0
/** What `lockctl doctor` found, in lines. Pure. */

import { type Colour, hang, type Terminal, visible } from "../screen/terminal.ts";
import type { Finding } from "./checks.ts";
import type { Level } from "./finding.ts";

const COLOURS: Readonly<Record<Level, Colour>> = { ok: "green", warning: "yellow", fault: "red" };

const REMEDY = `${" ".repeat(9)}→ `;

/** A line for each finding, its remedy below it, and how many there are. */
export function formatFindings(
  findings: readonly Finding[],
  { width, paint }: Pick<Terminal, "width" | "paint">,
): string {
  const lines = findings.flatMap(({ level, sentence, remedy }) => {
    const said = hang(`${level.padEnd(7)}  `, visible(sentence), width);
    const advice = remedy === null ? [] : hang(REMEDY, visible(remedy), width).split("\n");
    return [
      `${paint(COLOURS[level], level)}${said.slice(level.length)}`,
      ...advice.map((line) => paint("dim", line)),
    ];
  });
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const [faults, warnings] = [count("fault"), count("warning")];
  const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return `${lines.join("\n")}\n${plural(faults, "fault")}, ${plural(warnings, "warning")}\n`;
}
