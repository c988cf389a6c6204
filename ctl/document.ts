// SPDX-License-Identifier: Apache-2.0
/**
 * YAML text → a value that follows its schema. Every fault is told as
 * FILE:LINE:COLUMN, the key, and what is allowed there. Pure.
 */
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { LockcError } from "../shim/errors.ts";
import { findNearest } from "./suggest.ts";

/** A validator of shim/generated/, as ajv compiles them. */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly Fault[] | null;
}

export interface Fault {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** The parts of a JSON schema that messages quote. */
export interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

export interface Parsed<T> {
  readonly value: T;
  /** "FILE:LINE:COLUMN" of the value at `path`, for later complaints about it. */
  readonly locate: (path: readonly (string | number)[]) => string;
}

/**
 * Parses YAML 1.2 and holds it against a schema. An empty document is `empty`.
 * @throws LOCKC_E_SETTINGS with one line per fault
 */
export function parseYaml<T>(
  file: string,
  text: string,
  validate: Validator<T>,
  schema: Schema,
  empty: unknown = null,
): Parsed<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.2",
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw invalid(broken.map(({ pos, message }) => `${at(pos[0])}: ${message}`));
  }
  const locate = (path: readonly (string | number)[]) => at(offsetOf(document, path));
  let value: unknown;
  try {
    value = document.toJS() ?? empty;
  } catch (error) {
    throw invalid([`${file}: ${(error as Error).message}`]); // aliases that grow without end
  }
  if (validate(value)) return { value, locate };
  throw invalid(
    deepest(validate.errors ?? []).map((fault) => describe(fault, value, schema, locate)),
  );
}

function invalid(lines: readonly string[]): LockcError {
  return new LockcError(
    "LOCKC_E_SETTINGS",
    [...new Set(lines)].join("\n"),
    "correct the file and run lockctl load again",
  );
}

/** Alternatives (oneOf) report each branch; only the branch that got furthest helps. */
function deepest(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((fault) => {
    if (!/\/oneOf(\/|$)/.test(fault.schemaPath)) return true;
    const below = faults.some(({ instancePath }) =>
      instancePath.startsWith(`${fault.instancePath}/`),
    );
    if (below) return false;
    return fault.keyword === "oneOf" || !faults.some((other) => isAlternative(other, fault));
  });
}

function isAlternative(other: Fault, fault: Fault): boolean {
  return other.keyword === "oneOf" && other.instancePath === fault.instancePath;
}

function describe(
  fault: Fault,
  root: unknown,
  schema: Schema,
  locate: Parsed<unknown>["locate"],
): string {
  const path = parsePointer(fault.instancePath);
  const name = path.length === 0 ? "" : `${formatPath(path)}: `;
  const value = show(path.reduce<unknown>(child, root));
  const rule = resolve(schema, fault.schemaPath);
  switch (fault.keyword) {
    case "additionalProperties": {
      const key = String(fault.params.additionalProperty);
      const known = Object.keys(rule?.properties ?? {});
      const nearest = findNearest(key, known);
      const help = nearest ? `did you mean "${nearest}"?` : `known are ${known.join(", ")}`;
      return `${locate([...path, key])}: ${name}unknown key "${key}"; ${help}`;
    }
    case "required": {
      const key = String(fault.params.missingProperty);
      const meaning = rule?.properties?.[key]?.description;
      return `${locate(path)}: ${name}the key "${key}" is missing${meaning ? ` (${meaning})` : ""}`;
    }
    case "enum": {
      const allowed = (fault.params.allowedValues as readonly unknown[]).join(", ");
      return `${locate(path)}: ${name}${value} is not one of ${allowed}`;
    }
    case "type":
      return `${locate(path)}: ${name}${value} is not ${article(String(fault.params.type))}`;
    default:
      return `${locate(path)}: ${name}${value} is not allowed: ${rule?.description ?? fault.message}`;
  }
}

function article(type: string): string {
  if (type === "boolean") return "true or false";
  if (type === "object") return "a mapping (key: value)";
  if (type === "array") return "a list";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** The schema part whose keyword failed: "#/properties/confine/required" → confine. */
function resolve(schema: Schema, schemaPath: string): Schema | undefined {
  const parts = parsePointer(schemaPath.replace(/^#/, "")).slice(0, -1);
  return parts.reduce<unknown>(child, schema) as Schema | undefined;
}

function child(parent: unknown, key: string): unknown {
  return (parent as Record<string, unknown> | undefined)?.[key];
}

function parsePointer(pointer: string): string[] {
  const parts = pointer.split("/").slice(1);
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** hostPaths[0].access */
function formatPath(path: readonly string[]): string {
  return path
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Where the key or element at `path` begins; its nearest parent when it is absent. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isPair(item) && isScalar(item.key) && item.key.value === last,
      );
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return (document.contents as { range?: [number] } | null)?.range?.[0] ?? 0;
}
