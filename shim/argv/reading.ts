// SPDX-License-Identifier: Apache-2.0
/** What each parser may find in the words after a container verb, and asks of them alike. */

/** What one parser makes of the words after the command. */
export type Reading =
  | { kind: "container"; id: string; flags: ReadonlyMap<string, string> }
  | { kind: "help" }
  /** This parser refuses for certain. */
  | { kind: "refused"; reason: string }
  /** Another version of this parser may accept it, with a meaning we cannot know. */
  | { kind: "unsure"; reason: string };

/** runc's checkArgs and validateID. */
export function readPositionals(
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
): Reading {
  const [id] = words;
  if (id === undefined || words.length !== 1) {
    return { kind: "refused", reason: `it needs exactly one container ID, not ${words.length}` };
  }
  if (!/^[A-Za-z0-9_+.-]+$/.test(id) || id === "." || id === "..") {
    return { kind: "refused", reason: `${quote(id)} cannot be a container ID` };
  }
  return { kind: "container", id, flags };
}

/** What both Go's base 0 and C's base 10 read as the same number. */
export function isCount(text: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(text);
}

/** One line of at most 80 characters, so that a report stays readable. */
export function quote(word: string): string {
  return JSON.stringify(word.length > 80 ? `${word.slice(0, 79)}…` : word);
}
