// SPDX-License-Identifier: Apache-2.0
/**
 * YAML text → a value that follows its schema. Every fault is told as
 * FILE:LINE:COLUMN, the key, and what is allowed there. Pure.
 */
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { LockcError } from "../../core/errors.ts";
import { findNearest } from "../../core/suggest.ts";
import { listed } from "../../core/words.ts";

/** A validator of core/generated/, as ajv compiles them. */
interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly Fault[] | null;
}

interface Fault {
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
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

export interface Parsed<T> {
  readonly value: T;
  /** "FILE:LINE:COLUMN" of the value at `path`, for later complaints about it. */
  readonly locate: (path: readonly (string | number)[]) => string;
}

/** More than these help nobody. */
const FAULTS_TOLD = 20;

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
    throw invalid(
      file,
      broken.map(({ pos, code, message }) => `${at(pos[0])}: ${OWN_WORDS[code] ?? message}`),
    );
  }
  if (document.directives.yaml.version !== "1.2") {
    // There "no" is false and 010 is eight, which the reader of this file cannot see.
    throw invalid(file, [
      `${file}:1:1: it says YAML ${document.directives.yaml.version}; leave that out, 1.2 is what is read`,
    ]);
  }
  const locate = (path: readonly (string | number)[]) => at(offsetOf(document, path));
  let value: unknown;
  try {
    value = document.toJS() ?? empty;
  } catch (error) {
    throw invalid(file, [`${at(offsetOfAlias(document))}: ${aliasFault(error as Error)}`]);
  }
  if (validate(value)) return { value, locate };
  const faults = chooseAlternatives(validate.errors ?? [], schema);
  throw invalid(
    file,
    withoutEchoes(faults).map((fault) => describe(fault, value, schema, locate)),
  );
}

/** The library's words where they speak of the library. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "a second document begins here; a file holds one",
  NON_STRING_KEY: "a key must be plain text",
  DUPLICATE_KEY: "this key is there twice",
  TAB_AS_INDENT: "a tab; YAML is indented with spaces",
  RESOURCE_EXHAUSTION: "it is nested too deeply",
};

function invalid(file: string, faults: readonly string[]): LockcError {
  const lines = [...new Set(faults)];
  const more = lines.length - FAULTS_TOLD;
  return new LockcError(
    "LOCKC_E_SETTINGS",
    [...lines.slice(0, FAULTS_TOLD), ...(more > 0 ? [`${file}: and ${more} more`] : [])].join("\n"),
    "correct the file and try again",
  );
}

function aliasFault(error: Error): string {
  return /^Excessive/.test(error.message)
    ? "aliases (*) make far more of this file than is written in it"
    : error.message;
}

/**
 * ajv reports every branch of alternatives (oneOf). Only the branch helps that was
 * meant: one for which the value has the right type, and of these the one with the
 * fewest faults. Where none was meant, the alternatives are told as a whole.
 */
function chooseAlternatives(faults: readonly Fault[], schema: Schema): readonly Fault[] {
  const groups = faults
    .filter(({ keyword }) => keyword === "oneOf")
    .sort((a, b) => b.instancePath.length - a.instancePath.length);
  return groups.reduce<readonly Fault[]>((left, group) => {
    const branches = (partOf(group, schema)?.oneOf as readonly Schema[] | undefined) ?? [];
    const faultsOf = branches.map((_, index) =>
      left.filter((fault) => isWithinBranch(fault, group, index)),
    );
    const meant = faultsOf.filter((own) => own.every((fault) => !isMismatch(fault, group)));
    const best = meant.toSorted((a, b) => a.length - b.length)[0];
    const others = new Set(faultsOf.filter((own) => own !== best).flat());
    return left.filter((fault) => !others.has(fault) && (best === undefined || fault !== group));
  }, faults);
}

function isWithinBranch(fault: Fault, group: Fault, index: number): boolean {
  return (
    `${fault.schemaPath}/`.startsWith(`${group.schemaPath}/${index}/`) &&
    `${fault.instancePath}/`.startsWith(`${group.instancePath}/`)
  );
}

/** Without what only follows from another fault: a missing key whose name is misspelt. */
function withoutEchoes(faults: readonly Fault[]): readonly Fault[] {
  const unknown = (at: string) =>
    faults.flatMap(({ instancePath, params }) =>
      instancePath === at ? ((params.additionalProperty as string | undefined) ?? []) : [],
    );
  return faults.filter(({ keyword, instancePath, schemaPath, params }) => {
    if (keyword !== "required") return !schemaPath.includes("/propertyNames/");
    const missing = [String(params.missingProperty)];
    return !unknown(instancePath).some((key) => findNearest(key, missing));
  });
}

/** Whether the value is something else altogether. */
function isMismatch({ keyword, instancePath }: Fault, group: Fault): boolean {
  return instancePath === group.instancePath && ["type", "const", "enum"].includes(keyword);
}

