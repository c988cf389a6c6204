// SPDX-License-Identifier: Apache-2.0
/** core/bundle/reading.ts against Go's own decoder, against a model of it, and against crun's rules. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { factsOf } from "../../../core/bundle/facts.ts";
import { parseConfig } from "../../../core/bundle/parse.ts";
import { type Readings, readUnusual } from "../../../core/bundle/reading.ts";
import type { Config } from "../../../core/generated/config.ts";
import { check as isConfig } from "../../../core/generated/config-check.js";
import { Chance } from "../../support/config-mutations.ts";
import { decode, type GoType } from "../../support/go-decoder.ts";
import { unusualConfig } from "../../support/unusual-configs.ts";

const { type, readings } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/readings/go.json"), "utf8"),
) as { type: GoType; readings: [text: string, go: unknown][] };

function read(text: string): Readings {
  const answer = readUnusual(text);
  if ("reason" in answer) assert.fail(`${answer.reason}: ${text}`);
  return answer;
}

const GIVEN_UP = /names again more than 100 times/;

function isGivenUp(text: string): boolean {
  const answer = readUnusual(text);
  return "reason" in answer && GIVEN_UP.test(answer.reason);
}

/** Without what is zero, which Go does not write, and without what the schema does not look into. */
function plain(value: unknown, top = true): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, false) ?? {});
  if (typeof value !== "object" || value === null) return value === 0 ? 0 : value || undefined;
  const members = Object.entries(value)
    .filter(([name]) => !(top && ["windows", "solaris", "vm", "zos"].includes(name)))
    .map(([name, member]) => [name, plain(member, false)] as const)
    .filter(([, member]) => {
      if (member === undefined || member === 0) return false;
      return typeof member !== "object" || Object.keys(member as object).length > 0;
    });
  return Object.fromEntries(members);
}

const facts = (config: unknown) => factsOf("/b", config as Config);

describe("runc's reading", () => {
  test("is what Go's decoder made of 400 strange files", () => {
    let judged = 0;
    for (const [text, go] of readings) {
      if (go === null) continue;
      const { go: ours } = read(text);
      assert.deepEqual(plain(ours), plain(go), text);
      if (!isConfig(ours)) continue; // it lacks what must be there
      assert.deepEqual(facts(ours), facts(go), text);
      judged++;
    }
    assert.ok(judged > 50, String(judged));
  });

  test("takes nothing that Go's decoder refuses, nor what does not last", () => {
    const valid = '"root":{"path":"r"},"process":{"cwd":"/","user":{"uid":0,"gid":0},"args":["x"]}';
    const again = (wrong: string, right: string) =>
      `{"ociVersion":"1.0.2",${valid},${wrong},${right}}`;
    const said = (text: string) => parseConfig("/b/config.json", Buffer.from(text));
    for (const [wrong, right] of [
      ['"ociversion":[]', '"ociVersion":"1.0.2"'],
      ['"hostname":1', '"hostname":"a"'],
      ['"Process":{"args":["x",5]}', '"process":{"args":["x"]}'],
      ['"process":{"cwd":1,"cwd":"/"}', '"process":{"cwd":"/"}'],
      ['"annotations":{"a":1}', '"annotations":{"a":"1"}'],
      ['"process":{"user":{"uid":5000000000}}', '"process":{"user":{"uid":0}}'],
      ['"root":"r"', '"root":{"path":"r"}'],
      [
        '"mounts":[{"destination":"/a","type":1}]',
        '"mounts":[{"destination":"/a","type":"tmpfs"}]',
      ],
    ] as const) {
      assert.throws(() => said(again(wrong, right)), { code: "LOCKC_E_CONFIG" }, wrong);
    }
    said(again('"HostName":"a"', '"hostname":"a"'));
    for (const [text, go] of readings) {
      if (go === null) assert.throws(() => said(text), { code: "LOCKC_E_CONFIG" }, text);
    }
  });

  test("gives up where more stands again than anybody writes", () => {
    const many = Array.from({ length: 1000 }, (_, at) => `"hostname":"${at}"`).join(",");
    const answer = readUnusual(`{${many}}`);
    assert.ok("reason" in answer, "it was read");
    assert.match(answer.reason, GIVEN_UP);
  });

  test("is what a model of that decoder says, which says the same of those files", () => {
    for (const [text, go] of readings) {
      assert.deepEqual(plain(decode(type, text)), plain(go ?? undefined), text);
    }
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const text = unusualConfig(new Chance(seed));
        const model = decode(type, text);
        // One in some ten thousand says names again so often that it is refused.
        if (model === undefined || isGivenUp(text)) return;
        assert.deepEqual(plain(read(text).go), plain(model), text);
      }),
      { numRuns: 3000 },
    );
  });
});
