// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KernelFigures } from "../../bench/measure/kernel.ts";
import { CALLS, type Call, type Costs } from "../../bench/measure/kernel-guest.ts";
import { type Figure, kernelFigures, nativeFigures } from "../../bench/report/figures.ts";
import { mergeResults, parseResults, type Results } from "../../bench/report/results.ts";
import { KEPT } from "./native-figures.ts";

const HOST = { kernel: "6.1", cpus: 2, node: "v26" };
const NOTHING: Results = { host: HOST, kernels: [], software: [], figures: [] };
const NATIVE: Results = { ...NOTHING, native: KEPT, figures: nativeFigures(KEPT) };

describe("results", () => {
  test("come back from their file as they were", () => {
    assert.deepEqual(parseResults(JSON.stringify(NATIVE)), NATIVE);
  });

  test("are not taken from another file", () => {
    assert.equal(parseResults('{"comparisons": []}'), undefined);
    assert.equal(parseResults("null"), undefined);
    assert.equal(parseResults("<svg/>"), undefined);
  });

  test("that were measured apart make one, and the last counts", () => {
    const earlier: Figure = { ...NATIVE.figures[0]!, value: 9 };
    const other = { ...earlier, name: "bookworm nginx: ratio" };
    const guest = { ...NOTHING, host: { ...HOST, cpus: 1 }, figures: [earlier, other] };
    const merged = mergeResults([guest, NATIVE]);
    assert.deepEqual(merged.host, HOST, "of the native half");
    assert.equal(merged.native, KEPT);
    const byName = new Map(merged.figures.map((figure) => [figure.name, figure.value]));
    assert.equal(merged.figures.length, byName.size);
    assert.equal(byName.get(earlier.name), NATIVE.figures[0]!.value);
    assert.equal(byName.get(other.name), 9);
  });
});

describe("the kernel half's figures", () => {
  const all = (cost: number): Costs =>
    Object.fromEntries(CALLS.map((call) => [call, cost])) as Record<Call, number>;
  const figures = kernelFigures({
    release: "bookworm",
    host: { nothing: all(1000), empty: all(1100), lockc: all(1150) },
    containers: { runc: all(1000), apparmor: all(1400), baseline: all(1390), offline: all(1500) },
    hooks: [{ hook: "file_open", empty: 60, uncontained: 109, passes: all(1) }],
    scale: [{ others: 5000, life: { all: 600_000, ends: 26_000 } }],
    creates: { runc: { plain: 1, hooked: 2 }, lockc: { plain: 2, hooked: 3 } },
    memory: { mapsBytes: 1_000_000 },
  } as unknown as KernelFigures);
  const find = (name: string) => figures.find((figure) => figure.name === name)!;

  test("are held to what docker-default costs, and hooks to 60 instructions", () => {
    const open = find("bookworm open under baseline");
    assert.deepEqual([open.value, open.target], [390, 400]);
    assert.equal(find("bookworm open under offline").target, undefined);
    const hook = find("bookworm hook file_open uncontained");
    assert.deepEqual([hook.value, hook.target], [49, 60]);
    assert.equal(find("bookworm create with a hook: ratio").value, 1.5);
  });

  test("differ from run to run by what is documented", () => {
    const range = (name: string) => find(name).high - find(name).low;
    assert.equal(range("bookworm open under baseline"), 20);
    assert.equal(range("bookworm execve under baseline"), 300);
    assert.equal(range("bookworm fork uncontained"), 600);
    assert.equal(range("bookworm maps without containers"), 0);
  });
});
