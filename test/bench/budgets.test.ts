// SPDX-License-Identifier: Apache-2.0
/**
 * What a create may cost, in numbers that do not depend on how busy the machine is:
 * budgets.json has them all. Whoever makes it dearer says so there, and why in the commit.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { MEASURE, runApart } from "../../bench/measure/host.ts";
import { listFiles } from "../../bench/measure/sizes.ts";
import { BUDGETS } from "./budgets.ts";
import type { Counted } from "./counted-create.ts";

/** Far below the budget means that it holds nobody any more. */
const LEAST_SHARE = 0.8;

function within(what: string, count: number, budget: number): void {
  assert.ok(count <= budget, `${what}: ${count}, and the budget is ${budget}`);
  assert.ok(count >= budget * LEAST_SHARE, `${what}: ${count}, so lower the budget of ${budget}`);
}

describe("lockc-runc keeps to its budget of", () => {
  let counted: Counted;
  before(() => {
    counted = JSON.parse(runApart(join(import.meta.dirname, "counted-create.ts"), []));
  });

  test("instructions", (t) => {
    const { by, of, count } = counted.instructions;
    t.diagnostic(`${count} of the ${of}, counted by ${by}`);
    const budget = of === "create" ? BUDGETS.create : BUDGETS.admissionUnderCallgrind;
    within(`instructions of the ${of} (${by})`, count, budget.instructions);
  });

  test("system calls and files opened", () => {
    within("system calls", counted.create.calls, BUDGETS.create.calls);
    within("files opened", counted.create.opens, BUDGETS.create.opens);
  });

  test("system calls and files opened where the launcher hands on", () => {
    within("system calls", counted.state.calls, BUDGETS.state.calls);
    within("files opened", counted.state.opens, BUDGETS.state.opens);
  });

  test("bytes, and nothing else is in lib/lockc", () => {
    const files = listFiles(join(MEASURE, "lib/lockc"));
    assert.deepEqual(Object.keys(files).sort(), Object.keys(BUDGETS.bytes).sort());
    for (const [path, bytes] of Object.entries(files)) within(path, bytes, BUDGETS.bytes[path]!);
  });
});
