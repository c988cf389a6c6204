// SPDX-License-Identifier: Apache-2.0
/** What will be written to which map for one container, and what it is granted. Pure. */
import { type CONTAINER, Rule } from "../generated/layout.ts";
import { type Given, placesOf } from "../host/mounts.ts";
import type { KernelRules, Policy } from "../rule/policy.ts";
import type { Values } from "./record.ts";

interface ContainerFacts {
  readonly id: string;
  /** What its engine calls it. */
  readonly name: string | undefined;
  /** A Kubernetes sandbox, which runs the pause program alone. */
  readonly sandbox: boolean;
  /** The runtime's --root, which with the ID names a container. */
  readonly root: string;
  /** The launcher, which becomes the runtime. */
  readonly pid: number;
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly nowNs: bigint;
  /** What admission let through because its rule is only audited. */
  readonly audits: number;
  readonly given: Given<{ readonly fd: number }>;
  /** Hooks of the host run before its user code does. */
  readonly hooked: boolean;
}

export interface Plan {
  readonly key: bigint;
  /** Descriptors in the order in which they are granted, by which the record counts them. */
  readonly granted: readonly number[];
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

/** What of a container says which rules concern it. */
export interface Concern {
  readonly hasToken: boolean;
  readonly sandbox: boolean;
}

/**
 * The rules of a policy that can matter to a container: one without a token pays nothing for that
 * rule. The pause program of a sandbox is what its image runs it as, often user 0, whatever the
 * pod asks for; it executes nothing, and nobody else's code is run there.
 */
export function concerning(kernel: KernelRules, { hasToken, sandbox }: Concern): KernelRules {
  const not = (hasToken ? 0 : Rule.TOKEN) | (sandbox ? Rule.ROOT : 0);
  return { ...kernel, rules: kernel.rules & ~not, audit: kernel.audit & ~not };
}

/** The record as the shim writes it; the kernel fills in the rest. */
export function planContainer(facts: ContainerFacts, policy: Policy): Plan {
  const { engines, tokens, written, read } = facts.given;
  const own_grants = engines.length;
  const token_grants = own_grants + tokens.length;
  const writable_grants = token_grants + written.length;
  return {
    key: containerKey(facts.nowNs, facts.pid),
    granted: placesOf(facts.given).map(({ fd }) => fd),
    record: {
      created_ns: facts.nowNs,
      admitted: BigInt(facts.audits),
      ...concerning(policy.kernel, { hasToken: tokens.length > 0, sandbox: facts.sandbox }),
      tasks: 1,
      own_grants,
      token_grants,
      writable_grants,
      talking_grants: writable_grants + read.length,
      hooked: Number(facts.hooked),
      pid: facts.pid,
      policy: policy.name,
      name: facts.name?.replaceAll("\0", "") ?? "",
      id: facts.id,
      root: facts.root,
    },
  };
}
