// SPDX-License-Identifier: Apache-2.0
/**
 * config.json + policy → findings, one judge for each rule. Pure: what the host
 * is asked comes in as `Host`. The controls are those of the Kubernetes Pod
 * Security Standards, judged by what arrives in config.json.
 */
import type { Policy } from "../policy/policy.ts";
import { judgeDevices } from "../rule/devices.ts";
import { judgeHostPaths } from "../rule/host-paths.ts";
import { type Kind, matchesName } from "../rule/kinds.ts";
import { judgeEngineSockets, judgeMountTypes, judgeSharedMounts } from "../rule/mounts.ts";
import { isMade, judgeNamespaces, NO_MOUNT_NAMESPACE } from "../rule/namespaces.ts";
import {
  judgeCapabilities,
  judgeGroups,
  judgeNoNewPrivileges,
  judgeNonRoot,
  judgeOomScoreAdj,
  judgePrivileged,
} from "../rule/privilege.ts";
import { judgeAppArmor, judgePaths, judgeSELinux, judgeSeccomp } from "../rule/profiles.ts";
import {
  isHandler,
  judgeAnnotations,
  judgeHookEnvironment,
  judgeHooks,
  judgeSysctls,
} from "../rule/programs.ts";
import { RULE_NAMES, RULES } from "../rule/rules.ts";
import type { Judge, RefusalCode, Subject, Violation } from "../rule/subject.ts";
import type { RuleName, Written } from "../rule/values.ts";

/** What a policy does not let through. */
export interface Finding {
  readonly rule: RuleName;
  readonly verdict: "deny" | "audit";
  readonly code: RefusalCode;
  /** What was asked for: "the host's pid namespace". */
  readonly what: string;
  readonly remedy: string;
  /**
   * The least that the rule would have to say, in a policy that extends this one, to let
   * it through; undefined: nothing lets just this through.
   */
  readonly allowedBy?: Written | undefined;
}

/** The control of the Pod Security Standards that a rule answers. */
export const CONTROLS: Readonly<Partial<Record<RuleName, string>>> = {
  privileged: "Privileged Containers",
  hostNamespaces: "Host Namespaces",
  capabilities: "Capabilities",
  hostPaths: "HostPath Volumes",
  apparmor: "AppArmor",
  selinuxTypes: "SELinux",
  maskedPaths: "/proc Mount Type",
  readonlyPaths: "/proc Mount Type",
  seccomp: "Seccomp",
  sysctls: "Sysctls",
  nonRoot: "Running as Non-root",
  noNewPrivileges: "Privilege Escalation",
};

/**
 * Rules that a Kubernetes sandbox is not judged by: it runs the pause program
 * with the runtime's defaults, whatever its pod asks for.
 */
const NOT_FOR_SANDBOXES: ReadonlySet<RuleName> = new Set<RuleName>([
  "privileged",
  "capabilities",
  "seccomp",
  "apparmor",
  "selinuxTypes",
  "maskedPaths",
  "readonlyPaths",
  "nonRoot",
  "groups",
  "noNewPrivileges",
  "oomScoreAdj",
]);

/**
 * What leads to the host by itself comes first among refusals; all others are in the order
 * of the rules.
 */
export const GRAVEST: readonly RuleName[] = [
  "privileged",
  "engineSockets",
  "hooks",
  "unsafeAnnotations",
];

/** What became of one rule. */
export interface Check {
  readonly rule: RuleName;
  readonly result: "pass" | "deny" | "audit" | "not judged";
  readonly findings: readonly Finding[];
}

/** Every rule that is decided at creation, in order, with what it found. */
export function check(policy: Policy, subject: Subject): Check[] {
  return RULE_NAMES.flatMap((rule): Check[] => {
    const judge = JUDGES[rule] as Judge<RuleName> | undefined;
    if (judge === undefined) return [];
    if (subject.context.origin.sandbox && NOT_FOR_SANDBOXES.has(rule)) {
      return [{ rule, result: "not judged", findings: [] }];
    }
    const { mode, value } = policy.rules[rule];
    const verdict = mode === "audit" ? "audit" : "deny";
    const findings = [
      ...(rule === "hostNamespaces" ? requireMountNamespace(policy, subject) : []),
      ...(rule === "unsafeAnnotations" ? requireExecution(policy, subject) : []),
      ...judge(value, subject, policy).map((violation) => findingOf(rule, verdict, violation)),
    ];
    const denied = findings.some((finding) => finding.verdict === "deny");
    const result = denied ? "deny" : findings.length > 0 ? "audit" : "pass";
    return [{ rule, result, findings }];
  });
}

