// SPDX-License-Identifier: Apache-2.0
/** Standard output for commands that go on: who reads slowly holds up the output, not the signals. */
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { pollWritable } from "../shim/ffi/host.ts";

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

/** How many bytes went; undefined when nobody reads. */
function tryWrite(fd: number, bytes: Uint8Array): number | undefined {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EAGAIN") return 0; // somebody else filled it meanwhile
    if (code === "EPIPE" || code === "EIO") return undefined;
    throw error;
  }
}

/** Waits, at most until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
