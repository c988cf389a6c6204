// SPDX-License-Identifier: Apache-2.0
/**
 * What people call containers, and which one they mean. IDs that engines make (64 hexadecimal
 * digits) are shown by their first 12, as engines do, and any beginning that only one has is
 * taken. Pure.
 */
import { LockcError } from "../../core/errors.ts";
import { isEnginesId, nameOfContainer, shortId } from "../../core/ids.ts";
import { findNearest } from "../../core/suggest.ts";
import { listed } from "../../core/words.ts";
import { visible } from "../screen/terminal.ts";

/** A container that somebody may mean: one that runs, or one of which only events tell. */
export interface Known {
  /** 16 hexadecimal digits; all zero where it was not created. */
  readonly key: string;
  readonly id: string;
  readonly name: string | null;
  /** What its engine called it before it was renamed. */
  readonly formerName?: string | undefined;
  /** The runtime's --root; undefined: it does not run any more. */
  readonly root?: string | undefined;
}

/**
 * The one that a person means: the whole name, ID or key counts before the beginning of an
 * ID, and what runs before what is over. The 12 digits that are shown count as a whole ID: else
 * whoever is called like another's would be taken for it.
 * @param known the oldest first.
 * @returns undefined when there is none.
 * @throws LOCKC_E_CONTAINER naming them when there is more than one.
 */
export function findMeant<T extends Known>(known: readonly T[], word: string): T | undefined {
  if (word === "") return undefined;
  const running = known.filter(({ root }) => root !== undefined);
  const over = known.filter(({ root }) => root === undefined);
  const called = (one: T) => isCalled(one, word);
  const begins = ({ id }: T) => id.startsWith(word);
  return (
    theOne(running.filter(called), word) ??
    theOne(running.filter(begins), word) ??
    over.findLast(called) ?? // of a name that was used again the newest
    theOne(distinct(over.filter(begins)), word)
  );
}

/** The same of whom events tell, which have the name that a container had when it was created. */
export function findTold<T extends Known>(known: readonly T[], word: string): T | undefined {
  return findMeant(known, word) ?? known.find(({ formerName }) => formerName === word);
}

/** Whether that is its ID, the 12 digits of it that are shown, its name or its key. */
export function isCalled({ id, key, name }: Known, word: string): boolean {
  return word !== "" && [id, shortId(id), key, name].includes(word);
}

/** The key of a container that was not created. */
const NO_KEY = "0".repeat(16);

/**
 * Two that have this in common are one: by an engine's ID also when it was started again, else
 * by its key. Creates by hand that were refused have no more than an ID.
 */
function identityOf({ id, key }: Pick<Known, "id" | "key">): string {
  return isEnginesId(id) || key === NO_KEY ? `id ${id}` : key;
}

/** @param word as it was called when it was found: by its key, only that very run is meant. */
export function isSame(one: Pick<Known, "id" | "key">, meant: Known, word: string): boolean {
  return word === meant.key ? one.key === word : identityOf(one) === identityOf(meant);
}

/**
 * Everybody who may be meant: those that run, and before them those of which only events tell,
 * by when they were told of last.
 */
export function gatherKnown(
  running: readonly Known[],
  told: Iterable<Omit<Known, "root">>,
): Known[] {
  const present = new Set(running.map(({ key }) => key));
  const over = new Map<string, Known>();
  for (const { key, id, name } of told) {
    const which = `${key} ${id}`;
    over.delete(which); // so that the newest is the last
    if (!present.has(key)) over.set(which, { key, id, name });
  }
  return [...over.values(), ...running];
}

function theOne<T extends Known>(meant: readonly T[], word: string): T | undefined {
  if (meant.length < 2) return meant[0];
  throw new LockcError(
    "LOCKC_E_CONTAINER",
    `"${visible(word)}" means more than one container: ${listed(meant.map(describe))}`,
    "give more of the ID, or the key",
  );
}

/** Keeps the newest of those whose ID came again. */
function distinct<T extends Known>(known: readonly T[]): T[] {
  return [...new Map(known.map((one) => [one.id, one])).values()];
}

/** So that each can be typed: two may differ only behind the 12th digit, or by key. */
function describe({ id, name, root, key }: Known): string {
  const where = root === undefined ? "not running" : `of ${root}`;
  return visible(`${name ? `${name}, ` : ""}${id} ${where} (key ${key})`);
}

/** @returns what `lockctl` says of a word by which nobody is called. */
export function unknownContainer(
  known: readonly Known[],
  word: string,
  message = `no container under lockc is called "${visible(word)}"`,
): LockcError {
  const renamed = known.find(({ formerName }) => formerName === word);
  const nearest = findNearest(
    word,
    known.flatMap(({ id, name }) => (name ? [id, name] : [id])),
  );
  const hint = renamed
    ? `it was renamed to "${visible(nameOfContainer(renamed))}"`
    : nearest
      ? `did you mean "${visible(nearest)}"?`
      : "see lockctl container list";
  return new LockcError("LOCKC_E_CONTAINER", message, hint);
}
