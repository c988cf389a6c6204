// SPDX-License-Identifier: Apache-2.0
/** Verbs by their words. */
import { findNearest } from "../../core/suggest.ts";
import { VERBS } from "../verbs.ts";
import { usage } from "./usage.ts";
import type { Verb } from "./verb.ts";

/** Those that are commands of their own, or begin some. */
export function firstWords(): string[] {
  return [...new Set(Object.keys(VERBS).map((name) => name.split(" ")[0]!))];
}

/** Whether commands of two words begin so. */
export function isGroup(word: string): boolean {
  return membersOf(word).length > 0;
}

/** The second words of the commands whose first word is `group`. */
export function membersOf(group: string): string[] {
  return Object.keys(VERBS).flatMap((name) =>
    name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
  );
}

interface Named {
  readonly name: string;
  readonly verb: Verb;
  /** The words behind it. */
  readonly rest: readonly string[];
}

/** The command that the first one or two words name. */
export function findNamed(words: readonly string[]): Named | undefined {
  const [first = "", second = ""] = words;
  for (const name of [first, `${first} ${second}`]) {
    const verb = Object.hasOwn(VERBS, name) && VERBS[name];
    if (verb) return { name, verb, rest: words.slice(name === first ? 1 : 2) };
  }
  return undefined;
}

/**
 * The same where there has to be one.
 * @throws LOCKC_E_USAGE
 */
export function named(words: readonly string[]): Named {
  const found = findNamed(words);
  if (found !== undefined) return found;
  const [first = "", second = ""] = words;
  if (isGroup(first)) {
    const nearest = findNearest(second, membersOf(first));
    throw usage(`${first} has no command "${second}"`, { nearest, about: first });
  }
  const whole = Object.keys(VERBS).find((name) => name.endsWith(` ${first}`));
  throw usage(`there is no command "${first}"`, {
    nearest: whole ?? findNearest(first, firstWords()),
  });
}
