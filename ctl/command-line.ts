// SPDX-License-Identifier: Apache-2.0
/** lockctl's grammar and what it says of itself: help, manual and the shells' completion are made of it. Pure. */
import { LockcError } from "../shim/errors.ts";
import { findNearest } from "../shim/suggest.ts";
import { type Address, parseAddress } from "./address.ts";
import type { ExplainSubject } from "./explain.ts";

export type Command =
  | { readonly verb: "load"; readonly check: boolean }
  | { readonly verb: "unload"; readonly force: boolean }
  | { readonly verb: "status"; readonly json: boolean }
  | { readonly verb: "policy validate"; readonly files: readonly string[] }
  | { readonly verb: "policy list"; readonly json: boolean }
  | { readonly verb: "policy show"; readonly name: string; readonly json: boolean }
  | {
      readonly verb: "policy diff";
      readonly from: string;
      readonly to: string;
      readonly json: boolean;
    }
  | {
      readonly verb: "policy explain";
      readonly subject: ExplainSubject;
      readonly policy: string | undefined;
      readonly json: boolean;
    }
  | { readonly verb: "policy reload"; readonly running: boolean }
  | ({ readonly verb: "container list" } & Listing)
  | { readonly verb: "container show"; readonly container: string; readonly json: boolean }
  | {
      readonly verb: "container policy";
      readonly container: string;
      readonly policy: string;
      readonly force: boolean;
      readonly json: boolean;
    }
  | {
      readonly verb: "report";
      readonly bundle: boolean;
      /** Where the bundle goes; undefined: a name of its own, here. */
      readonly output: string | undefined;
    }
  | ({ readonly verb: "process list"; readonly container: string | undefined } & Listing)
  | { readonly verb: "doctor"; readonly json: boolean }
  | {
      readonly verb: "metrics";
      readonly listen: Address | undefined;
      readonly textfile: boolean;
    }
  | {
      readonly verb: "watch";
      readonly intervalMs: number;
      readonly once: boolean;
      readonly json: boolean;
    }
  | {
      readonly verb: "events";
      readonly follow: boolean;
      readonly since: string | undefined;
      readonly container: string | undefined;
      readonly policy: string | undefined;
      readonly debug: boolean;
      readonly json: boolean;
      readonly text: boolean;
    }
  | { readonly verb: "why"; readonly word: string | undefined; readonly json: boolean }
  | {
      readonly verb: "learn";
      readonly container: string | undefined;
      readonly policy: string | undefined;
      readonly forMs: number | undefined;
      readonly output: string | undefined;
      readonly force: boolean;
    }
  /** About a command, about those that begin with a word, or with "" about all. */
  | { readonly verb: "help"; readonly about: string }
  | { readonly verb: "version" };

/** How a table is shown. */
export interface Listing {
  readonly json: boolean;
  /** Names of columns, with commas between them; undefined: the usual ones. */
  readonly format: string | undefined;
  readonly header: boolean;
  /** Nothing is shortened. */
  readonly whole: boolean;
}

export interface Flag {
  readonly meaning: string;
  readonly needed?: true;
  /** What it takes, for flags that take something. */
  readonly value?: string;
}

export interface Verb {
  readonly flags: Readonly<Record<string, Flag>>;
  /**
   * Names of the operands; one that ends in "…" may come more than once, one in brackets
   * not at all. Shells complete
   * operands and values by these names: see tool/completion.ts.
   */
  readonly operands: readonly string[];
  readonly summary: string;
  readonly explanation: string;
}

const JSON_FLAG: Flag = { meaning: "JSON with stable keys, for machines" };

const LISTING_FLAGS: Readonly<Record<"--json" | "--format" | "--no-header" | "--no-trunc", Flag>> =
  {
    "--json": JSON_FLAG,
    "--format": { value: "COLUMN,…", meaning: "these columns, in this order" },
    "--no-header": { meaning: "rows only, for scripts" },
    "--no-trunc": { meaning: "whole IDs, not their first 12 digits" },
  };

