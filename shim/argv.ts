// SPDX-License-Identifier: Apache-2.0
/**
 * The single reader of the runtime's command line.
 *
 * What must never happen: the runtime starts a container other than the one
 * lockc registered. So a command line that starts one is read the way each
 * generation of the runtime's own parser would read it. A reading in which the
 * runtime refuses is harmless; all others must agree, or lockc refuses.
 *
 * Rules from: Go's package flag (FlagSet.parseOne), urfave/cli v1
 * (Command.parseFlags, reorderArgs, normalizeFlags) as runc 1.1–1.5 and
 * Debian's builds of it use them, GNU getopt_long and argp as crun uses them.
 */

export const CONTAINER_VERBS = ["create", "run", "restore"] as const;
export type ContainerVerb = (typeof CONTAINER_VERBS)[number];

/** Which parser the low-level runtime has; `unknown` must satisfy both. */
export type Grammar = "runc" | "crun" | "unknown";

/** The global options, those before the command. */
export interface Globals {
  readonly root: string | undefined;
  readonly log: string | undefined;
  readonly logFormat: "text" | "json";
  /** The value of `--lockc-policy`, our own option. */
  readonly policy: string | undefined;
}

/** A command that starts a container, with the one meaning it can have. */
export interface ContainerInvocation extends Globals {
  readonly kind: "container";
  readonly verb: ContainerVerb;
  readonly id: string;
  /** As given, maybe relative to the working directory; undefined: that directory itself. */
  readonly bundle: string | undefined;
  /**
   * What stands for the bundle's config.json, for crun alone: "config.json" is the bundle's
   * all the same, any other path is the working directory's.
   */
  readonly config: string | undefined;
  /** For the runtime: the caller's words without our own option. */
  readonly argv: readonly string[];
}

/** Anything that starts no container: handed to the runtime as it is. */
export interface PassInvocation extends Globals {
  readonly kind: "pass";
  readonly argv: readonly string[];
}

/** A question for help about a container verb, in a form that cannot start one. */
export interface HelpInvocation extends Globals {
  readonly kind: "help";
  readonly argv: readonly string[];
}

/** Refused: `reason` completes the sentence "cannot read the command line: …". */
export interface InvalidInvocation extends Globals {
  readonly kind: "invalid";
  readonly reason: string;
}

export type Invocation = ContainerInvocation | PassInvocation | HelpInvocation | InvalidInvocation;

