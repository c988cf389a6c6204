// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { check, describe as say } from "../../shim/admission.ts";
import { ROWS, type Row } from "./admission-rows.ts";
import {
  audited,
  brokenRules,
  type Draft,
  draftOf,
  findings,
  fixture,
  LEVELS,
  POLICIES,
  type Setting,
  sentence,
  subjectOf,
} from "./containers.ts";

const BASE = fixture("bookworm/docker-restricted.json");

function changed(change: (config: Draft) => void, setting: Partial<Setting> = {}) {
  const config = draftOf(BASE);
  change(config);
  return subjectOf(config, { from: BASE, ...setting });
}

const violation = ({ refused, setting }: Row) => changed(refused, setting);
const twin = ({ admitted, setting, twinSetting }: Row) => changed(admitted, twinSetting ?? setting);

test("every level admits the container that the rows change", () => {
  for (const level of LEVELS) {
    assert.deepEqual(
      brokenRules(
        POLICIES.get(level)!,
        changed(() => {}),
      ),
      [],
      level,
    );
  }
});

/** Words that dockerd turns into exit codes 126 and 127 (moby, daemon/errors.go). */
const DOCKERD =
  /permission denied|is a directory|not a directory|no such file or directory|executable file not found|system cannot find the file specified|failed to run runc/i;

for (const row of ROWS) {
  describe(`${row.control} ${row.title}`, () => {
    const verdicts = LEVELS.map((level) => `${level} ${row.by.includes(level) ? "no" : "yes"}`);
    test(`is admitted by ${verdicts.join(", ")}`, () => {
      for (const level of LEVELS) {
        const broken = brokenRules(POLICIES.get(level)!, violation(row));
        if (row.by.includes(level)) assert.ok(broken.includes(row.rule), `${level}: ${broken}`);
        else assert.deepEqual(broken, [], level);
      }
    });

    test(`but for one fact it is admitted${row.twinBy ? `, though not by ${row.twinBy}` : ""}`, () => {
      for (const level of LEVELS) {
        const said = sentence(POLICIES.get(level)!, twin(row));
        assert.equal(said !== undefined, row.twinBy?.includes(level) ?? false, said ?? level);
      }
    });

    test("is reported and admitted in audit mode", () => {
      for (const level of LEVELS) {
        const policy = POLICIES.get(level)!;
        const observed = audited(policy);
        const found = findings(check(observed, violation(row)));
        assert.deepEqual(
          found,
          findings(check(policy, violation(row))).map((it) => ({ ...it, verdict: "audit" })),
        );
        assert.equal(sentence(observed, violation(row)), undefined);
        for (const it of found) assert.match(say(observed, it), /^policy "[a-z]+" would refuse /);
      }
    });

    test("is refused in a sentence with what, control and remedy, in no words of dockerd's", () => {
      const said = row.by.map((level) => sentence(POLICIES.get(level)!, violation(row)) ?? "");
      assert.match(said[0]!, row.says);
      for (const text of said) assert.doesNotMatch(text, DOCKERD);
    });
  });
}

test("every rule that is judged at creation has a row", () => {
  const judged = check(
    POLICIES.get("baseline")!,
    changed(() => {}),
  ).map(({ rule }) => rule);
  const missing = judged.filter((rule) => !ROWS.some((row) => row.rule === rule));
  assert.deepEqual(missing, []);
});

test("a row breaks its own rule alone", () => {
  for (const row of ROWS) {
    const broken = brokenRules(POLICIES.get(row.by[0]!)!, violation(row));
    // Where the socket of an engine is, hostPaths lets nobody go either.
    const own = (rule: string) =>
      rule === row.rule || (row.rule === "engineSockets" && rule === "hostPaths");
    assert.deepEqual(
      broken.filter((rule) => !own(rule)),
      [],
      `${row.control} ${row.title}`,
    );
  }
});