function findingOf(
  rule: RuleName,
  verdict: Finding["verdict"],
  { what, remedy, allowedBy, code = "LOCKC_E_ADMISSION" }: Violation,
): Finding {
  return { rule, verdict, code, what, remedy, ...(allowedBy && { allowedBy }) };
}

/** "policy "baseline" refuses the host's pid namespace (rule hostNamespaces.allow; Pod Security …)". */
export function describe(policy: Policy, { rule, verdict, what }: Finding): string {
  const control = CONTROLS[rule];
  const act = verdict === "audit" ? "would refuse" : "refuses";
  const source = `rule ${rule}.${keyOf(rule)}`;
  const answers = control === undefined ? "" : `; Pod Security Standards: ${control}`;
  return `policy "${policy.name}" ${act} ${what} (${source}${answers})`;
}

/** What a policy's file has below the rule: allow, require, … */
function keyOf(rule: RuleName): string {
  const { write, widest } = RULES[rule] as Kind<unknown>;
  return Object.keys(write(widest))[0]!;
}

const JUDGES: { readonly [R in RuleName]?: Judge<R> } = {
  privileged: judgePrivileged,
  hostNamespaces: judgeNamespaces,
  capabilities: judgeCapabilities,
  hostPaths: judgeHostPaths,
  engineSockets: judgeEngineSockets,
  mountTypes: judgeMountTypes,
  sharedMounts: judgeSharedMounts,
  devices: judgeDevices,
  sysctls: judgeSysctls,
  seccomp: judgeSeccomp,
  apparmor: judgeAppArmor,
  selinuxTypes: judgeSELinux,
  maskedPaths: (value, subject) =>
    judgePaths(value, subject, "hides", "masked", subject.bundle.maskedPaths),
  readonlyPaths: (value, subject) =>
    judgePaths(value, subject, "makes read-only", "readonly", [
      ...subject.bundle.readonlyPaths,
      ...subject.bundle.maskedPaths,
    ]),
  nonRoot: judgeNonRoot,
  groups: judgeGroups,
  noNewPrivileges: judgeNoNewPrivileges,
  oomScoreAdj: judgeOomScoreAdj,
  hooks: judgeHooks,
  hookEnvironment: judgeHookEnvironment,
  unsafeAnnotations: judgeAnnotations,
};

/**
 * The kernel knows user code by the mount namespace that its runtime pivoted in, so
 * nothing that a policy has it hold would hold in another one: neither a list with mount
 * in it nor a rule that is only audited makes up for that. Of a mount namespace that is
 * joined nobody knows whose files are in it.
 */
function requireMountNamespace({ rules, kernel }: Policy, { bundle }: Subject): Finding[] {
  if (isMade("mount", bundle)) return [];
  const { mode, value } = rules.hostNamespaces;
  const allowed = value === "any" || value.includes("mount");
  if (allowed && kernel.rules === 0) return [];
  const enforced = holdsAnything(kernel) || (!allowed && mode === "enforce");
  return [findingOf("hostNamespaces", enforced ? "deny" : "audit", NO_MOUNT_NAMESPACE)];
}

/** Whether the kernel refuses anything by it; what is only audited it does not. */
function holdsAnything({ rules, audit }: Policy["kernel"]): boolean {
  return (rules & ~audit) !== 0;
}

/**
 * User code is what was executed after the runtime's pivot. A handler executes nothing, so
 * nothing that a policy has the kernel hold would hold, whatever the policy's list says.
 */
function requireExecution({ rules, kernel }: Policy, { bundle }: Subject): Finding[] {
  if (kernel.rules === 0) return [];
  const { mode, value } = rules.unsafeAnnotations;
  const enforced = holdsAnything(kernel);
  const isListed = (name: string) =>
    value === "any" || value.some((pattern) => matchesName(pattern, name));
  return Object.keys(bundle.annotations)
    .filter((name) => isHandler(name) && (isListed(name) || (enforced && mode === "audit")))
    .map((name) =>
      findingOf("unsafeAnnotations", enforced ? "deny" : "audit", {
        what: `the annotation "${name}", by which crun runs a module that no policy would hold`,
        remedy:
          "leave it out (images can carry annotations too), or use a policy that has the kernel hold nothing (privileged)",
      }),
    );
}
