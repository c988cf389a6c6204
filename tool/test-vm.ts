// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run test:vm [-- FILE…]`: the suites in guests, two at a time (a third only makes
 * all of them slower). The longest begin first, so that none of them runs alone at the end.
 */
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { TOP } from "./compile-bpf.ts";

/** By the time they take; all others take less. */
const LONGEST = [
  "membership",
  "lockctl",
  "escapes",
  "builds",
  "software",
  "install",
  "policies",
  "reach",
  "token",
  "inside",
  "docker",
  "examples",
  "notify",
  "hooked-mounts",
  "confinement",
  "burst",
  "lifecycle",
  "volumes",
  "guard",
];

const LIMIT_MS = 45 * 60_000;

/** The place of a suite in the order: of those above, or behind them. */
function rank(file: string): number {
  const place = LONGEST.indexOf(basename(file, ".test.ts"));
  return place < 0 ? LONGEST.length : place;
}

const named = process.argv.slice(2);
const files = (named.length > 0 ? named : globSync(join(TOP, "test/vm/*.test.ts")))
  .sort()
  .sort((a, b) => rank(a) - rank(b));

// What ends early has not passed, nor has a run of nothing.
process.exitCode = 1;
run({ files, concurrency: 2, timeout: LIMIT_MS })
  .on("test:summary", ({ file, success, counts }) => {
    if (file === undefined && success && counts.tests > 0) process.exitCode = 0;
  })
  .compose(spec)
  .pipe(process.stdout);
