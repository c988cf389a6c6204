// SPDX-License-Identifier: Apache-2.0
/** Files that are dear to make, kept outside the tree and made once, however many ask at a time. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const DAY_MS = 24 * 3600 * 1000;

/** Where images are kept: LOCKC_VM_CACHE, else the user's cache directory. */
export function cacheDirectory(): string {
  const { LOCKC_VM_CACHE, XDG_CACHE_HOME } = process.env;
  const directory = LOCKC_VM_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "lockc/vm");
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** A directory with nothing in it. */
export function emptyDirectory(): string {
  const directory = join(cacheDirectory(), "empty");
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** A short name for content: the first 16 hex digits of its SHA-256. */
export function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/**
 * Runs `work` while no other process holds the lock of that name. flock(1)
 * holds it, and only as long as this process keeps its end of a pipe, so that
 * one killed on the way leaves no lock.
 */
export async function withLock<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  const file = join(cacheDirectory(), `${name}.lock`);
  const holder = spawn("flock", [file, "sh", "-c", "echo; exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await Promise.race([
    once(holder.stdout, "data"),
    once(holder, "exit").then(() => {
      throw new Error(`cannot lock '${file}'`);
    }),
  ]);
  try {
    return await work();
  } finally {
    holder.stdin.end();
  }
}

/**
 * The path of `name` in the cache. When it is not there, `make` creates it at
 * the path it is given, and only a whole one gets the name. Whatever has the
 * same `name` up to its first dash and was not used for `keepDays` is removed.
 */
export async function cached(
  name: string,
  keepDays: number,
  make: (path: string) => Promise<void> | void,
): Promise<string> {
  const path = join(cacheDirectory(), name);
  if (!existsSync(path)) {
    await withLock(name, async () => {
      if (existsSync(path)) return;
      const unfinished = `${path}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      try {
        await make(unfinished);
        renameSync(unfinished, path);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
    });
    removeUnused(name.slice(0, name.indexOf("-") + 1), keepDays);
  }
  const now = new Date();
  utimesSync(path, now, now);
  return path;
}

/** Keeps `text` in the cache for a day, for somebody to read; returns where. */
export function keepLog(text: string): string {
  removeUnused("console-", 1);
  const path = join(cacheDirectory(), `console-${process.pid}-${Date.now()}.log`);
  writeFileSync(path, text);
  return path;
}

function removeUnused(prefix: string, keepDays: number): void {
  for (const name of readdirSync(cacheDirectory())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(cacheDirectory(), name);
    const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (ageMs > keepDays * DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}
