// SPDX-License-Identifier: Apache-2.0
/** `npm run vm`: a guest for one command or for a person at a terminal. */
import { bootGuest, type Command, type Guest, type Terminal } from "./guest.ts";
import { parseRequest, type Request, USAGE, UsageError } from "./options.ts";

const TIMED_OUT = 124;
const USAGE_STATUS = 2;
/** Nothing of what was asked could be done; a command's own status may say the same. */
const FAILED = 125;

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

async function main(): Promise<number> {
  const request = parseRequest(process.argv.slice(2));
  if (!request) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { timeoutMs } = request;
  if (timeoutMs === undefined) return runRequest(request);
  const late = Promise.withResolvers<number>();
  // The guest dies with this process, wherever it is in its boot.
  setTimeout(() => late.resolve(TIMED_OUT), timeoutMs).unref();
  return Promise.race([runRequest(request), late.promise]);
}

async function runRequest(request: Request): Promise<number> {
  const guest = await bootGuest(request.guest);
  if (process.env.LOCKC_VM_TIMES) process.stderr.write(`vm: ${Math.round(guest.bootMs)} ms\n`);
  try {
    return await runCommand(guest, request);
  } finally {
    await guest.close();
  }
}

async function runCommand(guest: Guest, { command, guest: { mounts = [] } }: Request) {
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

/** Ends the process, but not before what was written to a pipe has left it. */
function finish(status: number): void {
  process.exitCode = status;
  process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}

main().then(finish, (error: unknown) => {
  const usage = error instanceof UsageError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`vm: ${message}${usage ? "; see --help" : ""}\n`);
  finish(usage ? USAGE_STATUS : FAILED);
});
