// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderChart } from "../../bench/report/chart.ts";
import type { Figure } from "../../bench/report/figures.ts";

const RUN: Figure = {
  name: "docker run --rm: ratio",
  unit: "ratio",
  value: 1.1,
  low: 1.05,
  high: 1.12,
  target: 1.15,
};

/** An attribute of the first element that has the class. */
function attribute(svg: string, className: string, name: string): number {
  const element = new RegExp(`<\\w+ class="${className}"[^>]*>`).exec(svg)?.[0] ?? "";
  return Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(element)?.[1]);
}

describe("the chart", () => {
  test("has a bar from 1 to the value, its interval, and the promise as a mark", () => {
    const svg = renderChart([RUN]);
    const left = attribute(svg, "kept", "x");
    const right = left + attribute(svg, "kept", "width");
    assert.equal(left, attribute(svg, "axis", "x1"));
    assert.ok(attribute(svg, "noise", "x1") < right && right < attribute(svg, "noise", "x2"));
    assert.ok(right < attribute(svg, "mark", "x1"));
    assert.match(svg, /<title>docker run --rm: 1\.10 \(≤ 1\.15\)<\/title>/);
  });

  test("is to scale", () => {
    const svg = renderChart([RUN]);
    const from = attribute(svg, "axis", "x1");
    const width = attribute(svg, "kept", "width");
    const toMark = attribute(svg, "mark", "x1") - from;
    assert.ok(Math.abs(width / toMark - 0.1 / 0.15) < 0.01);
  });

  test("shows a promise that is missed in another colour", () => {
    const svg = renderChart([{ ...RUN, value: 1.2, high: 1.22 }]);
    assert.match(svg, /<rect class="missed"/);
    assert.doesNotMatch(svg, /<rect class="kept"/);
  });

  test("draws what is below its beginning to the other side", () => {
    const svg = renderChart([{ ...RUN, value: 0.9, low: 0.85, high: 0.95 }]);
    const axis = attribute(svg, "axis", "x1");
    assert.ok(attribute(svg, "kept", "x") < axis);
    assert.ok(Math.abs(attribute(svg, "kept", "x") + attribute(svg, "kept", "width") - axis) < 0.2);
  });

  test("leaves out panels of which nothing was measured", () => {
    const svg = renderChart([RUN]);
    assert.match(svg, /as a ratio to plain runc/);
    assert.doesNotMatch(svg, /lockctl load|docker-default|under baseline/);
  });

  test("stays on its page, whatever the figures", () => {
    const svg = renderChart([{ ...RUN, value: 40, low: 0.1, high: 90 }]);
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    for (const [, x] of svg.matchAll(/ x[12]?="([-\d.]+)"/g)) {
      assert.ok(Number(x) >= 0 && Number(x) <= width);
    }
  });

  test("is well-formed: what begins ends, and no comment has two hyphens", () => {
    const svg = renderChart([{ ...RUN, name: "lockctl load" }, RUN]);
    const open: string[] = [];
    for (const [, end, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
      if (end) assert.equal(open.pop(), name);
      else if (!empty) open.push(name!);
    }
    assert.deepEqual(open, []);
    for (const [, comment] of svg.matchAll(/<!--(.*?)-->/gs)) assert.ok(!comment!.includes("--"));
  });

  test("gives both backgrounds to a reader who has chosen one", () => {
    assert.match(renderChart([RUN]), /@media \(prefers-color-scheme: dark\)/);
  });
});
