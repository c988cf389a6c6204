// SPDX-License-Identifier: Apache-2.0
/**
 * The escapes of test/escapes, in two containers that differ in their runtime alone: what
 * the program with all of them says of itself, and how each went.
 */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { EventKind, Hook, Object as ObjectKind } from "../../core/generated/layout.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import type { RuleName } from "../../core/rule/values.ts";
import { type Session, SHARED } from "./session.ts";

/** What an escape's file declares. */
export interface Escape {
  readonly name: string;
  /** What it tries; a sentence without its subject. */
  readonly tries: string;
  readonly cve?: string;
  /** The rule that has to refuse it, with which errno, under which policy. */
  readonly rule?: string;
  readonly refused: string;
  readonly policy: string;
  /** Further rules, each of which refuses it by itself; by spaces. */
  readonly alone?: string;
  /** Why nothing refuses it. */
  readonly gap?: string;
}

export interface Outcome {
  readonly name: string;
  /** "ok", an errno's name, or what kept it from being tried. */
  readonly result: string;
  /** The rules whose counters rose meanwhile, and by how much. */
  readonly rules: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** What the events say of it. */
  readonly events: readonly Told[];
}

/** An event about the container, or what waits to be one. */
export interface Told {
  /** Which object it is about: the same for what is merged. */
  readonly object: string;
  readonly count: number;
  readonly kind: string;
  readonly rule: string;
  readonly hook: string;
  readonly what: string;
  readonly id: string;
  readonly policy: string;
  readonly exe: string;
  readonly path: string;
}

function nameOf(table: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(table).find((name) => table[name] === value) ?? `${value}`;
}

/** Text is cut, and bytes that are no ASCII are shown as "?". */
function readTold(raw: Record<string, string & number>): Told {
  const { object, count, id, policy, exe, path } = raw as unknown as Told;
  return {
    ...{ object, count, id, policy, exe, path },
    kind: nameOf(EventKind, raw.kind!),
    rule: namesOfRules(raw.rule!).join(),
    hook: nameOf(Hook, raw.hook!),
    what: nameOf(ObjectKind, raw.what!),
  };
}

/** How an escape has to end: with a result, and counted by a rule or by none. */
export interface Held {
  readonly refused: string;
  readonly rule?: string | undefined;
}

const SOURCES = join(import.meta.dirname, "../escapes");

/** Their files, as paths from SOURCES: RULE/NAME.c, or gap/NAME.c. */
const FILES = globSync("*/*.c", { cwd: SOURCES, exclude: ["membership/**", "runner/**"] });

/** In which folder each escape is, by its name. */
export const FOLDERS: ReadonlyMap<string, string> = new Map(
  FILES.map((file) => [basename(file, ".c"), dirname(file)]),
);

/** Everything that somebody careless could switch off, and the host's directories on top. */
const FLAGS =
  "--privileged --pid=host --network=host --ipc=host --uts=host --cgroupns=host -v /proc:/host/proc -v /sys:/host/sys -v /dev:/host/dev -v /run:/host/run";

/**
 * What of it the events do not tell as they should: each refusal is in one, with the rule
 * that counted it, and by which program of which container it was. Of the rule that is meant
 * to refuse it there is one event, or one and its repetitions.
 */
export function untold({ name, counts, events }: Outcome, id: string, rule?: string): string[] {
  const told = new Map<string, number>();
  for (const event of events) {
    told.set(event.rule, (told.get(event.rule) ?? 0) + event.count);
  }
  const rules = new Set([...Object.keys(counts), ...told.keys()]);
  const objects = new Set(events.filter((event) => event.rule === rule).map((e) => e.object));
  return [
    ...[...rules]
      .filter((each) => told.get(each) !== counts[each])
      .map((each) => `${counts[each]} refusals by ${each}, and events of ${told.get(each)}`),
    ...events
      .filter((e) => e.id !== id || e.kind !== "DENIED" || e.policy !== "escapes" || !e.exe)
      .map((event) => JSON.stringify(event)),
    ...(rule !== undefined && objects.size !== 1 ? [`${objects.size} objects of ${rule}`] : []),
  ].map((fault) => `${name}: ${fault}`);
}

/** What the held container's policy says in turn; each is the whole of it. */
const POLICIES = {
  /** Nothing is refused: as under plain runc, but lockc counts. */
  open: "extends: privileged",
  /** No capability is missing, so that each of the other rules has to stand by itself. */
  careless: "extends: baseline\ncapabilities: { allow: any }",
  /** No capability is missing that the kernel itself asks for before lockc looks at processes. */
  debugger: "extends: baseline\ncapabilities: { add: [SYS_PTRACE] }",
  /** What every mapping has to pay for is attached. */
  mappings: "extends: baseline\nfilelessMappings: { allow: false }",
  /** User code may mount, and what it mounts of others' stays theirs. */
  mounting: "extends: baseline\ncapabilities: { allow: any }\nmounting: { allow: true }",
  offline: "extends: offline",
  restricted: "extends: restricted",
} as const;
export type PolicyName = keyof typeof POLICIES;

const policyText = (rules: string) => `name: escapes\ndescription: A test's.\n${rules}\n`;

