// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { writeYaml } from "../../../ctl/policy/yaml.ts";
import {
  cut,
  describeTerminal,
  escapeUnseen,
  painter,
  visible,
  widthOf,
} from "../../../ctl/screen/terminal.ts";

const screen = { isTTY: true, columns: 132, rows: 50 };

describe("what standard output is", () => {
  test("a terminal's own size counts before COLUMNS and LINES", () => {
    const size = (of: object, env: NodeJS.ProcessEnv) => {
      const { isTerminal, width, height } = describeTerminal(of, env);
      return [isTerminal, width, height];
    };
    assert.deepEqual(size(screen, { COLUMNS: "99", LINES: "9" }), [true, 132, 50]);
    // As on a serial line, which has no size.
    const serial = { isTTY: true, columns: 0, rows: 0 };
    assert.deepEqual(size(serial, { COLUMNS: "99", LINES: "9" }), [true, 99, 9]);
    assert.deepEqual(size(serial, {}), [true, 80, 24]);
    assert.deepEqual(size({}, { COLUMNS: "99" }), [false, 99, undefined]);
    for (const COLUMNS of ["", "0", "-5", "12abc", "1e9", "999999"]) {
      assert.deepEqual(size({}, { COLUMNS }), [false, undefined, undefined], COLUMNS);
    }
  });

  test("colours are for a terminal that can show them and a user who has not refused", () => {
    const painted = (of: object, env: NodeJS.ProcessEnv) =>
      describeTerminal(of, env).paint("red", "no") !== "no";
    assert.equal(painted(screen, { TERM: "xterm" }), true);
    assert.equal(painted(screen, { TERM: "xterm", NO_COLOR: "" }), true, "no-color.org: not empty");
    assert.equal(painted(screen, { TERM: "xterm", NO_COLOR: "1" }), false);
    assert.equal(painted(screen, { TERM: "dumb" }), false);
    assert.equal(painted(screen, {}), false);
    assert.equal(painted({}, { TERM: "xterm" }), false);
  });

  test("what is painted ends with its own reset, and nothing is painted into nothing", () => {
    assert.equal(painter(true)("red", "no"), "\x1b[31mno\x1b[39m");
    assert.equal(painter(true)("bold", "no"), "\x1b[1mno\x1b[22m");
    assert.equal(painter(true)("red", ""), "");
    assert.equal(painter(true)(undefined, "no"), "no");
  });
});

describe("text made visible", () => {
  test("what steers a terminal or turns text around is shown as its number", () => {
    for (const [text, shown] of [
      ["\x1b[2J\x07", "\\x1b[2J\\x07"],
      ["a\r\n\tb\x7f", "a\\x0d\\x0a\\x09b\\x7f"],
      ["\x9b2J", "\\x9b2J"], // C1's CSI
      ["\u202egnp.exe", "\\u{202e}gnp.exe"],
      ["\u2066a\u2069\u200f\u061c", "\\u{2066}a\\u{2069}\\u{200f}\\u{61c}"],
      ["a\u200bb\ufeff\u00ad", "a\\u{200b}b\\u{feff}\\xad"],
      ["\u2028\u2029", "\\u{2028}\\u{2029}"],
      ["\ud800x", "\\u{d800}x"],
      ["\u{e0041}", "\\u{e0041}"], // a tag: a letter without a look
    ] as const) {
      assert.equal(visible(text), shown);
    }
  });

  test("every other character stays", () => {
    for (const text of ["nginx: worker", "größe/naïve", "日本語", "👍", "e\u0301", "\\x1b", ""]) {
      assert.equal(visible(text), text);
    }
  });

  test("JSON and YAML escape the same and mean the same; ordinary text stays", () => {
    const hostile = "\x1b[2J\x07\x7f\x9b\u202e\u2069\u200b\ufeff\xad\u2028\u{e0041}\r\n\t\u115f";
    for (const text of [hostile, `"${hostile}\\`, "é日本語👍", "a\nprivileged: { allow: true }"]) {
      const json = escapeUnseen(JSON.stringify({ text }));
      const yaml = writeYaml({ text, [text]: [text] }, {});
      const item = writeYaml(text, { collectionStyle: "flow", lineWidth: 0 });
      assert.deepEqual(JSON.parse(json), { text });
      assert.deepEqual(parse(yaml), { text, [text]: [text] });
      assert.equal(parse(item), text);
      assert.equal(item.indexOf("\n"), item.length - 1, "no line of its own");
      for (const written of [json, yaml, item]) {
        assert.equal(visible(written.replaceAll("\n", "")), written.replaceAll("\n", ""));
      }
    }
    assert.equal(writeYaml("é日本語👍", {}), "é日本語👍\n");
    assert.equal(escapeUnseen('{"a":"é日本語👍\ud800"}'), '{"a":"é日本語👍\\ud800"}');
  });

  test("whatever the text is, nothing unseen is left, and its meaning is", () => {
    const unseen = /[^\P{C}\p{Co}\p{Cn}\n]|[\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((it) => String.fromCharCode(it)) }),
      fc.string({ unit: fc.constantFrom(..."\"'\\:#-{}[], \n\t\r\x1b\x9b\u202e\u2028\ufeffé") }),
    );
    fc.assert(
      fc.property(text, (it) => {
        const json = escapeUnseen(JSON.stringify([it], null, 2));
        const yaml = writeYaml({ [it]: [it, { flow: it }] }, { lineWidth: 40 });
        const item = writeYaml({ path: it }, { collectionStyle: "flow", lineWidth: 0 });
        for (const written of [json, yaml, item, visible(it)]) assert.doesNotMatch(written, unseen);
        assert.equal(visible(visible(it)), visible(it));
        assert.deepEqual(JSON.parse(json), [it]);
        assert.deepEqual(parse(yaml), { [it]: [it, { flow: it }] });
        assert.deepEqual(parse(item), { path: it });
      }),
      { numRuns: 300 },
    );
  });

  test("width counts places: two for ideographs and emoji, none for accents", () => {
    for (const [text, width] of [
      ["", 0],
      ["abc", 3],
      ["größe", 5],
      ["日本語", 6],
      ["ｆｕ", 4],
      ["한글", 4],
      ["e\u0301", 1],
      ["👍", 2],
      ["…", 1],
      ["か\u3099", 2],
      ["\u4dc0", 2], // a hexagram, wide since Unicode 16
      ["α±", 2], // narrow but for East Asian fonts
      ["\\x1b", 4],
    ] as const) {
      assert.equal(widthOf(text), width, text);
    }
  });

  test("cut text says so, and never takes more places than it was given", () => {
    assert.equal(cut("abc", 3), "abc");
    assert.equal(cut("abcd", 3), "ab…");
    assert.equal(cut("日本語", 6), "日本語");
    assert.equal(cut("日本語", 5), "日本…");
    assert.equal(cut("日本語", 4), "日…");
    assert.equal(cut("abc", 1), "…");
    assert.equal(cut("abc", 0), "");
    for (let width = 0; width < 9; width++) {
      assert.ok(widthOf(cut("a日e\u0301👍bcd", width)) <= width);
    }
  });
});
