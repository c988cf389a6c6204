// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  complete,
  formatOffer,
  joinBash,
  kindOf,
  type Offer,
  partBash,
} from "../../../ctl/grammar/complete.ts";
import { formsOf } from "../../../ctl/grammar/read.ts";
import { VERBS } from "../../../ctl/verbs.ts";

const HOSTILE = ["x$(touch pwned)", "`id`", "a b", "a;b", "a\tb", "", "é"];
const NAMES = {
  policies: () => ["baseline", "offline", "privileged", "restricted"],
  containers: () => ["c0ffee", "web", ...HOSTILE],
};
const ask = (...words: string[]): Offer => complete(words, NAMES);
const offered = (...words: string[]) => ask(...words).candidates.map(({ word }) => word);

describe("each verb", () => {
  for (const [name, { options, operands, summary }] of Object.entries(VERBS)) {
    test(`"${name}" is offered, and all its options, each once`, () => {
      const words = name.split(" ");
      const found = ask(...words).candidates.find(({ word }) => word === words.at(-1));
      assert.equal(found?.meaning, summary);
      const forms = formsOf(options);
      const all = [...forms.map(([option]) => option), "--help"].sort();
      assert.deepEqual(offered(...words, "-"), all);
      const [first = ""] = all;
      const given = options[first.slice(2)]?.value === undefined ? [first] : [first, "x"];
      assert.deepEqual(
        offered(...words, ...given, "-"),
        all.filter((each) => each !== first),
      );
      for (const [option, , { value = "" }] of forms) {
        assertKind(value, ask(...words, option, ""));
        assertKind(value, ask(...words, `${option}=`), `${option}=`);
      }
      const [operand] = operands;
      if (operand === undefined) assert.deepEqual(offered(...words, ""), all);
      else if (!/^[a-z]/.test(operand)) assertKind(operand, ask(...words, ""));
    });
  }

  function assertKind(name: string, { files, candidates }: Offer, prefix = ""): void {
    if (name === "") return;
    const words = candidates.map(({ word }) => word);
    const kind = kindOf(name);
    const behind = (list: readonly string[]) => list.map((each) => `${prefix}${each}`);
    if (kind === "policy") assert.deepEqual(words, behind(NAMES.policies()), name);
    if (kind === "container") assert.deepEqual(words, behind(["c0ffee", "web"]), name);
    assert.equal(files, kind === "files" || kind === "directories" ? kind : "none", name);
  }
});

test("what begins with what is typed is offered, where it may stand", () => {
  const lines: Record<string, string[]> = {
    un: ["unload"],
    "--": ["--help", "--version"],
    "help poli": ["policy"],
    "help policy sh": ["show"],
    "help policy show ": [],
    "policy r": ["reload"],
    "policy show re": ["restricted"],
    "policy diff baseline pri": ["privileged"],
    "policy diff baseline offline ": ["--help", "--json"],
    "policy explain --policy re": ["restricted"],
    "policy explain --policy=re": ["--policy=restricted"],
    "policy explain --json=x": [],
    "policy explain --nonsense=x": [],
    "policy explain --id we": ["web"],
    "policy explain --id -- --js": ["--json"],
    "policy explain -- --": [],
    "policy show -- ba": ["baseline"],
    "completion ": ["bash", "zsh", "fish"],
    "completion z": ["zsh"],
    "status nothing": [],
    "nonsense --f": [],
    "constructor ": [],
    "policy constructor ": [],
    "status --constructor ": ["--help", "--json"],
  };
  for (const [line, words] of Object.entries(lines)) {
    assert.deepEqual(offered(...line.split(" ")), words, line);
  }
  assert.ok(offered("").includes("status") && offered("").includes("help"));
  assert.deepEqual(offered(), offered(""));
  assert.equal(ask("policy", "validate", "a.yaml", "").files, "files");
  assert.equal(ask("policy", "explain", "--bundle=x").files, "directories");
});

test("no name is offered that a shell would act on", () => {
  assert.deepEqual(offered("policy", "explain", "--id", ""), ["c0ffee", "web"]);
  assert.deepEqual(offered("policy", "explain", "--id", "x"), []);
});

test("names are asked for only where one may follow", () => {
  const never = { policies: () => assert.fail(), containers: () => assert.fail() };
  for (const line of ["", "policy ", "status --", "completion ", "policy validate "]) {
    complete(line.split(" "), never);
  }
});

test("bash's three words for --option=value are one", () => {
  assert.deepEqual(joinBash(["a", "--policy", "=", "re"]), ["a", "--policy=re"]);
  assert.deepEqual(joinBash(["a", "--policy", "="]), ["a", "--policy="]);
  assert.deepEqual(joinBash(["--id", "=", "x", "--json"]), ["--id=x", "--json"]);
  assert.deepEqual(joinBash(["=", "a", "=", "="]), ["=", "a", "=", "="]);
  const line = ["policy", "explain", "--policy", "=", "re"];
  assert.equal(formatOffer(partBash(complete(joinBash(line), NAMES))), "none\nrestricted\n");
});

test("whatever is typed, what is offered begins so and is one line", () => {
  const word = fc.oneof(
    fc.constantFrom(...Object.keys(VERBS).flatMap((name) => name.split(" "))),
    fc.constantFrom("--json", "--policy", "--policy=", "--", "-", "=", "", "help", "--id=x"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      const offer = complete(words, NAMES);
      for (const candidate of offer.candidates) {
        assert.ok(candidate.word.startsWith(words.at(-1) ?? ""));
        assert.doesNotMatch(candidate.word + candidate.meaning, /[\n\t]/);
      }
      joinBash(words);
    }),
    { numRuns: 2000 },
  );
});
