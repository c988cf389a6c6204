// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy show`. */
import { kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import type { RuleName, Rules, Written } from "../../../core/rule/values.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";
import { writeYaml } from "../../policy/yaml.ts";

/** A policy with everything it inherits, as a policy file of its own would say it. */
export function writePolicy({ name, description, rules }: ResolvedPolicy): Record<string, unknown> {
  const restricting = RULE_NAMES.filter((rule) => !isWidest(rules, rule));
  const written = restricting.map((rule) => [rule, writeRule(rules, rule)]);
  return { name, description, ...Object.fromEntries(written) };
}

export function formatPolicy(policy: ResolvedPolicy): string {
  const bases = policy.extends.length > 0 ? `, extends ${policy.extends.join(", ")}` : "";
  return `# ${policy.file}${bases}\n${writeYaml(writePolicy(policy), { lineWidth: 100, flowCollectionPadding: true })}`;
}

/** Whether the rule lets everything through. */
export function isWidest(rules: Rules, rule: RuleName): boolean {
  const { covers, widest } = kindOf(rule);
  return covers(rules[rule].value, widest);
}

function writeRule(rules: Rules, rule: RuleName): Written {
  const { mode, value } = rules[rule];
  const { write } = kindOf(rule);
  return { ...(mode === "audit" ? { mode } : {}), ...write(value) };
}
