// SPDX-License-Identifier: Apache-2.0
/** Command line in, what becomes of the launcher out. */
import { LockcError, toLockcError } from "../core/errors.ts";
import { readLoadedRuntime, resolveRuntime } from "../core/runtime.ts";
import {
  type ContainerInvocation,
  type Globals,
  parseGlobals,
  parseInvocation,
} from "./argv/argv.ts";
import { grammarOf } from "./grammar.ts";
import { type Launcher, letBecome, letFail, readLauncher } from "./launcher.ts";
import { report } from "./log.ts";

/** A container that is registered. */
export interface Created {
  /** What the launcher is to become. */
  readonly runtime: string;
  /** What this process does after the launcher knows. */
  readonly afterwards: () => void;
}

/**
 * Judges and registers the container.
 * @param found the runtime whose command line was read; it can be executed.
 * @throws whatever must keep the container from being started.
 */
type CreateContainer = (
  invocation: ContainerInvocation,
  launcher: Launcher,
  found: string,
) => Created;

/**
 * Does not return: the launcher knows then what it becomes, and this process has ended.
 * @param createContainer a parameter so that a test can run the rest without the kernel half.
 */
export function main(createContainer: CreateContainer): never {
  let globals: Globals | undefined;
  try {
    const launcher = readLauncher();
    globals = parseGlobals(launcher.words);
    const runtime = resolveRuntime(readLoadedRuntime());
    const invocation = parseInvocation(launcher.words, grammarOf(runtime));
    switch (invocation.kind) {
      case "pass":
      case "help":
        letBecome(launcher, runtime, invocation.argv);
        break;
      case "invalid":
        throw new LockcError(
          "LOCKC_E_USAGE",
          `cannot read the command line: ${invocation.reason}`,
          "see lockc-runc --help",
        );
      case "container": {
        const created = createContainer(invocation, launcher, runtime);
        requireSameGrammar(runtime, created.runtime);
        letBecome(launcher, created.runtime, invocation.argv);
        created.afterwards();
        break;
      }
    }
  } catch (error) {
    report(toLockcError(error), globals ?? { log: undefined, logFormat: "text" });
    letFail();
    process.exit(1);
  }
  process.exit(0);
}

/** The container was read from the command line as one runtime reads it. */
function requireSameGrammar(read: string, chosen: string): void {
  if (read === chosen || grammarOf(read) === grammarOf(chosen)) return;
  throw new LockcError(
    "LOCKC_E_RUNTIME",
    `cannot start "${chosen}": the command line was read for "${read}"`,
    "run lockctl load, so that lockc-runc and the settings agree on the runtime",
  );
}
