// SPDX-License-Identifier: Apache-2.0
/**
 * urfave/cli puts a command's flags before its other words (Command.parseFlags, reorderArgs),
 * and Go's parser reads what comes of it (go.ts). There were three ways to do so, and each is a
 * function that follows its generation step by step: where they differ lockc refuses.
 */

/** urfave/cli 1.22.1: every word with a dash is a flag, and takes a dashless word along. */
export function reorderFirst(words: readonly string[]): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    if (word === "--") {
      others.push(...words.slice(index));
      break;
    }
    const isFlag = word !== "-" && word.startsWith("-");
    if (isFlag || (valueMayFollow && !word.startsWith("-"))) flags.push(word);
    else others.push(word);
    valueMayFollow = isFlag && !word.includes("=");
  }
  return [...flags, ...others];
}

/** Between them: only known flags are flags; a lone `-` still waits for a value. */
export function reorderSecond(words: readonly string[], known: ReadonlySet<string>): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    if (word === "--") {
      others.push(...words.slice(index));
      break;
    }
    if (valueMayFollow && !word.startsWith("-")) {
      valueMayFollow = false;
      flags.push(word);
    } else if (isKnownFlag(word, known)) {
      flags.push(word);
      valueMayFollow = !word.includes("=");
    } else {
      others.push(word);
    }
  }
  return [...flags, ...others];
}

/** urfave/cli ≥ 1.22.14 and Debian's 1.22.9: a value may have dashes; `--` comes first. */
export function reorderThird(words: readonly string[], known: ReadonlySet<string>): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    const isFlag = isKnownFlag(word, known);
    if (valueMayFollow && !isFlag) {
      valueMayFollow = false;
      flags.push(word);
    } else if (word === "--") {
      return [...flags, "--", ...others, ...words.slice(index + 1)];
    } else if (isFlag) {
      flags.push(word);
      valueMayFollow = !word.includes("=");
    } else {
      others.push(word);
    }
  }
  return [...flags, ...others];
}

/** urfave's argIsFlag, which strips up to three dashes. */
function isKnownFlag(word: string, known: ReadonlySet<string>): boolean {
  if (word === "-" || word === "--" || !word.startsWith("-")) return false;
  const dashes = word.startsWith("---") ? 3 : word.startsWith("--") ? 2 : 1;
  return known.has(word.slice(dashes).split("=", 1)[0]!);
}
