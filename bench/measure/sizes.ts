// SPDX-License-Identifier: Apache-2.0
/** What an installation takes: the files of dist/, as install.sh places them. */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tool/run.ts";

const TOP = join(import.meta.dirname, "../..");

export interface Sizes {
  /** By path from the host's root; links have none. */
  readonly files: Readonly<Record<string, number>>;
  readonly totalBytes: number;
  /** What a file system with blocks of 4 KiB gives to them. */
  readonly blocksBytes: number;
}

const BLOCK = 4096;

/** Builds dist/ and lists it. */
export function measureSizes(): Sizes {
  run(process.execPath, [join(TOP, "tool/build.ts")]);
  const files = listFiles(join(TOP, "dist"));
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const sizes = Object.values(files);
  return {
    files,
    totalBytes: sum(sizes),
    blocksBytes: sum(sizes.map((size) => Math.ceil(size / BLOCK) * BLOCK)),
  };
}

/** The sizes of the files below a folder, the largest first, by path from there. */
export function listFiles(folder: string): Readonly<Record<string, number>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(folder.length), lstatSync(path).size] as const);
  return Object.fromEntries(files.toSorted(([, a], [, b]) => b - a));
}