function describe(
  fault: Fault,
  root: unknown,
  schema: Schema,
  locate: Parsed<unknown>["locate"],
): string {
  const path = parsePointer(fault.instancePath);
  const name = path.length === 0 ? "" : `${formatPath(path)}: `;
  const value = path.reduce<unknown>(child, root);
  const part = partOf(fault, schema);
  const keys = Object.keys(part?.properties ?? {});
  const at = `${locate(path)}: ${name}`;
  const fits = part?.description ?? describeAbove(path, schema) ?? fault.message;
  switch (fault.keyword) {
    case "additionalProperties": {
      const key = String(fault.params.additionalProperty);
      const nearest = findNearest(key, keys);
      const help = nearest ? `did you mean "${nearest}"?` : `known are ${keys.join(", ")}`;
      return `${locate([...path, key])}: ${name}unknown key ${show(key)}; ${help}`;
    }
    case "propertyNames": {
      const key = String(fault.params.propertyName);
      return `${locate([...path, key])}: ${name}the key ${show(key)} does not fit: ${fits}`;
    }
    case "required": {
      const key = String(fault.params.missingProperty);
      const meaning = partsAt([...path, key], schema).find((each) => each.description)?.description;
      return `${locate(path)}: ${name}the key "${key}" is missing${meaning ? ` (${meaning})` : ""}`;
    }
    case "enum": {
      const allowed = (fault.params.allowedValues as readonly unknown[]).map(String);
      const nearest = typeof value === "string" ? findNearest(value, allowed) : undefined;
      if (nearest)
        return `${locate(path)}: ${name}${show(value)} is not known; did you mean "${nearest}"?`;
      const above = allowed.length > 12 ? describeAbove(path, schema) : undefined;
      return `${locate(path)}: ${name}${show(value)} is not one of ${listed(allowed, 12)}${above ? ` (${above})` : ""}`;
    }
    case "type": {
      const wanted = article(String(fault.params.type));
      const wrong =
        value === null
          ? `there is nothing, but it takes ${wanted}`
          : `${show(value)} is not ${wanted}`;
      const help = keys.length > 0 ? `; its keys are ${listed(keys)}` : "";
      return `${locate(path)}: ${name}${wrong}${help}`;
    }
    case "oneOf": {
      const words = (part?.oneOf ?? []).flatMap((branch) => (branch.enum as string[]) ?? []);
      const keyed = (part?.oneOf ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}));
      if (words.length === 0 || keyed.length === 0) return misfit(fault, value, fits, at);
      const nearest = typeof value === "string" ? findNearest(value, words) : undefined;
      return nearest
        ? `${at}${show(value)} is not known; did you mean "${nearest}"?`
        : `${at}${show(value)} is not one of ${words.join(", ")}, nor a mapping with ${listed(keyed)}`;
    }
    case "minProperties":
      return `${locate(path)}: ${name}it says nothing; its keys are ${listed(keys)}`;
    default:
      return misfit(fault, value, fits, at);
  }
}

function misfit(fault: Fault, value: unknown, fits: string | undefined, at: string): string {
  const mended = typeof value === "string" && mend(value, fault.params.pattern);
  const help = mended ? `; did you mean "${mended}"?` : `: ${fits}`;
  return `${at}${show(value)} does not fit${help}`;
}

/** A slip of the hand in something that has to follow a pattern. */
function mend(value: string, pattern: unknown): string | undefined {
  if (typeof pattern !== "string") return undefined;
  const tried = [value.toLowerCase(), value.replace(/\/+$/, ""), value.replaceAll("//", "/")];
  return tried.find((text) => new RegExp(pattern, "u").test(text));
}

function article(type: string): string {
  if (type === "boolean") return "true or false";
  if (type === "object") return "a mapping (key: value)";
  if (type === "array") return "a list";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/**
 * The part of the schema whose keyword failed. ajv's path begins at the definition
 * that the part belongs to, without saying which one; the value's path says it.
 */
function partOf(fault: Fault, schema: Schema): Schema | undefined {
  const keys = parsePointer(fault.schemaPath.replace(/^#/, "")).slice(0, -1);
  const parts = partsAt(parsePointer(fault.instancePath), schema);
  return [schema, ...Object.values(schema.definitions ?? {})]
    .map((from) => keys.reduce<unknown>(child, from) as Schema | undefined)
    .find((part) => part !== undefined && parts.includes(part));
}

/** What the nearest value above that the schema describes is for. */
function describeAbove(path: readonly string[], schema: Schema): string | undefined {
  if (path.length === 0) return undefined;
  const described = partsAt(path, schema).find(({ description }) => description !== undefined);
  return described?.description ?? describeAbove(path.slice(0, -1), schema);
}

/** Every part of the schema that says something of the value at `path`. */
function partsAt(path: readonly string[], schema: Schema): readonly Schema[] {
  const open = (part: Schema | boolean | undefined): Schema[] => {
    if (typeof part !== "object") return [];
    const name = /^#\/definitions\/(.+)$/.exec(part.$ref ?? "")?.[1];
    return [part, ...(part.oneOf ?? []).flatMap(open), ...open(schema.definitions?.[name ?? ""])];
  };
  return path.reduce(
    (parts, key) =>
      parts.flatMap(({ properties, additionalProperties, items }) =>
        [properties?.[key] ?? additionalProperties, items].flatMap(open),
      ),
    open(schema),
  );
}

function child(parent: unknown, key: string): unknown {
  return (parent as Record<string, unknown> | null | undefined)?.[key];
}

function parsePointer(pointer: string): string[] {
  const parts = pointer.split("/").slice(1);
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** hostPaths[0].access */
function formatPath(path: readonly string[]): string {
  return path
    .map((part) =>
      /^\d+$/.test(part) ? `[${part}]` : `.${/^[\w*-]+$/.test(part) ? part : show(part)}`,
    )
    .join("")
    .replace(/^\./, "");
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value); // JSON has neither NaN nor infinity
  try {
    const text = JSON.stringify(value) ?? "nothing";
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  } catch {
    return "a value that contains itself";
  }
}

/** Where the first alias is. */
function offsetOfAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, { range }) {
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
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
