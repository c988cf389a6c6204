// SPDX-License-Identifier: Apache-2.0
/** A person, or a pipe, at a command in the guest. */
import type { Command, Guest, Terminal } from "./guest.ts";

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Runs a command in the guest with this process's streams, signals and terminal.
 * @param command one word goes to a shell, several are a program and its
 * arguments, none is a login shell.
 * @param mounts where the working directory is kept, if it lies in one of them.
 * @returns its status.
 */
export async function attend(
  guest: Guest,
  command: readonly string[],
  mounts: readonly string[] = [],
): Promise<number> {
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? terminalSize() : undefined;
  const here = process.cwd();
  const inside = mounts.some((mount) => here === mount || here.startsWith(`${mount}/`));
  const line = command.length === 1 ? command[0]! : command.length ? command : ["/bin/bash", "-l"];
  const running = guest.start(line, {
    terminal,
    cwd: inside ? here : "/root",
    env: terminal ? { TERM: process.env.TERM ?? "linux" } : {},
  });
  running.on("stdout", (data) => process.stdout.write(data));
  running.on("stderr", (data) => process.stderr.write(data));
  feedInput(running, terminal);
  for (const [name, number] of Object.entries(SIGNALS)) {
    process.on(name, () => running.signal(number));
  }
  try {
    return await guest.wait(running);
  } finally {
    if (terminal) process.stdin.setRawMode(false);
  }
}

function feedInput(running: Command, terminal: Terminal | undefined): void {
  if (terminal) {
    process.stdin.setRawMode(true);
    process.stdout.on("resize", () => running.resize(terminalSize()));
  }
  process.stdin.on("data", (data: Buffer) => running.write(data));
  process.stdin.on("end", () => running.end());
}

function terminalSize(): Terminal {
  return { rows: process.stdout.rows || 24, columns: process.stdout.columns || 80 };
}
