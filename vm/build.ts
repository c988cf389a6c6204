// SPDX-License-Identifier: Apache-2.0
/** What is tried in a guest: dist/ as this tree builds it, on a disk of its own. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tool/run.ts";
import { cached, digest, withLock } from "./cache.ts";
import { makeDisk } from "./debian.ts";

const TOP = join(import.meta.dirname, "..");
const SOURCES = [
  "bpf",
  "core",
  "shim",
  "ctl",
  "etc",
  "policy",
  "schemas",
  "tool",
  "package-lock.json",
];

/** Written last by a build; what is newer has not been built. */
const LAST_BUILT = "usr/lib/lockc/shim.cjs";

/** 150 MB each, and a developer makes many. */
const KEEP_DAYS = 0.1;

const LARGE_BYTES = 32 << 20;

/** All the same, whatever is in them: the size of a disk is part of a saved guest. */
const DISK_SIZE = "1G";

/**
 * The disk with the build in `directory`, by default dist/, which is built now
 * when it is missing or a source is newer.
 */
export async function buildDisk(
  directory: string | undefined,
  say: (line: string) => void,
): Promise<string> {
  // One at a time: a build replaces the directory that the other one copies.
  return withLock("build", async () => {
    const source = directory ?? join(TOP, "dist");
    if (directory === undefined && isStale(source)) {
      say("building dist/");
      run("npm", ["run", "--silent", "build"], TOP);
    }
    if (!existsSync(source)) throw new Error(`there is no build in '${source}'`);
    return cached(`build-${digest(...listFiles(source))}.ext4`, KEEP_DAYS, (target) => {
      try {
        makeDisk(source, target, DISK_SIZE);
      } catch (error) {
        rmSync(target, { force: true });
        throw error;
      }
    });
  });
}

function isStale(directory: string): boolean {
  const built = statSync(join(directory, LAST_BUILT), { throwIfNoEntry: false });
  return built === undefined || SOURCES.some((name) => newest(join(TOP, name)) > built.mtimeMs);
}

/** The latest change in a file or a folder's files, milliseconds since 1970. */
function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  const names = readdirSync(path);
  return Math.max(stat.mtimeMs, ...names.map((name) => newest(join(path, name))));
}

/**
 * What tells one build from another: path, mode and content of every file. Of
 * the large one, Node, its size and time stand for the content: the build links
 * to a copy that it keeps.
 */
function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const { size, mtimeMs, mode } = statSync(path);
      const content = size > LARGE_BYTES ? `${mtimeMs}` : digest(readFileSync(path));
      return `${path.slice(directory.length)} ${mode} ${size} ${content}`;
    });
}
