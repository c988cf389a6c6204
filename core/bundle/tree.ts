// SPDX-License-Identifier: Apache-2.0
/**
 * A config.json → a tree of all that the specification knows in it: each name as often as it
 * stands there, in whatever spelling. Pure. Which of them count, reading.ts says.
 */
import { type Names, readStructure } from "../generated/config-names.ts";
import { fold } from "./fold.ts";
import { Refused, Tokens } from "./tokens.ts";

/** All that is known of a text, before anybody has chosen between names. */
export type Tree =
  | {
      readonly kind: "struct";
      readonly members: readonly Member[];
      readonly required: readonly string[];
    }
  | { readonly kind: "map"; readonly members: readonly Member[] }
  /** `zero` is an element of which Go was told nothing. */
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly zero: () => unknown }
  | { readonly kind: "value"; readonly value: unknown };

export interface Member {
  /** As the specification spells it; in maps, and `exact`, as it stands there. */
  readonly name: string;
  readonly exact: boolean;
  readonly tree: Tree;
  /** What null leaves of it: nothing; of an entry of a map, a new one. */
  readonly atNull: "absent" | "kept" | (() => unknown);
}

export const isNull = (tree: Tree) => tree.kind === "value" && tree.value === null;

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

/**
 * @param text a JSON text.
 * @returns the tree, and what in it runtimes may read differently, the first ten of them.
 * @throws Refused
 */
export function readTree(text: string): { tree: Tree; oddities: readonly string[] } {
  const parser = new Parser(text);
  return { tree: parser.read(), oddities: parser.oddities };
}

class Parser {
  readonly oddities: string[] = [];
  readonly #tokens: Tokens;
  readonly #structure = readStructure();
  readonly #folded = new Map<object, ReadonlyMap<string, string>>();
  /** To where it is, for complaints. */
  readonly #path: string[] = [];

  constructor(text: string) {
    this.#tokens = new Tokens(text);
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
    const first = this.#tokens.peek();
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
    this.#tokens.members((spelled) => {
      const exact = Object.hasOwn(properties, spelled);
      const name = exact ? spelled : this.#foldedNames(properties).get(fold(spelled));
      if (name === undefined) {
        this.#tokens.skip(this.#path.length);
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
    this.#tokens.members((name) => {
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
    this.#tokens.elements(() => {
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

  /** Of an object or a list that may not stand here only that it is one. */
  #scalar(integer: Names["integer"]): unknown {
    const first = this.#tokens.peek();
    if (first === "{" || first === "[") {
      this.#tokens.skip(this.#path.length);
      return first === "{" ? {} : [];
    }
    if (first === '"') return this.#tokens.string();
    const text = this.#tokens.skip(this.#path.length);
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
}

/** The last integers that runc takes where it holds 64 bits, and what JavaScript makes of them. */
const EDGES: readonly (readonly [last: bigint, rounded: number])[] = [
  [2n ** 63n - 1n, 2 ** 63],
  [2n ** 64n - 1n, 2 ** 64],
  [-(2n ** 63n), -(2 ** 63)],
];
