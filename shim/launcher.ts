// SPDX-License-Identifier: Apache-2.0
/**
 * The other end of launcher.sh, which waits for what this process says on standard output
 * and then becomes the runtime, or ends. It is the process that the engine started, and as
 * the engine started it: Node changes only its own (node.cc, PlatformInit).
 */
import { isAscii, isUtf8 } from "node:buffer";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { LockcError } from "../core/errors.ts";

const STDOUT = 1;
/** PF_EXITING in a task's flags (include/linux/sched.h): do_exit sets it before anything else. */
const EXITING = 4;

/** What the launcher was started as. */
export interface Launcher {
  /** The process that is going to be the runtime. */
  readonly pid: number;
  /** The name it was called by, argv[0] of lockc-runc. */
  readonly calledAs: string;
  /** The caller's words after argv[0]; see `decodeBytes`. */
  readonly words: readonly string[];
}

/**
 * Reads what the launcher was started as from the kernel, since Node's own argv has lost
 * every byte that is not UTF-8.
 * @throws LOCKC_E_BUG if nothing like the launcher started this process.
 */
export function readLauncher(): Launcher {
  const bytes = readFileSync("/proc/self/cmdline");
  const count = process.argv.length - 2;
  const raw = bytes
    .toString("latin1")
    .split("\0")
    .slice(-count - 1, -1);
  const [pid = "", calledAs, ...words] = isAscii(bytes) ? raw : raw.map(decodeBytes);
  if (calledAs === undefined || !Number.isSafeInteger(Number(pid)) || Number(pid) <= 1) {
    throw new LockcError(
      "LOCKC_E_BUG",
      "the shim was not started by lockc-runc",
      "run lockc-runc instead",
    );
  }
  return { pid: Number(pid), calledAs, words };
}

/**
 * Whether a process has not begun to end: what is written of it now the kernel still sees
 * when it ends. A zombie has long begun.
 */
export function isLiving(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // proc_pid_stat(5): after the name in brackets state, ppid, pgrp, session, tty, tpgid, flags
    const flags = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[6]);
    return (flags & EXITING) === 0;
  } catch {
    return false;
  }
}

/**
 * Lets the launcher become the runtime at `path`, with `argv`: the caller's words, of which
 * some may be missing and to which one may be added.
 */
export function letBecome({ words }: Launcher, path: string, argv: readonly string[]): void {
  let kept = 0;
  const dropped = words.flatMap((word, at) => {
    if (word !== argv[kept]) return [`${at + 1},`];
    kept += 1;
    return [];
  });
  // The full stop keeps a shell from taking line ends off the path.
  answer(`${dropped.join("")}:${argv.slice(kept).join("")}:${path}.`);
}

/** Lets the launcher end with status 1; what there is to say has been said. */
export function letFail(): void {
  answer("refused");
}

function answer(text: string): void {
  try {
    writeSync(STDOUT, text);
  } catch {
    // The launcher has ended, as a runtime that is killed does: nobody to tell. What was
    // recorded of it went with it.
    return;
  }
  letGo(STDOUT);
}

/** Whoever reads or writes the other end need not wait until this process has ended. */
export function letGo(fd: number): void {
  closeSync(fd);
  openSync("/dev/null", "r+"); // takes its number: Node looks at these once more
}

/**
 * Bytes, a character for each, as text. What is not UTF-8 gets lone surrogates for its bytes
 * above 0x7f, which no valid text has: so different bytes are different text.
 */
export function decodeBytes(bytes: string): string {
  const buffer = Buffer.from(bytes, "latin1");
  if (isUtf8(buffer)) return buffer.toString("utf8");
  return Array.from(buffer, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join(
    "",
  );
}
