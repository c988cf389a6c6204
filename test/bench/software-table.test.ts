// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  PROGRAMS,
  type ProgramName,
  type SoftwareFigures,
  summary,
} from "../../bench/measure/software.ts";
import { softwareTable } from "../../bench/report/software-table.ts";

/** Every program takes 1,000,000 instructions, and under baseline so many. */
const figures = (baseline: readonly number[]): SoftwareFigures => ({
  release: "bookworm",
  kernel: "6.1",
  programs: (Object.keys(PROGRAMS) as ProgramName[]).map((name) => ({
    name,
    plain: [1_000_000, 1_000_000],
    baseline,
  })),
  load: [3_000_000, 2_000_000],
});

describe("the table of real programs", () => {
  test("shouts nothing at 3 %, and names each program beyond", () => {
    assert.doesNotMatch(softwareTable(figures([1_030_000])), /MORE/);
    const shouting = softwareTable(figures([1_030_001])).match(/^.*MORE than 3 %$/gm);
    assert.equal(shouting?.length, Object.keys(PROGRAMS).length);
  });

  test("has ratios of medians, and how far rounds are apart", () => {
    const { ratio, spread } = summary(figures([1_010_000, 1_030_000]).programs[0]!);
    assert.equal(ratio, 1.02);
    assert.equal(spread.toFixed(5), (10_000 / 1_020_000).toFixed(5));
    assert.match(softwareTable(figures([1_010_000, 1_030_000])), /1\.0200 +±0\.98 % +1000\.0/);
  });

  test("has lockctl load's median and all of it", () => {
    assert.match(softwareTable(figures([1])), /^lockctl load: 2500\.0 \(3000\.0, 2000\.0\)$/m);
  });
});
