// SPDX-License-Identifier: Apache-2.0
/** docs/operations.md against the code, and its alerts against Prometheus. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CHECK_NAMES } from "../../ctl/doctor/checks.ts";
import { familiesOf } from "../../ctl/metrics/families.ts";
import { formatFamilies } from "../../ctl/metrics/openmetrics.ts";
import { TOP } from "../../tool/compile-bpf.ts";
import { findProgram, requireTools } from "../../tool/run.ts";

const TEXT = readFileSync(join(TOP, "docs/operations.md"), "utf8");

/** The first cells of the table below a heading, each with the rest of its row. */
function rowsOf(heading: string): (readonly [names: string[], rest: string])[] {
  const section = TEXT.split(/^## /m).find((part) => part.startsWith(heading));
  assert.ok(section, heading);
  const rows = [...section.matchAll(/^\| (`.*?) \| (.*) \|$/gm)];
  return rows.map(([, names = "", rest = ""]) => [
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    rest,
  ]);
}

function cellsOf(row: string): string {
  const [type, labels] = row.split("|").map((cell) => cell.trim());
  return `${type} ${labels}`;
}

/** Each metric by its samples' name, with its type and labels. */
function metrics(): Map<string, string> {
  const one = { labels: { program: "p" }, runs: 1n, runNs: 1n, skips: 0n };
  const families = familiesOf({
    loaded: true,
    sound: true,
    attached: 1,
    expected: 1,
    policies: [{ policy: "p", rules: 3, audit: 1 }],
    containers: [{ policy: "p", tasks: 1 }],
    strays: 0,
    totals: [],
    guard: { denials: 1n, audits: 1n },
    events: { sequence: 1n, dropped: 1n, merged: 1n },
    programs: new Map([["p", one]]),
    timed: true,
  });
  return new Map(
    families.map((family) => {
      const line = formatFamilies([{ ...family, samples: family.samples.slice(0, 1) }], "textfile");
      const [, name = "", labels = ""] = /^(\w+)(?:\{(.*)\})? \S+$/m.exec(line) ?? [];
      const names = [...labels.matchAll(/(\w+)="/g)].map(([, label]) => `\`${label}\``);
      return [name, `${family.type} | ${names.join(", ")}`];
    }),
  );
}

test("every metric is in the table, with its type and labels, and no other", () => {
  const listed = rowsOf("Metrics").flatMap(([names, rest]) =>
    names.map((name) => [name, cellsOf(rest)] as const),
  );
  const expected = [...metrics()].map(([name, rest]) => [name, cellsOf(rest)]);
  const byName = (one: readonly string[], other: readonly string[]) =>
    one[0]! < other[0]! ? -1 : 1;
  assert.deepEqual(listed.toSorted(byName), expected.toSorted(byName));
});

test("every check of doctor is in the table, in its order", () => {
  assert.deepEqual(
    rowsOf("Is everything").flatMap(([names]) => names),
    CHECK_NAMES,
  );
});

test("the alerts are rules to promtool, and name metrics that there are", () => {
  requireTools("promtool");
  const start = TEXT.indexOf("    groups:\n");
  assert.ok(start > 0);
  const rules = TEXT.slice(start).replace(/^ {4}/gm, "");
  for (const [name] of rules.matchAll(/\blockc_\w+/g)) assert.ok(metrics().has(name), name);
  const folder = mkdtempSync(join(tmpdir(), "lockc-rules-"));
  try {
    writeFileSync(join(folder, "rules.yml"), rules);
    const words = ["check", "rules", join(folder, "rules.yml")];
    const { status, stdout, stderr } = spawnSync(findProgram("promtool")!, words, {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /6 rules found/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
