// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KernelFigures } from "../../bench/measure/kernel.ts";
import { CALLS, type Call, type Costs } from "../../bench/measure/kernel-guest.ts";
import { kernelTables } from "../../bench/report/kernel-table.ts";

const all = (cost: number): Costs =>
  Object.fromEntries(CALLS.map((call) => [call, cost])) as Record<Call, number>;

/** Every promise is kept, except for what a test changes. */
const KEPT: KernelFigures = {
  release: "bookworm",
  kernel: "6.1",
  host: { nothing: all(1000), empty: all(1100), lockc: all(1150) },
  containers: {
    runc: all(1000),
    apparmor: all(1400),
    landlock: all(1300),
    baseline: all(1399),
    offline: all(1500),
  },
  hooks: [{ hook: "file_open", empty: 60, uncontained: 120, contained: 300, passes: all(1) }],
  scale: [
    { others: 0, life: { all: 200_000, ends: 20_000 } },
    { others: 5000, life: { all: 202_000, ends: 20_500 } },
  ],
  creates: {
    runc: { plain: 1_000_000, hooked: 1_200_000 },
    lockc: { plain: 1_500_000, hooked: 1_800_000 },
  },
  memory: {
    mapsBytes: 1_000_000,
    containers: 8,
    empty: { toldBytes: 3 << 20, chargedBytes: 1 << 20 },
    full: { toldBytes: 3 << 20, chargedBytes: (1 << 20) + 8 * 4096 },
  },
};

describe("the kernel half's tables", () => {
  test("shout nothing when every promise is kept", () => {
    assert.doesNotMatch(kernelTables(KEPT), /MORE/);
    assert.match(kernelTables(KEPT), /open\+close +1\.399 +1\.500 +1\.400 +1\.300 +1000 +\+399/);
  });

  test("tell what a create with a hook pays", () => {
    assert.match(kernelTables(KEPT), /with a createContainer hook +1\.500 +1200000 +1800000/);
    assert.match(kernelTables(KEPT), /what the hook adds +1\.500 +200000 +300000/);
  });

  test("name each call for which a container costs as much as AppArmor", () => {
    const containers = { ...KEPT.containers, baseline: { ...all(1399), fork: 1400 } };
    const lines = kernelTables({ ...KEPT, containers }).split("\n");
    const shouting = lines.filter((line) => line.includes("MORE"));
    assert.equal(shouting.length, 1);
    assert.match(shouting[0]!, /^fork\+exit .* MORE than AppArmor$/);
  });

  test("name a hook that costs an uncontained process 61 instructions", () => {
    const hooks = [{ ...KEPT.hooks[0]!, uncontained: 121 }];
    assert.match(kernelTables({ ...KEPT, hooks }), /file_open +61 +240 +MORE than 60/);
  });

  test("name memory beyond 2 MiB, and beyond 8 KiB for each container", () => {
    const { empty, full } = KEPT.memory;
    const large = { ...KEPT.memory, mapsBytes: 2 << 20 };
    assert.match(kernelTables({ ...KEPT, memory: large }), /MORE than 2048\.0 KiB/);
    const greedy = { ...full, chargedBytes: empty.chargedBytes + 8 * 8192 };
    const memory = { ...KEPT.memory, full: greedy };
    assert.match(kernelTables({ ...KEPT, memory }), /8\.0 KiB +MORE than 8\.0 KiB/);
  });
});
