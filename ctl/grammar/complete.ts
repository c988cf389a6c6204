// SPDX-License-Identifier: Apache-2.0
/** What a shell can offer at the end of a command line. Pure, but for the names that it asks for. */
import { VERBS } from "../verbs.ts";
import { findNamed, firstWords, isGroup, membersOf } from "./find.ts";
import { formsOf, tokensOf } from "./read.ts";
import type { Options, Verb } from "./verb.ts";

/** Names of this host; asked for only where one of them may follow. */
export interface Names {
  readonly policies: () => readonly string[];
  readonly containers: () => readonly string[];
}

interface Candidate {
  readonly word: string;
  /** In words; "": the word says it. */
  readonly meaning: string;
}

export interface Offer {
  /** Whether the shell offers its own files, or directories only. */
  readonly files: "none" | "files" | "directories";
  readonly candidates: readonly Candidate[];
}

const NOTHING: Offer = { files: "none", candidates: [] };

type Kind = "policy" | "container" | "files" | "directories" | "nothing";

/** The first that fits; "ID|EVENT" is completed as an ID. */
const KINDS: readonly (readonly [name: RegExp, kind: Kind])[] = [
  [/\b(ID|CONTAINER)\b/, "container"],
  [/\bRUNTIME\b/, "nothing"],
  [/\b(NAME|FROM|TO|POLICY)\b/, "policy"],
  [/\bFILE\b/, "files"],
  [/\bDIR\b/, "directories"],
];

/** What an operand or a value may be, by its name in the grammar. */
export function kindOf(name: string): Kind {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "nothing";
}

/** @param words after `lockctl`, the last one as far as it is typed. */
export function complete(words: readonly string[], names: Names): Offer {
  const current = words.at(-1) ?? "";
  const { files, candidates } = offer(words.slice(0, -1), current, names);
  return { files, candidates: candidates.filter(({ word }) => word.startsWith(current)) };
}

function offer(before: readonly string[], current: string, names: Names): Offer {
  const [first, second] = before;
  if (first === undefined) return words([...firsts(), ...ALWAYS]);
  if (first === "help") {
    if (second === undefined) return words(firsts());
    return before.length === 2 ? words(members(second)) : NOTHING;
  }
  if (isGroup(first) && second === undefined) return words(members(first));
  const found = findNamed(before);
  return found === undefined ? NOTHING : offerOf(found.verb, found.rest, current, names);
}

/** At the end of the words behind a verb. */
function offerOf(verb: Verb, before: readonly string[], current: string, names: Names): Offer {
  const options: Options = { ...verb.options, help: HELP };
  const tokens = tokensOf(options, before);
  const isPlain = tokens.some(({ kind }) => kind === "option-terminator");
  const last = tokens.at(-1);
  if (last?.kind === "option" && last.value === undefined) {
    const value = takenBy(options, last.name);
    if (value !== undefined) return offerNamed(value, names);
  }
  const [, name] = (!isPlain && /^--([^=]+)=/.exec(current)) || [];
  if (name !== undefined) return behind(`--${name}=`, offerNamed(takenBy(options, name), names));
  const given = tokens.filter(({ kind }) => kind === "positional").length;
  const many = verb.operands.findLast((operand) => operand.endsWith("…"));
  const operand = verb.operands[given] ?? many;
  if (operand !== undefined && (isPlain || !current.startsWith("-"))) {
    return offerNamed(operand, names);
  }
  if (isPlain) return NOTHING;
  const used = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const left = Object.entries(options).filter(([each]) => !used.includes(each));
  const forms = formsOf(Object.fromEntries(left));
  return words(forms.map(([word, , { meaning }]) => ({ word, meaning })).sort(byWord));
}

const byWord = (a: Candidate, b: Candidate) => (a.word < b.word ? -1 : 1);

function takenBy(options: Options, name: string): string | undefined {
  return Object.hasOwn(options, name) ? options[name]!.value : undefined;
}

/** @param name of an operand or a value; "bash|zsh" is one of these words. */
function offerNamed(name: string | undefined, names: Names): Offer {
  if (name === undefined) return NOTHING;
  if (/^[a-z]+(\|[a-z]+)+$/.test(name)) return words(plain(name.split("|")));
  const kind = kindOf(name);
  switch (kind) {
    case "policy":
      return words(plain(names.policies().filter(isSafe)));
    case "container":
      return words(plain(names.containers().filter(isSafe)));
    case "files":
    case "directories":
      return { files: kind, candidates: [] };
    case "nothing":
      return NOTHING;
  }
}

/** Made of nothing that a shell would act on. */
const isSafe = (name: string) => /^[A-Za-z0-9_.+-]+$/.test(name);

function behind(prefix: string, { files, candidates }: Offer): Offer {
  const whole = candidates.map(({ word, meaning }) => ({ word: `${prefix}${word}`, meaning }));
  return { files, candidates: whole };
}

const HELP = { meaning: "more about it" };

/** What may come first, beside verbs. */
const ALWAYS: readonly Candidate[] = [
  { word: "help", meaning: "more about a command" },
  { word: "--help", meaning: HELP.meaning },
  { word: "--version", meaning: "lockctl's version" },
];

function firsts(): Candidate[] {
  return firstWords().map((word) => ({
    word,
    meaning: VERBS[word]?.summary ?? membersOf(word).join(", "),
  }));
}

function members(group: string): Candidate[] {
  return membersOf(group).map((word) => ({ word, meaning: VERBS[`${group} ${word}`]!.summary }));
}

const plain = (list: readonly string[]) => list.map((word) => ({ word, meaning: "" }));

const words = (candidates: readonly Candidate[]): Offer => ({ files: "none", candidates });

// ---- what the scripts of shells read and say ------------------------------------------

/** bash takes --option=value for three words. */
export function joinBash(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const last = joined.at(-1);
    const opens: boolean = word === "=" && !isOpen && last !== undefined && /^--[^=]+$/.test(last);
    if (isOpen || opens) joined[joined.length - 1] = `${last}${word}`;
    else joined.push(word);
    isOpen = opens;
  }
  return joined;
}

/** The same for its answer: it replaces only what stands behind the equals sign. */
export function partBash({ files, candidates }: Offer): Offer {
  const parts = candidates.map(({ word, meaning }) => ({
    word: word.replace(/^--[^=]+=/, ""),
    meaning,
  }));
  return { files, candidates: parts };
}

/** A line for the shell's files, then one for each word: the word, a tab, what it means. */
export function formatOffer({ files, candidates }: Offer): string {
  const lines = candidates.map(({ word, meaning }) => (meaning ? `${word}\t${meaning}` : word));
  return `${[files, ...lines].join("\n")}\n`;
}
