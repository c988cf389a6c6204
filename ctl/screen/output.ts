// SPDX-License-Identifier: Apache-2.0
/**
 * Standard output and files. Who reads slowly holds up the output of a command that goes on, not
 * its signals. Nobody has to read, but what cannot be written for another reason is told.
 */
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { isatty } from "node:tty";
import { LockcError } from "../../core/errors.ts";
import { pollWritable } from "../ffi/libc.ts";

/** gone: nobody reads any more. stopped: the signal came first. */
export type Written = "all" | "gone" | "stopped";

export type Write = (text: string) => Promise<Written>;

/** A pipe that is ready takes so many bytes without blocking (POSIX, PIPE_BUF). */
const AT_ONCE = 4096;
const RETRY_MS = 20;

/** Writes whole texts to a descriptor, and waits for whoever reads it; an empty one asks whether anybody does. */
export function writerTo(fd: number, signal: AbortSignal): Write {
  return async (text) => {
    let rest = Buffer.from(text);
    if (rest.length === 0 && pollWritable(fd) === "gone") return "gone";
    while (rest.length > 0) {
      if (signal.aborted) return "stopped";
      const state = pollWritable(fd);
      if (state === "gone") return "gone";
      const written = state === "ready" ? tryWrite(fd, rest.subarray(0, AT_ONCE)) : 0;
      if (written === undefined) return "gone";
      if (written === 0) await pause(RETRY_MS, signal);
      rest = rest.subarray(written);
    }
    return "all";
  };
}

/**
 * Writes all of a text, also into a pipe that is full for a while, and nothing more once
 * nobody reads.
 * @throws LOCKC_E_WRITE
 */
export function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const written = tryWrite(fd, rest);
    if (written === undefined) return;
    rest = rest.subarray(written);
  }
}

/**
 * How many bytes went; undefined when nobody reads.
 * @throws LOCKC_E_WRITE
 */
function tryWrite(fd: number, bytes: Uint8Array): number | undefined {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EAGAIN") return 0; // somebody else filled it meanwhile
    if (code === "EPIPE" || (code === "EIO" && isatty(fd))) return undefined; // it hung up
    throw writeFault("the output", error);
  }
}

/** What people are told of the codes that say more about the host than about a name. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left there",
  EDQUOT: "the quota is used up",
  EFBIG: "it would become larger than is allowed",
  EIO: "the device fails",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such place",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "it exists already",
};

/** What kept something from being written, for people. */
export function writeFault(what: string, error: unknown): LockcError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const reason = REASONS[code];
  return new LockcError(
    "LOCKC_E_WRITE",
    `cannot write ${what}: ${reason === undefined ? code || (error as Error).message : `${reason} (${code})`}`,
    "make room there, or name another place",
    { cause: error },
  );
}

/** Conditions of the host, whatever was to be written: none of them is a bug of lockc. */
const FULL = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS"];

/** An error of a file system that is full or read-only, for people; any other as it is. */
export function asWriteFault(error: unknown): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (error instanceof LockcError || syscall === undefined || !FULL.includes(code ?? "")) {
    return error;
  }
  return writeFault(path === undefined ? "a file" : `"${path}"`, error);
}

/** Waits, at most until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
