// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareFigures } from "../../bench/report/against.ts";
import type { Figure } from "../../bench/report/figures.ts";
import { differenceTable } from "../../bench/report/report.ts";
import { painter } from "../../ctl/screen/terminal.ts";

const ratio = (value: number, range: number): Figure => ({
  name: "docker run",
  unit: "ratio",
  value,
  low: value - range,
  high: value + range,
});

const changeOf = (was: Figure, is: Figure) => compareFigures([was], [is])[0]!.change;

describe("--against", () => {
  test("calls a difference the same that the spread of both runs explains", () => {
    assert.equal(changeOf(ratio(1.2, 0.03), ratio(1.15, 0.04)), "same");
  });

  test("calls the same difference better when both runs were calm", () => {
    assert.equal(changeOf(ratio(1.2, 0.03), ratio(1.15, 0.03)), "better");
    assert.equal(changeOf(ratio(1.15, 0.03), ratio(1.2, 0.03)), "worse");
  });

  test("takes its band from the two runs and nothing else", () => {
    assert.equal(compareFigures([ratio(1, 0.3)], [ratio(1, 0.4)])[0]!.band, 0.5);
  });

  test("counts every byte of what is counted", () => {
    const bytes = (value: number): Figure => ({
      name: "installed",
      unit: "bytes",
      value,
      low: value,
      high: value,
    });
    assert.equal(changeOf(bytes(1000), bytes(1001)), "worse");
    assert.equal(changeOf(bytes(1000), bytes(1000)), "same");
    assert.equal(changeOf(bytes(1000), bytes(999)), "better");
  });

  test("knows of what more is better", () => {
    const room = (value: number): Figure => ({
      name: "containers at a time",
      unit: "containers",
      value,
      low: value,
      high: value,
      more: true,
    });
    assert.equal(changeOf(room(4096), room(8192)), "better");
    assert.equal(changeOf(room(8192), room(4096)), "worse");
  });

  test("leaves out nothing that only one run has", () => {
    const differences = compareFigures([ratio(1, 0)], [{ ...ratio(1, 0), name: "docker exec" }]);
    assert.deepEqual(
      differences.map(({ name, change }) => [name, change]),
      [
        ["docker exec", "new"],
        ["docker run", "gone"],
      ],
    );
  });
});

describe("the table of differences", () => {
  const differences = compareFigures(
    [ratio(1.2, 0.01), { ...ratio(2, 0.01), name: "load" }],
    [ratio(1.1, 0.01), { ...ratio(3, 0.01), name: "load" }],
  );

  test("begins with what is worse, with the band that it exceeded", () => {
    const lines = differenceTable(differences, painter(false)).split("\n");
    assert.match(lines[1]!, /^load +worse +2\.000 +3\.000 +\+1\.000 +±0\.014 +ratio$/);
    assert.match(lines[2]!, /^docker run +better +1\.200 +1\.100 +−0\.100 +±0\.014 +ratio$/);
    assert.equal(lines[3], "1 worse, 1 better, 0 new, 0 gone, 0 same");
  });

  test("has colours only where there are any", () => {
    assert.ok(!differenceTable(differences, painter(false)).includes("\u001b"));
    assert.ok(differenceTable(differences, painter(true)).includes("\u001b[31m worse\u001b[39m"));
  });
});
