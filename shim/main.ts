// SPDX-License-Identifier: Apache-2.0
/** Command line and environment in, the runtime or an exit status out. */
import { type ContainerInvocation, type Globals, parseGlobals, parseInvocation } from "./argv.ts";
import { LockcError, toLockcError } from "./errors.ts";
import { report } from "./log.ts";
import {
  becomeRuntime,
  grammarOf,
  type Inherited,
  readLoadedRuntime,
  readStart,
  resolveRuntime,
  restoreInherited,
} from "./runtime.ts";

/**
 * Judges and registers the container.
 * @returns the runtime to become.
 * @throws whatever must keep the container from being started.
 */
export type CreateContainer = (
  invocation: ContainerInvocation,
  inherited: Inherited,
) => { readonly runtime: string };

/**
 * Does not return: the process is the runtime then, or it has exited with 1.
 * @param createContainer a parameter so that a test can run the rest without the kernel half.
 * @param configuredRuntime the admin's `runtime:`, asked for only when no
 *   lockctl load has noted it.
 */
export function main(
  createContainer: CreateContainer,
  configuredRuntime?: () => string | undefined,
): never {
  let globals: Globals | undefined;
  try {
    const { words, environment, inherited } = readStart();
    globals = parseGlobals(words);
    const runtime = resolveRuntime(readLoadedRuntime() ?? configuredRuntime?.());
    const become: (path: string, argv: readonly string[]) => never = (path, argv) => {
      restoreInherited(inherited);
      becomeRuntime(path, argv, environment);
    };

    const invocation = parseInvocation(words, grammarOf(runtime));
    switch (invocation.kind) {
      case "pass":
      case "help":
        become(runtime, invocation.argv);
        break;
      case "invalid":
        throw new LockcError(
          "LOCKC_E_USAGE",
          `cannot read the command line: ${invocation.reason}`,
          "see lockc-runc --help",
        );
      case "container": {
        const created = createContainer(invocation, inherited);
        requireSameGrammar(runtime, created.runtime);
        become(created.runtime, invocation.argv);
        break;
      }
    }
  } catch (error) {
    report(toLockcError(error), globals ?? { log: undefined, logFormat: "text" });
    process.exit(1);
  }
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