const VERBS = {
  load: {
    flags: {
      "--check": { meaning: "only say whether and how the programs can be attached here" },
    },
    operands: [],
    summary: "load policies and programs into the kernel",
    explanation: `Reads the policies (built in, then /etc/lockc/policy/*.yaml) and the settings
(/etc/lockc/lockc.yaml), attaches lockc's programs and pins them under
/sys/fs/bpf/lockc, where they stay until unload or reboot; no daemon is needed.
Run it again after a change of policies or settings: containers that run keep
the rules they were started with. After an update of lockc it puts the new
programs in the old ones' place without a gap. If anything fails, nothing
changes. Needs root. At boot, lockc.service runs it.

When nothing is in force yet, a policy that is not valid is left out with those
that build on it, and the exit status is 6: every container that would get one is
refused. Where policies are in force, such a policy fails the load.

Where the kernel did not start the security module bpf, the programs go before
the functions that would ask it (fmod_ret), if they hold there; the setting
attach says otherwise. With --check it only tells, also without root.`,
  },
  unload: {
    flags: {
      "--force": { meaning: "also while containers run under lockc; they run on unprotected" },
    },
    operands: [],
    summary: "take policies and programs out of the kernel",
    explanation: `Detaches the programs and removes everything under /sys/fs/bpf/lockc. Refused
while containers run under lockc; --force names those that run on without any
policy, also after a load, and status and doctor do until they are gone.
Afterwards lockc-runc creates no container until the next load; stop, delete and
the like go on working. Needs root.`,
  },
  status: {
    flags: { "--json": JSON_FLAG },
    operands: [],
    summary: "show kernel, programs, policies, containers",
    explanation: `Shows on one screen whether this kernel can run lockc's programs (and if not,
which boot parameter cures it), how many are attached, the low-level runtime,
each policy with its mode, how many rules the kernel holds under it and how many
containers it has, the containers with their mode and refusals so far and, where
not all of a policy is enforced, why not, and processes in containers that no
policy holds (there should be none). Those that are not held stand first. Works
before load and without root, and says what it then cannot see. --json has
everything, the rules of each policy too.`,
  },
  doctor: {
    flags: { "--json": JSON_FLAG },
    operands: [],
    summary: "check this host, and say what to do",
    explanation: `Checks kernel, bpffs, programs, processes that no policy holds, pins, files, the
low-level runtime and its known flaws, engines, policies, engines' sockets, guard
and events. Each line is ok, a warning or a fault, with what to do about it.
Warnings alone leave the exit status 0, a fault makes it 1. It changes nothing,
works before load and without root, and says what it then cannot see.`,
  },
  metrics: {
    flags: {
      "--listen": {
        value: "ADDRESS",
        meaning: "serve them: 127.0.0.1:PORT, [::1]:PORT or the path of a socket",
      },
      "--textfile": { meaning: "in the older format that node_exporter reads from files" },
    },
    operands: [],
    summary: "print or serve counters for Prometheus",
    explanation: `Prints, as OpenMetrics text, how many containers run under each policy and what
each rule refused since lockc was loaded, containers that ended included; events,
programs and, while the sysctl kernel.bpf_stats_enabled is 1, how long each of
them ran. No label names a container.

With --listen it serves them at /metrics until it is ended (SIGTERM), reads
everything anew for each request and goes on while lockc is loaded or unloaded.
Whoever reaches the address may read: any but a loopback address is warned of.
Needs root.`,
  },
  report: {
    flags: {
      "--bundle": { meaning: "write it as a compressed archive, lockc-report-TIME.tar.gz, here" },
      "--output": { value: "FILE", meaning: "write the archive there; it must not be there yet" },
    },
    operands: [],
    summary: "gather what helps to find out what is wrong",
    explanation: `Prints, or with --bundle writes into an archive that only root can read: versions
of lockc, kernel, runtimes, engines and libbpf, status and doctor's findings, the
security modules, the version of cgroups, programs and maps with their counts,
metrics, policies and settings as they are loaded and as they are written (without
comments), the last 500 events of the last day, and the last lines of lockc's units.

Not in it: what variables and files have in them, arguments of processes,
config.json of containers, the host's name. What looks like a secret (passwords,
tokens, keys) is replaced. The names and IDs of containers, and the paths that they
were refused, are in it: read it before you send it. What cannot be read is left
out and named. Needs root.`,
  },
  events: {
    flags: {
      "--follow": { meaning: "go on with what comes, until it is ended" },
      "--since": {
        value: "WHEN",
        meaning:
          'nothing older: 30s, 10m, 2h, 1d, a day (2026-03-01), "2026-03-01 12:00" or an RFC 3339 time',
      },
      "--container": {
        value: "CONTAINER",
        meaning: "only that one's, by name, key, ID or how the ID begins",
      },
      "--policy": { value: "POLICY", meaning: "only of containers under this policy" },
      "--debug": {
        meaning: "also containers that come and go, if lockc.yaml says events: debug: true",
      },
      "--json": { meaning: "a line of JSON each, as it is where this is no terminal" },
      "--text": { meaning: "a line of text each, as it is on a terminal" },
    },
    operands: [],
    summary: "show what was refused, and what was only audited",
    explanation: `Prints what the kernel and lockc-runc told of: a line for each refusal, each act
that was let through since its rule is only audited, each container that was
not created, each change of a container's policy. Of a refusal that comes again
and again there is a line each second, with its count. On a terminal a line has the
number that lockctl why takes.

A name means the container that has it now, or had it last: what an earlier one of
that name was refused is shown for its ID or key. A container or policy of which
nobody knows is an error; with --follow it is waited for.

Where lockc-events.service runs, everything is in the journal and comes from
there. Without it the kernel keeps what was told last, in a buffer that holds
some hundred events: it is shown, again and again, until it is full or somebody
follows. With --follow the events are taken out of that buffer, so there can be
one such reader. What was lost, since nobody read it in time, is told, and
lockctl status counts every refusal, read or not.

The fields of a line of JSON: /usr/share/lockc/schemas/event.schema.json. Needs
root.`,
  },
  why: {
    flags: { "--json": JSON_FLAG },
    operands: ["[ID|EVENT]"],
    summary: "say why something was refused, and what would allow it",
    explanation: `Takes a container (its ID or how that begins, its name or key) or the number of
an event; without one it takes the last 20 refusals of all. For each it says which
rule refused, in which line of which policy file that is written, and the smallest
change that would allow it: a policy of your own that extends the present one.
Then come the commands that put it in place, to be copied as they stand: one writes
the policy's file, one lists it in lockc.yaml as one that may be asked for
(requests.also), one puts both in force, and where the container still runs one gives
it the policy at once. Where no policy should allow it, or the floor of the settings
does not let one, it says why and what to do instead.

It knows what the kernel remembers, containers that were not created included,
and where lockc-events.service runs also what went to the journal in the last
day. Needs root.`,
  },
  learn: {
    flags: {
      "--policy": { value: "NAME", meaning: "from all containers under this policy" },
      "--for": { value: "DURATION", meaning: "watch so long: 30s, 10m, 2h or 1d" },
      "--output": { value: "FILE", meaning: "write the policy there; it takes the file's name" },
      "--force": { meaning: "let a container do what it is refused while it is watched" },
    },
    operands: ["[ID]"],
    summary: "write the policy that containers need",
    explanation: `Writes a policy that extends the present one and lets through what was refused,
or would have been where rules are only audited. Each addition has a comment: who
needed it, for what, how often. What no policy should allow, or the floor of the
settings refuses, stands there as a comment too, with the reason. Read it before
you use it: a container that was broken into needs more than it should get. The
commands that put it in place are told on standard error, as lockctl why does.

With --for a container is watched, and --force lets its rules be only audited
meanwhile, all but those that a floor holds: it is then held by nothing else. It
gets them back at the end, and when lockctl is interrupted; if lockctl is killed
outright, lockctl policy reload --running gives them back. Containers under
--policy are left as they are: write "mode: audit" into the policy first. What is
judged when a container is created counts too, so start it anew while you watch.
Needs root.`,
  },
  "policy validate": {
    flags: {},
    operands: ["FILE…"],
    summary: "check policy files, or lockc.yaml, without loading them",
    explanation: `Checks each file against its schema and, together with the policies of this
host, whether what it extends exists. A file called lockc.yaml is checked as
settings. Mistakes are told with file, line and column, all of a file at once.`,
  },
  "policy list": {
    flags: { "--json": JSON_FLAG },
    operands: [],
    summary: "list the policies of this host",
    explanation: `Lists the policies as they are written (built in, then /etc/lockc/policy), with
the policy that each extends, its file and what it is for. What is wrong with
those that are not valid is told behind, and the exit status is 1 then.`,
  },
  "policy show": {
    flags: { "--json": JSON_FLAG },
    operands: ["NAME"],
    summary: "show a policy with everything it inherits",
    explanation: `Prints the policy as YAML with every rule that restricts something, whether it
is written there or inherited through extends. The output is a policy file of
its own.`,
  },
  "policy diff": {
    flags: { "--json": JSON_FLAG },
    operands: ["FROM", "TO"],
    summary: "show what changes for a container that moves to another policy",
    explanation: `Lists, rule by rule, what policy FROM lets through and policy TO refuses: what
breaks when you tighten. Then what TO lets through and FROM refuses.`,
  },
  "policy explain": {
    flags: {
      "--bundle": {
        value: "DIR",
        meaning: "a bundle, a directory with config.json",
      },
      "--compose": { value: "FILE", meaning: "the services of a compose file, or SERVICE alone" },
      "--pod": { value: "FILE", meaning: "the containers of a Kubernetes manifest" },
      "--policy": { value: "NAME", meaning: "as if lockc-runc were given --lockc-policy NAME" },
      "--id": { value: "ID", meaning: "of --bundle, the container's ID; default: DIR's name" },
      "--json": JSON_FLAG,
    },
    operands: ["[CONTAINER|SERVICE]"],
    summary: "say which policy a container would get, and what it says to it",
    explanation: `Judges just as lockc-runc would, and creates nothing: which engine made it, which
policy is chosen and why, then each rule with pass, deny or audit and, where it
denies, the remedy. The policies are those of the files, loaded or not. CONTAINER is one that exists, by its ID, how that begins, or its name;
of a compose file is judged what Docker would make of it, of a manifest what
containerd would.

A container that runs under lockc is judged by its own policy, one that runs without
it by the one that it would get. Of a file as much is judged as it decides, as if the
host's other engines' settings were the usual ones: lines "not known" say what it does
not decide, such as the image's user, and lines "not understood" what is not read.
FILE may be - for standard input: docker compose config | lockctl policy explain
--compose - has variables replaced and other files read.

Exit status 0 when each is admitted, 1 when one would be refused, 7 when none would,
but something of the file is not understood. JSON is a list for files.`,
  },
  "policy reload": {
    flags: {
      "--running": { meaning: "containers that run get their policy's new rules too" },
    },
    operands: [],
    summary: "put changed policies and settings in force",
    explanation: `Compiles policies and settings and swaps them in as a whole; a broken file
changes nothing. Containers that run keep the rules they were started with,
unless --running is given: then the kernel half of their policy changes under
them at once. What was judged when they were created is not judged again.
Needs root.`,
  },
  "container list": {
    flags: LISTING_FLAGS,
    operands: [],
    summary: "list the containers that run under lockc",
    explanation: `Lists the containers that are registered, the oldest first: the policy that each
has, what becomes of what it forbids (enforce, audit, mixed: some rules are only
audited, none: the kernel holds no rule of it), how far the container has come,
its tasks, and what was refused and let through so far. A terminal gets lines as
wide as it is, anybody else whole ones. Needs root.

Columns: name, id, policy, mode, phase, tasks, denials, audits, created, root, key.`,
  },
  "container show": {
    flags: { "--json": JSON_FLAG },
    operands: ["CONTAINER"],
    summary: "show everything that is known of a container",
    explanation: `Takes an ID, its unique beginning, a name or a key. Shows the policy with the rules
that the kernel enforces and audits, the counters of each rule, the container's
cgroup, its processes, and what it was given of the host: mounts, file systems and
open files, by path where one can be told. Needs root.`,
  },
  "container policy": {
    flags: {
      "--force": { meaning: "also a policy that is looser than the present one" },
      "--json": JSON_FLAG,
    },
    operands: ["CONTAINER", "POLICY"],
    summary: "give a running container another policy",
    explanation: `The kernel half of the policy holds at once for every process of the container:
for what they do from then on. What was judged when the container was created
(mounts, namespaces, capabilities that config.json asks for) is not judged again,
and what a process holds already, such as open files, it keeps.

The policy must be loaded, and lie within floor and ceiling of the settings. One
that lets through more than the present one needs --force; the message names the
rules. The change is told among the events, and lasts as long as the container. A
note names processes that run as user 0 under a policy that refuses it (nonRoot):
they go on, and every program that they or docker exec start as that user fails.
Needs root.`,
  },
  "process list": {
    flags: {
      "--container": { value: "CONTAINER", meaning: "only that one's, by ID, name or key" },
      ...LISTING_FLAGS,
    },
    operands: [],
    summary: "list the processes of containers",
    explanation: `Lists every process that the kernel half counts to a container, with its process
id on the host and in its own PID namespace. Threads are counted, not listed: all
of a process belong to the same container. A policy holds what is confined; other
phases are the runtime's on its way there. Needs root.

Columns: pid, nspid, uid, threads, command, exe, container, name, policy, phase, key.`,
  },
  watch: {
    flags: {
      "--interval": { value: "SECONDS", meaning: "between two looks; default: 1" },
      "--once": { meaning: "one table, of one interval, and end" },
      "--json": { meaning: "a line of JSON with stable keys for each look" },
    },
    operands: [],
    summary: "watch containers and their refusals, live",
    explanation: `Shows the containers with their policies, their tasks, what was refused (denials)
and what was let through as its rule is only audited (audits), in all and per
second, and the last of these. Those with most refusals per second come first.
q or Ctrl-C ends it. Where the output is no terminal, each look is a table of
plain text. Needs root.`,
  },
} as const satisfies Record<string, Verb>;

