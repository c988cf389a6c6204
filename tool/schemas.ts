// SPDX-License-Identifier: Apache-2.0
/**
 * schemas/NAME.schema.json → core/generated/NAME.ts (its type) and
 * NAME-validator.js with NAME-validator.d.ts (a function compiled ahead of
 * time, so that no schema compiler is loaded when a container starts). What is
 * checked at each create gets NAME-check.js besides, which only says yes or no.
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
      ...(name === "config"
        ? ([
            [`${name}-names.ts`, renderNames(schema, banner)],
            [`${name}-check.js`, renderCheck(schema, banner)],
            [`${name}-check.d.ts`, renderCheckDeclaration(name, schema.title, banner)],
          ] as const)
        : []),
    ].map(([file, text]): [string, string] => [file!, text!]);
  });
  return (await Promise.all(files)).flat();
}

/** Which names and integers stand where, without anything else that the schema says. */
function renderNames(schema: JSONSchema, banner: string): string {
  const namesOf = (part: JSONSchema): unknown => {
    if (part.$ref !== undefined) return { definition: part.$ref.replace("#/definitions/", "") };
    const { type, properties, required, items, additionalProperties, minimum } = part;
    if (type === "integer") return { integer: { signed: minimum! < 0 } };
    if (typeof items === "object") return { items: namesOf(items as JSONSchema) };
    if (typeof additionalProperties === "object") return { values: namesOf(additionalProperties) };
    if (properties === undefined) return type === "object" ? { opaque: true } : null;
    const members = Object.entries(properties).map(([key, value]) => [key, namesOf(value)]);
    return { properties: Object.fromEntries(members), ...(required && { required }) };
  };
  const definitions = Object.entries(schema.definitions ?? {});
  const structure = {
    names: namesOf(schema),
    definitions: Object.fromEntries(
      definitions.map(([key, value]) => [key, namesOf(value as JSONSchema)]),
    ),
  };
  return `${banner}

/** What may stand in one place; null: a string, a boolean. */
export type Names = {
  /** A key of \`definitions\`, which then says it all. */
  readonly definition?: string;
  readonly properties?: Readonly<Record<string, Names | null>>;
  readonly required?: readonly string[];
  /** What a list has. */
  readonly items?: Names | null;
  /** What an object has whose names may be any. */
  readonly values?: Names | null;
  /** An object of which nothing else is said. */
  readonly opaque?: true;
  readonly integer?: { readonly signed: boolean };
};

export interface Structure {
  readonly names: Names;
  readonly definitions: Readonly<Record<string, Names | null>>;
}

/** Every name that may stand somewhere, with spaces between; no two differ in case only. */
export const ALL_NAMES =
  "${[...allNames(structure)].join(" ")}";

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

/** Where a person does not need the whole list, there is one function for each definition. */
function compileSchema(schema: object, everyError: boolean): string {
  const ajv = new Ajv({
    allErrors: everyError,
    strict: true,
    // The values themselves, not copies of the schema, go into messages.
    verbose: false,
    inlineRefs: everyError,
    code: { source: true, esm: true, lines: true },
  });
  const code = standalone.default(ajv, ajv.compile(schema));
  if (code.includes("require(")) {
    throw new Error("a schema uses a keyword for which ajv needs code at run time");
  }
  return code;
}

const minified = (code: string): string =>
  transformSync(code, {
    minify: true,
    treeShaking: true,
    format: "esm",
    lineLimit: 100,
  }).code.trimEnd();

function renderValidator(schema: object, everyError: boolean, banner: string): string {
  const code = compileSchema(schema, everyError);
  return `${banner}\n${everyError ? code : minified(code)}\n`;
}

/** The schemas' patterns as what a text must not be, most of them without a RegExp. */
const PATTERNS: Readonly<Record<string, (text: string) => string>> = {
  "^[1-9][0-9]*[KMG]B$": (text) => `!/^[1-9][0-9]*[KMG]B$/.test(${text})`,
  "^[^\\\\u0000]*$": (text) => `${text}.includes("\\0")`,
  "^[^\\\\u0000]+$": (text) => `(${text} === "" || ${text}.includes("\\0"))`,
};

/**
 * ajv's code without what it says of faults: false at the first of them. Code that runs
 * once takes most of its time to be read, and this is a sixth of it.
 * @throws when something that belongs to faults is left.
 */
function renderCheck(schema: object, banner: string): string {
  const code = compileSchema(schema, false);
  const patterns = new Map(
    [...code.matchAll(/^const (pattern\d+) = new RegExp\("(.*)", "u"\);$/gm)].map(
      ([, name, pattern]) => [name!, PATTERNS[pattern!]],
    ),
  );
  const told = code
    .replace(
      /^export const validate = (validate\d+);\nexport default .*$/m,
      "export { $1 as check };",
    )
    .replace(/^const (?:pattern|schema)\d+ = .*\n/gm, "")
    .replace(/^validate\d+\.errors = .*;\n/gm, "")
    .replace(/^let (?:vErrors = null|errors = 0|missing\d+);\n/gm, "")
    .replace(/ && \(missing\d+ = "[^"]*"\)/g, "")
    // What a definition finds is not collected but told at once; so nothing was found up to here.
    .replace(/^vErrors = .*;\nerrors = vErrors\.length;\n/gm, "return false;\n")
    .replace(/^(?:const _errs\d+ = errors|var valid\d+ = .*);\n/gm, "")
    .replace(/^if\((?:errors === (?:_errs)?\d+|valid\d+)\)\{$/gm, "{")
    .replace(/^if\(!valid\d+\)\{\nbreak;\n\}\n/gm, "")
    .replace(/^return errors === 0;$/gm, "return true;")
    // Nor where it was found.
    .replace(/^(function validate\d+\(data), \{instancePath="".*\}=\{\}\)\{$/gm, "$1){")
    .replace(/(validate\d+\([^,()]+), \{instancePath:.*,rootData\}\)/g, "$1)")
    .replace(/!(pattern\d+)\.test\((\w+)\)/g, (test, name, text) => {
      return patterns.get(name)?.(text) ?? test;
    });
  const left = /rror|valid\d|instancePath|pattern\d|schema\d|missing\d/.exec(told);
  if (left !== null)
    throw new Error(`ajv's code has another form: ${told.slice(left.index).slice(0, 80)}`);
  return `${banner}\n${minified(told)}\n`;
}

function renderCheckDeclaration(name: string, title: string, banner: string): string {
  return `${banner}
import type { ${title} } from "./${name}.ts";

/** Whether \`value\` follows the schema; ${name}-validator.js can tell where it does not. */
export declare const check: (value: unknown) => value is ${title};
`;
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
