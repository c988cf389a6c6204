// SPDX-License-Identifier: Apache-2.0
/**
 * Changes of a TOML text that leave every other byte of it as it is, and can be taken back:
 * what was put there says in comments whose it is and what stood there before. Pure.
 *
 * Lines are looked for without reading all of TOML, so a line may be taken for what it is not
 * (in a string of several lines). Whoever calls this parses before and after, and compares.
 */

/** What every comment of ours begins with. */
const MARK = "# lockc:";
const NO_NEWLINE = " (the line before had no end)";
/** Blocks that go when no runtime is left. */
const BASE = "base ";
/** Blocks that go when no key is left in them. */
const TABLE = "table ";

/** Text after it, with lines of which `owner` is the reason. */
export function addBlock(text: string, owner: string, lines: readonly string[]): string {
  return append(text, `runtime ${JSON.stringify(owner)}`, lines);
}

/** The same for what all runtimes of ours need: it goes with the last of them. */
export function addBase(text: string, what: string, lines: readonly string[]): string {
  return append(text, `${BASE}${what}`, lines);
}

function append(text: string, name: string, lines: readonly string[]): string {
  const isWhole = text === "" || text.endsWith("\n");
  const gap = text === "" ? "" : isWhole ? "\n" : "\n\n";
  const begin = `${MARK} begin of ${name}${isWhole ? "" : NO_NEWLINE}`;
  return `${text}${gap}${[begin, ...lines, `${MARK} end of ${name}`].join("\n")}\n`;
}

/**
 * The text with a key of a table set, in its line where it has one.
 * @param header of the table, without brackets, as it would be written anew.
 * @param value as TOML.
 */
export function setKey(
  text: string,
  owner: string,
  header: string,
  key: string,
  value: string,
): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => samePath(headerOf(line), header));
  if (at === -1) {
    const name = `${TABLE}${header}`;
    return append(text, name, [`[${header}]`, keyLine("", owner, key, value, null)]);
  }
  const next = lines.findIndex((line, index) => index > at && headerOf(line) !== undefined);
  const end = next === -1 ? lines.length : next;
  const found = lines.findIndex((line, index) => index > at && index < end && keyOf(line) === key);
  const old = lines[found];
  const indent = /^\s*/.exec(old ?? lines[at]!)![0];
  const line = keyLine(indent, owner, key, value, old ?? null);
  lines.splice(old === undefined ? at + 1 : found, old === undefined ? 0 : 1, line);
  return lines.join("\n");
}

function keyLine(
  indent: string,
  owner: string,
  key: string,
  value: string,
  before: string | null,
): string {
  return `${indent}${key} = ${value}${setBy(owner, before)}`;
}

function setBy(owner: string, before: string | null): string {
  return ` ${MARK} of runtime ${JSON.stringify(owner)}, before: ${JSON.stringify(before)}`;
}

const SET = / # lockc: of runtime ("(?:[^"\\]|\\.)*"), before: (null|".*")$/;
const BEGIN = /^# lockc: begin of (.*?)( \(the line before had no end\))?$/;

/** Whose blocks and lines there are, each once, in their order. */
export function ownersOf(text: string): string[] {
  const owners = text.split("\n").flatMap((line) => {
    const [, block] = /^# lockc: begin of runtime (".*?")(?: \(|$)/.exec(line) ?? [];
    const owner = block ?? SET.exec(line)?.[1];
    return owner === undefined ? [] : [parsed(owner) as string];
  });
  return [...new Set(owners)];
}

/** The text without what these owners are the reason of. */
export function takeOut(text: string, owners: readonly string[]): string {
  const left = ownersOf(text).filter((owner) => !owners.includes(owner));
  const lines = text.split("\n").flatMap((line) => lineBefore(line, owners));
  const names = lines.flatMap((line) => BEGIN.exec(line)?.[1] ?? []);
  return names.toReversed().reduce((rest, name) => {
    const goes =
      owners.some((owner) => name === `runtime ${JSON.stringify(owner)}`) ||
      (name.startsWith(BASE) && left.length === 0) ||
      (name.startsWith(TABLE) && isEmpty(rest, name));
    return goes ? withoutBlock(rest, name) : rest;
  }, lines.join("\n"));
}

/** A line as if these owners had never written it: one line, or none. */
function lineBefore(line: string, owners: readonly string[]): string[] {
  const [said, owner, before] = SET.exec(line) ?? [];
  if (said === undefined || owner === undefined || before === undefined) return [line];
  const old = parsed(before);
  const below = typeof old === "string" ? lineBefore(old, owners) : [];
  const name = parsed(owner);
  if (typeof name !== "string" || owners.includes(name)) return below;
  return [line.slice(0, -said.length) + setBy(name, below[0] ?? null)];
}

function isEmpty(text: string, name: string): boolean {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => BEGIN.exec(line)?.[1] === name);
  return lines[begin + 2] === `${MARK} end of ${name}`;
}

function withoutBlock(text: string, name: string): string {
  const lines = text.split("\n");
  const begin = lines.findIndex((line) => BEGIN.exec(line)?.[1] === name);
  const end = lines.indexOf(`${MARK} end of ${name}`, begin);
  if (end === -1) return text;
  const head = lines.slice(0, begin);
  const tail = lines.slice(end + 1);
  if (head.at(-1) === "") head.pop();
  const whole = lines[begin]!.endsWith(NO_NEWLINE) && tail.join("\n") === "" ? [] : tail;
  return [...head, ...whole].join("\n");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A table's path in brackets; undefined for any other line, and for a list's element. */
function headerOf(line: string): string | undefined {
  return (
    /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1] ?? (/^\s*\[\[/.test(line) ? "" : undefined)
  );
}

function samePath(one: string | undefined, other: string): boolean {
  return one !== undefined && plainPath(one) === plainPath(other);
}

/** Quotes and blanks around names do not matter. */
function plainPath(path: string): string {
  return [...path.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)]
    .map(([, one, other, bare]) => one ?? other ?? bare)
    .join("\0");
}

function keyOf(line: string): string | undefined {
  const [, one, other, bare] = /^\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=/.exec(line) ?? [];
  return one ?? other ?? bare;
}
