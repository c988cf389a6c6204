// SPDX-License-Identifier: Apache-2.0
/** docs/architecture.md, "From a policy's YAML to the maps": each step is there as it says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { TOP } from "../../tool/compile-bpf.ts";

const MOST_STEPS = 40;

const [, section = ""] = readFileSync(join(TOP, "docs/architecture.md"), "utf8").split(
  "## From a policy's YAML to the maps",
);
const steps = [
  ...section.split("\n## ")[0]!.matchAll(/^\| (\S+\.ts) \| (\S+\.[tj]s): ([\w, ]+) \|/gm),
].map(([, from, to, names]) => ({ from: from!, to: to!, names: names!.split(", ") }));

const textOf = (file: string) => readFileSync(join(TOP, file), "utf8");

test("the walk has as many steps as it says, and not too many", () => {
  const [, said] = /There are (\d+), and none/.exec(section)!;
  assert.equal(steps.length, Number(said));
  assert.ok(steps.length > 20 && steps.length <= MOST_STEPS, `${steps.length} steps`);
});

test("each file of the walk is one that the walk has come to, and asks by name the next one", () => {
  const reached = new Set([steps[0]!.from]);
  for (const { from, to, names } of steps) {
    assert.ok(reached.has(from), `nothing led to ${from}`);
    reached.add(to);
    const base = to.split("/").at(-1)!;
    const [imported] =
      textOf(from).match(new RegExp(`import \\{[^}]*\\} from "[^"]*/${base}"`)) ?? [];
    assert.ok(imported, `${from} imports ${to}`);
    for (const name of names) {
      assert.match(imported, new RegExp(`\\b${name}\\b`), `${from} imports ${name} of ${to}`);
      assert.match(textOf(to), new RegExp(`export (async )?(function|const) ${name}\\b`), to);
    }
  }
});
