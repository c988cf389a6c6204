// SPDX-License-Identifier: Apache-2.0
/** Which container is meant, out of those that run and those of which only events tell. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LockcError } from "../../../core/errors.ts";
import { nameOfContainer, shortId } from "../../../core/ids.ts";
import {
  findMeant,
  findTold,
  gatherKnown,
  isSame,
  type Known,
} from "../../../ctl/container/naming.ts";

const id = (start: string) => start.padEnd(64, "0");
const key = (number: number) => number.toString(16).padStart(16, "0");
const over = (number: number, start: string, name: string | null = null): Known => ({
  key: key(number),
  id: id(start),
  name,
});
const runs = (number: number, start: string, name: string | null = null): Known => ({
  ...over(number, start, name),
  root: "/run/runc",
});
const meant = (known: readonly Known[], word: string) => findMeant(known, word)?.key;

test("an engine's ID is shown by 12 digits, any other whole, and a name before both", () => {
  assert.equal(shortId(id("abc")), "abc000000000");
  for (const other of ["abc", "by-hand", id("abc").toUpperCase(), `${id("abc")}0`]) {
    assert.equal(shortId(other), other);
  }
  assert.equal(nameOfContainer({ id: id("abc"), name: "web" }), "web");
  for (const name of ["", null, undefined]) {
    assert.equal(nameOfContainer({ id: id("abc"), name }), "abc000000000");
  }
});

describe("a word means", () => {
  test("whom it names whole before whose ID begins so, and who runs before who is over", () => {
    const known = [over(1, "aa", "web"), over(2, "ab", "db"), runs(3, "ac", "web"), runs(4, "b")];
    assert.equal(meant(known, "web"), key(3));
    assert.equal(meant(known, "db"), key(2));
    assert.equal(meant(known, "a"), key(3), "the one that runs");
    assert.equal(meant(known, "ab"), key(2));
    assert.equal(meant(known, key(1)), key(1));
    assert.equal(meant(known, "c"), undefined);
    assert.equal(meant(known, ""), undefined);
    assert.equal(meant([over(1, "aa", "web"), over(2, "ab", "web")], "web"), key(2), "the last");
  });

  test("nobody when it is the beginning of several IDs, and the refusal names them all", () => {
    const error = { code: "LOCKC_E_CONTAINER", message: /"a" means more than one container: / };
    assert.throws(() => meant([runs(1, "aa", "web"), runs(2, "ab")], "a"), error);
    assert.throws(() => meant([over(1, "aa"), over(2, "ab")], "a"), error);
    assert.equal(meant([over(1, "aa"), over(2, "aa")], "a"), key(2), "one ID, begun twice");
  });

  test("a container by its former name only where events may have that", () => {
    const known = [{ ...runs(1, "aa", "shop"), formerName: "web" }];
    assert.equal(findMeant(known, "web"), undefined);
    assert.equal(findTold(known, "web")?.key, key(1));
  });
});

test("one is the same over all its starts by an engine's ID, else by its key", () => {
  const second = runs(2, "aa", "web");
  assert.ok(isSame(over(1, "aa"), second, "web"));
  assert.ok(!isSame(over(1, "aa"), second, second.key), "who gives a key means that run");
  const byHand: Known = { key: key(2), id: "box", name: null, root: "/run/runc" };
  assert.ok(!isSame({ key: key(1), id: "box" }, byHand, "box"));
  assert.ok(!isSame({ key: key(0), id: "box" }, byHand, "box"), "a create that was refused");
  assert.ok(isSame({ key: key(2), id: "box" }, byHand, "box"));
  const refused: Known = { key: key(0), id: "box", name: null };
  assert.ok(isSame({ key: key(0), id: "box" }, refused, "box"));
});

test("who is told of last is the last of those that are over, and who runs is there once", () => {
  const told = [over(1, "aa"), over(2, "ab"), over(1, "aa"), over(3, "ac", "old")];
  const known = gatherKnown([runs(3, "ac", "new")], told);
  assert.deepEqual(
    known.map((one) => [one.key, one.name]),
    [
      [key(2), null],
      [key(1), null],
      [key(3), "new"],
    ],
  );
});

test("whatever the word, one that bears it is found, or the refusal names more than one", () => {
  const words = fc.stringMatching(/^[0-9a-f]{1,3}$/);
  const some = fc.record({ start: words, name: fc.option(words), running: fc.boolean() });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), words, (list, word) => {
      const known = list.map(({ start, name, running }, index) =>
        (running ? runs : over)(index + 1, start, name),
      );
      const bears = (one: Known) => one.name === word || one.id.startsWith(word);
      try {
        const found = findMeant(known, word);
        assert.equal(found !== undefined, known.some(bears));
        assert.ok(found === undefined || bears(found));
        const isRunning = (one: Known) => one.root !== undefined;
        if (found && known.some((one) => isRunning(one) && bears(one))) assert.ok(isRunning(found));
      } catch (error) {
        assert.ok(error instanceof LockcError, String(error));
        assert.ok(known.filter(bears).length > 1);
      }
    }),
  );
});
