// SPDX-License-Identifier: Apache-2.0
/**
 * Containers of which something is only audited that their policy refuses: a `lockctl learn`
 * watches one, was killed while it did, or the policy was stricter only later.
 */
import { namesOfRules } from "../../core/rule/bits.ts";
import type { RuleName } from "../../core/rule/values.ts";
import { readHeldRules } from "../kernel/pins.ts";
import type { Maps } from "../kernel/table.ts";
import { readRecords } from "./containers.ts";

/** What --json prints for each; its keys stay. */
export interface Loosened {
  readonly id: string;
  readonly name: string | null;
  readonly policy: string;
  /** The rules that its policy has the kernel hold, and that are only audited of it. */
  readonly rules: readonly RuleName[];
}

/** @throws LOCKC_E_NOT_LOADED where records are another version's. */
export function findLoosened(maps: Maps): Loosened[] {
  const policies = new Map(readHeldRules(maps).map((held) => [held.policy, held]));
  return readRecords(maps).flatMap(({ id, name, policy, audit }) => {
    const held = policies.get(policy);
    const lost = held === undefined ? 0 : audit & held.rules & ~held.audit;
    return lost === 0 ? [] : [{ id, name: name || null, policy, rules: namesOfRules(lost) }];
  });
}