interface FlagTable {
  /** Long name → all its names, for flags that take a value. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly switches: Readonly<Record<string, readonly string[]>>;
}

const HELP = { help: ["help", "h"] };

function flagTable(values: string, switches: string): FlagTable {
  const names = (text: string): Record<string, readonly string[]> =>
    Object.fromEntries(
      text
        .split(" ")
        .map((flag) => flag.split(","))
        .map((flag) => [flag[0] as string, flag]),
    );
  return { values: names(values), switches: { ...names(switches), ...HELP } };
}

/** runc's globals, then crun's own; each runtime refuses what it does not know. */
const GLOBAL_FLAGS = flagTable(
  "root log log-format rootless criu cgroup-manager log-level lockc-policy",
  "debug systemd-cgroup version,v",
);

/** crun's own; runc refuses it. */
const CONFIG = { config: ["config", "f"] };

const VERB_FLAGS: Readonly<Record<ContainerVerb, () => FlagTable>> = {
  create: () =>
    flagTable(
      "bundle,b console-socket pidfd-socket pid-file preserve-fds",
      "no-pivot no-new-keyring no-subreaper",
    ),
  run: () =>
    flagTable(
      "bundle,b console-socket pidfd-socket pid-file preserve-fds",
      "detach,d keep no-subreaper no-pivot no-new-keyring",
    ),
  restore: () =>
    flagTable(
      "bundle,b console-socket image-path work-path manage-cgroups-mode pid-file empty-ns lsm-profile lsm-mount-context",
      "tcp-established ext-unix-sk shell-job file-locks detach,d no-subreaper no-pivot auto-dedup lazy-pages",
    ),
};

/** What one parser makes of the words after the command. */
type Reading =
  | { kind: "container"; id: string; flags: ReadonlyMap<string, string> }
  | { kind: "help" }
  /** This parser refuses for certain. */
  | { kind: "refused"; reason: string }
  /** Another version of this parser may accept it, with a meaning we cannot know. */
  | { kind: "unsure"; reason: string };

/**
 * Reads the words after argv[0].
 * @param words each must stand for its bytes (`decodeBytes` of runtime.ts).
 */
export function parseInvocation(words: readonly string[], grammar: Grammar): Invocation {
  const before = readGlobals(words);
  const { globals, kept } = before;
  const invalid = (reason: string): InvalidInvocation => ({ ...globals, kind: "invalid", reason });

  if (before.kind === "trouble") {
    // The command's place is unknown. Without the word for it nothing can start.
    const { rest, reason } = before;
    if (rest.some((word) => isContainerVerb(word) || isOurFlag(word))) return invalid(reason);
    return { ...globals, kind: "pass", argv: [...kept, ...rest] };
  }

  const [verb, ...rest] = before.rest;
  if (verb === undefined || !isContainerVerb(verb)) {
    return { ...globals, kind: "pass", argv: [...kept, ...before.rest] };
  }
  if (before.asksHelp) return { ...globals, kind: "help", argv: ["--help"] };
  if (before.asksVersion) return { ...globals, kind: "help", argv: ["--version"] };
  if (before.policies.size > 1) return invalid("--lockc-policy is given twice and differs");
  if (!words.every((word) => word.isWellFormed())) return invalid("it is not UTF-8");

  const reading = agree(readVerb(rest, verb, grammar));
  switch (reading.kind) {
    case "help":
      return { ...globals, kind: "help", argv: [...kept, verb, "--help"] };
    case "refused":
    case "unsure":
      return invalid(`${verb}: ${reading.reason}`);
    case "container":
      return {
        ...globals,
        kind: "container",
        verb,
        id: reading.id,
        bundle: reading.flags.get("bundle") || undefined,
        config: reading.flags.get("config"),
        argv: [...kept, verb, ...rest],
      };
  }
}

/**
 * The global options alone, which read the same for every runtime: where to
 * report, before it is known which runtime there is.
 */
export function parseGlobals(words: readonly string[]): Globals {
  return readGlobals(words).globals;
}

function isContainerVerb(word: string): word is ContainerVerb {
  return (CONTAINER_VERBS as readonly string[]).includes(word);
}

function isOurFlag(word: string): boolean {
  return /^--?lockc-policy(=|$)/.test(word);
}

interface GlobalsRead {
  readonly globals: Globals;
  /** The global words without our own, `--` included. */
  readonly kept: readonly string[];
  readonly rest: readonly string[];
}

type GlobalsReading = GlobalsRead &
  (
    | { kind: "command"; asksHelp: boolean; asksVersion: boolean; policies: ReadonlySet<string> }
    | { kind: "trouble"; reason: string }
  );

/** Globals are not reordered, and both parsers agree on every form that both accept. */
function readGlobals(words: readonly string[]): GlobalsReading {
  const { taken, flags, consumed, terminated, problem } = parseGo(words, GLOBAL_FLAGS);
  const kept = taken.filter(({ flag }) => flag !== "lockc-policy").flatMap(({ words }) => words);
  const policies = taken.filter(({ flag }) => flag === "lockc-policy").map(({ value }) => value);
  const globals: Globals = {
    root: flags.get("root"),
    log: flags.get("log") || undefined,
    logFormat: flags.get("log-format") === "json" ? "json" : "text",
    policy: flags.get("lockc-policy"),
  };
  const rest = words.slice(consumed);
  if (problem !== undefined) {
    return { globals, kept, rest, kind: "trouble", reason: problem.reason };
  }
  return {
    globals,
    kept: terminated ? [...kept, "--"] : kept,
    rest,
    kind: "command",
    asksHelp: flags.get("help") === "true",
    asksVersion: flags.get("version") === "true",
    policies: new Set(policies),
  };
}

/** Every reading that the runtime, whatever its version, may have of a container verb. */
function readVerb(words: readonly string[], verb: ContainerVerb, grammar: Grammar): Reading[] {
  const table = VERB_FLAGS[verb]();
  const crun = verb === "restore" ? table : { ...table, values: { ...table.values, ...CONFIG } };
  const known = new Set([table.values, table.switches].flatMap((t) => Object.values(t).flat()));
  const go = [reorderFirst(words), reorderSecond(words, known), reorderThird(words, known)];
  switch (grammar) {
    case "runc":
      return go.map((reordered) => readGo(reordered, table));
    case "crun":
      return [readArgp(words, crun)];
    case "unknown":
      return [readArgp(words, crun), ...go.map((reordered) => readGo(reordered, table))];
  }
}

function agree(readings: readonly Reading[]): Reading {
  const unsure = readings.find(({ kind }) => kind === "unsure");
  if (unsure !== undefined) return unsure;
  const [first, ...others] = readings.filter(({ kind }) => kind !== "refused");
  if (first === undefined) return readings[0] as Reading;
  if (others.every((other) => identity(other) === identity(first))) return first;
  return {
    kind: "unsure",
    reason: "versions of the runtime would read it differently; put the options before the ID",
  };
}

function identity(reading: Reading): string {
  if (reading.kind !== "container") return reading.kind;
  return JSON.stringify([reading.id, [...reading.flags].sort()]);
}

/** urfave/cli 1.22.1: every word with a dash is a flag, and takes a dashless word along. */
function reorderFirst(words: readonly string[]): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    if (word === "--") {
      others.push(...words.slice(index));
      break;
    }
    const isFlag = word !== "-" && word.startsWith("-");
    if (isFlag || (valueMayFollow && !word.startsWith("-"))) flags.push(word);
    else others.push(word);
    valueMayFollow = isFlag && !word.includes("=");
  }
  return [...flags, ...others];
}

