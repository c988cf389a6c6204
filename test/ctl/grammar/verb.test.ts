// SPDX-License-Identifier: Apache-2.0
/** A verb's own types: `tsc` is the judge of most of this file. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readWords } from "../../../ctl/grammar/read.ts";
import { defineVerb, JSON_FLAG, type Verb } from "../../../ctl/grammar/verb.ts";
import { VERSION } from "../../../ctl/host/version.ts";
import { json, say } from "../../../ctl/screen/print.ts";
import { TOP } from "../../../tool/compile-bpf.ts";

const WORDS = { summary: "say", explanation: "Says." };

/** Whether both are the same type; tsc refuses `false`. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

/** Runs it as main does. */
async function run(verb: Verb, ...words: string[]): Promise<unknown> {
  const { values, operands } = readWords("say", verb, words);
  return verb.run(verb.read(values, operands));
}

// The verb that is an example, as it stands there but for `export`.
const verb = defineVerb({
  summary: "print the version of lockctl",
  explanation: "Prints the version of lockctl, in one line.",
  options: { json: JSON_FLAG },
  operands: [],

  run({ json: asJson }) {
    say(1, asJson ? json({ version: VERSION }) : `lockctl ${VERSION}\n`);
  },
});

test("the verb that CONTRIBUTING.md shows is one", () => {
  const read = (file: string) => readFileSync(join(TOP, file), "utf8");
  const [, shown] = /^```ts\n([\s\S]*?)\n```$/m.exec(read("CONTRIBUTING.md"))!;
  const code = shown!.replace("export ", "");
  assert.ok(read("test/ctl/grammar/verb.test.ts").includes(`\n${code}\n`));
  const { values, operands } = readWords("version", verb, ["--json"]);
  assert.deepEqual(verb.read(values, operands), [{ json: true }, []]);
});

test("run is given what options and operands say", async () => {
  const told: unknown[] = [];
  const verb = defineVerb({
    ...WORDS,
    options: { json: JSON_FLAG, "not-after": { value: "WHEN", meaning: "none later" } },
    operands: ["FROM", "[TO]"],
    run(values, operands) {
      same<boolean, typeof values.json>(true);
      same<string | undefined, (typeof values)["not-after"]>(true);
      same<readonly [string, string | undefined], typeof operands>(true);
      // @ts-expect-error: nobody declared it
      values.jsno;
      // @ts-expect-error: there are two
      operands[2];
      told.push(values, operands);
    },
  });
  assert.equal(await run(verb, "a", "--not-after", "now"), undefined);
  assert.deepEqual(told, [{ json: false, "not-after": "now" }, ["a"]]);
});

test("operands of which there may be many are one at least", async () => {
  const verb = defineVerb({
    ...WORDS,
    options: {},
    operands: ["FILE…"],
    run(_values, operands) {
      same<readonly [string, ...string[]], typeof operands>(true);
      assert.deepEqual(operands, ["a", "b"]);
    },
  });
  await run(verb, "a", "b");
  assert.throws(() => readWords("say", verb, []), /say needs FILE…/);
});

test("what read makes of the words is what run takes", async () => {
  const verb = defineVerb({
    ...WORDS,
    options: { many: { value: "NUMBER", meaning: "so many" } },
    operands: [],
    read: ({ many }) => ({ count: Number(many ?? 1) }),
    run(request) {
      same<{ count: number }, typeof request>(true);
      return Promise.resolve(request.count === 12 ? 0 : 1);
    },
  });
  assert.equal(await run(verb, "--many=12"), 0);
  assert.equal(await run(verb), 1);
});
