// SPDX-License-Identifier: Apache-2.0
/** Changes of one member in a JSON text that leave every other byte of it as it is. Pure. */

interface Member {
  readonly key: string;
  /** Where its key begins. */
  readonly start: number;
  readonly value: Value;
}

interface Value {
  readonly start: number;
  readonly end: number;
  /** What an object has; undefined for anything else. */
  readonly members: readonly Member[] | undefined;
}

/**
 * The text with a member set, there or new; a new one stands last and is indented as its
 * neighbours are. Objects on the way that are not there are made.
 * @param text valid JSON whose top is an object.
 */
export function setMember(text: string, path: readonly string[], value: unknown): string {
  let at = topOf(text);
  for (const [depth, key] of path.entries()) {
    if (at.members === undefined) throw new Error(`${path.slice(0, depth).join(".")} is no object`);
    const found = at.members.findLast((member) => member.key === key);
    if (found === undefined) {
      const rest = path.slice(depth + 1).reduceRight((inner, name) => ({ [name]: inner }), value);
      return insert(text, at, key, rest);
    }
    at = found.value;
  }
  const said = JSON.stringify(value, null, 2).replaceAll("\n", `\n${indentAt(text, at.start)}`);
  return text.slice(0, at.start) + said + text.slice(at.end);
}

/** The text without a member; as it is when there is none. */
export function removeMember(text: string, path: readonly string[]): string {
  let at = topOf(text);
  for (const key of path.slice(0, -1)) {
    const found = at.members?.findLast((member) => member.key === key);
    if (found === undefined) return text;
    at = found.value;
  }
  const members = at.members ?? [];
  const index = members.findLastIndex(({ key }) => key === path.at(-1));
  const member = members[index];
  if (member === undefined) return text;
  const before = members[index - 1];
  const after = members[index + 1];
  if (before !== undefined) return text.slice(0, before.value.end) + text.slice(member.value.end);
  if (after !== undefined) return text.slice(0, member.start) + text.slice(after.start);
  return `${text.slice(0, at.start)}{}${text.slice(at.end)}`;
}

function insert(text: string, object: Value, key: string, value: unknown): string {
  const members = object.members!;
  const last = members.at(-1);
  const outer = indentAt(text, object.start);
  if (last === undefined) {
    const inner = `${outer}  `;
    const said = `\n${inner}${written(key, value, inner)}\n${outer}`;
    return `${text.slice(0, object.start)}{${said}}${text.slice(object.end)}`;
  }
  const gaps = members.toReversed().map(({ start }) => /\s*$/.exec(text.slice(0, start))![0]);
  const gap = gaps.find((blank) => blank.includes("\n"));
  const said =
    gap === undefined
      ? ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`
      : gap + written(key, value, gap.slice(gap.lastIndexOf("\n") + 1));
  return `${text.slice(0, last.value.end)},${said}${text.slice(last.value.end)}`;
}

function written(key: string, value: unknown, indent: string): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`)}`;
}

/** The blanks that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

function topOf(text: string): Value {
  JSON.parse(text); // what follows reads only what is valid
  return readValue(text, skip(text, 0));
}

function skip(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

function readValue(text: string, start: number): Value {
  switch (text[start]) {
    case "{":
      return readObject(text, start);
    case "[":
      return { start, end: endOfList(text, start), members: undefined };
    case '"':
      return { start, end: endOfString(text, start), members: undefined };
    default:
      return {
        start,
        end: start + /^[^\s,\]}]+/.exec(text.slice(start))![0].length,
        members: undefined,
      };
  }
}

function readObject(text: string, start: number): Value {
  const members: Member[] = [];
  let at = skip(text, start + 1);
  while (text[at] !== "}") {
    const end = endOfString(text, at);
    const colon = skip(text, end);
    const value = readValue(text, skip(text, colon + 1));
    members.push({ key: JSON.parse(text.slice(at, end)), start: at, value });
    at = skip(text, value.end);
    if (text[at] === ",") at = skip(text, at + 1);
  }
  return { start, end: at + 1, members };
}

function endOfList(text: string, start: number): number {
  let at = skip(text, start + 1);
  while (text[at] !== "]") {
    at = skip(text, readValue(text, at).end);
    if (text[at] === ",") at = skip(text, at + 1);
  }
  return at + 1;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
