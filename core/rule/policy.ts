// SPDX-License-Identifier: Apache-2.0
/** A policy: what each rule lets through, as `lockctl load` leaves it in the maps. */
import type { Rules } from "./values.ts";

/** A policy as lockctl load left it in the `policies` map. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  readonly rules: Rules;
  readonly kernel: KernelRules;
}

/** What a policy makes the kernel do (struct lockc_policy). */
export interface KernelRules {
  /** enum lockc_rule bits. */
  readonly rules: number;
  /** Which of them are only audited. */
  readonly audit: number;
  /** Bit n: capability n may be used. */
  readonly capabilities: bigint;
  /** The set of `pseudo` that holds; 0: none. */
  readonly pseudo: bigint;
  /** The set of `devices` that holds; 0: none. */
  readonly devices: bigint;
}
