// SPDX-License-Identifier: Apache-2.0
/** lockctl's grammar and its help. Pure. */
import { LockcError } from "../shim/errors.ts";
import { findNearest } from "./suggest.ts";

export type Command =
  | { readonly verb: "load" }
  | { readonly verb: "unload"; readonly force: boolean }
  | { readonly verb: "status"; readonly json: boolean }
  | { readonly verb: "help"; readonly text: string }
  | { readonly verb: "version" };

interface Verb {
  /** flag → what it does */
  readonly flags: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly explanation: string;
}

const VERBS = {
  load: {
    flags: {},
    summary: "load policies and programs into the kernel",
    explanation: `Reads the policies (built in, then /etc/lockc/policy/*.yaml) and the settings
(/etc/lockc/lockc.yaml), attaches lockc's programs and pins them under
/sys/fs/bpf/lockc, where they stay until unload or reboot; no daemon is needed.
Run it again after a change of policies or settings: containers that run keep
the rules they were started with. After an update of lockc it puts the new
programs in the old ones' place without a gap. If anything fails, nothing
changes. Needs root. At boot, lockc.service runs it.`,
  },
  unload: {
    flags: { "--force": "also while containers run under lockc; they run on unprotected" },
    summary: "take policies and programs out of the kernel",
    explanation: `Detaches the programs and removes everything under /sys/fs/bpf/lockc. Refused
while containers run under lockc. Afterwards lockc-runc creates no container
until the next load; stop, delete and the like go on working. Needs root.`,
  },
  status: {
    flags: { "--json": "one JSON object with stable keys, for machines" },
    summary: "show kernel, programs, policies, containers",
    explanation: `Shows on one screen whether this kernel can run lockc's programs (and if not,
which boot parameter cures it), how many are attached, the policies with what
they refuse, the containers with their tasks and refusals so far, and the
low-level runtime. Works before load and without root, and says what it then
cannot see.`,
  },
} as const satisfies Record<string, Verb>;

/** Exit statuses; README lists them too. */
export const ExitStatus = {
  OK: 0,
  FAILED: 1,
  USAGE: 2,
  NOT_LOADED: 3,
  PRIVILEGE: 4,
  BUSY: 5,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

const EXIT_MEANINGS = `  0  done; for status: loaded, every program attached
  1  failed; for status: loaded only in part
  2  the command line is not right
  3  not loaded (status)
  4  needs root
  5  containers run under lockc, so the programs that hold them stay`;

/**
 * The words after `lockctl` → what to do.
 * @throws LOCKC_E_USAGE
 */
export function parseCommandLine(words: readonly string[]): Command {
  const [first, ...rest] = words;
  if (first === undefined) throw usage("no command is given");
  if (first === "--version" || first === "-V") return { verb: "version" };
  if (first === "--help" || first === "-h") return { verb: "help", text: helpOf(undefined) };
  if (first === "help") return { verb: "help", text: helpOf(rest[0]) };
  const verb = named(first);
  if (rest.includes("--help") || rest.includes("-h")) return { verb: "help", text: helpOf(verb) };
  const flags: Readonly<Record<string, string>> = VERBS[verb].flags;
  for (const word of rest) {
    if (Object.hasOwn(flags, word)) continue;
    const known = Object.keys(flags);
    throw usage(
      `lockctl ${verb} takes no "${word}"`,
      word.startsWith("-") ? findNearest(word, known) : undefined,
    );
  }
  switch (verb) {
    case "load":
      return { verb };
    case "unload":
      return { verb, force: rest.includes("--force") };
    case "status":
      return { verb, json: rest.includes("--json") };
  }
}

function named(word: string): keyof typeof VERBS {
  if (Object.hasOwn(VERBS, word)) return word as keyof typeof VERBS;
  throw usage(`lockctl has no command "${word}"`, findNearest(word, Object.keys(VERBS)));
}

function usage(message: string, nearest?: string): LockcError {
  const hint = nearest ? `did you mean "${nearest}"?` : "see lockctl --help";
  return new LockcError("LOCKC_E_USAGE", message, hint);
}

/** Help for one verb, or for lockctl as a whole. */
function helpOf(verb: string | undefined): string {
  if (verb !== undefined) return verbHelp(named(verb));
  const verbs = Object.entries(VERBS).map(
    ([name, { summary }]) => `  lockctl ${name.padEnd(8)} ${summary}`,
  );
  return `lockctl: mandatory access control for containers

lockc-runc stands where an engine expects runc, decides each container's policy
and hands over to the real runc; programs in the kernel enforce the policy.
lockctl brings those programs into the kernel.

Commands:
${verbs.join("\n")}
  lockctl help COMMAND   more about one of them

To begin:
  lockctl status                        can this host run lockc?
  sudo lockctl load                     yes: load it
  docker run --runtime lockc …          a container under the default policy

Files:
  /etc/lockc/lockc.yaml                 settings: default policy, low-level runtime
  /etc/lockc/policy/NAME.yaml           policies of your own, beside the built-in ones

Exit status:
${EXIT_MEANINGS}
`;
}

function verbHelp(verb: keyof typeof VERBS): string {
  const { summary, explanation }: Verb = VERBS[verb];
  const flags = Object.entries<string>(VERBS[verb].flags);
  const usageLine = `lockctl ${verb}${flags.map(([flag]) => ` [${flag}]`).join("")}`;
  const options = flags.map(([flag, meaning]) => `  ${flag.padEnd(10)} ${meaning}`);
  return `${usageLine}: ${summary}

${explanation}
${options.length > 0 ? `\nOptions:\n${options.join("\n")}\n` : ""}
Exit status:
${EXIT_MEANINGS}
`;
}
