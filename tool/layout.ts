// SPDX-License-Identifier: Apache-2.0
/**
 * bpf/lockc.h → core/generated/layout.ts, bpf/maps.bpf.h → core/generated/maps.ts.
 * The compiler lays the structs out: a witness, a C file that names every struct,
 * enum and numeric #define of the header and has the maps, is compiled and its BTF
 * read back. (The kernel half's own BTF has only the types that its programs happen
 * to mention; test/tool/generated.test.ts holds those against the same layouts.)
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Contract,
  type Field,
  type MapShape,
  readContract,
  type Shape,
  type Struct,
} from "./btf.ts";
import { compileBpf, TOP } from "./compile-bpf.ts";

/** The name under which the witness carries the header's #defines. */
const CONSTANTS = "lockc_constants";

/** Compiles the witness and reads the whole contract back. */
export function compileContract(): Contract {
  const directory = mkdtempSync(join(tmpdir(), "lockc-layout-"));
  try {
    const source = join(directory, "witness.c");
    const object = join(directory, "witness.o");
    const header = readFileSync(join(TOP, "bpf/lockc.h"), "utf8");
    writeFileSync(source, witness(header));
    compileBpf(source, object);
    const contract = readContract(object);
    const names = [...header.matchAll(/^struct (lockc_\w+) \{/gm)].map((match) => match[1]!);
    const inOrder = names.map((name) => [name, contract.structs[name]!] as const);
    return { ...contract, structs: Object.fromEntries(inOrder) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A C file whose BTF has every map, and every struct, enum and numeric #define of `header`. */
export function witness(header: string): string {
  const types = [...header.matchAll(/^(struct|enum) (lockc_\w+) \{/gm)];
  const defines = [...header.matchAll(/^#define (LOCKC_\w+)[ \t]+[^\s/]/gm)].map((m) => m[1]!);
  const values = defines.map((name) => `\tWITNESS_${name} = ${name},`);
  return [
    "#include <linux/types.h>",
    '#include "lockc.h"',
    '#include "maps.bpf.h"',
    `enum ${CONSTANTS} {`,
    ...values,
    "};",
    ...types.map(([, kind, name]) => `${kind} ${name} witness_${name};`),
    `enum ${CONSTANTS} witness_${CONSTANTS};`,
    "",
  ].join("\n");
}

/** The TypeScript text of core/generated/layout.ts. */
export function renderLayout({ structs, enums }: Pick<Contract, "structs" | "enums">): string {
  const constants = Object.entries(enums[CONSTANTS] ?? {}).map(
    ([name, value]) => `export const ${name.slice("WITNESS_".length)} = ${value};`,
  );
  const named = Object.entries(enums).filter(([name]) => name !== CONSTANTS);
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Generated from bpf/lockc.h by `npm run generate`. Do not edit.",
    "",
    ...constants,
    "",
    ...named.flatMap(([name, values]) => renderEnum(name, values)),
    ...Object.entries(structs).flatMap(([name, struct]) => renderStruct(name, struct)),
  ].join("\n");
}

/** The TypeScript text of core/generated/maps.ts. */
export function renderMaps({ maps }: Pick<Contract, "maps">): string {
  const shapes = Object.values(maps).flatMap(({ key, value }) => [key, value]);
  const structs = shapes.flatMap((shape) => (shape && "struct" in shape ? [shape.struct] : []));
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Generated from bpf/maps.bpf.h by `npm run generate`. Do not edit.",
    "// Each map is an export by itself, so that a create pays for those that it opens only.",
    "",
    "import {",
    ...[...new Set(structs)].map((name) => `  ${constant(name)},`).sort(),
    '} from "./layout.ts";',
    "",
    ...Object.entries(maps).map(([name, map]) => renderMap(name, map)),
    "",
  ].join("\n");
}

/** One line: so much of it is in the bundle of a create. */
function renderMap(name: string, { key, value }: MapShape): string {
  const parts = [
    `name: "${name}"`,
    ...(key === undefined ? [] : [`key: ${renderShape(key)}`]),
    ...(value === undefined ? [] : [`value: ${renderShape(value)}`]),
  ];
  return `export const ${name} = { ${parts.join(", ")} } as const;`;
}

function renderShape(shape: Shape): string {
  if ("struct" in shape) return constant(shape.struct);
  return `{ kind: "${shape.kind}", size: ${shape.size} }`;
}

function renderEnum(name: string, values: Readonly<Record<string, number>>): string[] {
  const prefix = enumPrefix(name, Object.keys(values));
  const title = pascal(name.slice("lockc_".length));
  return [
    `/** enum ${name} */`,
    `export const ${title} = {`,
    ...Object.entries(values).map(([key, value]) => `  ${key.slice(prefix.length)}: ${value},`),
    "} as const;",
    `export type ${title} = (typeof ${title})[keyof typeof ${title}];`,
    "",
  ];
}

/** enum lockc_grant_kind may spell its values LOCKC_GRANT_KIND_X or LOCKC_GRANT_X. */
function enumPrefix(name: string, keys: readonly string[]): string {
  const words = name.toUpperCase().split("_");
  for (let count = words.length; count > 0; count--) {
    const prefix = `${words.slice(0, count).join("_")}_`;
    if (keys.every((key) => key.startsWith(prefix))) return prefix;
  }
  throw new Error(`enum ${name}: its values must begin with LOCKC_`);
}

function renderStruct(name: string, { size, fields }: Struct): string[] {
  return [
    `/** struct ${name} */`,
    `export const ${constant(name)} = {`,
    `  name: "${name}",`,
    `  size: ${size},`,
    "  fields: {",
    ...Object.entries(fields).map(([field, at]) => `    ${field}: ${renderField(at)},`),
    "  },",
    "} as const;",
    "",
  ];
}

function renderField({ offset, kind, count }: Field): string {
  const parts = [`offset: ${offset}`, `kind: "${kind}"`];
  if (count !== undefined) parts.push(`count: ${count}`);
  return `{ ${parts.join(", ")} }`;
}

/** What the layout of a struct is called. */
function constant(struct: string): string {
  return struct.slice("lockc_".length).toUpperCase();
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
