// SPDX-License-Identifier: Apache-2.0
/** The words after a verb: flags with their values, and operands. */
import { findNearest } from "../../core/suggest.ts";
import { VERBS, type VerbName } from "../verbs.ts";
import { usage } from "./usage.ts";
import type { Flag, Verb } from "./verb.ts";

export function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** After "--" every word is an operand. */
export function untilDashes(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}

/** Flags in any place, `--flag VALUE` or `--flag=VALUE`; after "--" only operands. */
export function readWords(
  verb: VerbName,
  words: readonly string[],
): { flags: ReadonlyMap<string, string>; operands: readonly string[] } {
  const { flags: known, operands: wanted }: Verb = VERBS[verb];
  const flags = new Map<string, string>();
  const operands: string[] = [];
  let plain = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (plain || !word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    if (word === "--") {
      plain = true;
      continue;
    }
    const [name = "", ...given] = word.split("=");
    const flag = Object.hasOwn(known, name) ? known[name] : undefined;
    if (flag === undefined || (flag.value === undefined && given.length > 0)) {
      const nearest = findNearest(name, Object.keys(known));
      throw usage(`${verb} takes no "${word}"`, { nearest, about: verb });
    }
    if (flag.value === undefined) {
      flags.set(name, "");
      continue;
    }
    const value = given.length > 0 ? given.join("=") : words[++index];
    if (!value) throw usage(`${name} needs a value: ${name} ${flag.value}`, { about: verb });
    flags.set(name, value);
  }
  const many = wanted.at(-1)?.endsWith("…") === true;
  if (operands.length > wanted.length && !many) {
    throw usage(`${verb} takes no "${operands[wanted.length]}"`, { about: verb });
  }
  const lacking = [
    ...formsOf(known).flatMap(([name, form, { needed }]) =>
      needed && !flags.has(name) ? form : [],
    ),
    ...wanted.slice(operands.length).filter((name) => !name.startsWith("[")),
  ];
  if (lacking.length > 0) {
    throw usage(`${verb} needs ${lacking.join(" ")}`, { about: verb });
  }
  return { flags, operands };
}

/** Of each flag its name, how it is written with its value, and the rest. */
export function formsOf(
  flags: Verb["flags"],
): (readonly [name: string, form: string, flag: Flag])[] {
  return Object.entries(flags).map(([name, flag]) => [
    name,
    flag.value === undefined ? name : `${name} ${flag.value}`,
    flag,
  ]);
}