/** What no built-in policy says as its own line of docs/policies.md is tried. */
const ALONE: Readonly<Partial<Record<RuleName, string>>> = {
  filelessMappings: "filelessMappings: { allow: false }",
  // Addresses of mappings are seen where mappings are.
  capabilities: `capabilities: ${readRule("baseline", "capabilities")}\nfilelessMappings: { allow: false }`,
  // What restricted says is added to what baseline says.
  pseudoFiles: `pseudoFiles: ${JSON.stringify({ restrict: pseudoFiles("restrict", "baseline").concat(pseudoFiles("add", "restricted")) })}`,
};

function pseudoFiles(key: "restrict" | "add", policy: string): unknown[] {
  return JSON.parse(readRule(policy, "pseudoFiles")!)[key];
}

/** A rule as a built-in policy writes it; undefined where that says nothing of it. */
function readRule(policy: string, rule: RuleName): string | undefined {
  const file = join(import.meta.dirname, `../../policy/${policy}.yaml`);
  return JSON.stringify(parse(readFileSync(file, "utf8"))[rule]);
}

/** A policy that allows all but what this rule refuses at its strictest. */
function rulesAlone(rule: RuleName): string {
  const levels = ["offline", "restricted", "baseline"];
  const written = levels.map((level) => readRule(level, rule)).find((it) => it !== undefined);
  return `extends: privileged\n${ALONE[rule] ?? `${rule}: ${written}`}`;
}

/** What the session's guest needs from its start. */
export const SESSION_POLICIES = { escapes: policyText(POLICIES.open) };

/** Where in the guest the program is. */
const PROGRAM = `${SHARED}/escapes`;
/** What has a service account's token, as runner/escape.h knows it. */
const SECRETS = `${SHARED}/secrets`;

/** Compiles all escapes into one program. */
export async function compileEscapes(target: string): Promise<void> {
  const warn = ["-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"];
  // By name, whatever their folder: they are listed and tried as they are linked.
  const escapes = FILES.toSorted((a, b) => (basename(a) < basename(b) ? -1 : 1));
  const sources = [...globSync("runner/*.c", { cwd: SOURCES }).sort(), ...escapes];
  const compiler = ["-O1", "-static", "-pthread", "-I.", ...warn, "-o", target, ...sources];
  await promisify(execFile)("gcc", compiler, { cwd: SOURCES });
}

export function listEscapes(program: string): Escape[] {
  const lines = execFileSync(program, ["list"], { encoding: "utf8" }).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** The two containers of one guest. */
export class Trial {
  readonly #session: Session;
  #id = "";

  constructor(session: Session) {
    this.#session = session;
  }

  /** @param program where the guest sees what compileEscapes made. */
  async prepare(program: string): Promise<void> {
    const { ok } = this;
    await ok(`cp ${program} ${PROGRAM} && chmod 755 ${PROGRAM}`);
    await ok(
      "modprobe binfmt_misc && mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && { mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug; }",
    );
    const account = `${SECRETS}/kubernetes.io/serviceaccount`;
    // As the kubelet makes it: on a file system of its own.
    await ok(`mkdir ${SECRETS} && mount -t tmpfs none ${SECRETS} && mkdir -p ${account}`);
    await ok(`echo secret >${account}/token && chmod 755 ${account}/token`);
    await this.#start("plain", "");
    await this.#start("held", "--runtime lockc-privileged --label org.lockc.policy=escapes");
    this.#id = await ok("docker inspect -f '{{.Id}}' held");
  }

  /** The held container's ID. */
  get id(): string {
    return this.#id;
  }

  readonly ok = (command: string, input?: string) => this.#session.ok(command, input);

  async #start(name: string, runtime: string): Promise<void> {
    const ends = [".in", ".out", "-user.in", "-user.out"];
    const fifos = ends.map((end) => `${SHARED}/${name}${end}`);
    await this.ok(
      `mkfifo ${fifos.join(" ")} && docker run -d --name ${name} ${runtime} ${FLAGS} -v ${SHARED}:/x -v ${SECRETS}:/run/secrets busybox /x/escapes serve ${name}`,
    );
  }

  /** Gives the container that runs another policy; its processes go on. */
  hold(policy: PolicyName): Promise<void> {
    return this.#hold(POLICIES[policy]);
  }

  /** … one that allows everything but what this rule refuses. */
  holdAlone(rule: RuleName): Promise<void> {
    return this.#hold(rulesAlone(rule));
  }

  async #hold(rules: string): Promise<void> {
    await this.ok(
      "cat >/etc/lockc/policy/escapes.yaml && lockctl policy reload --running",
      policyText(rules),
    );
  }

  /** Has each tried, one after the other. */
  async try(container: "plain" | "held", spare: boolean, names: readonly string[]) {
    const id = container === "plain" ? "-" : this.#id;
    const verb = spare ? "try-spare" : "try";
    const said = await this.ok(`${PROGRAM} ${verb} ${container} ${id} ${names.join(" ")}`);
    const outcomes = said.split("\n").map((line): Outcome => {
      const { name, result, refusals, events } = JSON.parse(line);
      const counts = Object.entries<number>(refusals).map(([bit, count]) => [
        namesOfRules(1 << Number(bit)).join(),
        count,
      ]);
      return {
        ...{ name, result, rules: counts.map(([rule]) => rule as string) },
        counts: Object.fromEntries(counts),
        events: events.map(readTold),
      };
    });
    assert.deepEqual(
      outcomes.map(({ name }) => name),
      names,
      "some were not tried",
    );
    return outcomes;
  }
}
