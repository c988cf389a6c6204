// SPDX-License-Identifier: Apache-2.0
/** Words as runc reads them: Go's package flag (FlagSet.parseOne), then urfave/cli v1 (normalizeFlags). */
import { type FlagTable, longName } from "./flags.ts";
import { isCount, quote, type Reading, readPositionals } from "./reading.ts";

/** @param words a command's, its flags before the others (reorder.ts). */
export function readGo(words: readonly string[], table: FlagTable): Reading {
  const { flags, consumed, problem } = parseGo(words, table);
  if (problem !== undefined) return problem;
  if (flags.get("help") === "true") return { kind: "help" };
  return readPositionals(words.slice(consumed), flags);
}

interface GoParse {
  /** Every flag met, in order, with the words that make it up. */
  readonly taken: { flag: string; value: string; words: readonly string[] }[];
  /** Long name → the last value; switches have "true" or "false". */
  readonly flags: Map<string, string>;
  /** How many words were flags, a terminating `--` included. */
  readonly consumed: number;
  readonly terminated: boolean;
  readonly problem: Extract<Reading, { kind: "refused" | "unsure" }> | undefined;
}

/** Go's FlagSet.Parse: flags up to the first word that is none, then urfave's aliases. */
export function parseGo(words: readonly string[], table: FlagTable): GoParse {
  const taken: GoParse["taken"] = [];
  const flags: GoParse["flags"] = new Map();
  const spelled = new Map<string, string>();
  let at = 0;
  const result = (problem?: GoParse["problem"], terminated = false): GoParse => ({
    taken,
    flags,
    consumed: at,
    terminated,
    problem,
  });
  const refused = (reason: string): GoParse => result({ kind: "refused", reason });
  const unsure = (reason: string): GoParse => result({ kind: "unsure", reason });

  for (;;) {
    const word = words[at];
    if (word === undefined || word.length < 2 || !word.startsWith("-")) return result();
    if (word === "--") {
      at += 1;
      return result(undefined, true);
    }
    const [name, attached] = splitFlag(word.slice(word.startsWith("--") ? 2 : 1));
    if (!name || name.startsWith("-")) return refused(`${quote(word)} is no option`);

    const valued = longName(table.values, name);
    const switched = longName(table.switches, name);
    const flag = valued ?? switched;
    if (flag === undefined) return unsure(`the option ${quote(word)} is not known`);

    let value = attached;
    let length = 1;
    if (valued !== undefined && value === undefined) {
      value = words[at + 1];
      length = 2;
      if (value === undefined) return refused(`the option ${quote(word)} needs a value`);
    }
    if (switched !== undefined) {
      const parsed = parseGoBool(value ?? "true");
      if (parsed === undefined) return refused(`${quote(word)} is neither true nor false`);
      value = String(parsed);
    }
    if (flag === "preserve-fds" && !isCount(value as string)) {
      return unsure(`${quote(value as string)} is no number of descriptors`);
    }
    if ((spelled.get(flag) ?? name) !== name) {
      return refused(`two forms of the option "--${flag}" are given`);
    }
    spelled.set(flag, name);
    flags.set(flag, value as string);
    taken.push({ flag, value: value as string, words: words.slice(at, at + length) });
    at += length;
  }
}

/** "NAME=VALUE" or "NAME". */
function splitFlag(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** strconv.ParseBool. */
function parseGoBool(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  if (["0", "f", "F", "FALSE", "false", "False"].includes(text)) return false;
  return undefined;
}
