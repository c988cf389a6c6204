// SPDX-License-Identifier: Apache-2.0
/**
 * schemas/NAME.schema.json → shim/generated/NAME.ts (its type) and
 * NAME-validator.js with NAME-validator.d.ts (a function compiled ahead of
 * time, so that no schema compiler is loaded when a container starts).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { transformSync } from "esbuild";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { TOP } from "./compile-bpf.ts";

/**
 * The schemas; `everyError` where a person wrote the file and wants the whole list.
 * The others are checked whenever a container starts.
 */
const SCHEMAS = [
  { name: "policy", everyError: true },
  { name: "settings", everyError: true },
  { name: "config", everyError: false },
  { name: "features", everyError: false },
  { name: "event", everyError: true },
] as const;

/** The generated files' texts, by name. */
export async function generateFromSchemas(): Promise<[string, string][]> {
  const files = SCHEMAS.map(async ({ name, everyError }): Promise<[string, string][]> => {
    const path = join(TOP, "schemas", `${name}.schema.json`);
    const schema = JSON.parse(readFileSync(path, "utf8"));
    const banner = [
      "// SPDX-License-Identifier: Apache-2.0",
      `// Generated from schemas/${name}.schema.json by \`npm run generate\`. Do not edit.`,
    ].join("\n");
    return [
      [`${name}.ts`, await renderTypes(everyError ? schema : withOwnTypesOnly(schema), banner)],
      [`${name}-validator.js`, renderValidator(schema, everyError, banner)],
      [`${name}-validator.d.ts`, renderDeclaration(name, schema.title, banner)],
      ...(name === "config" ? [[`${name}-names.ts`, renderNames(schema, banner)] as const] : []),
    ].map(([file, text]): [string, string] => [file!, text!]);
  });
  return (await Promise.all(files)).flat();
}

/** Which names stand where, without anything else that the schema says. */
function renderNames(schema: JSONSchema, banner: string): string {
  const namesOf = (part: JSONSchema): unknown => {
    if (part.$ref !== undefined) return { definition: part.$ref.replace("#/definitions/", "") };
    const { properties, items, additionalProperties } = part;
    const elements = items ?? additionalProperties;
    if (properties === undefined && typeof elements !== "object") return null;
    const members = Object.entries(properties ?? {}).map(([key, value]) => [key, namesOf(value)]);
    return {
      ...(properties === undefined ? {} : { properties: Object.fromEntries(members) }),
      ...(typeof elements === "object" ? { elements: namesOf(elements as JSONSchema) } : {}),
    };
  };
  const definitions = Object.entries(schema.definitions ?? {});
  const structure = {
    names: namesOf(schema),
    definitions: Object.fromEntries(
      definitions.map(([key, value]) => [key, namesOf(value as JSONSchema)]),
    ),
  };
  return `${banner}

/** What may stand in one place; null: nothing that has names. */
export type Names = {
  /** A key of \`definitions\`, which then says it all. */
  readonly definition?: string;
  readonly properties?: Readonly<Record<string, Names | null>>;
  /** Of a list, or of an object whose names may be any. */
  readonly elements?: Names | null;
};

export interface Structure {
  readonly names: Names;
  readonly definitions: Readonly<Record<string, Names | null>>;
}

/** Every name that may stand somewhere; no two differ in case only. */
export const ALL_NAMES: readonly string[] =
  "${[...allNames(structure)].join(" ")}".split(" ");

/** Which may stand where. */
export function readStructure(): Structure {
  return JSON.parse('${JSON.stringify(structure)}');
}
`;
}

function allNames(value: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    for (const [key, member] of Object.entries(part)) {
      if (key === "properties") for (const name of Object.keys(member)) names.add(name);
      visit(member);
    }
  };
  visit(value);
  const folded = new Set([...names].map((name) => name.toLowerCase()));
  if (folded.size !== names.size) throw new Error("names differ in case only: see bundle.ts");
  if ([...names].some((name) => !/^[A-Za-z]\w*$/.test(name))) throw new Error("a name has no word");
  return names;
}

async function renderTypes(schema: JSONSchema, banner: string): Promise<string> {
  return compile(structuredClone(schema), "Schema", {
    bannerComment: banner,
    additionalProperties: false,
    cwd: join(TOP, "schemas"),
    style: { printWidth: 100 },
  });
}

/**
 * A copy in which only definitions with a title are referred to, and so become a
 * type with a name; what stands beside such a reference says it again. The others
 * stand in place: `string[]` instead of Names17.
 */
function withOwnTypesOnly(schema: JSONSchema): JSONSchema {
  const definitions = schema.definitions ?? {};
  const resolve = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(resolve);
    if (typeof part !== "object" || part === null) return part;
    const { $ref, ...beside } = part as JSONSchema;
    const target = definitions[$ref?.replace("#/definitions/", "") ?? ""];
    if (target?.title !== undefined) return { $ref };
    const whole = { ...target, ...beside };
    return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, resolve(value)]));
  };
  const titled = Object.entries(definitions).filter(([, { title }]) => title !== undefined);
  return resolve({ ...schema, definitions: Object.fromEntries(titled) }) as JSONSchema;
}

/**
 * What runs whenever a container starts gets one function for each definition,
 * since V8 compiles only those that are called, and is minified: of code that runs
 * once, reading it is most of the time.
 */
function renderValidator(schema: object, everyError: boolean, banner: string): string {
  const ajv = new Ajv({
    allErrors: everyError,
    strict: true,
    // The values themselves, not copies of the schema, go into messages.
    verbose: false,
    inlineRefs: everyError,
    code: { source: true, esm: true, lines: true },
  });
  const code = standalone.default(ajv, ajv.compile(schema));
  const minify = { minify: true, treeShaking: true, format: "esm", lineLimit: 100 } as const;
  const text = everyError ? code : transformSync(code, minify).code.trimEnd();
  if (text.includes("require(")) {
    throw new Error("a schema uses a keyword for which ajv needs code at run time");
  }
  return `${banner}\n${text}\n`;
}

function renderDeclaration(name: string, title: string, banner: string): string {
  return `${banner}
import type { ${title} } from "./${name}.ts";

export interface ValidationError {
  /** JSON pointer to the value: "/hostPaths/0/access". */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Whether \`value\` follows the schema; if not, \`errors\` says where. */
export declare const validate: {
  (value: unknown): value is ${title};
  errors?: readonly ValidationError[] | null;
};
export default validate;
`;
}
