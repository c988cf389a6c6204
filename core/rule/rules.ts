// SPDX-License-Identifier: Apache-2.0
/**
 * The rules a policy is made of. One table says of each what it holds, how wide
 * it can be and when one value lets through all that another does; inheritance,
 * comparison and compilation work on the table, so that no rule is forgotten. Pure.
 */
import { coversDevice } from "./devices.ts";
import { coversPath } from "./host-paths.ts";
import {
  ALLOWED,
  anyOf,
  type Kind,
  matchesName,
  one,
  ordered,
  REQUIRED,
  requiredPaths,
} from "./kinds.ts";
import { hooks } from "./programs.ts";
import { pseudoFiles } from "./pseudo-files.ts";
import type { RuleName, Rules, RuleValues } from "./values.ts";

/** Every rule, in the order in which config.json is judged and documents list them. */
export const RULES: { readonly [R in RuleName]: Kind<RuleValues[R]> } = {
  privileged: ALLOWED,
  hostNamespaces: anyOf(),
  capabilities: anyOf(),
  hostPaths: anyOf(coversPath),
  engineSockets: ALLOWED,
  mountTypes: anyOf(),
  sharedMounts: ALLOWED,
  devices: anyOf(coversDevice),
  sysctls: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  seccomp: ordered("require", "never", "kept", "always"),
  apparmor: ordered("require", "never", "kept", "always"),
  selinuxTypes: anyOf(),
  maskedPaths: requiredPaths(),
  readonlyPaths: requiredPaths(),
  nonRoot: REQUIRED,
  groups: anyOf(),
  noNewPrivileges: REQUIRED,
  oomScoreAdj: one<number>("min", -1000, (wide, narrow) => wide <= narrow),
  hooks: hooks(),
  hookEnvironment: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  unsafeAnnotations: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  hostFiles: ALLOWED,
  mounting: ALLOWED,
  kernelLog: ALLOWED,
  bpf: ALLOWED,
  otherProcesses: ALLOWED,
  perf: ALLOWED,
  kernelModules: ALLOWED,
  moduleRequests: ALLOWED,
  keyrings: ALLOWED,
  kernelLockdown: ALLOWED,
  filelessPrograms: ALLOWED,
  filelessMappings: ALLOWED,
  setuidFiles: ALLOWED,
  terminalInjection: ALLOWED,
  abstractSockets: ALLOWED,
  serviceAccountToken: ALLOWED,
  userNamespaces: ALLOWED,
  network: ordered("allow", "any", "loopback"),
  pseudoFiles: pseudoFiles(),
};

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/** What a rule refuses in effect: one that is only audited refuses nothing. */
export function effective<R extends RuleName>(rules: Rules, name: R): RuleValues[R] {
  const { mode, value } = rules[name];
  return mode === "audit" ? (RULES[name].widest as RuleValues[R]) : value;
}

/** Whether everything that `narrow` lets through at this rule, `wide` lets through too. */
export function coversRule(wide: Rules, narrow: Rules, name: RuleName): boolean {
  const covers = RULES[name].covers as (wide: unknown, narrow: unknown) => boolean;
  return covers(effective(wide, name), effective(narrow, name));
}
