// SPDX-License-Identifier: Apache-2.0
/**
 * runc's error protocol (runc main.go configLogrus, utils.go fatalWithCode): a
 * record appended to the file of --log, and the plain line on stderr. Engines
 * show their users the last record of the file, or that line.
 *
 * Only descriptor 2 is written, and by system call: Node's stream objects would
 * change what the container inherits.
 */
import { closeSync, constants, openSync, writeSync } from "node:fs";
import type { LockcError } from "../core/errors.ts";
import { visible } from "../core/visible.ts";

/** Where the runtime would log: the values of its global options. */
export interface LogTarget {
  readonly log: string | undefined;
  readonly logFormat: "text" | "json";
}

const STDERR = 2;
/** How long a reader that does not read may hold up a refusal. */
const PATIENCE_MS = 200;

/** Reports a refusal where the engine looks. Never throws. */
export function report(error: LockcError, { log, logFormat }: LogTarget): void {
  const line = singleLine(error.sentence);
  if (log !== undefined) {
    const problem = appendRecord(log, formatRecord(line, logFormat, new Date()));
    if (problem !== undefined) {
      writeStderr(`${line}\nlockc: cannot write the log "${singleLine(log)}": ${problem}\n`);
      return;
    }
  }
  writeStderr(`${line}\n`);
}

/**
 * Notes something in the runtime's log, where engines look for errors only. Never
 * on stderr, which is the container's. Never throws.
 */
export function warn(message: string, { log, logFormat }: LogTarget): void {
  if (log === undefined) return;
  const line = singleLine(`lockc: ${message}`);
  appendRecord(log, formatRecord(line, logFormat, new Date(), "warning"));
}

/** One record as logrus formats it, with its newline. */
export function formatRecord(
  message: string,
  format: LogTarget["logFormat"],
  time: Date,
  level: "error" | "warning" = "error",
): string {
  const stamp = time.toISOString().replace(/\.\d+Z$/, "Z");
  switch (format) {
    case "json":
      return `${JSON.stringify({ level, msg: message, time: stamp })}\n`;
    case "text":
      return `time="${stamp}" level=${level} msg=${JSON.stringify(message)}\n`;
  }
}

/**
 * Engines read errors by line and show them on terminals, which obey control characters:
 * ends of lines become a blank, what else has no look of its own is spelt out.
 */
export function singleLine(text: string): string {
  return visible(text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " "));
}

/** @returns why it could not, undefined when it could. */
function appendRecord(path: string, record: string): string | undefined {
  try {
    const { O_WRONLY, O_APPEND, O_CREAT, O_SYNC } = constants;
    const fd = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_SYNC, 0o644);
    try {
      writeAll(fd, record);
    } finally {
      closeSync(fd);
    }
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function writeStderr(text: string): void {
  try {
    writeAll(STDERR, text);
  } catch {
    // Closed or full for good: the exit status still says that it failed.
  }
}

/** Waits a little where the descriptor is non-blocking and its reader is slow. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  const deadline = performance.now() + PATIENCE_MS;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN" || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
