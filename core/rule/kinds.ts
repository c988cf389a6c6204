// SPDX-License-Identifier: Apache-2.0
/** The kinds of rule: how a value is read, compared, added to and shown. */
import type { HostPath } from "../generated/policy.ts";
import { isWithin } from "../path.ts";
import type { AnyOf, RequiredPaths, Written } from "./values.ts";

export interface Kind<V> {
  /** Lets everything through. */
  readonly widest: V;
  /** Whether everything that `narrow` lets through, `wide` lets through too. */
  readonly covers: (wide: V, narrow: V) => boolean;
  /** The value that `written` gives, on top of what is inherited. */
  readonly read: (written: Written, inherited: V) => V;
  /** The value as YAML says it, without mode. */
  readonly write: (value: V) => Written;
  /** What `from` lets through and `to` does not, in words; for lists item by item. */
  readonly lost: (from: V, to: V) => string[];
}

export function one<V>(key: string, widest: V, covers: Kind<V>["covers"]): Kind<V> {
  return {
    widest,
    covers,
    read: (written, inherited) => (written[key] as V | undefined) ?? inherited,
    write: (value) => ({ [key]: value }),
    lost: (from, to) => (covers(to, from) ? [] : [show(from)]),
  };
}

export const ALLOWED = one<boolean>("allow", true, (wide, narrow) => wide || !narrow);
export const REQUIRED = one<boolean>("require", false, (wide, narrow) => !wide || narrow);

/** Words from the widest to the narrowest. */
export function ordered<const V extends string>(key: string, ...words: readonly V[]): Kind<V> {
  return one<V>(key, words[0]!, (wide, narrow) => words.indexOf(wide) <= words.indexOf(narrow));
}

const sameItem = <T>(wide: T, narrow: T) => wide === narrow;

/** A list under `allow`, or "any"; `add` goes on top of what is inherited. */
export function anyOf<T>(coversItem: (wide: T, narrow: T) => boolean = sameItem): Kind<AnyOf<T>> {
  const missing = (from: AnyOf<T>, to: AnyOf<T>): readonly (T | "any")[] => {
    if (to === "any") return [];
    if (from === "any") return ["any"];
    return from.filter((item) => !to.some((other) => coversItem(other, item)));
  };
  return {
    widest: "any",
    covers: (wide, narrow) => missing(narrow, wide).length === 0,
    read: (written, inherited) => {
      const base = (written.allow as AnyOf<T> | undefined) ?? inherited;
      const added = (written.add as readonly T[] | undefined) ?? [];
      return base === "any" ? base : unique([...base, ...added]);
    },
    write: (value) => ({ allow: value }),
    lost: (from, to) => missing(from, to).map(show),
  };
}

const UNLESS_USER_NAMESPACE = "unlessUserNamespace";

function missingPaths(wide: RequiredPaths, narrow: RequiredPaths): string[] {
  return [
    ...wide.paths.filter((path) => !narrow.paths.some((other) => isWithin(path, other))),
    ...(narrow.unlessUserNamespace && !wide.unlessUserNamespace && wide.paths.length > 0
      ? [UNLESS_USER_NAMESPACE]
      : []),
  ];
}

/** Paths that have to be listed in config.json: the more, the narrower. */
export const REQUIRED_PATHS: Kind<RequiredPaths> = {
  widest: { paths: [], unlessUserNamespace: false },
  covers: (wide, narrow) => missingPaths(wide, narrow).length === 0,
  read: (written, inherited) => ({
    paths: unique([
      ...((written.require as readonly string[] | undefined) ?? inherited.paths),
      ...((written.add as readonly string[] | undefined) ?? []),
    ]),
    unlessUserNamespace:
      (written.unlessUserNamespace as boolean | undefined) ?? inherited.unlessUserNamespace,
  }),
  write: ({ paths, unlessUserNamespace }) => ({
    require: paths,
    ...(unlessUserNamespace ? { unlessUserNamespace } : {}),
  }),
  lost: (from, to) => missingPaths(to, from),
};

/** "net.ipv4.*" fits all that begin with "net.ipv4."; any other pattern only itself. */
export function matchesName(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

export const isForAll = ({ access }: HostPath) => access === "read-all";

export function unique<T>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return !seen.has(key) && seen.add(key);
  });
}

function show(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(show).join(", ");
  return Object.values(value).map(String).join(" ");
}
