// SPDX-License-Identifier: Apache-2.0
/**
 * What was refused → the smallest change of a policy that lets it through, and what that
 * gives away; or why no policy should. Pure.
 *
 * Everything is said rule by rule, so that none is forgotten (COUNSEL). A change is what a
 * policy that extends the refusing one would say of the rule: `capabilities: {add: [KILL]}`.
 */
import type { PseudoPlace } from "../../core/rule/pseudo-files.ts";
import type { RuleName, Rules, Written } from "../../core/rule/values.ts";
import type { Act } from "./change.ts";
import { COUNSEL } from "./counsel.ts";

export type Advice =
  | {
      readonly kind: "change";
      readonly rule: RuleName;
      /** What the rule says beside what it inherits. */
      readonly written: Written;
      /** What a container can do that has it. */
      readonly gives: string;
    }
  | {
      readonly kind: "never";
      readonly rule: RuleName;
      readonly why: string;
      readonly instead: string;
    };

/**
 * What would let through what the kernel refused.
 * @param rules those that refused it.
 * @param place of an object that lies on one of the kernel's own file systems.
 */
export function adviseAct(rule: RuleName, act: Act, rules: Rules, place?: PseudoPlace): Advice {
  return advise(rule, COUNSEL[rule].change(act, rules, place));
}

/**
 * What a rule would have to say by which lockc-runc refused a container: one for each thing.
 * @param writings as the event tells them.
 */
export function adviseCreation(rule: RuleName, writings: readonly Written[] | null): Advice[] {
  return writings === null ? [advise(rule, undefined)] : writings.map((it) => advise(rule, it));
}

/** @param written text: why there is no change. */
function advise(rule: RuleName, written: Written | string | undefined): Advice {
  const { gives, never, instead } = COUNSEL[rule];
  if (written === undefined || typeof written === "string") {
    return { kind: "never", rule, why: written ?? NOTHING_LESS, instead };
  }
  const why = never(written);
  return why === undefined
    ? { kind: "change", rule, written, gives }
    : { kind: "never", rule, why, instead };
}

const NOTHING_LESS = "nothing short of letting everything through allows it";