/** Every command: its words → what it takes and does. */
export const COMMANDS: Readonly<Record<string, Verb>> = VERBS;

/** Exit statuses; README lists them too. */
export const ExitStatus = {
  OK: 0,
  FAILED: 1,
  USAGE: 2,
  NOT_LOADED: 3,
  PRIVILEGE: 4,
  BUSY: 5,
  LEFT_OUT: 6,
  UNSURE: 7,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

export const EXIT_MEANINGS: Readonly<Record<ExitStatus, string>> = {
  0: "done; for status: loaded, every program attached",
  1: "failed; status: in part, or it does not hold; explain: refused; doctor: a fault",
  2: "the command line is not right",
  3: "not loaded (status)",
  4: "needs root",
  5: "containers run under lockc, so the programs that hold them stay",
  6: "loaded without a policy that is not valid (load); status exits with 1 then",
  7: "explain: nothing would be refused, but something of the file is not understood",
};

export const PURPOSE = "mandatory access control for containers";

export const INTRODUCTION = `lockc-runc stands where an engine expects runc, decides each container's policy
and hands over to the real runc; programs in the kernel enforce the policy.
lockctl brings those programs into the kernel and works with policies.`;

export const EXAMPLES: Readonly<Record<string, string>> = {
  "lockctl status": "can this host run lockc?",
  "sudo lockctl load": "yes: load it",
  "docker run --runtime lockc …": "a container under the default policy",
  "lockctl policy diff baseline restricted": "what would break there?",
};

export const FILES: Readonly<Record<string, string>> = {
  "/etc/lockc/lockc.yaml": "settings: default policy, low-level runtime",
  "/etc/lockc/policy/NAME.yaml": "policies of your own, beside the built-in ones",
};

/**
 * The words after `lockctl` → what to do.
 * @throws LOCKC_E_USAGE
 */
export function parseCommandLine(words: readonly string[]): Command {
  const [first] = words;
  if (first === undefined || isHelp(first)) return { verb: "help", about: "" };
  if (first === "--version" || first === "-V") return { verb: "version" };
  if (first === "help") return { verb: "help", about: subjectOf(words.slice(1)) };
  if (isGroup(first) && (words.length === 1 || isHelp(words[1]!))) {
    return { verb: "help", about: first };
  }
  const { verb, rest } = named(words);
  if (untilDashes(rest).some(isHelp)) return { verb: "help", about: verb };
  const { flags, operands } = readWords(verb, rest);
  const json = flags.has("--json");
  switch (verb) {
    case "load":
      return { verb, check: flags.has("--check") };
    case "why":
      return { verb, word: operands[0], json };
    case "learn":
      return readLearn(flags, operands);
    case "unload":
      return { verb, force: flags.has("--force") };
    case "status":
    case "doctor":
    case "policy list":
      return { verb, json };
    case "metrics":
      return { verb, ...readMetricsFlags(flags) };
    case "policy validate":
      return { verb, files: operands };
    case "policy show":
      return { verb, name: operands[0]!, json };
    case "policy diff":
      return { verb, from: operands[0]!, to: operands[1]!, json };
    case "policy explain":
      return { verb, subject: readSubject(flags, operands), policy: flags.get("--policy"), json };
    case "events": {
      const [since, container, policy] = ["--since", "--container", "--policy"].map((flag) =>
        flags.get(flag),
      );
      const [follow, debug] = [flags.has("--follow"), flags.has("--debug")];
      const text = flags.has("--text");
      if (json && text) throw usage("events are shown as --json or as --text", { about: verb });
      return { verb, follow, since, container, policy, debug, json, text };
    }
    case "policy reload":
      return { verb, running: flags.has("--running") };
    case "container list":
      return { verb, ...listingOf(flags) };
    case "container show":
      return { verb, container: operands[0]!, json };
    case "container policy": {
      const [container = "", policy = ""] = operands;
      return { verb, container, policy, force: flags.has("--force"), json };
    }
    case "report": {
      const [bundle, output] = [flags.has("--bundle"), flags.get("--output")];
      if (output !== undefined && !bundle) throw usage("--output is for --bundle", { about: verb });
      return { verb, bundle, output };
    }
    case "process list":
      return { verb, container: flags.get("--container"), ...listingOf(flags) };
    case "watch":
      return { verb, intervalMs: intervalOf(flags), once: flags.has("--once"), json };
  }
}

function listingOf(flags: ReadonlyMap<string, string>): Listing {
  const ofTables = ["--format", "--no-header", "--no-trunc"].filter((flag) => flags.has(flag));
  if (flags.has("--json") && ofTables.length > 0) {
    throw usage(`--json prints everything: ${ofTables[0]} is for tables`);
  }
  return {
    json: flags.has("--json"),
    format: flags.get("--format"),
    header: !flags.has("--no-header"),
    whole: flags.has("--no-trunc"),
  };
}

function readMetricsFlags(
  flags: ReadonlyMap<string, string>,
): Omit<Extract<Command, { verb: "metrics" }>, "verb"> {
  const address = flags.get("--listen");
  const textfile = flags.has("--textfile");
  if (address !== undefined && textfile) {
    throw usage("--textfile is for what is printed; whoever asks a listener chooses the format", {
      about: "metrics",
    });
  }
  return { listen: address === undefined ? undefined : parseAddress(address), textfile };
}

function intervalOf(flags: ReadonlyMap<string, string>): number {
  const text = flags.get("--interval") ?? "1";
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.1 && seconds <= 3600) return Math.round(seconds * 1000);
  throw usage(`--interval is 0.1 to 3600 seconds, not "${text}"`, { about: "watch" });
}

