// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel half may cost, in instructions counted in a guest: the least of two
 * rounds, as `npm run bench` counts them. test/bench/budgets.json has the budgets.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { CALLS, type Call, type Costs, inGuest } from "../../bench/measure/kernel-guest.ts";
import { inspectKernel, totalVerified } from "../../bench/measure/kernels.ts";
import { BUDGETS } from "../bench/budgets.ts";

const ROUNDS = 2;
/** Runs of these differ by some hundreds, which may be more than all that lockc adds. */
const UNSTEADY: readonly Call[] = ["fork", "execve"];

describe("on bookworm lockc costs no more than its budget", () => {
  let costs: Readonly<Record<"uncontained" | "contained", Costs>>;
  before(async () => {
    costs = await inGuest("bookworm", ROUNDS, async (bench) => {
      await bench.prepare();
      await bench.warmUp();
      const nothing = await bench.host();
      const runc = await bench.container("runc", "unconfined");
      await bench.choose("baseline");
      const lockc = await bench.host();
      const baseline = await bench.container("lockc", "unconfined");
      return { uncontained: beyond(lockc, nothing), contained: beyond(baseline, runc) };
    });
  });

  for (const call of CALLS) {
    for (const place of ["contained", "uncontained"] as const) {
      test(`${call}, ${place}`, (t) => {
        const count = costs[place][call];
        const budget = BUDGETS.guest[place][call];
        t.diagnostic(`${count} instructions`);
        assert.ok(count <= budget, `${count} instructions, and the budget is ${budget}`);
        if (!UNSTEADY.includes(call)) assert.ok(count > 0, "these are not lockc's instructions");
      });
    }
  }
});

describe("to load lockc costs a kernel's verifier no more than its budget", () => {
  for (const release of ["bookworm", "trixie", "sid"] as const) {
    test(release, async (t) => {
      const report = await inspectKernel(release);
      assert.equal(report.programs.size, report.attached);
      const count = totalVerified(report);
      const budget = BUDGETS.verified[release];
      t.diagnostic(`${count} instructions`);
      assert.ok(count <= budget, `${count} instructions, and the budget is ${budget}`);
      // The least a program takes is what tells of a refusal.
      assert.ok(count > report.attached * 1000, "not every program was counted");
    });
  }
});

function beyond(costs: Costs, base: Costs): Costs {
  const entries = CALLS.map((call) => [call, costs[call] - base[call]] as const);
  return Object.fromEntries(entries) as Record<Call, number>;
}
