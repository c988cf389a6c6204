// SPDX-License-Identifier: Apache-2.0
/**
 * A config.json that is written in some unusual way → what each runtime makes of it. Pure,
 * and a file of its own, which is read only where bundle.ts finds such a thing.
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
import { type Names, readStructure } from "../generated/config-names.ts";
import { fold } from "./fold.ts";

/** Not what runc's decoder takes; completes the sentence that begins with the file. */
export interface Unreadable {
  readonly reason: string;
  readonly hint: string;
}

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

/** Of more things that stand again nobody needs a reading. */
const MAX_AGAIN = 100;

/** Go's decoder gives up there (encoding/json, maxNestingDepth). */
const MAX_DEPTH = 10_000;

/**
 * @param text a JSON text.
 * @returns only properties that the specification has.
 */
export function readUnusual(text: string): Readings | Unreadable {
  const parser = new Parser(text);
  try {
    const tree = parser.read();
    const { oddities } = parser;
    const crun = oddities.length > 0 ? [byCrun(tree, "first"), byCrun(tree, "last")] : [];
    const go = byGo(tree, undefined, []);
    return { go, goBefore: before(tree), crun, oddities };
  } catch (error) {
    if (error instanceof Refused) return error.why;
    throw error;
  }
}

class Refused extends Error {
  readonly why: Unreadable;
  constructor(reason: string, hint: string) {
    super(reason);
    this.why = { reason, hint };
  }
}

/** All that is known of a text, before anybody has chosen between names. */
type Tree =
  | {
      readonly kind: "struct";
      readonly members: readonly Member[];
      readonly required: readonly string[];
    }
  | { readonly kind: "map"; readonly members: readonly Member[] }
  /** `zero` is an element of which Go was told nothing. */
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly zero: () => unknown }
  | { readonly kind: "value"; readonly value: unknown };

interface Member {
  /** As the specification spells it; in maps, and `exact`, as it stands there. */
  readonly name: string;
  readonly exact: boolean;
  readonly tree: Tree;
  /** What null leaves of it: nothing; of an entry of a map, a new one. */
  readonly atNull: "absent" | "kept" | (() => unknown);
}

const isNull = (tree: Tree) => tree.kind === "value" && tree.value === null;

/** Numbers, strings and the like that Go holds by pointer (specs-go/config.go). */
const POINTERS: ReadonlySet<string> = new Set(
  Object.entries({
    user: "umask",
    process: "oomScoreAdj",
    hook: "timeout",
    memory:
      "limit reservation swap kernel kernelTCP swappiness disableOOMKiller useHierarchy checkBeforeUpdate",
    cpu: "shares quota burst period realtimeRuntime realtimePeriod idle",
    pids: "limit",
    blockIo: "weight leafWeight",
    weightDevice: "weight leafWeight",
    networkClass: "classID",
    rdma: "hcaHandles hcaObjects",
    device: "fileMode uid gid",
    deviceRule: "major minor",
    seccomp: "defaultErrnoRet",
    syscallRule: "errnoRet",
  }).flatMap(([definition, names]) => names.split(" ").map((name) => `${definition}/${name}`)),
);

/** The one object in an object that Go does not hold by pointer. */
const IN_PLACE = "process/user";

