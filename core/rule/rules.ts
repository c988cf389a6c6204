// SPDX-License-Identifier: Apache-2.0
/**
 * The one table of rules: what each holds, who decides it and what the kernel holds it by.
 * Inheritance, comparison, compilation and judgement work on it, so that no rule is forgotten.
 * What is said of a rule to people stands in ctl/advice/counsel.ts. Pure.
 */
import { Rule as Bit } from "../generated/layout.ts";
import { coversDevice, judgeDevices } from "./devices.ts";
import { coversPath } from "./host-path-entries.ts";
import { judgeHostPaths } from "./host-paths.ts";
import {
  ALLOWED,
  anyOf,
  type Kind,
  matchesName,
  ordered,
  REQUIRED,
  REQUIRED_PATHS,
} from "./kinds.ts";
import { judgeEngineSockets, judgeMountTypes, judgeSharedMounts } from "./mounts.ts";
import { judgeNamespaces } from "./namespaces.ts";
import {
  judgeCapabilities,
  judgeGroups,
  judgeNoNewPrivileges,
  judgeNonRoot,
  judgeOomScoreAdj,
  judgePrivileged,
  LEAST_SCORE,
} from "./privilege.ts";
import {
  judgeAppArmor,
  judgeMaskedPaths,
  judgeReadonlyPaths,
  judgeSELinux,
  judgeSeccomp,
} from "./profiles.ts";
import {
  HOOKS,
  judgeAnnotations,
  judgeHookEnvironment,
  judgeHooks,
  judgeSysctls,
} from "./programs.ts";
import { PSEUDO_FILES } from "./pseudo-files.ts";
import { allowed, held, judged, type Rule } from "./rule.ts";
import type { RuleName, Rules, RuleValues } from "./values.ts";

/** Whether a profile must be there: where its engine gives one, or always. */
const PROFILE = ordered("require", "never", "kept", "always");

/**
 * Every rule, in the order in which config.json is judged and documents list them.
 * Columns of judged: the kind of its values, the judge, whether sandboxes are judged, the
 * kernel's bit, the control of the Pod Security Standards; of held and allowed the kernel's bit.
 */
export const RULES: { readonly [R in RuleName]: Rule<RuleValues[R]> } = {
  privileged: judged(ALLOWED, judgePrivileged, "spared", undefined, "Privileged Containers"),
  hostNamespaces: judged(anyOf(), judgeNamespaces, "judged", undefined, "Host Namespaces"),
  capabilities: judged(anyOf(), judgeCapabilities, "spared", Bit.CAPABILITY, "Capabilities"),
  hostPaths: judged(anyOf(coversPath), judgeHostPaths, "judged", undefined, "HostPath Volumes"),
  engineSockets: judged(ALLOWED, judgeEngineSockets, "judged", Bit.ENGINES, undefined),
  mountTypes: judged(anyOf(), judgeMountTypes, "judged", undefined, undefined),
  sharedMounts: judged(ALLOWED, judgeSharedMounts, "judged", undefined, undefined),
  devices: judged(anyOf(coversDevice), judgeDevices, "judged", Bit.DEVICES, undefined),
  sysctls: judged(anyOf(matchesName), judgeSysctls, "judged", undefined, "Sysctls"),
  seccomp: judged(PROFILE, judgeSeccomp, "spared", undefined, "Seccomp"),
  apparmor: judged(PROFILE, judgeAppArmor, "spared", undefined, "AppArmor"),
  selinuxTypes: judged(anyOf(), judgeSELinux, "spared", undefined, "SELinux"),
  maskedPaths: judged(REQUIRED_PATHS, judgeMaskedPaths, "spared", undefined, "/proc Mount Type"),
  readonlyPaths: judged(
    REQUIRED_PATHS,
    judgeReadonlyPaths,
    "spared",
    undefined,
    "/proc Mount Type",
  ),
  nonRoot: judged(REQUIRED, judgeNonRoot, "spared", Bit.ROOT, "Running as Non-root"),
  groups: judged(anyOf(), judgeGroups, "spared", undefined, undefined),
  noNewPrivileges: judged(
    REQUIRED,
    judgeNoNewPrivileges,
    "spared",
    Bit.ESCALATION,
    "Privilege Escalation",
  ),
  oomScoreAdj: judged(LEAST_SCORE, judgeOomScoreAdj, "spared", undefined, undefined),
  hooks: judged(HOOKS, judgeHooks, "judged", Bit.HOOKS, undefined),
  hookEnvironment: judged(anyOf(matchesName), judgeHookEnvironment, "judged", undefined, undefined),
  unsafeAnnotations: judged(anyOf(matchesName), judgeAnnotations, "judged", undefined, undefined),
  hostFiles: allowed(Bit.FILES),
  mounting: allowed(Bit.MOUNT),
  kernelLog: allowed(Bit.SYSLOG),
  bpf: allowed(Bit.BPF),
  otherProcesses: allowed(Bit.PROCESS),
  perf: allowed(Bit.PERF),
  kernelModules: allowed(Bit.MODULES),
  moduleRequests: allowed(Bit.REQUESTS),
  keyrings: allowed(Bit.KEYRINGS),
  kernelLockdown: allowed(Bit.LOCKDOWN),
  filelessPrograms: allowed(Bit.PROGRAMS),
  filelessMappings: allowed(Bit.MAPPINGS),
  setuidFiles: allowed(Bit.SETUID),
  terminalInjection: allowed(Bit.TERMINAL),
  abstractSockets: allowed(Bit.ABSTRACT),
  serviceAccountToken: allowed(Bit.TOKEN),
  userNamespaces: allowed(Bit.USERNS),
  network: held(ordered("allow", "any", "loopback"), Bit.NETWORK),
  pseudoFiles: held(PSEUDO_FILES, Bit.PSEUDO),
};

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/** What values a rule takes, where no type can tell which rule it is. */
export function kindOf(name: RuleName): Kind<unknown> {
  return RULES[name].kind as Kind<unknown>;
}

/** What a rule refuses in effect: one that is only audited refuses nothing. */
export function effective<R extends RuleName>(rules: Rules, name: R): RuleValues[R] {
  const { mode, value } = rules[name];
  return mode === "audit" ? (RULES[name].kind.widest as RuleValues[R]) : value;
}

/** Whether everything that `narrow` lets through at this rule, `wide` lets through too. */
export function coversRule(wide: Rules, narrow: Rules, name: RuleName): boolean {
  return kindOf(name).covers(effective(wide, name), effective(narrow, name));
}
