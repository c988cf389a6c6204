// SPDX-License-Identifier: Apache-2.0
/** A command line of lockctl → what to do. Pure. */
import { isGroup, named } from "./find.ts";
import { isHelp, readWords, untilDashes } from "./read.ts";

export type Command =
  /** About a verb, about those that begin with a word, or with "" about all. */
  | { readonly kind: "help"; readonly about: string }
  | { readonly kind: "version" }
  /** What a shell's script asks, in no help: see ctl/complete.ts. */
  | { readonly kind: "complete"; readonly words: readonly string[] }
  /** A verb of VERBS by its name, and what it is to run with. */
  | { readonly kind: "verb"; readonly name: string; readonly request: unknown };

/**
 * @param words after `lockctl`
 * @throws LOCKC_E_USAGE
 */
export function parseCommandLine(words: readonly string[]): Command {
  const [first] = words;
  if (first === undefined || isHelp(first)) return { kind: "help", about: "" };
  if (first === "--version" || first === "-V") return { kind: "version" };
  if (first === "__complete") return { kind: "complete", words: words.slice(1) };
  if (first === "help") return { kind: "help", about: subjectOf(words.slice(1)) };
  if (isGroup(first) && (words.length === 1 || isHelp(words[1]!))) {
    return { kind: "help", about: first };
  }
  const { name, verb, rest } = named(words);
  if (untilDashes(rest).some(isHelp)) return { kind: "help", about: name };
  const { values, operands } = readWords(name, verb, rest);
  return { kind: "verb", name, request: verb.read(values, operands) };
}

/** What `lockctl help` is asked about. */
function subjectOf(words: readonly string[]): string {
  const [first, second] = words;
  if (first === undefined) return "";
  return second === undefined && isGroup(first) ? first : named(words).name;
}
