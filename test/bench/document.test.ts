// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { exactly } from "../../bench/measure/statistics.ts";
import { nativeDocument, replaceTables } from "../../bench/report/document.ts";
import { KEPT } from "./native-figures.ts";

const HOST = { kernel: "6.1", cpus: 2, node: "v26" };
const PERFORMANCE = join(import.meta.dirname, "../../docs/performance.md");

describe("the tables of docs/performance.md", () => {
  test("take the place of those that were there, and of nothing else", () => {
    const before = readFileSync(PERFORMANCE, "utf8");
    const once = replaceTables(before, "| first |");
    const twice = replaceTables(once, "| second |");
    assert.ok(once.includes("| first |") && !twice.includes("| first |"));
    assert.equal(replaceTables(twice, "| first |"), once);
    const kept = (text: string) => text.split(/<!-- (?:end of )?native figures.*\n/);
    assert.deepEqual([kept(once)[0], kept(once)[2]], [kept(before)[0], kept(before)[2]]);
  });

  test("are not put where there is no place for them", () => {
    assert.throws(() => replaceTables("# Something else\n", "|"), /lacks/);
  });

  test("say of each promise what was measured and whether it is kept", () => {
    const text = nativeDocument(KEPT, HOST);
    assert.match(text, /^\| docker run --rm: ratio, at most 1\.15 \| 1\.100 ± 0\.000 \| kept \|$/m);
    assert.doesNotMatch(text, /missed/);
    const load = { ...KEPT.load, firstMs: exactly(401) };
    const slower = nativeDocument({ ...KEPT, load }, HOST);
    assert.match(
      slower,
      /^\| lockctl load, at most 400 ms \| 401\.00 ± 0\.00 \| \*\*missed\*\* \|$/m,
    );
  });

  test("count every file, the small ones together", () => {
    const sizes = {
      files: { "/usr/lib/lockc/node": 100_000, "/a": 1000, "/b": 234 },
      totalBytes: 101_234,
      blocksBytes: 110_592,
    };
    const text = nativeDocument({ ...KEPT, sizes }, HOST);
    assert.match(text, /\| `\/usr\/lib\/lockc\/node` \| 100,000 \|\n\| 2 others \| 1,234 \|/);
    assert.match(text, /\| all 3 files \| \*\*101,234\*\* \|/);
  });
});