/** Between them: only known flags are flags; a lone `-` still waits for a value. */
function reorderSecond(words: readonly string[], known: ReadonlySet<string>): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    if (word === "--") {
      others.push(...words.slice(index));
      break;
    }
    if (valueMayFollow && !word.startsWith("-")) {
      valueMayFollow = false;
      flags.push(word);
    } else if (isKnownFlag(word, known)) {
      flags.push(word);
      valueMayFollow = !word.includes("=");
    } else {
      others.push(word);
    }
  }
  return [...flags, ...others];
}

/** urfave/cli ≥ 1.22.14 and Debian's 1.22.9: a value may have dashes; `--` comes first. */
function reorderThird(words: readonly string[], known: ReadonlySet<string>): string[] {
  const flags: string[] = [];
  const others: string[] = [];
  let valueMayFollow = false;
  for (const [index, word] of words.entries()) {
    const isFlag = isKnownFlag(word, known);
    if (valueMayFollow && !isFlag) {
      valueMayFollow = false;
      flags.push(word);
    } else if (word === "--") {
      return [...flags, "--", ...others, ...words.slice(index + 1)];
    } else if (isFlag) {
      flags.push(word);
      valueMayFollow = !word.includes("=");
    } else {
      others.push(word);
    }
  }
  return [...flags, ...others];
}

/** urfave's argIsFlag, which strips up to three dashes. */
function isKnownFlag(word: string, known: ReadonlySet<string>): boolean {
  if (word === "-" || word === "--" || !word.startsWith("-")) return false;
  const dashes = word.startsWith("---") ? 3 : word.startsWith("--") ? 2 : 1;
  return known.has(word.slice(dashes).split("=", 1)[0]!);
}

function readGo(words: readonly string[], table: FlagTable): Reading {
  const { flags, consumed, problem } = parseGo(words, table);
  if (problem !== undefined) return problem;
  if (flags.get("help") === "true") return { kind: "help" };
  return readPositionals(words.slice(consumed), flags);
}

interface GoParse {
  /** Every flag met, in order, with the words that make it up. */
  readonly taken: { flag: string; value: string; words: readonly string[] }[];
  /** Long name → the last value; switches have "true" or "false". */
  readonly flags: Map<string, string>;
  /** How many words were flags, a terminating `--` included. */
  readonly consumed: number;
  readonly terminated: boolean;
  readonly problem: Extract<Reading, { kind: "refused" | "unsure" }> | undefined;
}

