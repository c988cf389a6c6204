// SPDX-License-Identifier: Apache-2.0
/** Whether a container may be created, and as what it would be registered. Changes nothing. */
import { readBundle } from "../core/bundle/read.ts";
import { LockcError } from "../core/errors.ts";
import { Rule } from "../core/generated/layout.ts";
import { findingsOf, type Judgement, judge, refusalOf } from "../core/judge/judge.ts";
import type { Mounting } from "../core/judge/prospects.ts";
import { findPolicy, type Pins, policyNames, readSettings } from "../core/kernel/pins.ts";
import { type Plan, planContainer } from "../core/kernel/plan.ts";
import type { Policy } from "../core/rule/policy.ts";
import { resolveRuntime } from "../core/runtime.ts";
import type { ContainerInvocation } from "./argv/argv.ts";
import { grammarOf } from "./grammar.ts";
import { askHooks } from "./hooks.ts";
import type { Launcher } from "./launcher.ts";

export interface Admitted {
  readonly kind: "admitted";
  readonly judgement: Judgement;
  readonly plan: Plan;
  /** The low-level runtime of the settings. */
  readonly runtime: string;
  /** Whether hooks are kept from its code while they run. */
  readonly held: boolean;
  /** Who mounts for it what config.json does not show; undefined: nobody, or nobody asks. */
  readonly mounting: Mounting | undefined;
}

export interface Refused {
  readonly kind: "refused";
  /** undefined: it did not come to one. */
  readonly judgement: Judgement | undefined;
  readonly error: unknown;
}

/** @param found what runtime the command line was read for. */
export function decide(
  pins: Pins,
  invocation: ContainerInvocation,
  { pid, calledAs }: Launcher,
  found: string,
): Admitted | Refused {
  let judgement: Judgement | undefined;
  try {
    const { id, bundle: directory, config, policy: flag } = invocation;
    const settings = readSettings(pins);
    const runtime = settings.runtime === found ? found : resolveRuntime(settings.runtime);
    const bundle = readBundle(directory ?? ".", config);
    const find = (name: string) => findPolicy(pins, name);
    const names = () => policyNames(pins);
    judgement = judge({ id, bundle, settings, flag, calledAs, find, names });
    const { policy, name, given } = judgement;
    refuseRestore(invocation, policy);
    const refusal = refusalOf(judgement, id);
    if (refusal !== undefined) throw refusal;
    const { held, mounting: hooks } = askHooks(policy, bundle.hooks);
    const root = invocation.root ?? (grammarOf(runtime) === "crun" ? "/run/crun" : "/run/runc");
    const notifies = process.env.NOTIFY_SOCKET && (policy.kernel.rules & Rule.FILES) !== 0;
    const mounting =
      hooks || notifies ? { hooks, notifying: notifies ? root : undefined } : undefined;
    const nowNs = process.hrtime.bigint();
    const audits = findingsOf(judgement).length;
    const { sandbox } = judgement.origin;
    const facts = { id, name, sandbox, root, pid, nowNs, audits, given, hooked: held };
    const plan = planContainer(facts, policy);
    return { kind: "admitted", judgement, plan, runtime, held, mounting };
  } catch (error) {
    return { kind: "refused", judgement, error };
  }
}

/**
 * restore brings back processes that go on where they were: they never pass the
 * exec at which a policy begins to hold.
 */
function refuseRestore(invocation: ContainerInvocation, { name, kernel }: Policy): void {
  if (invocation.verb !== "restore" || kernel.rules === 0) return;
  throw new LockcError(
    "LOCKC_E_RESTORE",
    `cannot restore container "${invocation.id}" under policy "${name}": restored processes run no exec, so the policy would not hold`,
    "start it anew, or restore it with --lockc-policy privileged",
  );
}
