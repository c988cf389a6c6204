// SPDX-License-Identifier: Apache-2.0
/** The verbs of lockctl. */
import type { ExplainSubject } from "./foresight/wanted.ts";
import type { Address } from "./grammar/address.ts";
import { LISTING_FLAGS } from "./grammar/listing.ts";
import { JSON_FLAG, type Verb } from "./grammar/verb.ts";
import type { Listing } from "./screen/table.ts";
import type { RegisterRequest } from "./verb/engine/register.ts";
import type { UnregisterRequest } from "./verb/engine/unregister.ts";

export type Command =
  | { readonly verb: "load"; readonly check: boolean }
  | { readonly verb: "unload"; readonly force: boolean }
  | { readonly verb: "status"; readonly json: boolean }
  | { readonly verb: "engine list"; readonly json: boolean }
  | ({ readonly verb: "engine register"; readonly json: boolean } & RegisterRequest)
  | ({ readonly verb: "engine unregister"; readonly json: boolean } & UnregisterRequest)
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

export const VERBS = {
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
  "engine list": {
    flags: { "--json": JSON_FLAG },
    operands: [],
    summary: "list this host's engines, and the runtimes of lockc that they know",
    explanation: `Reads the files of Docker, containerd, Podman and CRI-O, where they are installed:
which of their runtimes are lockc-runc, by whatever name, which policy each of these
selects, and which runtime containers get that name none. Works without root.`,
  },
  "engine register": {
    flags: {
      "--runtime-name": {
        value: "RUNTIME",
        meaning: "what the engine is to call it; default: lockc, or lockc-NAME with --policy",
      },
      "--policy": {
        value: "NAME",
        meaning: "a runtime of its own for containers under this policy",
      },
      "--default": { meaning: "it is also the one for containers that name none" },
      "--dry-run": { meaning: "show what would change, and change nothing" },
      "--json": JSON_FLAG,
    },
    operands: ["ENGINE"],
    summary: "make lockc-runc a runtime of an engine",
    explanation: `ENGINE is docker (/etc/docker/daemon.json), containerd (/etc/containerd/config.toml,
version 2 or 3), podman (/etc/containers/containers.conf.d/lockc.conf) or crio
(/etc/crio/crio.conf.d/90-lockc.conf). What is in the file stays as it is written,
comments too; the change is shown, and the file as it was before the first runtime of
lockc is kept beside it, as FILE.lockc-backup. A file that is not valid, or written in
a way that nothing can be added to without changing something else, is left alone.

With --policy it also makes the link lockc-runc-NAME beside lockc-runc, by which
lockc-runc knows the policy. The engine has to read its file anew: the command for
that is told, not run. Needs root, but not with --dry-run.`,
  },
  "engine unregister": {
    flags: {
      "--runtime-name": { value: "RUNTIME", meaning: "only this one" },
      "--policy": { value: "NAME", meaning: "only the runtime of this policy, lockc-NAME" },
      "--dry-run": { meaning: "show what would change, and change nothing" },
      "--json": JSON_FLAG,
    },
    operands: ["ENGINE"],
    summary: "take lockc-runc out of an engine's runtimes",
    explanation: `Takes back what engine register put there, to the byte, with the default that was
before and the link that it made; of Docker's file also what others wrote there of
lockc-runc. Without --runtime-name and --policy all of lockc's runtimes go. Containers
that were made with a runtime that is gone do not start any more. In Docker's file a
default that was lockc's becomes runc where none was named before, since some versions
of dockerd keep what their file names no more. Needs root, but not with --dry-run.`,
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

export type VerbName = keyof typeof VERBS;
