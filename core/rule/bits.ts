// SPDX-License-Identifier: Apache-2.0
/** The kernel's bit of each rule that it holds, as bpf/lockc.h numbers them. */
import { RULE_NAMES, RULES } from "./rules.ts";
import type { RuleName } from "./values.ts";

/** The rules that the kernel holds at run time, whatever config.json said. */
export const HELD_RULES = RULE_NAMES.filter((name) => RULES[name].bit !== null);

const bitOf = (name: RuleName) => RULES[name].bit ?? 0;

/** The rules behind enum lockc_rule bits. */
export function namesOfRules(bits: number): RuleName[] {
  return HELD_RULES.filter((name) => bits & bitOf(name));
}

/** The enum lockc_rule bits of these rules; of one that the kernel does not hold none. */
export function bitsOfRules(names: readonly RuleName[]): number {
  return joinBits(names.map(bitOf));
}

/** All bits that any of them has. */
export function joinBits(bits: readonly number[]): number {
  return bits.reduce((joined, some) => joined | some, 0);
}

/** Counters of a container's record, by rule; those at zero are left out. */
export function countsByRule(counts: readonly bigint[]): Partial<Record<RuleName, number>> {
  const counted = HELD_RULES.map((name) => [name, Number(counts[Math.log2(bitOf(name))])] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
