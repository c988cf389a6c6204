// SPDX-License-Identifier: Apache-2.0
/** What changed between two texts, for people, as diff -u shows it. Pure. */

/** Lines around a change that stay. */
const AROUND = 3;
/** Beyond so many pairs of lines, what differs is shown as one change. */
const MAX_PAIRS = 4_000_000;

type Line = readonly [sign: " " | "-" | "+", text: string];

/** @param before undefined: there is no file yet. @param after undefined: there is none any more. */
export function formatDifference(
  path: string,
  before: string | undefined,
  after: string | undefined,
): string {
  if (before === after) return "";
  const lines = compare(linesOf(before), linesOf(after));
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(([sign]) => sign !== " "),
  );
  const body = lines.flatMap(([sign, text], index) => {
    if (!shown[index]) return [];
    return index > 0 && !shown[index - 1] ? ["…", `${sign}${text}`] : [`${sign}${text}`];
  });
  const names = [
    `--- ${before === undefined ? "/dev/null" : path}`,
    `+++ ${after === undefined ? "/dev/null" : path}`,
  ];
  return `${[...names, ...body].join("\n")}\n`;
}

function linesOf(text: string | undefined): string[] {
  if (text === undefined || text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function compare(before: readonly string[], after: readonly string[]): Line[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const keep = (lines: readonly string[]): Line[] => lines.map((text) => [" ", text]);
  return [
    ...keep(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...keep(before.slice(before.length - tail)),
  ];
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MAX_PAIRS || rows === 0 || columns === 0) {
    return [...before.map((text): Line => ["-", text]), ...after.map((text): Line => ["+", text])];
  }
  const width = columns + 1;
  const common = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row * width + column] =
        before[row] === after[column]
          ? common[(row + 1) * width + column + 1]! + 1
          : Math.max(common[(row + 1) * width + column]!, common[row * width + column + 1]!);
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const down = row < rows ? common[(row + 1) * width + column]! : -1;
    const right = column < columns ? common[row * width + column + 1]! : -1;
    if (row < rows && column < columns && before[row] === after[column]) {
      lines.push([" ", before[row++]!]);
      column++;
    } else if (down >= right) lines.push(["-", before[row++]!]);
    else lines.push(["+", after[column++]!]);
  }
  return lines;
}
