// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as layouts from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { parseContract, readContract } from "../../tool/btf.ts";
import { compileKernelHalf, TOP } from "../../tool/compile-bpf.ts";
import { generate, staleFiles } from "../../tool/generate.ts";
import { compileContract, renderLayout, witness } from "../../tool/layout.ts";

const HEADER = readFileSync(join(TOP, "bpf/lockc.h"), "utf8");
const STRUCTS = Object.values(layouts).filter(
  (value) => typeof value === "object" && "fields" in value,
);

test("the kernel half was compiled with the layouts that TypeScript uses", () => {
  const directory = mkdtempSync(join(tmpdir(), "lockc-test-"));
  try {
    const object = join(directory, "lockc.bpf.o");
    compileKernelHalf(object);
    const { structs, maps } = readContract(object);
    const known = new Map(STRUCTS.map((layout) => [layout.name as string, layout]));
    const shared = Object.keys(structs).filter((name) => known.has(name));
    assert.ok(shared.length >= 5, `the object mentions ${shared.join(", ")}`);
    for (const name of shared) {
      const { size, fields } = known.get(name)!;
      assert.deepEqual(structs[name], { size, fields }, name);
    }
    assert.deepEqual(maps, compileContract().maps);
    assert.deepEqual(Object.keys(maps).sort(), Object.keys(MAPS).sort());
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("the object is the same wherever it is built and names no folder of the builder", () => {
  const directories = [1, 2].map(() => mkdtempSync(join(tmpdir(), "lockc-test-")));
  try {
    const [one, two] = directories.map((directory) => {
      compileKernelHalf(join(directory, "lockc.bpf.o"));
      return readFileSync(join(directory, "lockc.bpf.o"));
    });
    assert.ok(one!.equals(two!));
    assert.ok(!one!.includes(TOP) && !one!.includes(tmpdir()));
  } finally {
    for (const directory of directories) rmSync(directory, { recursive: true });
  }
});

test("every struct, enum and number of the header reaches TypeScript", () => {
  const structs = [...HEADER.matchAll(/^struct (lockc_\w+) \{/gm)].map((match) => match[1]!);
  assert.deepEqual(new Set<string>(STRUCTS.map(({ name }) => name)), new Set(structs));
  const source = witness(HEADER);
  for (const [, name = ""] of HEADER.matchAll(/^#define (LOCKC_\w+)\s+\d/gm)) {
    assert.ok(source.includes(`WITNESS_${name} = ${name},`), name);
    assert.ok(name in layouts, name);
  }
  for (const [, name = ""] of HEADER.matchAll(/^enum (lockc_\w+) \{/gm)) {
    assert.ok(source.includes(`enum ${name} witness_${name};`), name);
  }
});

test("the committed files are what their sources give", async () => {
  const fresh = await generate();
  assert.deepEqual(staleFiles(fresh), []);
  const other = new Map([...fresh, ["layout.ts", "changed"]]);
  assert.deepEqual(staleFiles(other), ["layout.ts"]);
  const fewer = new Map([...fresh].filter(([name]) => name !== "layout.ts"));
  assert.deepEqual(staleFiles(fewer), ["layout.ts"]);
});

const INTEGERS = [
  { id: 1, kind: "INT", name: "unsigned int", size: 4, nr_bits: 32, encoding: "(none)" },
  { id: 2, kind: "INT", name: "int", size: 4, nr_bits: 32, encoding: "SIGNED" },
  { id: 3, kind: "PTR", name: "(anon)", type_id: 1 },
];

function structOf(type_id: number, extra: object = {}) {
  const members = [{ name: "field", type_id, bits_offset: 0, ...extra }];
  return [...INTEGERS, { id: 9, kind: "STRUCT", name: "lockc_x", size: 4, members }];
}

test("a field that both sides cannot read alike stops the generation, an unsigned one does not", () => {
  assert.throws(() => parseContract(structOf(2)), /struct lockc_x\.field is neither/);
  assert.throws(() => parseContract(structOf(3)), /struct lockc_x\.field is neither/);
  assert.throws(() => parseContract(structOf(1, { bitfield_size: 3 })), /is a bit field/);
  const { structs } = parseContract(structOf(1));
  assert.deepEqual(structs.lockc_x, { size: 4, fields: { field: { offset: 0, kind: "u32" } } });
});

test("a map whose elements both sides cannot read alike stops the generation", () => {
  const maps = (type_id: number) =>
    parseContract([
      ...structOf(1),
      { id: 4, kind: "PTR", name: "(anon)", type_id },
      { id: 5, kind: "ARRAY", name: "(anon)", type_id: 1, nr_elems: 2 },
      {
        id: 10,
        kind: "STRUCT",
        name: "(anon)",
        members: [{ name: "value", type_id: 4, bits_offset: 0 }],
      },
      { id: 11, kind: "VAR", name: "table", type_id: 10 },
      { id: 12, kind: "DATASEC", name: ".maps", vars: [{ type_id: 11 }] },
    ]).maps.table;
  assert.throws(() => maps(3), /map table\.value is neither/);
  assert.throws(() => maps(5), /map table\.value is an array of numbers/);
  assert.deepEqual(maps(1)?.value, { kind: "u32", size: 4 });
  assert.deepEqual(maps(9), { key: undefined, value: { struct: "lockc_x" } });
});

test("an enum's values lose the words that its name has already", () => {
  const enums = {
    lockc_grant_kind: { LOCKC_GRANT_FILE: 3 },
    lockc_flag: { LOCKC_FLAG_NO_PIVOT: 1 },
  };
  const text = renderLayout({ structs: {}, enums });
  assert.match(text, /export const GrantKind = \{\n {2}FILE: 3,\n\}/);
  assert.match(text, /export const Flag = \{\n {2}NO_PIVOT: 1,\n\}/);
  assert.throws(() => renderLayout({ structs: {}, enums: { lockc_x: { OTHER: 1 } } }), /LOCKC_/);
});
