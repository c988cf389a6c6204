// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  align,
  compare,
  exactly,
  margin,
  median,
  quantile,
  quotient,
} from "../../bench/measure/statistics.ts";

describe("the median", () => {
  test("of thirty values has the tenth and the twenty-first as its bounds", () => {
    const values = Array.from({ length: 30 }, (_, at) => 30 - at);
    assert.deepEqual(median(values), { value: 15.5, low: 10, high: 21 });
  });

  test("of few values is no surer than their range", () => {
    assert.deepEqual(median([3, 1, 2]), { value: 2, low: 1, high: 3 });
    assert.deepEqual(median([7]), exactly(7));
  });

  test("does not move for one wild value, nor do its bounds", () => {
    const calm = Array.from({ length: 40 }, (_, at) => at);
    const wild = [...calm.slice(0, -1), 1e9];
    assert.deepEqual(median(wild), median(calm));
  });

  test("lies between its bounds, which are values", () => {
    const times = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(times, (values) => {
        const { value, low, high } = median(values);
        assert.ok(low <= value && value <= high);
        assert.ok(values.includes(low) && values.includes(high));
      }),
    );
  });

  test("is surer of more values of the same kind", () => {
    const some = Array.from({ length: 200 }, (_, at) => (at * 37) % 100);
    assert.ok(margin(median(some)) < margin(median(some.slice(0, 20))));
  });
});

describe("a comparison", () => {
  test("is of pairs, so that what slows both down cancels out", () => {
    const plain = [10, 100, 12, 50, 11, 10];
    const { ratio, moreMs } = compare(
      "x",
      plain,
      plain.map((time) => time * 2),
    );
    assert.deepEqual(ratio, exactly(2));
    assert.equal(moreMs.value, 11.5);
  });

  test("of lists that are no pairs is refused", () => {
    assert.throws(() => compare("x", [1, 2], [1]), /not measured in pairs/);
  });
});

test("a quotient is as unsure as both of its parts together", () => {
  const { value, low, high } = quotient(
    { value: 10, low: 9.7, high: 10.3 },
    { value: 5, low: 4.8, high: 5.2 },
  );
  assert.equal(value, 2);
  assert.ok(Math.abs(low - 1.9) < 1e-9 && Math.abs(high - 2.1) < 1e-9);
});

test("a quantile lies linearly between the two nearest values", () => {
  assert.equal(quantile([4, 0], 0.25), 1);
  assert.equal(quantile([5, 1, 3], 0.5), 3);
});

test("columns keep their widths when they are painted", () => {
  const rows = [
    ["name", "ms"],
    ["a", "1.25"],
  ];
  assert.equal(align(rows), "name    ms\na     1.25\n");
  const painted = align(rows, (text, row, column) =>
    row === 1 && column === 1 ? `<${text}>` : text,
  );
  assert.equal(painted, "name    ms\na     <1.25>\n");
});
