// SPDX-License-Identifier: Apache-2.0
/** Who imports whom: docs/architecture.md, "Rooms", as far as biome.json cannot say it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { VERBS } from "../../ctl/verbs.ts";
import { TOP } from "../../tool/compile-bpf.ts";

const IMPORT = /\b(?:from|import\() ?"(\.[^"]+)"/g;

/** File → the files that it imports, types included. */
const IMPORTS = new Map(
  globSync("{core,shim,ctl}/**/*.ts", { cwd: TOP }).map((file) => {
    const found = readFileSync(join(TOP, file), "utf8").matchAll(IMPORT);
    return [file, [...found].map(([, to]) => posix.join(posix.dirname(file), to!))];
  }),
);

function arrows(from: RegExp, to: RegExp): string[] {
  return [...IMPORTS]
    .filter(([file]) => from.test(file))
    .flatMap(([file, imported]) =>
      imported.filter((it) => to.test(it)).map((it) => `${file} → ${it}`),
    );
}

test("core knows neither entrance, and neither entrance the other", () => {
  assert.deepEqual(arrows(/^core\//, /^(shim|ctl)\//), []);
  assert.deepEqual(arrows(/^shim\//, /^ctl\//), []);
  assert.deepEqual(arrows(/^ctl\//, /^shim\//), []);
  assert.ok(arrows(/^shim\//, /^core\//).length > 10);
});

test("no verb imports a verb, and nobody does but the table of verbs", () => {
  assert.deepEqual(arrows(/^ctl\/verb\//, /^ctl\/(verb\/|verbs\.ts$)/), []);
  assert.deepEqual(arrows(/^(?!ctl\/verbs\.ts$)/, /^ctl\/verb\//), []);
});

test("a verb is one file, by its words: no file without a row, no row without a file", () => {
  const files = [...IMPORTS.keys()].filter((file) => file.startsWith("ctl/verb/"));
  const named = Object.keys(VERBS).map((name) => `ctl/verb/${name.replace(" ", "/")}.ts`);
  assert.deepEqual(named.sort(), files.sort());
  const table = readFileSync(join(TOP, "ctl/verbs.ts"), "utf8");
  for (const [name, verb] of Object.entries(VERBS)) {
    const [, as] = new RegExp(`verb as (\\w+) \\} from "./verb/${name.replace(" ", "/")}.ts"`).exec(
      table,
    )!;
    const words = name.split(" ");
    assert.equal(as!.toLowerCase(), words.join(""), "imported by its own words");
    assert.ok(verb.summary.length > 0 && !verb.summary.endsWith("."), name);
  }
});

test("lockctl's log is one file: nobody else has pino, or tells of anything beside results", () => {
  const having = (pattern: RegExp) =>
    [...IMPORTS.keys()].filter((file) => pattern.test(readFileSync(join(TOP, file), "utf8")));
  assert.deepEqual(having(/"pino"/), ["ctl/screen/log.ts"]);
  const results = ["ctl/verb/learn.ts", "ctl/verb/policy/validate.ts"]; // theirs go to descriptor 2
  assert.deepEqual(
    having(/\b(say|tell|writeAll|writerTo|writeSync)\(\s*2,/).sort(),
    ["ctl/screen/log.ts", ...results].sort(),
  );
});

test("files are short: at most 400 lines, and half of them at most 100", () => {
  const files = globSync("{core,shim,ctl}/**/*.{ts,js,sh}", {
    cwd: TOP,
    exclude: ["core/generated"],
  });
  const lines = new Map(
    files.map((file) => [file, readFileSync(join(TOP, file), "utf8").split("\n").length - 1]),
  );
  assert.ok(files.length > 200);
  assert.deepEqual(
    [...lines].filter(([, count]) => count > 400),
    [],
  );
  const sorted = [...lines.values()].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  assert.ok(median <= 100, `half of the files have more than ${median} lines`);
});
