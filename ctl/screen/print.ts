// SPDX-License-Identifier: Apache-2.0
/** What a verb says on standard output. */
import { writeAll } from "./output.ts";
import { type Column, chooseColumns, formatTable, type Listing, wholeColumns } from "./table.ts";
import { escapeUnseen, readErrorWidth, readTerminal, visibleLines, wrapLines } from "./terminal.ts";

/** Also on a terminal harmless, whatever containers call themselves. */
export function json(value: unknown): string {
  return `${escapeUnseen(JSON.stringify(value, null, 2))}\n`;
}

/** How a list is to be shown; a wrong --format is told before anything is read. */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  usual: readonly string[],
  listing: Listing,
): (rows: readonly Row[], empty: string) => string {
  const shown = listing.whole ? wholeColumns(columns) : columns;
  const chosen = chooseColumns(shown, listing.format, usual);
  const { width, paint } = readTerminal();
  return (rows, empty) =>
    listing.json
      ? json(rows)
      : formatTable(rows, chosen, { width, paint, header: listing.header, empty });
}

/** @throws LOCKC_E_WRITE where it is standard output that takes nothing. */
export function say(fd: 1 | 2, text: string): void {
  try {
    writeAll(fd, text);
  } catch (error) {
    if (fd === 1) throw error;
    // There is nowhere left to tell it.
  }
}

/** The same for text without colours, in which a terminal is to find nothing to obey. */
export function tell(fd: 1 | 2, text: string): void {
  const lines = visibleLines(text);
  say(fd, fd === 2 ? wrapLines(lines, readErrorWidth()) : lines);
}

/** To standard output, each line of the text wrapped to a terminal. */
export function tellSentences(text: string): void {
  say(1, wrapLines(visibleLines(text), readTerminal().width));
}
