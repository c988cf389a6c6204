// SPDX-License-Identifier: Apache-2.0
/**
 * Ways to spoil a config.json that neither a JavaScript value nor its text alone can
 * show: names twice, other spellings, numbers as they are written, bytes that are no
 * UTF-8. A document is a tree of raw tokens.
 */

export type Tree = Obj | List | Raw;
interface Obj {
  readonly kind: "object";
  readonly members: [name: string, value: Tree][];
}
interface List {
  readonly kind: "list";
  readonly members: Tree[];
}
/** A token as it is written; a character stands for one byte. */
interface Raw {
  readonly kind: "raw";
  readonly text: string;
}

const raw = (text: string): Raw => ({ kind: "raw", text });

/** A string as JSON writes it, in bytes. */
const quoted = (text: string) => Buffer.from(JSON.stringify(text), "utf8").toString("latin1");

export function treeOf(text: string): Tree {
  return fromValue(
    JSON.parse(text, (_name, value, context?: { readonly source?: string }) =>
      typeof value === "number" ? raw(context?.source ?? String(value)) : value,
    ),
  );
}

function fromValue(value: unknown): Tree {
  if (typeof value !== "object" || value === null) {
    return raw(typeof value === "string" ? quoted(value) : String(value));
  }
  if ((value as Raw).kind === "raw") return value as Raw;
  if (Array.isArray(value)) return { kind: "list", members: value.map(fromValue) };
  const members = Object.entries(value).map(([name, member]): [string, Tree] => [
    quoted(name),
    fromValue(member),
  ]);
  return { kind: "object", members };
}

/** The document's bytes, one character each. */
export function write(tree: Tree): string {
  switch (tree.kind) {
    case "raw":
      return tree.text;
    case "list":
      return `[${tree.members.map(write).join(",")}]`;
    case "object":
      return `{${tree.members.map(([name, value]) => `${name}:${write(value)}`).join(",")}}`;
  }
}

function copyOf(tree: Tree): Tree {
  if (tree.kind === "raw") return tree;
  if (tree.kind === "list") return { kind: "list", members: tree.members.map(copyOf) };
  return { kind: "object", members: tree.members.map(([name, value]) => [name, copyOf(value)]) };
}

/** Chance that can be had again: the same seed, the same numbers (mulberry32). */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Where a value stands. */
interface Place {
  readonly holder: Obj | List;
  readonly index: number;
}

function valueAt({ holder, index }: Place): Tree {
  return holder.kind === "list" ? holder.members[index]! : holder.members[index]![1];
}

function setAt({ holder, index }: Place, value: Tree): void {
  if (holder.kind === "list") holder.members[index] = value;
  else holder.members[index]![1] = value;
}

/** A place at any depth, each level as likely as the next. */
function placeIn(tree: Tree, chance: Chance): Place | undefined {
  let place: Place | undefined;
  let at = tree;
  while (at.kind !== "raw" && at.members.length > 0) {
    place = { holder: at, index: chance.below(at.members.length) };
    at = valueAt(place);
    if (chance.below(5) === 0) break;
  }
  return place;
}

const VALUES =
  'null true false "" "x" "/" "/x" "a\\u0000b" [] {} [null] [1] ["x"] [{}] {"x":1} {"path":"/x"} {"type":"user"} {"allow":true}'.split(
    " ",
  );

/** Ends of every integer type and what lies beyond, and forms that only JavaScript takes for integers. */
const NUMBERS =
  "0 1 -1 2 65535 65536 2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296 9007199254740991 9007199254740993 9223372036854775807 9223372036854775808 9223372036854775809 9223372036854777856 -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616 99999999999999999999999999 -0 1.0 1.5 1e3 1E2 1e-2 1e400 -1e400 0.1e1 01 +1 1. .5 0x10 NaN".split(
    " ",
  );

/** Bytes that are no UTF-8, or say something special. */
const BYTES = [
  "\xff",
  "\xc0\xaf",
  "\xed\xa0\x80",
  "\xf5\x80\x80\x80",
  "\xc3",
  "\0",
  "\x1f",
  "\\ud800",
  "\\u0000",
  "\xef\xbb\xbf",
  "\xe2\x80\xa8",
];

function respell(name: string, chance: Chance): string {
  const at = chance.below(name.length);
  const letter = name[at]!;
  const others = [letter.toUpperCase(), letter.toLowerCase()];
  if (/s/i.test(letter)) others.push("\xc5\xbf"); // ſ
  if (/k/i.test(letter)) others.push("\xe2\x84\xaa"); // the sign for Kelvin
  if (/[a-z]/i.test(letter)) others.push(`\\u00${letter.charCodeAt(0).toString(16)}`);
  return name.slice(0, at) + chance.of(others) + name.slice(at + 1);
}

type Mutation = (tree: Tree, chance: Chance, others: readonly Tree[]) => string | undefined;

/** One of the names is changed, as long as there is an object to find. */
function atMember(
  act: (holder: Obj, index: number, chance: Chance, others: readonly Tree[]) => void,
): Mutation {
  return (tree, chance, others) => {
    for (let tries = 0; tries < 20; tries++) {
      const place = placeIn(tree, chance);
      if (place?.holder.kind !== "object") continue;
      act(place.holder, place.index, chance, others);
      return undefined;
    }
    return undefined;
  };
}