class Parser {
  readonly oddities: string[] = [];
  readonly #text: string;
  readonly #structure = readStructure();
  readonly #folded = new Map<object, ReadonlyMap<string, string>>();
  /** To where it is, for complaints. */
  readonly #path: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Tree {
    return this.#value(this.#structure.names, "");
  }

  /** What a place may hold, and the definition that says so. */
  #resolve(names: Names | null | undefined): [names: Names | null | undefined, definition: string] {
    const definition = names?.definition ?? "";
    return definition === "" ? [names, ""] : [this.#structure.definitions[definition], definition];
  }

  #value(place: Names | null | undefined, within: string): Tree {
    const [names, own] = this.#resolve(place);
    const definition = own || within;
    const first = this.#peek();
    if (first === "{" && names?.properties !== undefined) {
      const members = this.#struct(names.properties, definition);
      return { kind: "struct", members, required: names.required ?? [] };
    }
    if (first === "{" && names?.values !== undefined) {
      return { kind: "map", members: this.#map(names.values, definition) };
    }
    if (first === "[" && names?.items !== undefined) {
      return this.#list(names.items, definition);
    }
    return { kind: "value", value: this.#scalar(names?.integer) };
  }

  #struct(properties: NonNullable<Names["properties"]>, definition: string): Member[] {
    const seen = new Set<string>();
    const members: Member[] = [];
    this.#members((spelled) => {
      const exact = Object.hasOwn(properties, spelled);
      const name = exact ? spelled : this.#foldedNames(properties).get(fold(spelled));
      if (name === undefined) {
        this.#skip();
        return;
      }
      if (!exact) this.#odd(`"${name}"${this.#where()} as "${spelled}"`);
      if (seen.has(name)) this.#odd(`"${name}"${this.#where()} twice`);
      seen.add(name);
      const place = properties[name];
      this.#path.push(name);
      const tree = this.#value(place, definition);
      this.#path.pop();
      const cleared = this.#isCleared(place, `${definition}/${name}`);
      members.push({ name, exact, tree, atNull: cleared ? "absent" : "kept" });
    });
    return members;
  }

  #isCleared(place: Names | null | undefined, key: string): boolean {
    const [names] = this.#resolve(place);
    const single = names === null || names === undefined || names.integer !== undefined;
    return single ? POINTERS.has(key) : key !== IN_PLACE;
  }

  #map(values: Names | null, definition: string): Member[] {
    const seen = new Set<string>();
    const members: Member[] = [];
    this.#members((name) => {
      if (seen.has(name)) this.#odd(`"${name}"${this.#where()} twice`);
      seen.add(name);
      this.#path.push(name);
      const tree = this.#value(values, definition);
      this.#path.pop();
      members.push({ name, exact: true, tree, atNull: this.#zeroOf(values) });
    });
    return members;
  }

  #list(element: Names | null, definition: string): Tree {
    const items: Tree[] = [];
    this.#elements(() => {
      this.#path.push(String(items.length));
      items.push(this.#value(element, definition));
      this.#path.pop();
    });
    return { kind: "list", items, zero: this.#zeroOf(element) };
  }

  #zeroOf(place: Names | null): () => unknown {
    const [names] = this.#resolve(place);
    if (names?.properties !== undefined) return () => ({});
    return names?.integer === undefined ? () => "" : () => 0;
  }

  #foldedNames(properties: object): ReadonlyMap<string, string> {
    let known = this.#folded.get(properties);
    if (known === undefined) {
      known = new Map(Object.keys(properties).map((name) => [fold(name), name]));
      this.#folded.set(properties, known);
    }
    return known;
  }

  #odd(what: string): void {
    // A list of a hundred thousand would be of no use to anybody.
    if (this.oddities.length < 10) this.oddities.push(what);
  }

  #where(): string {
    return this.#path.length === 0 ? "" : ` at ${this.#pointer()}`;
  }

  #pointer(): string {
    const part = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
    return this.#path.map((name) => `/${part(name)}`).join("");
  }

  /** Calls `act` with each name of an object, when its value is next. */
  #members(act: (name: string) => void): void {
    this.#elements(() => {
      const name = textOf(this.#string());
      this.#expect(":");
      act(name);
    });
  }

  /** Calls `act` before each element of a list, or member of an object. */
  #elements(act: () => void): void {
    this.#at++;
    for (;;) {
      const next = this.#peek();
      if (next === "]" || next === "}") break;
      if (next === ",") this.#at++;
      this.#peek();
      act();
    }
    this.#at++;
  }

  /** The next character that is no space. */
  #peek(): string {
    while (" \t\r\n".includes(this.#text[this.#at]!)) this.#at++;
    return this.#text[this.#at]!;
  }

  #expect(character: string): void {
    this.#peek();
    this.#at += character.length;
  }

  #string(): string {
    const start = this.#at;
    for (let quote = start; ; ) {
      quote = this.#text.indexOf('"', quote + 1);
      let escapes = quote;
      while (this.#text[escapes - 1] === "\\") escapes--;
      if ((quote - escapes) % 2 === 1) continue;
      this.#at = quote + 1;
      return this.#text.slice(start, this.#at);
    }
  }

  /** Of an object or a list that may not stand here only that it is one. */
  #scalar(integer: Names["integer"]): unknown {
    const first = this.#peek();
    if (first === "{" || first === "[") {
      this.#skip();
      return first === "{" ? {} : [];
    }
    if (first === '"') return textOf(this.#string());
    const text = this.#skip();
    if (integer !== undefined && /^[-\d]/.test(text)) return this.#integer(text, integer);
    return JSON.parse(text);
  }

  /** For Go an integer has neither fraction nor exponent, and one without a sign no minus. */
  #integer(text: string, { signed }: NonNullable<Names["integer"]>): number {
    const number = Number(text);
    const written = signed ? /^-?\d+$/ : /^\d+$/;
    if (Number.isInteger(number) && !written.test(text) && (number >= 0 || !/^-\d+$/.test(text))) {
      throw new Refused(
        `has the integer ${text} at ${this.#pointer()}`,
        `write it as ${BigInt(number)}`,
      );
    }
    if (number === 0) return 0; // JavaScript has two of them
    const edge = EDGES.find(([, rounded]) => rounded === number);
    if (edge === undefined || !written.test(text)) return number;
    const beyond = number > 0 ? BigInt(text) > edge[0] : BigInt(text) < edge[0];
    return beyond ? number * (1 + Number.EPSILON) : number;
  }

  /** Passes a value by, in one loop however deep it is. */
  #skip(): string {
    this.#peek();
    const start = this.#at;
    let depth = this.#path.length;
    const outside = depth;
    for (;;) {
      TOKEN.lastIndex = this.#at;
      const [token] = TOKEN.exec(this.#text)!;
      this.#at = TOKEN.lastIndex;
      if (token === '"') {
        this.#at--;
        this.#string();
      } else if (token === "{" || token === "[") {
        depth++;
        if (depth > MAX_DEPTH) {
          throw new Refused(`nests deeper than ${MAX_DEPTH} levels`, "flatten it");
        }
      } else if (token === "}" || token === "]") depth--;
      if (depth === outside) return this.#text.slice(start, this.#at);
    }
  }
}

/** A quotation mark, a bracket, or a number, true, false or null. */
const TOKEN = /["{}[\]]|[^"{}[\],:\s]+/g;

/** What a string between its quotation marks says. */
function textOf(string: string): string {
  return string.includes("\\") ? (JSON.parse(string) as string) : string.slice(1, -1);
}

/** The last integers that runc takes where it holds 64 bits, and what JavaScript makes of them. */
const EDGES: readonly (readonly [last: bigint, rounded: number])[] = [
  [2n ** 63n - 1n, 2 ** 63],
  [2n ** 64n - 1n, 2 ** 64],
  [-(2n ** 63n), -(2 ** 63)],
];

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
