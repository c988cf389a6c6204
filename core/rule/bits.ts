// SPDX-License-Identifier: Apache-2.0
/** The kernel's bit of each rule that it holds, as bpf/lockc.h numbers them. */
import { Rule } from "../generated/layout.ts";
import { RULE_NAMES } from "./rules.ts";
import type { RuleName } from "./values.ts";

/** The bits of the rules that the kernel holds. */
export const BITS: Readonly<Partial<Record<RuleName, Rule>>> = {
  hostFiles: Rule.FILES,
  mounting: Rule.MOUNT,
  kernelLog: Rule.SYSLOG,
  bpf: Rule.BPF,
  capabilities: Rule.CAPABILITY,
  nonRoot: Rule.ROOT,
  noNewPrivileges: Rule.ESCALATION,
  hooks: Rule.HOOKS,
  pseudoFiles: Rule.PSEUDO,
  devices: Rule.DEVICES,
  engineSockets: Rule.ENGINES,
  otherProcesses: Rule.PROCESS,
  perf: Rule.PERF,
  kernelModules: Rule.MODULES,
  moduleRequests: Rule.REQUESTS,
  keyrings: Rule.KEYRINGS,
  kernelLockdown: Rule.LOCKDOWN,
  filelessPrograms: Rule.PROGRAMS,
  filelessMappings: Rule.MAPPINGS,
  setuidFiles: Rule.SETUID,
  terminalInjection: Rule.TERMINAL,
  abstractSockets: Rule.ABSTRACT,
  serviceAccountToken: Rule.TOKEN,
  userNamespaces: Rule.USERNS,
  network: Rule.NETWORK,
};

/** The rules that the kernel holds at run time, whatever config.json said. */
export const HELD_RULES = RULE_NAMES.filter((name) => name in BITS);

/** The rules behind enum lockc_rule bits. */
export function namesOfRules(bits: number): RuleName[] {
  return HELD_RULES.filter((name) => bits & BITS[name]!);
}

/** All bits that any of them has. */
export function joinBits(bits: readonly number[]): number {
  return bits.reduce((joined, some) => joined | some, 0);
}

/** Counters of a container's record, by rule; those at zero are left out. */
export function countsByRule(counts: readonly bigint[]): Partial<Record<RuleName, number>> {
  const counted = HELD_RULES.map((name) => [name, Number(counts[Math.log2(BITS[name]!)])] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