/** The values of that name, at any depth. */
function* named(tree: Tree, name: string): Generator<Tree> {
  if (tree.kind === "list") for (const member of tree.members) yield* named(member, name);
  if (tree.kind !== "object") return;
  for (const [own, value] of tree.members) {
    if (own === name) yield value;
    yield* named(value, name);
  }
}

const at =
  (act: (place: Place, chance: Chance, others: readonly Tree[]) => void): Mutation =>
  (tree, chance, others) => {
    const place = placeIn(tree, chance);
    if (place !== undefined) act(place, chance, others);
    return undefined;
  };

/** Each changes the tree, or gives a text to take in place of what the tree would write. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "another type": at((place, chance) => setAt(place, raw(chance.of(VALUES)))),
  null: at((place) => setAt(place, raw("null"))),
  "another number": at((place, chance) => {
    // Where a number stands, if one is near.
    const { holder } = place;
    const numbers = holder.members.flatMap((_member, index) => {
      const value = valueAt({ holder, index });
      return value.kind === "raw" && /^-?\d/.test(value.text) ? [index] : [];
    });
    const index = numbers.length > 0 ? chance.of(numbers) : place.index;
    setAt({ holder, index }, raw(chance.of(NUMBERS)));
  }),
  "one less": at(({ holder, index }) => void (holder.members as unknown[]).splice(index, 1)),
  "one twice": at(({ holder, index }) => {
    if (holder.kind === "list") holder.members.push(copyOf(holder.members[index]!));
    else holder.members.push([holder.members[index]![0], copyOf(holder.members[index]![1])]);
  }),
  "a name twice, with another value": atMember(({ members }, index, chance) => {
    members.splice(chance.below(members.length), 0, [members[index]![0], raw(chance.of(VALUES))]);
  }),
  "another spelling": atMember(({ members }, index, chance) => {
    members[index]![0] = respell(members[index]![0], chance);
  }),
  "another spelling besides": atMember(({ members }, index, chance) => {
    members.push([respell(members[index]![0], chance), raw(chance.of([...VALUES, ...NUMBERS]))]);
  }),
  "an unknown name": atMember(({ members }, index, chance) => {
    members.push([`"com.example.${index}"`, raw(chance.of([...VALUES, ...NUMBERS]))]);
  }),
  "deep nesting": at((place, chance) => {
    const levels = chance.of([1, 20, 900, 1100, 20_000]);
    const [open, close] = chance.of([["[", "]"] as const, ['{"x":', "}"] as const]);
    setAt(place, raw(open.repeat(levels) + write(valueAt(place)) + close.repeat(levels)));
  }),
  "nesting in an unknown name": atMember(({ members }, index, chance) => {
    const levels = chance.of([20, 900, 1100, 20_000]);
    members.push([`"com.example.${index}"`, raw("[".repeat(levels) + "]".repeat(levels))]);
  }),
  "bytes in a string": at((place, chance) => {
    const value = valueAt(place);
    if (value.kind !== "raw" || !value.text.startsWith('"')) return;
    const where = 1 + chance.below(value.text.length - 1);
    setAt(place, raw(value.text.slice(0, where) + chance.of(BYTES) + value.text.slice(where)));
  }),
  "bytes in a name": atMember(({ members }, index, chance) => {
    const name = members[index]![0];
    const where = 1 + chance.below(name.length - 1);
    members[index]![0] = name.slice(0, where) + chance.of(BYTES) + name.slice(where);
  }),
  "a part of another engine's": at((place, chance, others) => {
    const other = placeIn(chance.of(others), chance);
    if (other !== undefined) setAt(place, copyOf(valueAt(other)));
  }),
  "the same part of another engine's": atMember(({ members }, index, chance, others) => {
    const found = [...named(chance.of(others), members[index]![0])];
    if (found.length > 0) members[index]![1] = copyOf(chance.of(found));
  }),
  "two places exchanged": (tree, chance) => {
    const [one, other] = [placeIn(tree, chance), placeIn(tree, chance)];
    if (one === undefined || other === undefined) return undefined;
    const [first, second] = [copyOf(valueAt(one)), copyOf(valueAt(other))];
    setAt(one, second);
    setAt(other, first);
    return undefined;
  },
  "a long string": at((place, chance) =>
    setAt(place, raw(`"${"x".repeat(chance.of([300, 5000, 70_000]))}"`)),
  ),
  "something after the end": (tree, chance) =>
    write(tree) + chance.of([" ", "\n", "{}", "x", "\0", ",", "\xef\xbb\xbf"]),
  "something before the beginning": (tree, chance) =>
    chance.of([" ", "\t\r\n", "\xef\xbb\xbf", "\xff\xfe", "\v", "\xc2\xa0"]) + write(tree),
  "only its beginning": (tree, chance) => {
    const text = write(tree);
    return text.slice(0, chance.below(text.length));
  },
};

export interface Mutated {
  /** What was done, for people. */
  readonly how: readonly string[];
  readonly bytes: Buffer;
}

/** One of the documents, spoilt in one to three ways. */
export function mutate(documents: readonly Tree[], chance: Chance): Mutated {
  const which = chance.below(documents.length);
  const tree = copyOf(documents[which]!);
  const how: string[] = [];
  let text: string | undefined;
  for (let left = 1 + chance.below(3); left > 0 && text === undefined; left--) {
    const name = chance.of(Object.keys(MUTATIONS));
    text = MUTATIONS[name]!(tree, chance, documents);
    how.push(name);
  }
  return { how, bytes: Buffer.from(text ?? write(tree), "latin1") };
}
