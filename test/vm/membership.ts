// SPDX-License-Identifier: Apache-2.0
/** The cases of test/escapes/membership: one program, what it lists, and what it tells of runs. */
import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

/** What a case declares. */
export interface MembershipCase {
  readonly name: string;
  /** What happens; a sentence without its end. */
  readonly tries: string;
  /** What is right: "held", "held, or refused …", or "the host's …". */
  readonly right: string;
  /** Who comes first is open, so that one run tells little. */
  readonly racing: boolean;
  /** The first kernel that can try it; empty: all. */
  readonly since: string;
}

/** What became of a case's runs; all but `runs` and `left` count probes. */
export interface Summary {
  readonly name: string;
  readonly runs: number;
  /** Rightly so: */
  readonly held: number;
  readonly refused: number;
  readonly host: number;
  /** User code of a container that was not held. */
  readonly free: number;
  /** The host's that was held, or what was refused although it must run. */
  readonly wrong: number;
  /** Records and grants that outlived their run. */
  readonly left: number;
  /** What could not be tried, and what the kernel lacks. */
  readonly errors: number;
  readonly lacking: number;
  /** The first fault. */
  readonly detail: string;
}

const SOURCES = join(import.meta.dirname, "../escapes/membership");

/** Compiles them into one static program. */
export function compileMembership(target: string): void {
  const warn = ["-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"];
  const sources = globSync("*.c", { cwd: SOURCES }).sort();
  const compiler = ["-O1", "-s", "-static", "-pthread", ...warn, "-o", target, ...sources];
  execFileSync("gcc", compiler, { cwd: SOURCES });
}

export function listCases(program: string): MembershipCase[] {
  const lines = execFileSync(program, ["list"], { encoding: "utf8" }).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Adds up two runs of the same case. */
export function sumOf(one: Summary, other: Summary): Summary {
  const sum = (field: Exclude<keyof Summary, "name" | "detail">) => one[field] + other[field];
  return {
    name: one.name,
    runs: sum("runs"),
    held: sum("held"),
    refused: sum("refused"),
    host: sum("host"),
    free: sum("free"),
    wrong: sum("wrong"),
    left: sum("left"),
    errors: sum("errors"),
    lacking: sum("lacking"),
    detail: one.detail || other.detail,
  };
}
