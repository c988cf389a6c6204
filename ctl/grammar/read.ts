// SPDX-License-Identifier: Apache-2.0
/** The words after a verb: its options with their values, and operands. Pure. */
import { parseArgs } from "node:util";
import { findNearest } from "../../core/suggest.ts";
import { usage } from "./usage.ts";
import type { Option, Options, Verb } from "./verb.ts";

export function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** After "--" every word is an operand. */
export function untilDashes(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}

interface Words {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly operands: readonly string[];
}

/**
 * Options in any place, `--option VALUE` or `--option=VALUE`; after "--" only operands.
 * @param about what the verb is called
 * @throws LOCKC_E_USAGE
 */
export function readWords(about: string, verb: Verb, words: readonly string[]): Words {
  const { options } = verb;
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (const token of tokensOf(options, words)) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const { rawName, name, value = "", inlineValue = false } = token;
    const option = rawName === `--${name}` && Object.hasOwn(options, name) && options[name];
    if (!option || (option.value === undefined && inlineValue)) {
      throw unknownWord(about, options, words[token.index]!);
    }
    if (option.value !== undefined && value === "") {
      throw usage(`${rawName} needs a value: ${rawName} ${option.value}`, { about });
    }
    given.set(name, value);
  }
  requireOperands(about, verb.operands, operands);
  const values = Object.entries(options).map(
    ([name, { value }]) => [name, value === undefined ? given.has(name) : given.get(name)] as const,
  );
  return { values: Object.fromEntries(values), operands };
}

/** What each word is, be it right or wrong. */
export function tokensOf(options: Options, words: readonly string[]) {
  const types = Object.entries(options).map(
    ([name, { value }]) => [name, { type: value === undefined ? "boolean" : "string" }] as const,
  );
  return parseArgs({
    args: [...words],
    options: Object.fromEntries(types),
    allowPositionals: true,
    strict: false, // lockctl says in its own words what is wrong
    tokens: true,
  }).tokens;
}

function unknownWord(about: string, options: Options, word: string) {
  const names = formsOf(options).map(([name]) => name);
  const nearest = findNearest(word.split("=")[0]!, names);
  return usage(`${about} takes no "${word}"`, { nearest, about });
}

function requireOperands(
  about: string,
  wanted: readonly string[],
  operands: readonly string[],
): void {
  const many = wanted.at(-1)?.endsWith("…") === true;
  if (operands.length > wanted.length && !many) {
    throw usage(`${about} takes no "${operands[wanted.length]}"`, { about });
  }
  const lacking = wanted.slice(operands.length).filter((name) => !name.startsWith("["));
  if (lacking.length > 0) throw usage(`${about} needs ${lacking.join(" ")}`, { about });
}

/** The name of each option, how it is written with its value, and the rest. */
export function formsOf(
  options: Options,
): (readonly [name: string, form: string, option: Option])[] {
  return Object.entries(options).map(([key, option]) => {
    const name = `--${key}`;
    return [name, option.value === undefined ? name : `${name} ${option.value}`, option];
  });
}
