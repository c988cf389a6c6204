// SPDX-License-Identifier: Apache-2.0
/**
 * config.json + policy → findings, each rule by its own judge. Pure: what the host
 * is asked comes in as `Host`. The controls are those of the Kubernetes Pod
 * Security Standards, judged by what arrives in config.json.
 */

import { matchesName } from "../rule/kinds.ts";
import { isMade, NO_MOUNT_NAMESPACE } from "../rule/namespaces.ts";
import type { Policy } from "../rule/policy.ts";
import { isHandler } from "../rule/programs.ts";
import type { Rule } from "../rule/rule.ts";
import { kindOf, RULE_NAMES, RULES } from "../rule/rules.ts";
import type { RefusalCode, Subject, Violation } from "../rule/subject.ts";
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
    const { judge, sandboxes } = RULES[rule] as Rule<unknown>;
    if (judge === null) return [];
    if (subject.context.origin.sandbox && sandboxes === "spared") {
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
  const { control } = RULES[rule];
  const act = verdict === "audit" ? "would refuse" : "refuses";
  // What a policy's file has below the rule: allow, require, …
  const { write, widest } = kindOf(rule);
  const source = `rule ${rule}.${Object.keys(write(widest))[0]}`;
  const answers = control === null ? "" : `; Pod Security Standards: ${control}`;
  return `policy "${policy.name}" ${act} ${what} (${source}${answers})`;
}

/**
 * The kernel knows user code by the mount namespace that its runtime pivoted in, so
 * nothing that a policy has it hold would hold in another one: neither a list with mount
 * in it nor a rule that is only audited makes up for that. Nobody knows whose files are in a
 * mount namespace that is joined.
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