function readLearn(flags: ReadonlyMap<string, string>, [container]: readonly string[]): Command {
  const policy = flags.get("--policy");
  if ((container === undefined) === (policy === undefined)) {
    throw usage("learn takes either a container or --policy NAME", { about: "learn" });
  }
  const duration = flags.get("--for");
  const forMs = duration === undefined ? undefined : parseDuration(duration);
  const output = flags.get("--output");
  return { verb: "learn", container, policy, forMs, output, force: flags.has("--force") };
}

function readSubject(
  flags: ReadonlyMap<string, string>,
  [word]: readonly string[],
): ExplainSubject {
  const about = "policy explain";
  const [directory, compose, pod, id] = ["--bundle", "--compose", "--pod", "--id"].map((flag) =>
    flags.get(flag),
  );
  const ways = [directory, compose, pod].filter((way) => way !== undefined);
  if (ways.length > 1 || (ways.length === 0 && word === undefined)) {
    throw usage(`${about} takes a container, or one of --bundle, --compose and --pod`, { about });
  }
  if (word !== undefined && (directory ?? pod) !== undefined) {
    throw usage(`${about} takes no "${word}" beside --bundle and --pod`, { about });
  }
  if (id !== undefined && directory === undefined) {
    throw usage("--id goes with --bundle", { about });
  }
  if (directory !== undefined) return { kind: "bundle", directory, id };
  if (compose !== undefined) return { kind: "compose", file: compose, service: word };
  if (pod !== undefined) return { kind: "pod", file: pod };
  return { kind: "container", word: word! };
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * UNITS[unit as keyof typeof UNITS];
  throw usage(`"${text}" is no duration; write 30s, 10m, 2h or 1d`, { about: "learn" });
}

