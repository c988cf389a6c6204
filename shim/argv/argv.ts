// SPDX-License-Identifier: Apache-2.0
/**
 * The single reader of the runtime's command line. Pure, as all of shim/argv is.
 *
 * What must never happen: the runtime starts a container other than the one
 * lockc registered. So a command line that starts one is read the way each
 * generation of the runtime's own parser would read it. A reading in which the
 * runtime refuses is harmless; all others must agree, or lockc refuses.
 *
 * Rules from: Go's package flag (FlagSet.parseOne), urfave/cli v1
 * (Command.parseFlags, reorderArgs, normalizeFlags) as runc 1.1–1.5 and
 * Debian's builds of it use them, GNU getopt_long and argp as crun uses them.
 * flags.ts has the options' names; reorder.ts and go.ts read as runc does, argp.ts as crun.
 */
import { readArgp } from "./argp.ts";
import { CONFIG, CONTAINER_VERBS, type ContainerVerb, GLOBAL_FLAGS, VERB_FLAGS } from "./flags.ts";
import { parseGo, readGo } from "./go.ts";
import type { Reading } from "./reading.ts";
import { reorderFirst, reorderSecond, reorderThird } from "./reorder.ts";

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
