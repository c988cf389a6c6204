// SPDX-License-Identifier: Apache-2.0
/** Edits of texts against any text: they change one thing, and are taken back to the byte. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { removeMember, setMember } from "../../../ctl/engine/json-edit.ts";
import { addBase, addBlock, ownersOf, setKey, takeOut } from "../../../ctl/engine/toml-edit.ts";
import { formatDifference } from "../../../ctl/screen/difference.ts";

describe("JSON", () => {
  const objects = fc.dictionary(
    fc.string().filter((key) => key !== "__proto__"),
    fc.jsonValue(),
  );
  const indents = fc.constantFrom(0, 1, 2, "\t");

  test("a member that was set is there, all others stay, and without it the text is as it was", () => {
    fc.assert(
      fc.property(objects, indents, fc.jsonValue(), (object, indent, value) => {
        const text = JSON.stringify(object, null, indent);
        const after = setMember(text, ["new one"], value);
        const plain = (it: unknown) => JSON.parse(JSON.stringify(it));
        assert.deepEqual(JSON.parse(after), { ...JSON.parse(text), "new one": plain(value) });
        if (Object.hasOwn(object, "new one")) return;
        assert.equal(removeMember(after, ["new one"]), text);
      }),
    );
  });

  test("members of members; of two with one name the last one counts, as it does to readers", () => {
    assert.equal(setMember('{"a":{"b":1}}', ["a", "b"], [2]), '{"a":{"b":[\n  2\n]}}');
    assert.equal(setMember('{"a":1,"a":2}', ["a"], 3), '{"a":1,"a":3}');
    assert.equal(removeMember('{ "a": 1, "b": {"c": "}"} }', ["a"]), '{ "b": {"c": "}"} }');
    assert.equal(removeMember('{"a":{"b":1}}', ["a", "x"]), '{"a":{"b":1}}');
    assert.throws(() => setMember('{"a":[]}', ["a", "b"], 1), /a is no object/);
  });
});

describe("TOML", () => {
  const lines = fc.constantFrom(
    "",
    "[a]",
    "[a.b]",
    "x = 1",
    "  x = 'old' # why",
    "# c",
    "[[l]]",
    "y = 2\r",
  );
  const texts = fc
    .tuple(fc.array(lines), fc.constantFrom("", "\n"))
    .map(([some, end]) => some.join("\n") + end);

  test("whatever was put into a text, in whatever order, comes out to the byte", () => {
    fc.assert(
      fc.property(texts, fc.array(fc.constantFrom("block", "base", "key", "new")), (text, acts) => {
        const steps = [text];
        for (const [index, act] of acts.entries()) {
          const [now, owner] = [steps.at(-1)!, `r${index}`];
          const put = {
            block: () => addBlock(now, owner, ["[z]", "v = 1"]),
            base: () => addBlock(addBase(now, `b${index}`, ["w = 1"]), owner, ["u = 1"]),
            key: () => setKey(now, owner, "a.b", "x", '"new"'),
            new: () => setKey(now, owner, "p.'q'", "x", '"new"'),
          }[act]!;
          steps.push(put());
        }
        const last = steps.at(-1)!;
        const owners = acts.map((_, index) => `r${index}`);
        assert.deepEqual(
          new Set(ownersOf(last)),
          new Set(owners.filter((one) => ownersOf(last).includes(one))),
        );
        assert.equal(takeOut(last, owners), text);
      }),
    );
  });
});

describe("a difference", () => {
  test("has the lines that differ, and some around them", () => {
    const before = Array.from({ length: 20 }, (_, index) => `${index}`);
    const after = [...before.slice(0, 10), "new", ...before.slice(11), "end"];
    assert.equal(
      formatDifference("/f", `${before.join("\n")}\n`, `${after.join("\n")}\n`),
      "--- /f\n+++ /f\n…\n 7\n 8\n 9\n-10\n+new\n 11\n 12\n 13\n…\n 17\n 18\n 19\n+end\n",
    );
    assert.equal(formatDifference("/f", "a", "a"), "");
    assert.equal(formatDifference("/f", undefined, "a\n"), "--- /dev/null\n+++ /f\n+a\n");
    assert.equal(formatDifference("/f", "a\n", undefined), "--- /f\n+++ /dev/null\n-a\n");
  });
});
