// SPDX-License-Identifier: Apache-2.0
/** Who imports whom: docs/architecture.md, "Rooms", as far as biome.json cannot say it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
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

test("no verb imports a verb", () => {
  assert.deepEqual(arrows(/^ctl\/verb\//, /^ctl\/verb\//), []);
});
