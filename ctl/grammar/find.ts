// SPDX-License-Identifier: Apache-2.0
/** Verbs by their words. */
import { findNearest } from "../../core/suggest.ts";
import { VERBS, type VerbName } from "../verbs.ts";
import { usage } from "./usage.ts";

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

/** The command that the first one or two words name. */
export function named(words: readonly string[]): { verb: VerbName; rest: readonly string[] } {
  const [first = "", second = ""] = words;
  if (Object.hasOwn(VERBS, first)) return { verb: first as VerbName, rest: words.slice(1) };
  const both = `${first} ${second}`;
  if (Object.hasOwn(VERBS, both)) return { verb: both as VerbName, rest: words.slice(2) };
  if (isGroup(first)) {
    const nearest = findNearest(second, membersOf(first));
    throw usage(`${first} has no command "${second}"`, { nearest, about: first });
  }
  const firsts = [...new Set(Object.keys(VERBS).map((name) => name.split(" ")[0]!))];
  const whole = Object.keys(VERBS).find((name) => name.endsWith(` ${first}`));
  throw usage(`there is no command "${first}"`, { nearest: whole ?? findNearest(first, firsts) });
}
