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
import type { Definitions, TableNode } from "./table.ts";

/**
 * The schemas. What a person wrote is checked by code that ajv made, which finds every
 * mistake; what a program wrote by a table, which is quick to start and stops at the first.
 */
const SCHEMAS = [
  { name: "policy", by: "person" },
  { name: "settings", by: "person" },
  { name: "config", by: "program" },
  { name: "features", by: "program" },
] as const;

/** The generated files' texts, by name. */
export async function generateFromSchemas(): Promise<[string, string][]> {
  const files = SCHEMAS.map(async ({ name, by }): Promise<[string, string][]> => {
    const path = join(TOP, "schemas", `${name}.schema.json`);
    const schema = JSON.parse(readFileSync(path, "utf8"));
    const banner = [
      "// SPDX-License-Identifier: Apache-2.0",
      `// Generated from schemas/${name}.schema.json by \`npm run generate\`. Do not edit.`,
    ].join("\n");
    const program = by === "program";
    return [
      [`${name}.ts`, await renderTypes(program ? withOwnTypesOnly(schema) : schema, banner)],
      [`${name}-validator.js`, (program ? renderTable : renderValidator)(schema, banner)],
      [`${name}-validator.d.ts`, renderDeclaration(name, schema.title, banner, program)],
    ];
  });
  return (await Promise.all(files)).flat();
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

function renderValidator(schema: object, banner: string): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // The values themselves, not copies of the schema, go into messages.
    verbose: false,
    code: { source: true, esm: true, lines: true },
  });
  const text = standalone.default(ajv, ajv.compile(schema));
  if (text.includes("require(")) {
    throw new Error("a schema uses a keyword for which ajv needs code at run time");
  }
  return `${banner}\n${text}\n`;
}

function renderTable(schema: Schema, banner: string): string {
  const source = readFileSync(join(TOP, "tool/table.ts"), "utf8");
  const { code } = transformSync(source, { loader: "ts", format: "esm", target: "es2024" });
  const { root, definitions } = tableOf(schema);
  const rows = Object.entries(definitions).map(
    ([name, node]) => `${JSON.stringify(name)}:${JSON.stringify(node)}`,
  );
  return `${banner}
${code.replace(/^export .*$/gms, "").trimEnd()}

// Text, since V8 reads JSON faster than an object's code.
const { root, definitions } = JSON.parse(String.raw\`{"root":${JSON.stringify(root)},"definitions":{
${rows.join(",\n")}
}}\`);

export function validate(value) {
  const found = findFault(definitions, root, value);
  validate.errors = found === undefined ? null : [found];
  return found === undefined;
}
export default validate;
`;
}

type Schema = Readonly<Record<string, unknown>>;

/** What says nothing about values. */
const WORDS = new Set(["$schema", "$id", "title", "description", "definitions"]);
const KEYWORDS = new Set([
  ...["$ref", "type", "enum", "minimum", "maximum", "pattern"],
  ...["items", "required", "properties", "additionalProperties"],
]);

/**
 * The table of a schema.
 * @throws where the schema says what a table cannot.
 */
export function tableOf(schema: Schema): { root: TableNode; definitions: Definitions } {
  const node = (given: unknown): TableNode => {
    if (typeof given !== "object" || given === null) throw new Error(`${given} is no schema`);
    const entries = Object.entries(given).filter(([keyword]) => !WORDS.has(keyword));
    const unknown = entries.find(([keyword]) => !KEYWORDS.has(keyword));
    if (unknown)
      throw new Error(`a table cannot say ${JSON.stringify(Object.fromEntries([unknown]))}`);
    if ("properties" in given && "additionalProperties" in given) {
      throw new Error("a table has properties or additionalProperties, not both");
    }
    return Object.fromEntries(
      entries.map(([keyword, value]) => {
        if (keyword === "properties") return [keyword, nodes(value)];
        if (keyword === "items" || keyword === "additionalProperties")
          return [keyword, node(value)];
        if (keyword === "$ref") return [keyword, String(value).replace("#/definitions/", "")];
        return [keyword, value];
      }),
    );
  };
  const nodes = (given: unknown): Definitions =>
    Object.fromEntries(Object.entries(given as Schema).map(([name, part]) => [name, node(part)]));
  return { root: node(schema), definitions: nodes(schema.definitions ?? {}) };
}

function renderDeclaration(name: string, title: string, banner: string, program: boolean): string {
  const schemaPath = program ? "" : "\n  readonly schemaPath: string;";
  return `${banner}
import type { ${title} } from "./${name}.ts";

export interface ValidationError {
  /** JSON pointer to the value: "/hostPaths/0/access". */
  readonly instancePath: string;${schemaPath}
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
