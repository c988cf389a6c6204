// SPDX-License-Identifier: Apache-2.0
/** `npm run vm`: a guest for one command or for a person at a terminal. */
import { attend } from "./attend.ts";
import { bootGuest } from "./guest.ts";
import { parseRequest, type Request, USAGE, UsageError } from "./options.ts";

const TIMED_OUT = 124;
const USAGE_STATUS = 2;
/** Nothing of what was asked could be done; a command's own status may say the same. */
const FAILED = 125;

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
    const { command, guest: options } = request;
    return await attend(guest, command, options.mounts);
  } finally {
    await guest.close();
  }
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
