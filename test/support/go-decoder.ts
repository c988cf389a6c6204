// SPDX-License-Identifier: Apache-2.0
/**
 * A model of encoding/json's Unmarshal, told apart from core/bundle/reading.ts: memory as Go has it,
 * of the types that reflection tells (fixtures/readings), without anything of the schema.
 */

export type GoType =
  | { readonly struct: Readonly<Record<string, GoType>> }
  | { readonly ptr: GoType }
  | { readonly slice: GoType }
  | { readonly map: GoType }
  | string;

type Token = [name: string, value: Token][] | { readonly list: Token[] } | { readonly raw: string };

/** Some memory of one type. */
type Cell =
  | { kind: "struct"; fields: Map<string, Cell> }
  | { kind: "ptr"; to: Cell | undefined }
  | { kind: "slice"; array: Cell[]; length: number }
  | { kind: "map"; entries: Map<string, Cell> | undefined }
  | { kind: "scalar"; value: unknown };

class TypeMismatch extends Error {}

/** What json.Marshal would write of it; undefined where Unmarshal returns an error. */
export function decode(type: GoType, text: string): unknown {
  const cell = zero(type);
  try {
    store(type, cell, parse(text));
  } catch (error) {
    if (error instanceof TypeMismatch) return undefined;
    throw error;
  }
  return marshal(cell);
}

function zero(type: GoType): Cell {
  if (typeof type === "string") {
    return { kind: "scalar", value: type === "string" ? "" : type === "bool" ? false : 0 };
  }
  if ("ptr" in type) return { kind: "ptr", to: undefined };
  if ("slice" in type) return { kind: "slice", array: [], length: 0 };
  if ("map" in type) return { kind: "map", entries: undefined };
  const fields = Object.entries(type.struct).map(([name, of]) => [name, zero(of)] as const);
  return { kind: "struct", fields: new Map(fields) };
}

function store(type: GoType, cell: Cell, token: Token): void {
  const none = "raw" in token && token.raw === "null";
  switch (cell.kind) {
    case "ptr": {
      const { ptr } = type as { ptr: GoType };
      cell.to = none ? undefined : (cell.to ?? zero(ptr));
      if (cell.to !== undefined) store(ptr, cell.to, token);
      return;
    }
    case "slice": {
      if (none) {
        cell.array = [];
        cell.length = 0;
        return;
      }
      if (!("list" in token)) throw new TypeMismatch();
      const { slice } = type as { slice: GoType };
      for (const [at, item] of token.list.entries()) {
        cell.array[at] ??= zero(slice);
        store(slice, cell.array[at], item);
      }
      cell.length = token.list.length;
      if (cell.length === 0) cell.array = [];
      return;
    }
    case "map": {
      if (none) {
        cell.entries = undefined;
        return;
      }
      if (!Array.isArray(token)) throw new TypeMismatch();
      cell.entries ??= new Map();
      for (const [name, value] of token) {
        const entry = zero((type as { map: GoType }).map);
        store((type as { map: GoType }).map, entry, value);
        cell.entries.set(name, entry);
      }
      return;
    }
    case "struct": {
      if (none) return;
      if (!Array.isArray(token)) throw new TypeMismatch();
      const { struct } = type as { struct: Record<string, GoType> };
      for (const [name, value] of token) {
        const field = Object.hasOwn(struct, name)
          ? name
          : Object.keys(struct).find((other) => equalFold(other, name));
        if (field !== undefined) store(struct[field]!, cell.fields.get(field)!, value);
      }
      return;
    }
    case "scalar": {
      if (none) return;
      if (!("raw" in token)) throw new TypeMismatch();
      const value: unknown = JSON.parse(token.raw);
      if (typeof value !== typeof cell.value) throw new TypeMismatch();
      cell.value = value;
    }
  }
}

/** strings.EqualFold for a name of ASCII letters. */
function equalFold(known: string, name: string): boolean {
  const letters = [...name];
  return (
    letters.length === known.length &&
    letters.every((letter, at) => {
      const lower = known[at]!.toLowerCase();
      const others = lower === "k" ? "\u212a" : lower === "s" ? "\u017f" : "";
      return [lower, lower.toUpperCase(), others].includes(letter);
    })
  );
}

function marshal(cell: Cell): unknown {
  switch (cell.kind) {
    case "scalar":
      return cell.value;
    case "ptr":
      return cell.to && marshal(cell.to);
    case "slice":
      return cell.array.slice(0, cell.length).map(marshal);
    case "map":
      return cell.entries && fromPairs(cell.entries);
    case "struct":
      return fromPairs(cell.fields);
  }
}

function fromPairs(pairs: ReadonlyMap<string, Cell>): unknown {
  return Object.fromEntries([...pairs].map(([name, cell]) => [name, marshal(cell)]));
}

/** A JSON text, with every name that stands twice. */
function parse(text: string): Token {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g)!;
  let at = 0;
  const value = (): Token => {
    const token = tokens[at++]!;
    if (token !== "{" && token !== "[") return { raw: token };
    const members: [string, Token][] = [];
    const list: Token[] = [];
    while (tokens[at] !== "}" && tokens[at] !== "]") {
      if (tokens[at] === ",") at++;
      if (token === "[") {
        list.push(value());
        continue;
      }
      const name = JSON.parse(tokens[at]!) as string;
      at += 2;
      members.push([name, value()]);
    }
    at++;
    return token === "{" ? members : { list };
  };
  return value();
}
