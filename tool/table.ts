// SPDX-License-Identifier: Apache-2.0
/**
 * A schema as a table, and the functions that go through it, for the files that are
 * read whenever a container starts. Code runs once there: what ajv makes of a schema as
 * long as config.json's has 70 KB, of which V8 takes three milliseconds to compile what
 * Docker's default container needs; this has 13 KB and takes one for everything.
 * test/schemas/table.test.ts holds both to the same verdict.
 *
 * These functions become part of the generated files, so they may use no others.
 */

/** A schema without its words; it knows these keywords alone. */
export interface TableNode {
  /** Name of a definition. */
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "boolean" | "integer";
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: TableNode;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, TableNode>>;
  /** What every property follows; not beside `properties`. */
  readonly additionalProperties?: TableNode;
}

export type Definitions = Readonly<Record<string, TableNode>>;

export interface TableFault {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/**
 * What is wrong with `value`, in ajv's words and of several faults the one that it
 * would find first; undefined when it follows `node`.
 */
export function findFault(
  definitions: Definitions,
  node: TableNode,
  value: unknown,
  at = "",
): TableFault | undefined {
  const { $ref, type, pattern, enum: allowedValues } = node;
  if ($ref !== undefined) return findFault(definitions, definitions[$ref]!, value, at);
  if (type !== undefined && !isOfType(value, type)) {
    return fault(at, "type", { type }, `must be ${type}`);
  }
  if (type === "object") return findInObject(definitions, node, value as object, at);
  if (type === "array") return findInArray(definitions, node, value as unknown[], at);
  if (type === "integer") return findInRange(node, value as number, at);
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value as string)) {
    return fault(at, "pattern", { pattern }, `must match pattern "${pattern}"`);
  }
  if (allowedValues !== undefined && !allowedValues.includes(value)) {
    return fault(at, "enum", { allowedValues }, "must be equal to one of the allowed values");
  }
  return undefined;
}

function findInObject(
  definitions: Definitions,
  { required = [], properties, additionalProperties }: TableNode,
  value: object,
  at: string,
): TableFault | undefined {
  const members = value as Readonly<Record<string, unknown>>;
  for (const missingProperty of required) {
    if (members[missingProperty] !== undefined) continue;
    const message = `must have required property '${missingProperty}'`;
    return fault(at, "required", { missingProperty }, message);
  }
  for (const name in properties) {
    if (members[name] === undefined) continue;
    const found = findFault(definitions, properties[name]!, members[name], `${at}/${name}`);
    if (found) return found;
  }
  if (additionalProperties === undefined) return undefined;
  for (const name in members) {
    const part = name.replaceAll("~", "~0").replaceAll("/", "~1");
    const found = findFault(definitions, additionalProperties, members[name], `${at}/${part}`);
    if (found) return found;
  }
  return undefined;
}

function findInArray(
  definitions: Definitions,
  { items }: TableNode,
  value: readonly unknown[],
  at: string,
): TableFault | undefined {
  if (items === undefined) return undefined;
  for (let index = 0; index < value.length; index++) {
    const found = findFault(definitions, items, value[index], `${at}/${index}`);
    if (found) return found;
  }
  return undefined;
}

function findInRange(
  { minimum, maximum }: TableNode,
  value: number,
  at: string,
): TableFault | undefined {
  if (maximum !== undefined && value > maximum) {
    const params = { comparison: "<=", limit: maximum };
    return fault(at, "maximum", params, `must be <= ${maximum}`);
  }
  if (minimum !== undefined && value < minimum) {
    const params = { comparison: ">=", limit: minimum };
    return fault(at, "minimum", params, `must be >= ${minimum}`);
  }
  return undefined;
}

function isOfType(value: unknown, type: NonNullable<TableNode["type"]>): boolean {
  switch (type) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
  }
}

function fault(
  instancePath: string,
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  message: string,
): TableFault {
  return { instancePath, keyword, params, message };
}
