// SPDX-License-Identifier: Apache-2.0
/**
 * `npm test`: the whole suite in the order in which it fails fastest. Installs
 * what it needs from Debian's packages. Stops at the first part that fails.
 */
import { spawnSync } from "node:child_process";
import { TOP } from "./compile-bpf.ts";
import { requireTools } from "./run.ts";

const PARTS: readonly (readonly [title: string, script: string])[] = [
  ["build", "build"],
  ["types, lint, rooms, generated files", "check"],
  ["unit tests, schemas, native end-to-end", "test:unit"],
  ["guests: kernels 6.1, 6.12 and 7.x", "test:vm"],
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
const SHELLS = ["script", "tmux", "zsh", "/usr/share/bash-completion/bash_completion"];

requireTools(...TOOLS, ...SHELLS);
for (const [title, script] of PARTS) {
  const start = Date.now();
  console.log(`\n== ${title} (npm run ${script})`);
  const { status } = spawnSync("npm", ["run", "--silent", script], { cwd: TOP, stdio: "inherit" });
  console.log(
    `== ${script}: ${status === 0 ? "ok" : "failed"} after ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
