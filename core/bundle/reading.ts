// SPDX-License-Identifier: Apache-2.0
/**
 * A config.json that is written in some unusual way → what each runtime makes of it. Pure.
 * With tokens.ts and tree.ts it is a file of the product by itself (reading.cjs), which is read
 * only where parse.ts finds such a thing.
 *
 * runc has Go's encoding/json. A name counts in any case (fold.ts); what stands again goes
 * into what is there already: objects member by member, lists element by element, also into
 * elements that a shorter list had cut off (golang/go#21092), entries of maps anew. Null
 * takes away what Go holds by pointer, lists and maps, and leaves all else as it was.
 *
 * crun knows names as they are spelled. Of several that are the same its versions with yajl
 * take the first, those with json-c the last. Null is absence.
 *
 * What no version of the specification names both skip, whatever is in it.
 */
import { Refused, type Unreadable } from "./tokens.ts";
import { isNull, type Member, readTree, type Tree } from "./tree.ts";

export interface Readings {
  /** runc's. */
  readonly go: unknown;
  /**
   * What runc had read before each thing that stands again, the last such first: its decoder
   * refuses what is wrong there, even if it does not last. One object that changes.
   */
  readonly goBefore: Iterable<unknown>;
  /** crun's, as far as they are others: by the first of several, by the last. */
  readonly crun: readonly unknown[];
  /** Why they may differ: "path" at /root as "Path"; "mounts" twice. */
  readonly oddities: readonly string[];
}

/**
 * @param text a JSON text.
 * @returns only properties that the specification has.
 */
export function readUnusual(text: string): Readings | Unreadable {
  try {
    const { tree, oddities } = readTree(text);
    const crun = oddities.length > 0 ? [byCrun(tree, "first"), byCrun(tree, "last")] : [];
    const go = byGo(tree, undefined, []);
    return { go, goBefore: before(tree), crun, oddities };
  } catch (error) {
    if (error instanceof Refused) return error.why;
    throw error;
  }
}

/** Own properties, of whatever name. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Of a list that was longer once, all elements that Go still has. */
const HELD = new WeakMap<object, readonly unknown[]>();

/** Of more things that stand again nobody needs a reading. */
const MAX_AGAIN = 100;

/** Takes one change back. */
type Undo = () => void;

function* before(tree: Tree): Iterable<unknown> {
  const changes: Undo[] = [];
  const document = byGo(tree, undefined, changes);
  for (const undo of changes.reverse()) {
    undo();
    yield document;
  }
}

/**
 * @param old what is there already, which this may change.
 * @param changes grows by what takes each change of `old` back.
 * @throws Refused where more stands again than anybody writes.
 */
function byGo(tree: Tree, old: unknown, changes: Undo[]): unknown {
  switch (tree.kind) {
    case "value":
      return tree.value;
    case "list":
      return listByGo(tree, Array.isArray(old) ? (HELD.get(old) ?? old) : [], changes);
    case "struct":
    case "map": {
      const object = (isObject(old) ? old : {}) as Record<string, unknown>;
      for (const { name, tree: member, atNull } of tree.members) {
        const there = Object.hasOwn(object, name) ? object[name] : undefined;
        if (!isNull(member)) {
          define(object, name, byGo(member, tree.kind === "map" ? undefined : there, changes));
        } else if (typeof atNull === "function") define(object, name, atNull());
        else if (atNull === "absent") delete object[name];
        if (there === undefined || there === object[name]) continue;
        if (changes.length === MAX_AGAIN) {
          throw new Refused(
            `writes names again more than ${MAX_AGAIN} times`,
            "let each name stand once",
          );
        }
        changes.push(() => define(object, name, there));
      }
      return object;
    }
  }
}

function listByGo(
  { items, zero }: Extract<Tree, { kind: "list" }>,
  before: readonly unknown[],
  changes: Undo[],
): unknown[] {
  const list = items.map((item, at) =>
    isNull(item) ? (before[at] ?? zero()) : byGo(item, before[at], changes),
  );
  // An empty one Go makes anew.
  if (list.length > 0) HELD.set(list, [...list, ...before.slice(list.length)]);
  return list;
}

function byCrun(tree: Tree, which: "first" | "last"): unknown {
  switch (tree.kind) {
    case "value":
      return tree.value;
    case "list":
      return tree.items.map((item) => (isNull(item) ? tree.zero() : byCrun(item, which)));
    case "struct":
    case "map": {
      const chosen = new Map<string, Member>();
      for (const member of tree.members) {
        const taken = member.exact && (which === "last" || !chosen.has(member.name));
        if (taken) chosen.set(member.name, member);
      }
      // An object that lacks what is required crun refuses, or its version does not look at it:
      // then it does not matter, but all else does.
      const required = tree.kind === "struct" ? tree.required : [];
      for (const name of required.filter((it) => !chosen.has(it))) {
        const other = tree.members.findLast((member) => member.name === name);
        if (other !== undefined) chosen.set(name, other);
      }
      const object = {};
      for (const [name, { tree: member, atNull }] of chosen) {
        if (!isNull(member)) define(object, name, byCrun(member, which));
        else if (typeof atNull === "function") define(object, name, atNull());
      }
      return object;
    }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