type VerbName = keyof typeof VERBS;

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** What `lockctl help` is asked about. */
function subjectOf(words: readonly string[]): string {
  const [first, second] = words;
  if (first === undefined) return "";
  return second === undefined && isGroup(first) ? first : named(words).verb;
}

/** After "--" every word is an operand. */
function untilDashes(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}

/** Whether commands of two words begin so. */
function isGroup(word: string): boolean {
  return membersOf(word).length > 0;
}

/** The second words of the commands whose first word is `group`. */
export function membersOf(group: string): string[] {
  return Object.keys(VERBS).flatMap((name) =>
    name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
  );
}

/** The command that the first one or two words name. */
function named(words: readonly string[]): { verb: VerbName; rest: readonly string[] } {
  const [first = "", second = ""] = words;
  if (Object.hasOwn(VERBS, first)) return { verb: first as VerbName, rest: words.slice(1) };
  const both = `${first} ${second}`;
  if (Object.hasOwn(VERBS, both)) return { verb: both as VerbName, rest: words.slice(2) };
  if (isGroup(first)) {
    const nearest = findNearest(second, membersOf(first));
    throw usage(`${first} has no command "${second}"`, { nearest, about: first });
  }
  const firsts = [...new Set(Object.keys(VERBS).map((name) => name.split(" ")[0]!))];
  const whole = Object.keys(VERBS).find((name) => name.endsWith(` ${first}`));
  throw usage(`there is no command "${first}"`, { nearest: whole ?? findNearest(first, firsts) });
}

