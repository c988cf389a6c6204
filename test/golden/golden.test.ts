// SPDX-License-Identifier: Apache-2.0
/** Manual, help and screens are as they were reviewed: see texts.ts. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { widthOf } from "../../ctl/screen/terminal.ts";
import { VERBS } from "../../ctl/verbs.ts";
import { ROAD } from "./subjects.ts";
import { renderTexts } from "./texts.ts";

const FOLDER = join(import.meta.dirname, "texts");
const texts = await renderTexts();
const written = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1));

test("there is a file for each text, and no other", () => {
  assert.deepEqual(written.sort(), [...texts.keys()].sort(), "run: npm run golden");
});

test("what each --json prints is among them", () => {
  const verbs = Object.entries(VERBS).filter(([, { options }]) => "json" in options);
  const meant = verbs.map(([words]) => `json/${words.replace(" ", "-")}.json`);
  assert.deepEqual(written.filter((path) => path.startsWith("json/")).sort(), meant.sort());
});

describe("as it was reviewed", () => {
  for (const [path, text] of texts) {
    test(path, () => {
      const meant = readFileSync(join(FOLDER, path), "utf8");
      assert.equal(text, meant, "if the change is meant: npm run golden, and review its diff");
    });
  }
});

test("no text has a value that nobody made words of", () => {
  for (const [path, text] of texts) {
    assert.doesNotMatch(text, /\[object|\bundefined\b|\bNaN\b/, path);
  }
});

test("no line of a screen is longer than the terminal, unless it is one word or of a file", () => {
  const isOfFile = (path: string, line: string) => /^why-/.test(path) && /^ {6}/.test(line);
  const commands = ROAD.commands.join("\n"); // they are never broken
  for (const [path, whole] of texts) {
    const text = whole.replace(commands, "");
    const width = Number(/-(\d+)\.txt$/.exec(path)?.[1] ?? Number.POSITIVE_INFINITY);
    for (const line of text.split("\n")) {
      const isOne = !line.trim().includes(" ") || isOfFile(path, line);
      assert.ok(widthOf(line) <= width || isOne, `${path}: ${line}`);
    }
  }
});
