// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as layouts from "../../../core/generated/layout.ts";
import { decode, encode, encodeKey, type Field, type Layout } from "../../../core/kernel/record.ts";

const ALL = Object.values(layouts).filter(
  (value): value is typeof value & Layout => typeof value === "object" && "fields" in value,
);

/** Any value that the field holds whole. */
function fitting({ kind, count = 1, ...rest }: Field): fc.Arbitrary<unknown> {
  if (kind === "char") {
    return fc
      .string({ unit: "grapheme", maxLength: count })
      .filter((text) => !text.includes("\0") && Buffer.byteLength(text) < count);
  }
  const bits = Number(kind.slice(1));
  const scalar: fc.Arbitrary<unknown> =
    bits === 64 ? fc.bigInt(0n, (1n << 64n) - 1n) : fc.integer({ min: 0, max: 2 ** bits - 1 });
  return "count" in rest || count > 1
    ? fc.array(scalar, { minLength: count, maxLength: count })
    : scalar;
}

test("every struct of the contract decodes to what was encoded", () => {
  assert.ok(ALL.length >= 6);
  for (const layout of ALL) {
    const record = Object.fromEntries(
      Object.entries(layout.fields).map(([name, field]) => [name, fitting(field)]),
    );
    fc.assert(
      fc.property(fc.record(record, { noNullPrototype: true }), (values) => {
        const bytes = encode(layout, values as never);
        assert.equal(bytes.length, layout.size);
        assert.deepEqual(decode(layout, bytes), values);
      }),
      { numRuns: 50 },
    );
  }
});

test("fields that are left out are zero", () => {
  const { id, tasks, mntns } = decode(layouts.CONTAINER, encode(layouts.CONTAINER, {}));
  assert.deepEqual({ id, tasks, mntns }, { id: "", tasks: 0, mntns: [0n, 0n, 0n, 0n] });
});

test("text too long for its field is cut between characters and stays NUL-terminated", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 100, maxLength: 400 }), (text) => {
      fc.pre(!text.includes("\0"));
      const { id } = decode(layouts.CONTAINER, encode(layouts.CONTAINER, { id: text }));
      assert.ok(text.startsWith(id));
      assert.ok(Buffer.byteLength(id) < layouts.LOCKC_ID_SIZE);
      assert.ok(!id.includes("\uFFFD") || text.includes("\uFFFD"));
    }),
  );
  const { id } = decode(
    layouts.CONTAINER,
    encode(layouts.CONTAINER, { id: `a${"é".repeat(200)}` }),
  );
  assert.equal(id, `a${"é".repeat(127)}`);
});

test("an integer that its field cannot hold is refused, the largest one is not", () => {
  for (const tasks of [-1, 2 ** 32, 0.5, Number.NaN]) {
    assert.throws(() => encode(layouts.CONTAINER, { tasks }), { code: "LOCKC_E_BUG" });
  }
  for (const pseudo of [-1n, 1n << 64n]) {
    assert.throws(() => encode(layouts.CONTAINER, { pseudo }), { code: "LOCKC_E_BUG" });
  }
  const largest = { tasks: 2 ** 32 - 1, pseudo: (1n << 64n) - 1n };
  const { tasks, pseudo } = decode(layouts.CONTAINER, encode(layouts.CONTAINER, largest));
  assert.deepEqual({ tasks, pseudo }, largest);
});

test("more elements than the array has are refused, fewer are not", () => {
  const refused = { mntns: [1n, 2n, 3n, 4n, 5n] };
  assert.throws(() => encode(layouts.CONTAINER, refused), { code: "LOCKC_E_BUG" });
  const { mntns } = decode(layouts.CONTAINER, encode(layouts.CONTAINER, { mntns: [7n] }));
  assert.deepEqual(mntns, [7n, 0n, 0n, 0n]);
});

test("text with a NUL inside is refused, since C would see another text", () => {
  assert.throws(() => encode(layouts.CONTAINER, { id: "a\0b" }), { code: "LOCKC_E_BUG" });
});

test("an unknown field is refused", () => {
  const values = { tsaks: 1 } as object;
  assert.throws(() => encode(layouts.CONTAINER, values), /lockc_container.tsaks is not a field/);
});

test("bytes shorter than the struct are refused, longer ones are read", () => {
  const size = layouts.TASK.size;
  assert.throws(() => decode(layouts.TASK, new Uint8Array(size - 1)), { code: "LOCKC_E_BUG" });
  assert.equal(decode(layouts.TASK, new Uint8Array(size + 8)).phase, 0);
});

test("a key is never cut", () => {
  assert.deepEqual(encodeKey(4, "abc"), new Uint8Array([97, 98, 99, 0]));
  assert.equal(encodeKey(4, "abcd"), undefined);
  assert.equal(encodeKey(4, "a\0"), undefined);
});
