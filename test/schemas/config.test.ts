// SPDX-License-Identifier: Apache-2.0
/** The schemas of what others write: config.json and the output of `runc features`. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { validate as validateFeatures } from "../../core/generated/features-validator.js";
import { index, readFixture } from "../fixtures/configs/index.ts";
import { validateConfig } from "./both.ts";
import { EXAMPLES } from "./examples.ts";
import { type Node, placesOf, pointer, sampleOf, withAt } from "./sample.ts";

const SCHEMAS = `${import.meta.dirname}/../../schemas`;
const FIXTURES = join(import.meta.dirname, "../fixtures");

const CASES = [
  { name: "config", validate: validateConfig },
  { name: "features", validate: validateFeatures },
] as const;

/** One value of each type, and numbers that only some integers can be. */
const OTHERS: readonly unknown[] = [null, true, "7", 7, 7.5, [], {}];

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** Values that `node` refuses: of other types, and beyond the range of its integers. */
function* refusedBy(node: Node): Generator<unknown> {
  const type = node.type ?? "string";
  for (const other of OTHERS) if (typeOf(other) !== type) yield other;
  if (node.enum) yield "another";
  if (node.pattern) yield "/a\0b";
  if (type !== "integer") return;
  assert.ok(node.maximum !== undefined && node.minimum !== undefined, "integers have a range");
  // Next to 2⁶⁴ a JavaScript number counts in steps of 4096.
  yield node.maximum + Math.max(1, node.maximum / 2 ** 52);
  yield node.minimum - Math.max(1, -node.minimum / 2 ** 52);
}

for (const { name, validate } of CASES) {
  const schema = JSON.parse(readFileSync(`${SCHEMAS}/${name}.schema.json`, "utf8")) as Node;
  const sample = sampleOf(schema);
  const places = [...placesOf(schema)];

  describe(`${name}.schema.json`, () => {
    test("accepts a value with every property in it", () => {
      assert.ok(validate(sample), JSON.stringify(validate.errors));
      assert.ok(places.length > 20);
    });

    test("refuses a value of another type at every property, and says where", () => {
      for (const { path, node } of places) {
        for (const other of refusedBy(node)) {
          const where = `${pointer(path)} = ${JSON.stringify(other)}`;
          assert.ok(!validate(withAt(sample, path, other)), `${where} was accepted`);
          assert.equal(validate.errors?.[0]?.instancePath, pointer(path), where);
        }
      }
    });

    test("accepts the ends of every integer's range", () => {
      for (const { path, node } of places) {
        if (node.type !== "integer") continue;
        for (const end of [node.minimum, node.maximum]) {
          assert.ok(validate(withAt(sample, path, end)), `${pointer(path)} = ${end}`);
        }
      }
    });

    test("refuses an object without a required property, and no other absence", () => {
      for (const { path, node } of places) {
        for (const property of Object.keys(node.properties ?? {})) {
          const accepted = validate(withAt(sample, [...path, property], undefined));
          const where = `${pointer(path)} without ${property}`;
          assert.equal(accepted, !node.required?.includes(property), where);
          if (!accepted) assert.equal(validate.errors?.[0]?.instancePath, pointer(path), where);
        }
      }
    });

    test("accepts properties that it does not know, of any type, in every object", () => {
      for (const { path, node } of places) {
        if (!node.properties) continue;
        for (const other of OTHERS) {
          const where = `${pointer(path)}/com.example.unknown = ${JSON.stringify(other)}`;
          assert.ok(validate(withAt(sample, [...path, "com.example.unknown"], other)), where);
        }
      }
    });

    test("describes every property in a sentence, also where it refers to a definition", () => {
      const describe = (node: Node, where: string) => {
        for (const [key, part] of Object.entries({ ...node.properties, ...node.definitions })) {
          assert.match(part.description ?? "", /^[A-Za-z0-9"].{10,}\.$/s, `${where}/${key}`);
          describe(part, `${where}/${key}`);
        }
        for (const part of [node.items, node.additionalProperties]) {
          if (typeof part === "object") describe(part, `${where}/*`);
        }
      };
      describe(schema, "");
    });
  });
}

describe("what the specification describes is valid", () => {
  for (const [title, text] of Object.entries(EXAMPLES)) {
    test(title, () => {
      const config = { root: { path: "rootfs" }, ...JSON.parse(text) };
      assert.ok(validateConfig(config), JSON.stringify(validateConfig.errors));
    });
  }

  test("the examples use every property of the schema", () => {
    const schema = JSON.parse(readFileSync(`${SCHEMAS}/config.schema.json`, "utf8")) as Node;
    const all = Object.values(EXAMPLES).join();
    const unused = [...placesOf(schema)]
      .flatMap(({ node }) => Object.keys(node.properties ?? {}))
      .filter((name) => !all.includes(`"${name}":`));
    // The version stands in every fixture; the other two are for Windows alone.
    assert.deepEqual(unused.sort(), ["commandLine", "ociVersion", "username"]);
  });
});

describe("what engines write", () => {
  test("each file in test/fixtures/configs is in its index, once", () => {
    const found = readdirSync(`${FIXTURES}/configs`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath !== `${FIXTURES}/configs`)
      .map((entry) => `${entry.parentPath.slice(`${FIXTURES}/configs/`.length)}/${entry.name}`);
    assert.deepEqual(found.sort(), index.map(({ file }) => file).sort());
  });

  for (const entry of index) {
    test(`${entry.file} is valid`, () => {
      const config = JSON.parse(readFixture(entry).text);
      assert.ok(validateConfig(config), JSON.stringify(validateConfig.errors));
      assert.match(entry.bundle, /^\//);
    });
  }

  test("none of it has a null, which no property accepts", () => {
    for (const entry of index) {
      JSON.parse(readFixture(entry).text, (key, value) => {
        assert.notEqual(value, null, `${entry.file}: ${key}`);
        return value;
      });
    }
  });

  for (const file of readdirSync(`${FIXTURES}/features`)) {
    test(`features/${file} is valid`, () => {
      const features = JSON.parse(readFileSync(`${FIXTURES}/features/${file}`, "utf8"));
      assert.ok(validateFeatures(features), JSON.stringify(validateFeatures.errors));
    });
  }
});
