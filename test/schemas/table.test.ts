// SPDX-License-Identifier: Apache-2.0
/** What goes through tables, against ajv: one verdict, one fault, in the same words. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Ajv, type ErrorObject } from "ajv";
import fc from "fast-check";
import { TOP } from "../../tool/compile-bpf.ts";
import { tableOf } from "../../tool/schemas.ts";
import { findFault } from "../../tool/table.ts";
import { index, readFixture } from "../fixtures/configs/index.ts";
import { type Node, placesOf, sampleOf, withAt } from "./sample.ts";

/** Of a value anywhere in place of the schema's own, and of a fixture's. */
const OTHER = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, 65536, 2 ** 32, -(2 ** 31) - 1, 2 ** 63, 2 ** 64, 2 ** 65, 1e300),
  fc.constantFrom("", "/x", "/a\0b", "mount", "SCMP_ACT_LOG", "b"),
);

for (const name of ["config", "features"]) {
  describe(`${name}.schema.json`, () => {
    const schema = JSON.parse(readFileSync(join(TOP, `schemas/${name}.schema.json`), "utf8"));
    const validate = new Ajv({ strict: true }).compile(schema);
    const { root, definitions } = tableOf(schema);
    const places = [...placesOf(schema as Node)];
    const sample = sampleOf(schema as Node);

    const assertSame = (value: unknown) => {
      validate(value);
      const [first] = (validate.errors ?? []) as Partial<ErrorObject>[];
      delete first?.schemaPath;
      assert.deepEqual(findFault(definitions, root, value), first);
    };

    test("any JSON value", () => {
      fc.assert(fc.property(fc.jsonValue(), assertSame), { numRuns: 2000 });
    });

    test("a value with every property, changed in places", () => {
      const change = fc.tuple(fc.constantFrom(...places), OTHER);
      const changes = fc.array(change, { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(changes, (list) => {
          // The deepest last: what is above it may not be there any more.
          const ordered = list.sort(([a], [b]) => b.path.length - a.path.length);
          assertSame(
            ordered.reduce((value, [{ path }, other]) => withAt(value, path, other), sample),
          );
        }),
        { numRuns: 5000 },
      );
    });

    test("names with slashes and tildes", () => {
      assertSame({ root: { path: "/" }, annotations: { "a/b~c": 7 } });
    });
  });
}

test("every fixture", () => {
  const schema = JSON.parse(readFileSync(join(TOP, "schemas/config.schema.json"), "utf8"));
  const { root, definitions } = tableOf(schema);
  for (const entry of index) {
    const config = JSON.parse(readFixture(entry).text);
    assert.equal(findFault(definitions, root, config), undefined, entry.file);
  }
});

test("a schema that says more than a table can stops the generation", () => {
  assert.throws(() => tableOf({ type: "string", minLength: 1 }), /cannot say {"minLength":1}/);
  assert.throws(() => tableOf({ properties: { x: { oneOf: [] } } }), /cannot say {"oneOf":\[\]}/);
  assert.throws(() => tableOf({ additionalProperties: false }), /false is no schema/);
  assert.throws(() => tableOf({ properties: {}, additionalProperties: {} }), /not both/);
});
