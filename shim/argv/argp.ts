// SPDX-License-Identifier: Apache-2.0
/** Words as crun reads them: GNU argp, by getopt_long. */
import { type FlagTable, longName } from "./flags.ts";
import { isCount, quote, type Reading, readPositionals } from "./reading.ts";

/**
 * getopt_long as argp uses it, of which only whole long names and lone short
 * ones are taken: abbreviations depend on every option the runtime has.
 */
export function readArgp(words: readonly string[], table: FlagTable): Reading {
  const flags = new Map<string, string>();
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === "--") {
      others.push(...words.slice(at + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      others.push(word);
      continue;
    }
    if (["--help", "--usage", "-?"].includes(word)) return { kind: "help" };
    const [, long, attached, short] = /^(?:--([^=]+)(?:=(.*))?|-([^-]))$/s.exec(word) ?? [];
    const name = long !== undefined && long.length > 1 ? long : short;
    const valued = name && longName(table.values, name);
    const switched = name && name !== "h" && longName(table.switches, name);
    const flag = valued || switched;
    if (!flag) return { kind: "unsure", reason: `the option ${quote(word)} is not known` };

    let value = attached ?? (switched ? "true" : undefined);
    if (switched && attached !== undefined) {
      return { kind: "refused", reason: `the option ${quote(word)} takes no value` };
    }
    if (value === undefined) {
      at += 1;
      value = words[at];
      if (value === undefined) {
        return { kind: "refused", reason: `the option ${quote(word)} needs a value` };
      }
    }
    if (flag === "preserve-fds" && !isCount(value)) {
      return { kind: "unsure", reason: `${quote(value)} is no number of descriptors` };
    }
    flags.set(flag, value);
  }
  return readPositionals(others, flags);
}
