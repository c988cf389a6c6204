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
import { held, judged, type Rule } from "./rule.ts";
import type { RuleName, Rules, RuleValues } from "./values.ts";

/** Whether a profile must be there: where its engine gives one, or always. */
const PROFILE = ordered("require", "never", "kept", "always");

/**
 * Every rule, in the order in which config.json is judged and documents list them.
 * Columns of judged: the kind of its values, the judge, whether sandboxes are judged, the
 * kernel's bit, the control of the Pod Security Standards; of held the kernel's bit.
 */
export const RULES: { readonly [R in RuleName]: Rule<RuleValues[R]> } = {
  privileged: judged(ALLOWED, judgePrivileged, "spared", null, "Privileged Containers"),
  hostNamespaces: judged(anyOf(), judgeNamespaces, "judged", null, "Host Namespaces"),
  capabilities: judged(anyOf(), judgeCapabilities, "spared", Bit.CAPABILITY, "Capabilities"),
  hostPaths: judged(anyOf(coversPath), judgeHostPaths, "judged", null, "HostPath Volumes"),
  engineSockets: judged(ALLOWED, judgeEngineSockets, "judged", Bit.ENGINES, null),
  mountTypes: judged(anyOf(), judgeMountTypes, "judged", null, null),
  sharedMounts: judged(ALLOWED, judgeSharedMounts, "judged", null, null),
  devices: judged(anyOf(coversDevice), judgeDevices, "judged", Bit.DEVICES, null),
  sysctls: judged(anyOf(matchesName), judgeSysctls, "judged", null, "Sysctls"),
  seccomp: judged(PROFILE, judgeSeccomp, "spared", null, "Seccomp"),
  apparmor: judged(PROFILE, judgeAppArmor, "spared", null, "AppArmor"),
  selinuxTypes: judged(anyOf(), judgeSELinux, "spared", null, "SELinux"),
  maskedPaths: judged(REQUIRED_PATHS, judgeMaskedPaths, "spared", null, "/proc Mount Type"),
  readonlyPaths: judged(REQUIRED_PATHS, judgeReadonlyPaths, "spared", null, "/proc Mount Type"),
  nonRoot: judged(REQUIRED, judgeNonRoot, "spared", Bit.ROOT, "Running as Non-root"),
  groups: judged(anyOf(), judgeGroups, "spared", null, null),
  noNewPrivileges: judged(
    REQUIRED,
    judgeNoNewPrivileges,
    "spared",
    Bit.ESCALATION,
    "Privilege Escalation",
  ),
  oomScoreAdj: judged(LEAST_SCORE, judgeOomScoreAdj, "spared", null, null),
  hooks: judged(HOOKS, judgeHooks, "judged", Bit.HOOKS, null),
  hookEnvironment: judged(anyOf(matchesName), judgeHookEnvironment, "judged", null, null),
  unsafeAnnotations: judged(anyOf(matchesName), judgeAnnotations, "judged", null, null),
  hostFiles: held(Bit.FILES),
  mounting: held(Bit.MOUNT),
  kernelLog: held(Bit.SYSLOG),
  bpf: held(Bit.BPF),
  otherProcesses: held(Bit.PROCESS),
  perf: held(Bit.PERF),
  kernelModules: held(Bit.MODULES),
  moduleRequests: held(Bit.REQUESTS),
  keyrings: held(Bit.KEYRINGS),
  kernelLockdown: held(Bit.LOCKDOWN),
  filelessPrograms: held(Bit.PROGRAMS),
  filelessMappings: held(Bit.MAPPINGS),
  setuidFiles: held(Bit.SETUID),
  terminalInjection: held(Bit.TERMINAL),
  abstractSockets: held(Bit.ABSTRACT),
  serviceAccountToken: held(Bit.TOKEN),
  userNamespaces: held(Bit.USERNS),
  network: held(Bit.NETWORK, ordered("allow", "any", "loopback")),
  pseudoFiles: held(Bit.PSEUDO, PSEUDO_FILES),
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
