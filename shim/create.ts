// SPDX-License-Identifier: Apache-2.0
/** The story of one container, from its command line to the moment before it becomes runc. */
import { closeSync } from "node:fs";
import { describe } from "./admission.ts";
import type { ContainerInvocation } from "./argv.ts";
import { readBundle } from "./bundle.ts";
import { enroll } from "./enroll.ts";
import { LockcError } from "./errors.ts";
import { findingsOf, type Judgement, judge, refusalOf } from "./judge.ts";
import { warn } from "./log.ts";
import { findPolicy, openPins, readSettings } from "./pins.ts";
import { planContainer } from "./plan.ts";
import type { Policy } from "./policy.ts";
import { grammarOf, type Inherited, resolveRuntime } from "./runtime.ts";

/**
 * Judges and registers the container that `invocation` asks for. Afterwards this
 * process only has to execute the runtime.
 * @returns the low-level runtime's absolute path.
 * @throws LockcError; nothing is registered then, and nothing may be started.
 */
export function createContainer(
  invocation: ContainerInvocation,
  { calledAs }: Inherited,
): { readonly runtime: string } {
  const pins = openPins();
  const settings = readSettings(pins);
  const runtime = resolveRuntime(settings.runtime);
  const bundle = readBundle(invocation.bundle ?? ".");
  const judgement = judge({
    id: invocation.id,
    bundle,
    settings,
    flag: invocation.policy,
    calledAs,
    find: (name) => findPolicy(pins, name),
  });
  const { policy, given, own } = judgement;
  refuseRestore(invocation, policy);
  const refusal = refusalOf(judgement);
  if (refusal !== undefined) throw refusal;
  const plan = planContainer(
    {
      id: invocation.id,
      root: invocation.root ?? (grammarOf(runtime) === "crun" ? "/run/crun" : "/run/runc"),
      pid: process.pid,
      nowNs: process.hrtime.bigint(),
      audits: findingsOf(judgement).length,
      own,
    },
    policy,
  );
  enroll(
    pins,
    plan,
    given.map(({ fd }) => fd),
  );
  for (const { fd } of given) closeSync(fd);
  tellAudited(invocation, judgement);
  return { runtime };
}

/** What was let through only because its rule is audited goes to the runtime's log. */
function tellAudited(invocation: ContainerInvocation, judgement: Judgement): void {
  for (const finding of findingsOf(judgement)) {
    warn(`${describe(judgement.policy, finding)}; ${finding.remedy}`, invocation);
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
