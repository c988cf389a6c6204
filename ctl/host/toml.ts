// SPDX-License-Identifier: Apache-2.0
/** TOML as engines read it. Pure. */
import { isDeepStrictEqual } from "node:util";
import { parse, type TomlTable } from "smol-toml";

export type { TomlTable };

/** @throws TomlError, which tells the line */
export function parseToml(text: string): TomlTable {
  return parse(text, { integersAsBigInt: "asNeeded" });
}

/** The table at a path; undefined when something on the way is none. */
export function tableAt(top: unknown, path: readonly string[]): TomlTable | undefined {
  let at = asTable(top);
  for (const key of path)
    at = asTable(at !== undefined && Object.hasOwn(at, key) ? at[key] : undefined);
  return at;
}

/** The tables at a path of each of these, where there is one. */
export function tablesAt(tops: readonly unknown[], path: readonly string[]): TomlTable[] {
  return tops.map((top) => tableAt(top, path)).filter((table) => table !== undefined);
}

export function asTable(value: unknown): TomlTable | undefined {
  const isTable =
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date);
  return isTable ? (value as TomlTable) : undefined;
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of a list; none for anything else. */
export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Sets a value in a table below `top`, and makes the tables on the way. */
export function put(top: TomlTable, path: readonly string[], value: unknown): void {
  let at = top;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    const next = asTable(at[key]);
    if (next === undefined) return; // what is written then is not what was wanted, which is seen
    at = next;
  }
  at[path.at(-1)!] = value as TomlTable;
}

/** Whether two values say the same; smol-toml's tables have no prototype, others have one. */
export function isSame(one: unknown, other: unknown): boolean {
  const [table, second] = [asTable(one), asTable(other)];
  if (table === undefined || second === undefined) {
    if (!Array.isArray(one) || !Array.isArray(other)) return isDeepStrictEqual(one, other);
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  }
  const keys = Object.keys(table);
  return (
    keys.length === Object.keys(second).length &&
    keys.every((key) => Object.hasOwn(second, key) && isSame(table[key], second[key]))
  );
}

/** A name as a key of TOML. */
export function keyOf(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}
