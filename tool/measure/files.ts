// SPDX-License-Identifier: Apache-2.0
/**
 * What a build that measures has other files for, since it has to run where no LSM program can
 * be loaded; so have tests of what is around the programs (test/support/without-programs.ts).
 */
import { join, relative } from "node:path";
import { TOP } from "../compile-bpf.ts";

const FILES: Readonly<Record<string, string>> = {
  "shim/prove.ts": "prove.ts",
  "ctl/kernel/programs.ts": "programs.ts",
};

/**
 * The file that stands in a file's place; undefined where it stays.
 * @param importer who asks for it, by its path: what stands in its place may.
 */
export function instead(file: string, importer: string): string | undefined {
  if (importer.startsWith(join(TOP, "tool/measure/"))) return undefined;
  const other = FILES[relative(TOP, file)];
  return other && join(TOP, "tool/measure", other);
}
