// SPDX-License-Identifier: Apache-2.0
/** What lockc-events.service wrote to the journal. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import type { Event } from "../../core/generated/event.ts";
import { validate } from "../../core/generated/event-validator.js";

const SERVICE = "lockc-events.service";

/**
 * Whether the service runs, which then reads the events. Not for the service itself: it
 * would follow what it writes.
 */
export function isServiceRunning(): boolean {
  const words = ["show", "--property", "MainPID", "--value", SERVICE];
  const { stdout } = spawnSync("systemctl", words, { encoding: "utf8" });
  const pid = Number(stdout ?? 0); // null where there is no systemctl
  return pid > 0 && pid !== process.pid;
}

interface JournalOptions {
  readonly sinceMs: number | undefined;
  readonly follow: boolean;
}

/**
 * The service's events, oldest first.
 * @param tell false: no more is wanted.
 * @returns journalctl's words when it failed.
 */
export async function readJournal(
  options: JournalOptions,
  tell: (events: readonly Event[]) => Promise<boolean>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const child = spawn("journalctl", journalWords(options), { stdio: ["ignore", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  child.on("error", ({ message }) => errors.push(message)); // it could not be started
  const exited = new Promise<number | null>((resolve) => child.on("close", resolve));
  const stop = () => child.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  let wanted = true;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const event = readLine(line);
      if (event === undefined) continue;
      wanted = await tell([event]);
      if (!wanted) break;
    }
  } finally {
    stop();
    signal.removeEventListener("abort", stop);
  }
  const status = await exited;
  if (!wanted || signal.aborted || status === 0) return undefined;
  return errors.join("").trim() || `journalctl ended with status ${status}`;
}

/** What it has at once, or what comes; with both, all since then. */
function journalWords({ sinceMs, follow }: JournalOptions): string[] {
  return [
    ...["--unit", SERVICE, "--output", "cat", "--no-pager", "--quiet"],
    ...(sinceMs === undefined ? [] : ["--since", `@${Math.floor(sinceMs / 1000)}`]),
    ...(follow ? ["--follow", "--lines", sinceMs === undefined ? "0" : "all"] : []),
  ];
}

/** A line of the journal: systemd itself speaks there too, and lockctl's stderr. */
function readLine(line: string): Event | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return validate(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
