// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ExitStatus, parseCommandLine } from "../../ctl/command-line.ts";
import { LockcError } from "../../shim/errors.ts";

test("each command is read with its flags", () => {
  assert.deepEqual(parseCommandLine(["load"]), { verb: "load" });
  assert.deepEqual(parseCommandLine(["unload"]), { verb: "unload", force: false });
  assert.deepEqual(parseCommandLine(["unload", "--force"]), { verb: "unload", force: true });
  assert.deepEqual(parseCommandLine(["status"]), { verb: "status", json: false });
  assert.deepEqual(parseCommandLine(["status", "--json"]), { verb: "status", json: true });
  assert.deepEqual(parseCommandLine(["--version"]), { verb: "version" });
});

test("a flag of another command is refused", () => {
  for (const words of [
    ["load", "--force"],
    ["status", "--force"],
    ["unload", "--json"],
  ]) {
    assert.throws(() => parseCommandLine(words), { code: "LOCKC_E_USAGE" });
  }
});

test("a slip of the hand is answered with what was meant", () => {
  const hints = { laod: "load", stats: "status", unlaod: "unload" };
  for (const [word, meant] of Object.entries(hints)) {
    assert.throws(() => parseCommandLine([word]), { hint: `did you mean "${meant}"?` });
  }
  assert.throws(() => parseCommandLine(["status", "--jsno"]), { hint: 'did you mean "--json"?' });
  assert.throws(() => parseCommandLine(["frobnicate"]), { hint: "see lockctl --help" });
});

test("the help names every command and every exit status", () => {
  const command = parseCommandLine(["--help"]);
  assert.ok(command.verb === "help");
  for (const word of ["lockctl load", "lockctl unload", "lockctl status"]) {
    assert.ok(command.text.includes(word), word);
  }
  for (const status of Object.values(ExitStatus)) {
    assert.match(command.text, new RegExp(`^  ${status}  `, "m"));
  }
});

test("each command has help of its own, asked for in three ways", () => {
  for (const verb of ["load", "unload", "status"]) {
    const texts = [
      ["help", verb],
      [verb, "--help"],
      [verb, "-h"],
    ].map((words) => {
      const command = parseCommandLine(words);
      assert.ok(command.verb === "help");
      return command.text;
    });
    assert.equal(new Set(texts).size, 1);
    assert.ok(texts[0]!.startsWith(`lockctl ${verb}`));
  }
});

test("words from Object's prototype are no commands and no flags", () => {
  for (const word of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.throws(() => parseCommandLine([word]), { code: "LOCKC_E_USAGE" });
    assert.throws(() => parseCommandLine(["status", word]), { code: "LOCKC_E_USAGE" });
    assert.throws(() => parseCommandLine(["help", word]), { code: "LOCKC_E_USAGE" });
  }
});

test("no words do anything but a command or a usage error", () => {
  const word = fc.oneof(fc.constantFrom("load", "status", "help", "--json", "-h"), fc.string());
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (words) => {
      try {
        parseCommandLine(words);
      } catch (error) {
        assert.ok(error instanceof LockcError && error.code === "LOCKC_E_USAGE", String(error));
      }
    }),
  );
});
