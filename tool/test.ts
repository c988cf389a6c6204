// SPDX-License-Identifier: Apache-2.0
/**
 * `npm test`: what is tried before a change is handed in, in the order in which it fails fastest.
 * `npm run test:all` (--all) adds the rest, and begins with `npm test` unless that has passed on
 * these very files. Installs what it needs from Debian's packages. Stops at the first part that fails.
 */
import { spawnSync } from "node:child_process";
import { TOP } from "./compile-bpf.ts";
import { noteQuickPassed, quickPassedOn, treeDigest } from "./passed.ts";
import { requireTools } from "./run.ts";

type Part = readonly [title: string, script: string, ...args: string[]];

const BUILD: Part = ["build", "build"];
const QUICK: readonly Part[] = [
  BUILD,
  ["types, lint, rooms, generated files", "check"],
  ["unit tests, schemas, native end-to-end", "test:unit"],
  ["guests with kernel 6.1: work, refusals, confinement, escapes", "test:vm", "--tier", "quick"],
];
const REST: readonly Part[] = [
  ["what a create may cost", "test:budgets"],
  ["guests: all else, and kernels 6.12 and 7.x", "test:vm", "--tier", "rest"],
];

/** All that unit tests need, which run side by side: only one can install at a time. */
const TOOLS = [
  "gcc",
  "runc",
  "crun",
  "strace",
  "objcopy",
  "jq",
  "man",
  "mandoc",
  "perf",
  "promtool",
];
const SHELLS = ["script", "tmux", "zsh", "fish", "/usr/share/bash-completion/bash_completion"];

/** Runs the parts one after the other; false when one failed, and then none after it was run. */
function runParts(parts: readonly Part[]): boolean {
  return parts.every(([title, script, ...args]) => {
    const start = Date.now();
    console.log(`\n== ${title} (npm run ${[script, ...args].join(" ")})`);
    const command = ["run", "--silent", script, "--", ...args];
    const { status } = spawnSync("npm", command, { cwd: TOP, stdio: "inherit" });
    console.log(
      `== ${script}: ${status === 0 ? "ok" : "failed"} after ${((Date.now() - start) / 1000).toFixed(0)} s`,
    );
    return status === 0;
  });
}

function runQuick(): boolean {
  const before = treeDigest();
  if (!runParts(QUICK)) return false;
  // Who edits meanwhile has tested something between the two.
  if (treeDigest() === before) noteQuickPassed(before);
  return true;
}

function runAll(): boolean {
  const passed = quickPassedOn(treeDigest());
  if (passed === undefined) return runQuick() && runParts(REST);
  console.log(`npm test passed on these very files (${passed}): what it did is not repeated`);
  return runParts([BUILD, ...REST]);
}

requireTools(...TOOLS, ...SHELLS);
process.exitCode = (process.argv.includes("--all") ? runAll() : runQuick()) ? 0 : 1;
