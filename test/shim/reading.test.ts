// SPDX-License-Identifier: Apache-2.0
/** shim/reading.ts against Go's own decoder, against a model of it, and against crun's rules. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { factsOf } from "../../shim/bundle.ts";
import type { Config } from "../../shim/generated/config.ts";
import { check as isConfig } from "../../shim/generated/config-check.js";
import { type Readings, readUnusual } from "../../shim/reading.ts";
import { Chance } from "./config-mutations.ts";
import { decode, type GoType } from "./go-decoder.ts";
import { unusualConfig } from "./unusual-configs.ts";

const { type, readings } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/readings/go.json"), "utf8"),
) as { type: GoType; readings: [text: string, go: unknown][] };

function read(text: string): Readings {
  const answer = readUnusual(text);
  if ("reason" in answer) assert.fail(`${answer.reason}: ${text}`);
  return answer;
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

  test("is what a model of that decoder says, which says the same of those files", () => {
    for (const [text, go] of readings) {
      assert.deepEqual(plain(decode(type, text)), plain(go ?? undefined), text);
    }
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const text = unusualConfig(new Chance(seed));
        const model = decode(type, text);
        if (model !== undefined) assert.deepEqual(plain(read(text).go), plain(model), text);
      }),
      { numRuns: 3000 },
    );
  });
});
