// SPDX-License-Identifier: Apache-2.0
/** Policies as they are written: checked, listed, shown, compared. */
import { effective, kindOf, RULE_NAMES } from "../../core/rule/rules.ts";
import type { RuleName, Rules } from "../../core/rule/values.ts";
import type { ResolvedPolicy } from "./resolve.ts";

/** One rule at which two policies differ. */
export interface RuleDifference {
  readonly rule: RuleName;
  /** What the first lets through and the second refuses. */
  readonly refused: readonly string[];
  /** What the second lets through and the first refuses. */
  readonly allowed: readonly string[];
}

/** Rule by rule; a rule that is only audited lets everything through. Pure. */
export function comparePolicies(from: ResolvedPolicy, to: ResolvedPolicy): RuleDifference[] {
  return RULE_NAMES.flatMap((rule) => {
    const { lost } = kindOf(rule);
    const before = effective(from.rules, rule);
    const after = effective(to.rules, rule);
    const refused = lost(before, after);
    const allowed = lost(after, before);
    return refused.length + allowed.length > 0 ? [{ rule, refused, allowed }] : [];
  });
}

/** Whether the rule lets everything through. */
export function isWidest(rules: Rules, rule: RuleName): boolean {
  const { covers, widest } = kindOf(rule);
  return covers(rules[rule].value, widest);
}
