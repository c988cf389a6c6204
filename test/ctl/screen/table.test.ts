// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { LockcError } from "../../../core/errors.ts";
import { type Column, chooseColumns, formatTable } from "../../../ctl/screen/table.ts";
import { PLAIN, painter, widthOf } from "../../../ctl/screen/terminal.ts";

interface Row {
  readonly name: string;
  readonly count: number | undefined;
  readonly path: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: "name", cell: ({ name }) => name },
  { name: "count", cell: ({ count }) => count, colour: ({ count }) => (count ? "red" : undefined) },
  { name: "path", cell: ({ path }) => path },
];
const ROWS: readonly Row[] = [
  { name: "web", count: 1234567, path: "/srv/www/a-rather-long-name/index.html" },
  { name: "日本", count: undefined, path: "/x" },
  { name: "evil\x1b[2J\n", count: 0, path: "/y" },
];
const options = { width: undefined, paint: PLAIN.paint, header: true, empty: "nothing" };
const table = (more: Partial<typeof options> | { width: number } = {}, columns = COLUMNS) =>
  formatTable(ROWS, columns, { ...options, ...more });

describe("a table", () => {
  test("columns are aligned by places on the screen, numbers to the right, text visible", () => {
    assert.equal(
      table(),
      [
        "NAME               COUNT  PATH",
        "web              1234567  /srv/www/a-rather-long-name/index.html",
        "日本                   -  /x",
        "evil\\x1b[2J\\x0a        0  /y",
        "",
      ].join("\n"),
    );
  });

  test("without a header there are rows only, and their columns are as wide as they need", () => {
    const rows = formatTable([ROWS[1]!], COLUMNS, { ...options, header: false });
    assert.equal(rows, "日本  -  /x\n");
  });

  test("one without rows says so, and without a header says nothing", () => {
    assert.equal(formatTable([], COLUMNS, options), "nothing\n");
    assert.equal(formatTable([], COLUMNS, { ...options, header: false }), "");
  });

  test("the last column gives way first", () => {
    assert.match(table({ width: 40 }), /^web {14}1234567 {2}\/srv\/www\/a-ra…$/m);
    assert.match(table({ width: 40 }), /^evil\\x1b\[2J\\x0a +0 {2}\/y$/m);
  });

  test("or the one that was chosen to, and then the others from the right", () => {
    const columns = COLUMNS.map((column) =>
      column.name === "name" ? { ...column, shrinks: true as const } : column,
    );
    const [, , , evil] = table({ width: 55 }, columns).split("\n");
    assert.match(evil!, /^evil\\x1… +0 {2}\/y$/);
    assert.match(table({ width: 45 }, columns), /^web +1234567 {2}\/srv\/www.*…$/m);
  });

  test("no line is wider than the terminal, and no number is ever cut", () => {
    for (let width = 1; width < 90; width++) {
      for (const line of table({ width }).split("\n")) {
        assert.ok(widthOf(line) <= width, `${width}: ${line}`);
        for (const number of line.match(/\b\d{2,}/g) ?? []) assert.equal(number, "1234567");
      }
    }
  });

  test("colours change nothing but colours", () => {
    const painted = table({ paint: painter(true) });
    assert.ok(painted.includes("\x1b[31m1234567\x1b[39m"));
    assert.equal(stripVTControlCharacters(painted).replace(/ +$/gm, ""), table());
    assert.ok(!painted.includes("\x1b[2J"));
  });

  test("a table of ten thousand rows takes no time worth speaking of", () => {
    const rows = Array.from({ length: 10_000 }, () => ROWS).flat();
    const started = performance.now();
    formatTable(rows, COLUMNS, { ...options, width: 80 });
    assert.ok(performance.now() - started < 5_000);
  });
});

describe("--format", () => {
  const names = (format?: string) =>
    chooseColumns(COLUMNS, format, ["name", "path"]).map(({ name }) => name);

  test("chooses columns and their order; without it the usual ones are shown", () => {
    assert.deepEqual(names(), ["name", "path"]);
    assert.deepEqual(names("path,name"), ["path", "name"]);
    assert.deepEqual(names("COUNT, name"), ["count", "name"]);
  });

  test("an unknown column is refused with those that there are", () => {
    for (const wrong of ["name,pth", "", "name,", "help"]) {
      assert.throws(
        () => names(wrong),
        (error: LockcError) =>
          error instanceof LockcError &&
          error.code === "LOCKC_E_USAGE" &&
          error.hint === "columns are name, count, path, separated by commas",
      );
    }
  });
});

describe("columns that can be spared", () => {
  const spared: readonly Column<{ readonly a: string; readonly b: string; readonly c: number }>[] =
    [
      { name: "aaaaaaaa", cell: ({ a }) => a },
      { name: "bbbbbbbb", cell: ({ b }) => b, spare: 1 },
      { name: "cccccccc", cell: ({ c }) => c, spare: 2 },
    ];
  const shown = (width: number | undefined, format?: string) =>
    formatTable(
      [{ a: "x", b: "y", c: 1 }],
      chooseColumns(spared, format, ["aaaaaaaa", "bbbbbbbb", "cccccccc"]),
      { width, paint: PLAIN.paint, header: true, empty: "" },
    ).split("\n")[0];

  test("are left out on a narrow terminal one by one, unless they were asked for", () => {
    assert.equal(shown(undefined), "AAAAAAAA  BBBBBBBB  CCCCCCCC");
    assert.equal(shown(28), "AAAAAAAA  BBBBBBBB  CCCCCCCC");
    assert.equal(shown(27), "AAAAAAAA  CCCCCCCC");
    assert.equal(shown(17), "AAAAAAAA");
    assert.equal(shown(27, "aaaaaaaa,bbbbbbbb"), "AAAAAAAA  BBBBBBBB");
    assert.equal(shown(17, "aaaaaaaa,bbbbbbbb"), "AAAAAAAA  BBBBBB…");
  });
});
