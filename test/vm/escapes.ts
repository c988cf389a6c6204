// SPDX-License-Identifier: Apache-2.0
/**
 * The escapes of test/escapes, in two containers that differ in their runtime alone: what
 * the program with all of them says of itself, and how each went.
 */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { namesOfRules } from "../../ctl/compile.ts";
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
  /** Why nothing refuses it. */
  readonly gap?: string;
}

export interface Outcome {
  readonly name: string;
  /** "ok", an errno's name, or what kept it from being tried. */
  readonly result: string;
  /** The rules whose counters rose meanwhile. */
  readonly rules: readonly string[];
}

/** How an escape has to end: with a result, and counted by a rule or by none. */
export interface Held {
  readonly refused: string;
  readonly rule?: string | undefined;
}

const SOURCES = join(import.meta.dirname, "../escapes");

/** Everything that somebody careless could switch off, and the host's directories on top. */
const FLAGS =
  "--privileged --pid=host --network=host --ipc=host --uts=host --cgroupns=host -v /proc:/host/proc -v /sys:/host/sys -v /dev:/host/dev -v /run:/host/run";

/** What the held container's policy says in turn; each is the whole of it. */
export const POLICIES = {
  /** Nothing is refused: as under plain runc, but lockc counts. */
  open: "extends: privileged",
  /** No capability is missing, so that each of the other rules has to stand by itself. */
  careless: "extends: baseline\ncapabilities: { allow: any }",
  /** No capability is missing that the kernel itself asks for before lockc looks at processes. */
  debugger: "extends: baseline\ncapabilities: { add: [SYS_PTRACE] }",
  offline: "extends: offline",
  restricted: "extends: restricted",
} as const;
export type PolicyName = keyof typeof POLICIES;

const policyText = (policy: PolicyName) =>
  `name: escapes\ndescription: A test's.\n${POLICIES[policy]}\n`;

/** What the session's guest needs from its start. */
export const SESSION_POLICIES = { escapes: policyText("open") };

/** Where in the guest the program is. */
const PROGRAM = `${SHARED}/escapes`;

/** Compiles all escapes into one program. */
export async function compileEscapes(target: string): Promise<void> {
  const warn = ["-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"];
  const sources = globSync(["*.c", "runner/*.c"], { cwd: SOURCES }).sort();
  const compiler = ["-O1", "-static", "-pthread", ...warn, "-o", target, ...sources];
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
      "modprobe binfmt_misc && mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && mount -t debugfs none /sys/kernel/debug",
    );
    await this.#start("plain", "");
    await this.#start("held", "--runtime lockc-privileged --label org.lockc.policy=escapes");
    this.#id = await ok("docker inspect -f '{{.Id}}' held");
  }

  readonly ok = (command: string, input?: string) => this.#session.ok(command, input);

  async #start(name: string, runtime: string): Promise<void> {
    const ends = [".in", ".out", "-user.in", "-user.out"];
    const fifos = ends.map((end) => `${SHARED}/${name}${end}`);
    await this.ok(
      `mkfifo ${fifos.join(" ")} && docker run -d --name ${name} ${runtime} ${FLAGS} -v ${SHARED}:/x busybox /x/escapes serve ${name}`,
    );
  }

  /** Gives the container that runs another policy; its processes go on. */
  async hold(policy: PolicyName): Promise<void> {
    await this.ok(
      "cat >/etc/lockc/policy/escapes.yaml && lockctl policy reload --running",
      policyText(policy),
    );
  }

  /** Has each tried, one after the other. */
  async try(container: "plain" | "held", spare: boolean, names: readonly string[]) {
    const id = container === "plain" ? "-" : this.#id;
    const verb = spare ? "try-spare" : "try";
    const said = await this.ok(`${PROGRAM} ${verb} ${container} ${id} ${names.join(" ")}`);
    const outcomes = said.split("\n").map((line): Outcome => {
      const { name, result, refusals } = JSON.parse(line);
      const bits = Object.keys(refusals).reduce((sum, bit) => sum | (1 << Number(bit)), 0);
      return { name, result, rules: namesOfRules(bits) };
    });
    assert.deepEqual(
      outcomes.map(({ name }) => name),
      names,
      "some were not tried",
    );
    return outcomes;
  }
}