/** Go's FlagSet.Parse: flags up to the first word that is none, then urfave's aliases. */
function parseGo(words: readonly string[], table: FlagTable): GoParse {
  const taken: GoParse["taken"] = [];
  const flags: GoParse["flags"] = new Map();
  const spelled = new Map<string, string>();
  let at = 0;
  const result = (problem?: GoParse["problem"], terminated = false): GoParse => ({
    taken,
    flags,
    consumed: at,
    terminated,
    problem,
  });
  const refused = (reason: string): GoParse => result({ kind: "refused", reason });
  const unsure = (reason: string): GoParse => result({ kind: "unsure", reason });

  for (;;) {
    const word = words[at];
    if (word === undefined || word.length < 2 || !word.startsWith("-")) return result();
    if (word === "--") {
      at += 1;
      return result(undefined, true);
    }
    const [name, attached] = splitFlag(word.slice(word.startsWith("--") ? 2 : 1));
    if (!name || name.startsWith("-")) return refused(`${quote(word)} is no option`);

    const valued = longName(table.values, name);
    const switched = longName(table.switches, name);
    const flag = valued ?? switched;
    if (flag === undefined) return unsure(`the option ${quote(word)} is not known`);

    let value = attached;
    let length = 1;
    if (valued !== undefined && value === undefined) {
      value = words[at + 1];
      length = 2;
      if (value === undefined) return refused(`the option ${quote(word)} needs a value`);
    }
    if (switched !== undefined) {
      const parsed = parseGoBool(value ?? "true");
      if (parsed === undefined) return refused(`${quote(word)} is neither true nor false`);
      value = String(parsed);
    }
    if (flag === "preserve-fds" && !isCount(value as string)) {
      return unsure(`${quote(value as string)} is no number of descriptors`);
    }
    if ((spelled.get(flag) ?? name) !== name) {
      return refused(`two forms of the option "--${flag}" are given`);
    }
    spelled.set(flag, name);
    flags.set(flag, value as string);
    taken.push({ flag, value: value as string, words: words.slice(at, at + length) });
    at += length;
  }
}

/** "NAME=VALUE" or "NAME". */
function splitFlag(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** What both Go's base 0 and C's base 10 read as the same number. */
function isCount(text: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(text);
}

/** strconv.ParseBool. */
function parseGoBool(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  if (["0", "f", "F", "FALSE", "false", "False"].includes(text)) return false;
  return undefined;
}

/**
 * getopt_long as argp uses it, of which only whole long names and lone short
 * ones are taken: abbreviations depend on every option the runtime has.
 */
function readArgp(words: readonly string[], table: FlagTable): Reading {
  const flags = new Map<string, string>();
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === "--") {
      others.push(...words.slice(at + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      others.push(word);
      continue;
    }
    if (["--help", "--usage", "-?"].includes(word)) return { kind: "help" };
    const [, long, attached, short] = /^(?:--([^=]+)(?:=(.*))?|-([^-]))$/s.exec(word) ?? [];
    const name = long !== undefined && long.length > 1 ? long : short;
    const valued = name && longName(table.values, name);
    const switched = name && name !== "h" && longName(table.switches, name);
    const flag = valued || switched;
    if (!flag) return { kind: "unsure", reason: `the option ${quote(word)} is not known` };

    let value = attached ?? (switched ? "true" : undefined);
    if (switched && attached !== undefined) {
      return { kind: "refused", reason: `the option ${quote(word)} takes no value` };
    }
    if (value === undefined) {
      at += 1;
      value = words[at];
      if (value === undefined) {
        return { kind: "refused", reason: `the option ${quote(word)} needs a value` };
      }
    }
    if (flag === "preserve-fds" && !isCount(value)) {
      return { kind: "unsure", reason: `${quote(value)} is no number of descriptors` };
    }
    flags.set(flag, value);
  }
  return readPositionals(others, flags);
}

/** runc's checkArgs and validateID. */
function readPositionals(words: readonly string[], flags: ReadonlyMap<string, string>): Reading {
  const [id] = words;
  if (id === undefined || words.length !== 1) {
    return { kind: "refused", reason: `it needs exactly one container ID, not ${words.length}` };
  }
  if (!/^[A-Za-z0-9_+.-]+$/.test(id) || id === "." || id === "..") {
    return { kind: "refused", reason: `${quote(id)} cannot be a container ID` };
  }
  return { kind: "container", id, flags };
}

function longName(
  table: Readonly<Record<string, readonly string[]>>,
  name: string,
): string | undefined {
  return Object.keys(table).find((long) => table[long]?.includes(name));
}

/** One line of at most 80 characters, so that a report stays readable. */
function quote(word: string): string {
  return JSON.stringify(word.length > 80 ? `${word.slice(0, 79)}…` : word);
}
