// SPDX-License-Identifier: Apache-2.0
/** Rows of named columns → aligned lines, cut to the terminal's width. Pure. */
import { LockcError } from "../../core/errors.ts";
import { type Colour, cut, type Paint, visible, widthOf } from "./terminal.ts";

/** How a table is shown. */
export interface Listing {
  readonly json: boolean;
  /** Names of columns, with commas between them; undefined: the usual ones. */
  readonly format: string | undefined;
  readonly header: boolean;
  /** Nothing is shortened. */
  readonly whole: boolean;
}

export interface Column<Row> {
  /** What --format calls it; in capitals it is the title. */
  readonly name: string;
  /** Numbers stand to the right and are never cut; undefined is shown as "-". */
  readonly cell: (row: Row) => string | number | undefined;
  /** On a narrow terminal it is left out, the lowest number first, unless it was asked for. */
  readonly spare?: number;
  /** What --no-trunc shows instead. */
  readonly whole?: (row: Row) => string | undefined;
  /** A column of numbers, also where none is known yet. */
  readonly number?: true;
  readonly colour?: (row: Row) => Colour | undefined;
  /** Gives way first where the line is too long; the last column where none says so. */
  readonly shrinks?: true;
  /** What is left of it even so; the title at least. */
  readonly least?: number;
}

interface TableOptions {
  /** Undefined: nothing is cut. */
  readonly width: number | undefined;
  readonly paint: Paint;
  readonly header: boolean;
  /** What is said instead of a table without rows, when there is a header. */
  readonly empty: string;
}

/** Between two columns. */
const GAP = 2;
/** What is left of a text that gives way, where its column does not say. */
const LEAST = 8;

/**
 * The columns that --format chose, in its order.
 * @param usual what is shown when nothing was chosen.
 * @throws LOCKC_E_USAGE naming the columns that there are
 */
export function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  format: string | undefined,
  usual: readonly string[],
): readonly Column<Row>[] {
  const names = format === undefined ? usual : format.split(",").map((name) => name.trim());
  return names.map((name) => {
    const column = columns.find((one) => one.name === name.toLowerCase());
    if (column !== undefined) return format === undefined ? column : { ...column, spare: 0 };
    throw new LockcError(
      "LOCKC_E_USAGE",
      `--format knows no column "${name}"`,
      `columns are ${columns.map((one) => one.name).join(", ")}, separated by commas`,
    );
  });
}

/** The same columns with nothing shortened. */
export function wholeColumns<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.map((column) => (column.whole ? { ...column, cell: column.whole } : column));
}

/** Lines with their ends; text is made visible here, so that no caller forgets. */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paint, header, empty }: TableOptions,
): string {
  if (rows.length === 0) return header ? `${empty}\n` : "";
  const all = columns.map((column) => layOut(column, rows, header));
  const table = leaveOut(all, width);
  const widths = fit(table, width);
  const line = (cellOf: (column: LaidOut<Row>) => [text: string, colour?: Colour | undefined]) =>
    `${table
      .map((column, index): string => {
        const [whole, colour] = cellOf(column);
        const text = cut(whole, widths[index]!);
        const room = " ".repeat(widths[index]! - widthOf(text));
        const gap = index > 0 && widths[index]! > 0 ? " ".repeat(GAP) : "";
        const painted = paint(colour, text);
        return gap + (column.number ? room + painted : painted + room);
      })
      .join("")
      .trimEnd()}\n`;
  return [
    ...(header ? [line(({ title }) => [title, "bold"])] : []),
    ...rows.map((row, at) => line(({ column, texts }) => [texts[at]!, column.colour?.(row)])),
  ].join("");
}

interface LaidOut<Row> {
  readonly column: Column<Row>;
  readonly title: string;
  readonly texts: readonly string[];
  readonly number: boolean;
  /** As wide as it would like to be, and as it must. */
  readonly most: number;
  readonly least: number;
}

function layOut<Row>(column: Column<Row>, rows: readonly Row[], header: boolean): LaidOut<Row> {
  const cells = rows.map(column.cell);
  const title = column.name.toUpperCase();
  const texts = cells.map((cell) => visible(String(cell ?? "-")));
  const number =
    column.number === true ||
    (cells.some((cell) => typeof cell === "number") &&
      cells.every((cell) => typeof cell !== "string"));
  const titled = header ? widthOf(title) : 0;
  const most = texts.reduce((width, text) => Math.max(width, widthOf(text)), titled);
  const least = number ? most : Math.min(most, Math.max(titled, column.least ?? LEAST));
  return { column, title, texts, number, most, least };
}

/** Without columns that can be spared, as far as the others have no room. */
function leaveOut<Row>(
  table: readonly LaidOut<Row>[],
  width: number | undefined,
): readonly LaidOut<Row>[] {
  const needed = table.reduce((sum, { least }) => sum + least, GAP * (table.length - 1));
  if (width === undefined || needed <= width) return table;
  const [first] = table
    .filter(({ column }) => column.spare)
    .sort((a, b) => a.column.spare! - b.column.spare!);
  return first === undefined
    ? table
    : leaveOut(
        table.filter((one) => one !== first),
        width,
      );
}

/** The width of each column: those that shrink give way, then the others from the right. */
function fit<Row>(table: readonly LaidOut<Row>[], width: number | undefined): number[] {
  const widths = table.map(({ most }) => most);
  if (width === undefined) return widths;
  const last = table.length - 1;
  const chosen = table.flatMap(({ column }, index) => (column.shrinks ? [index] : []));
  const first = chosen.length > 0 ? chosen : [last];
  const others = table.map((_, index) => last - index).filter((index) => !first.includes(index));
  let excess = widths.reduce((sum, one) => sum + one, GAP * last) - width;
  for (const index of [...first, ...others]) {
    const less = Math.max(0, Math.min(excess, widths[index]! - table[index]!.least));
    widths[index]! -= less;
    excess -= less;
  }
  // Too narrow even so: what stands beyond the edge is left out, as a whole where it is a number.
  let rest = width;
  return widths.map((one, index) => {
    const room = rest - (index > 0 ? GAP : 0);
    const kept = one <= room ? one : table[index]!.number ? 0 : Math.max(0, room);
    rest = one <= room ? room - one : 0;
    return kept;
  });
}
