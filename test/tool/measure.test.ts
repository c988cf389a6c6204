// SPDX-License-Identifier: Apache-2.0
/** What a build that measures has in the place of the product's files, and the product has not. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as programs from "../../ctl/kernel/programs.ts";
import * as prove from "../../shim/prove.ts";
import { bundle } from "../../tool/bundle.ts";
import { TOP } from "../../tool/compile-bpf.ts";
import * as otherPrograms from "../../tool/measure/programs.ts";
import * as otherProve from "../../tool/measure/prove.ts";

const EXCHANGED = /tool\/measure\//;

describe("the product", () => {
  test("requires the kernel's consent and proof that the programs run", async () => {
    const shim = await bundle("shim/entry.ts", false);
    const lockctl = await bundle("ctl/entry.ts", false);
    assert.match(shim, /so its programs are not all attached/);
    for (const text of [shim, lockctl]) assert.doesNotMatch(text, EXCHANGED);
  });

  test("has no word of the build that measures but where that takes a file's place", () => {
    const files = globSync("{core,shim,ctl}/**/*.ts", { cwd: TOP });
    const naming = files.filter((file) => EXCHANGED.test(readFileSync(join(TOP, file), "utf8")));
    assert.deepEqual(naming.sort(), ["ctl/kernel/programs.ts", "shim/prove.ts"]);
  });
});

describe("a build that measures", () => {
  test("has other files in their place, for both entrances", async () => {
    assert.match(await bundle("shim/entry.ts", true), /\/\/ tool\/measure\/prove\.ts/);
    assert.match(await bundle("ctl/entry.ts", true), /\/\/ tool\/measure\/programs\.ts/);
  });

  test("finds there all that the product has", () => {
    const names = (module: object) => Object.keys(module).sort();
    assert.deepEqual(names(otherPrograms), names(programs));
    assert.deepEqual(names(otherProve), names(prove));
  });
});
