// SPDX-License-Identifier: Apache-2.0
/** What will be written to which map for one container. Pure. */
import { type CONTAINER, Rule } from "../generated/layout.ts";
import type { KernelRules, Policy } from "../policy/policy.ts";
import type { Values } from "./record.ts";

export interface ContainerFacts {
  readonly id: string;
  /** What its engine calls it. */
  readonly name: string | undefined;
  /** The runtime's --root, which with the ID names a container. */
  readonly root: string;
  /** Of the launcher, which becomes the runtime. */
  readonly pid: number;
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly nowNs: bigint;
  /** What admission let through because its rule is only audited. */
  readonly audits: number;
  /** How many of the grants, the first ones, are not the host's. */
  readonly own: number;
  /** How many after these have a service account's token. */
  readonly tokens: number;
  /** How many of the grants, the first ones, are not mounted read-only. */
  readonly writable: number;
  /** Of the grants behind the first so many no socket may be connected to. */
  readonly talking: number;
  /** Hooks of the host run before its user code does. */
  readonly hooked: boolean;
}

export interface Plan {
  readonly key: bigint;
  readonly record: Partial<Values<typeof CONTAINER>>;
}

/**
 * A container's key: microseconds since boot and lockc-runc's process id, which
 * has at most 22 bits (PID_MAX_LIMIT). Two live containers cannot share one: the
 * same process id in the same microsecond would be one process.
 */
export function containerKey(nowNs: bigint, pid: number): bigint {
  return BigInt.asUintN(64, ((nowNs / 1000n) << 22n) | BigInt(pid));
}

/** Of a policy's rules those that can matter to a container: without a token it pays nothing for one. */
export function concerning(kernel: KernelRules, hasToken: boolean): KernelRules {
  const not = hasToken ? 0 : Rule.TOKEN;
  return { ...kernel, rules: kernel.rules & ~not, audit: kernel.audit & ~not };
}

/** The record as the shim writes it; the kernel fills in the rest. */
export function planContainer(facts: ContainerFacts, policy: Policy): Plan {
  return {
    key: containerKey(facts.nowNs, facts.pid),
    record: {
      created_ns: facts.nowNs,
      admitted: BigInt(facts.audits),
      ...concerning(policy.kernel, facts.tokens > 0),
      tasks: 1,
      own_grants: facts.own,
      token_grants: facts.own + facts.tokens,
      writable_grants: facts.writable,
      talking_grants: facts.talking,
      hooked: Number(facts.hooked),
      pid: facts.pid,
      policy: policy.name,
      name: facts.name?.replaceAll("\0", "") ?? "",
      id: facts.id,
      root: facts.root,
    },
  };
}
