// SPDX-License-Identifier: Apache-2.0
/** The command line of `npm run vm`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type GuestOptions, isRelease, RELEASES } from "./guest.ts";

export const USAGE = `Usage: npm run vm -- [OPTION]… [-- CMD…]

Boots a Debian guest with this build of lockc in it and runs CMD as root: one
word goes to a shell, several are a program and its arguments. Without CMD: a
shell. Ends with CMD's status.

  --release NAME     ${Object.keys(RELEASES).join(", ")}; default bookworm
  --mount DIR        DIR appears at the same path, writable; may be repeated
  --docker           start containerd and Docker, with the image busybox
  --software         Docker with the image software: a Debian with many servers
  --init systemd     boot Debian's own init; CMD runs from a unit
  --build DIR        install the build in DIR instead of dist/
  --no-install       leave the build out
  --no-load          install it, but do not run lockctl load
  --memory MIB       default 2048
  --cpus N           default 1
  --cold             boot even where a saved guest could go on
  --icount           count instructions: repeatable times, one processor
  --append TEXT      further kernel parameters
  --timeout SECONDS  then the guest is killed and the status is 124
  --help             this text
`;

/** What the command line asks for. */
export interface Request {
  readonly guest: GuestOptions;
  readonly command: readonly string[];
  readonly timeoutMs: number | undefined;
}

/** A command line that cannot be followed; the message says why. */
export class UsageError extends Error {}

/** Parses the words after `npm run vm --`; undefined when help was asked for. */
export function parseRequest(argv: readonly string[]): Request | undefined {
  const { options, command } = splitCommand(argv);
  const { values } = parse(options);
  if (values.help) return undefined;
  const { release, init } = values;
  if (release !== undefined && !isRelease(release)) {
    throw new UsageError(`there is no guest '${release}'`);
  }
  if (init !== undefined && init !== "systemd" && init !== "small") {
    throw new UsageError(`there is no init '${init}'`);
  }
  return {
    guest: {
      release,
      init,
      mounts: values.mount?.map((path) => resolve(path)),
      docker: values.docker || values.software,
      software: values.software,
      install: !values["no-install"],
      load: !values["no-load"],
      build: values.build,
      cold: values.cold,
      icount: values.icount,
      append: values.append,
      memoryMiB: number("--memory", values.memory),
      cpus: number("--cpus", values.cpus),
    },
    command,
    timeoutMs: seconds("--timeout", values.timeout),
  };
}

const OPTIONS = {
  release: { type: "string" },
  mount: { type: "string", multiple: true },
  docker: { type: "boolean" },
  software: { type: "boolean" },
  init: { type: "string" },
  build: { type: "string" },
  "no-install": { type: "boolean" },
  "no-load": { type: "boolean" },
  memory: { type: "string" },
  cpus: { type: "string" },
  cold: { type: "boolean" },
  icount: { type: "boolean" },
  append: { type: "string" },
  timeout: { type: "string" },
  help: { type: "boolean" },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The command begins after `--`, or at the first word that is not an option or its value. */
function splitCommand(argv: readonly string[]): { options: string[]; command: string[] } {
  let at = 0;
  while (at < argv.length && argv[at]!.startsWith("--") && argv[at] !== "--") {
    const name = argv[at]!.slice(2);
    const takesValue = OPTIONS[name as keyof typeof OPTIONS]?.type === "string";
    at += takesValue ? 2 : 1;
  }
  const skip = argv[at] === "--" ? 1 : 0;
  return { options: argv.slice(0, at), command: argv.slice(at + skip) };
}

function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`${option} '${text}' is not a number`);
  return Number(text);
}

function seconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < 1e6)) throw new UsageError(`${option} '${text}' is not a time`);
  return value * 1000;
}
