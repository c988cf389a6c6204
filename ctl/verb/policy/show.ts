// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy show`. */
import { kindOf, RULE_NAMES } from "../../../core/rule/rules.ts";
import type { RuleName, Rules, Written } from "../../../core/rule/values.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces } from "../../host/places.ts";
import { isWidest } from "../../policy/compare.ts";
import type { ResolvedPolicy } from "../../policy/resolve.ts";
import { findPolicy } from "../../policy/sources.ts";
import { writeYaml } from "../../policy/yaml.ts";
import { json, tell } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "show a policy with everything it inherits",
  explanation: `Prints the policy as YAML with every rule that restricts something, whether it
is written there or inherited through extends. The output is a policy file of
its own.`,
  options: { json: JSON_FLAG },
  operands: ["NAME"],

  run({ json: asJson }, [name]) {
    const policy = findPolicy(hostPlaces(), name);
    tell(1, asJson ? json(writePolicy(policy)) : formatPolicy(policy));
  },
});

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

function writeRule(rules: Rules, rule: RuleName): Written {
  const { mode, value } = rules[rule];
  const { write } = kindOf(rule);
  return { ...(mode === "audit" ? { mode } : {}), ...write(value) };
}