/** Flags in any place, `--flag VALUE` or `--flag=VALUE`; after "--" only operands. */
function readWords(
  verb: VerbName,
  words: readonly string[],
): { flags: ReadonlyMap<string, string>; operands: readonly string[] } {
  const { flags: known, operands: wanted }: Verb = VERBS[verb];
  const flags = new Map<string, string>();
  const operands: string[] = [];
  let plain = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (plain || !word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    if (word === "--") {
      plain = true;
      continue;
    }
    const [name = "", ...given] = word.split("=");
    const flag = Object.hasOwn(known, name) ? known[name] : undefined;
    if (flag === undefined || (flag.value === undefined && given.length > 0)) {
      const nearest = findNearest(name, Object.keys(known));
      throw usage(`${verb} takes no "${word}"`, { nearest, about: verb });
    }
    if (flag.value === undefined) {
      flags.set(name, "");
      continue;
    }
    const value = given.length > 0 ? given.join("=") : words[++index];
    if (!value) throw usage(`${name} needs a value: ${name} ${flag.value}`, { about: verb });
    flags.set(name, value);
  }
  const many = wanted.at(-1)?.endsWith("…") === true;
  if (operands.length > wanted.length && !many) {
    throw usage(`${verb} takes no "${operands[wanted.length]}"`, { about: verb });
  }
  const lacking = [
    ...formsOf(known).flatMap(([name, form, { needed }]) =>
      needed && !flags.has(name) ? form : [],
    ),
    ...wanted.slice(operands.length).filter((name) => !name.startsWith("[")),
  ];
  if (lacking.length > 0) {
    throw usage(`${verb} needs ${lacking.join(" ")}`, { about: verb });
  }
  return { flags, operands };
}

interface Advice {
  readonly nearest?: string | undefined;
  /** What to read about. */
  readonly about?: string;
}

function usage(message: string, { nearest, about }: Advice = {}): LockcError {
  const help = about === undefined ? "see lockctl --help" : `see lockctl help ${about}`;
  return new LockcError("LOCKC_E_USAGE", message, nearest ? `did you mean "${nearest}"?` : help);
}

/** Of each flag its name, how it is written with its value, and the rest. */
export function formsOf(
  flags: Verb["flags"],
): (readonly [name: string, form: string, flag: Flag])[] {
  return Object.entries(flags).map(([name, flag]) => [
    name,
    flag.value === undefined ? name : `${name} ${flag.value}`,
    flag,
  ]);
}
