// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run test:vm [-- --tier quick|rest] [--list] [FILE…]`: the suites in guests, all or those of
 * one tier (tiers.ts), two at a time (a third only makes all of them slower). The longest begin
 * first, so that none of them runs alone at the end. --list only says what would run.
 */
import { globSync } from "node:fs";
import { basename, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import { TOP } from "./compile-bpf.ts";
import {
  CHOICE,
  chosenReleases,
  partsOf,
  rankOf,
  releasesOf,
  SUITES,
  type TierName,
} from "./tiers.ts";

const LIMIT_MS = 45 * 60_000;

const { values, positionals: named } = parseArgs({
  options: { tier: { type: "string" }, list: { type: "boolean" } },
  allowPositionals: true,
});

/** The tier that was asked for; undefined: all suites, on all releases. */
function tierOf(name: string | undefined): TierName | undefined {
  if (name === undefined || name === "quick" || name === "rest") return name;
  throw new Error(`there is no tier '${name}': quick or rest`);
}

const tier = tierOf(values.tier);
if (tier !== undefined && named.length > 0) throw new Error("name a tier or files, not both");

const suiteOf = (file: string) => basename(file, ".test.ts");
const byRank = (a: string, b: string) => rankOf(suiteOf(a)) - rankOf(suiteOf(b));

function filesToRun(): string[] {
  if (tier !== undefined) return partsOf(tier).map(({ suite }) => `test/vm/${suite}.test.ts`);
  return named.length > 0 ? named : globSync("test/vm/*.test.ts", { cwd: TOP }).sort();
}

const files = filesToRun()
  .map((file) => resolve(TOP, file))
  .sort(byRank);
// Who runs a tier gets that tier's releases, whatever was chosen around it.
if (tier !== undefined) process.env[CHOICE] = releasesOf(tier).join(" ");

/** What a file has to show for itself: that one test passed, and each release that it is to run on. */
const owed = new Map(
  files.map((file) => {
    const releases = SUITES[suiteOf(file)] === "by release" ? chosenReleases() : [];
    return [file, new Set<string>(["a test", ...releases])];
  }),
);

function runFiles(): void {
  // What ends early has not passed, nor has a run of nothing.
  process.exitCode = 1;
  run({ files, concurrency: 2, timeout: LIMIT_MS })
    .on("test:pass", ({ file, name, nesting, skip }) => {
      if (file !== undefined && nesting === 0 && skip === undefined) owed.get(file)?.delete(name);
    })
    .on("test:summary", ({ file, success, counts }) => {
      if (file !== undefined && counts.passed > 0) owed.get(file)?.delete("a test");
      if (file !== undefined || !success) return;
      const open = [...owed].filter(([, names]) => names.size > 0);
      for (const [name, names] of open) {
        console.error(`${name} ran without ${[...names].join(", ")}`);
      }
      if (open.length === 0 && files.length > 0) process.exitCode = 0;
    })
    .compose(spec)
    .pipe(process.stdout);
}

if (values.list) {
  for (const [file, names] of owed) console.log([suiteOf(file), ...[...names].slice(1)].join(" "));
} else {
  runFiles();
}
