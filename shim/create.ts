// SPDX-License-Identifier: Apache-2.0
/** The story of one container, from its command line to the moment before the launcher becomes runc. */
import { readBundle } from "../core/bundle/read.ts";
import { LockcError, toLockcError } from "../core/errors.ts";
import { EventKind, Rule } from "../core/generated/layout.ts";
import { describe, type Finding } from "../core/judge/admission.ts";
import { findingsOf, type Judgement, judge, refusalOf } from "../core/judge/judge.ts";
import type { Mounting } from "../core/judge/prospects.ts";
import { findPolicy, openPins, type Pins, policyNames, readSettings } from "../core/kernel/pins.ts";
import { planContainer } from "../core/kernel/plan.ts";
import type { Policy } from "../core/policy/policy.ts";
import { resolveRuntime } from "../core/runtime.ts";
import type { ContainerInvocation } from "./argv.ts";
import { enroll } from "./enroll.ts";
import { grammarOf } from "./grammar.ts";
import { askHooks, attachHooks, type Hooked, waitForHooks } from "./hooks.ts";
import type { Launcher } from "./launcher.ts";
import { warn } from "./log.ts";
import type { Created } from "./main.ts";
import { type Told, tell } from "./tell.ts";

/**
 * Judges and registers the container that `invocation` asks for. Afterwards the
 * launcher only has to execute the runtime.
 * @param found what runtime the command line was read for.
 * @throws LockcError; nothing is registered then, and nothing may be started.
 */
export function createContainer(
  invocation: ContainerInvocation,
  launcher: Launcher,
  found: string,
): Created {
  const pins = openPins();
  let judged: Judgement | undefined;
  try {
    return enrollContainer(pins, invocation, launcher, found, (judgement) => {
      judged = judgement;
    });
  } catch (error) {
    tellRefused(invocation, judged, toLockcError(error));
    throw error;
  }
}

/** @param onJudged is told the judgement, before anything can come of it. */
function enrollContainer(
  pins: Pins,
  invocation: ContainerInvocation,
  { pid, calledAs }: Launcher,
  found: string,
  onJudged: (judgement: Judgement) => void,
): Created {
  const settings = readSettings(pins);
  const runtime = settings.runtime === found ? found : resolveRuntime(settings.runtime);
  const bundle = readBundle(invocation.bundle ?? ".", invocation.config);
  const judgement = judge({
    id: invocation.id,
    bundle,
    settings,
    flag: invocation.policy,
    calledAs,
    find: (name) => findPolicy(pins, name),
    names: () => policyNames(pins),
  });
  onJudged(judgement);
  const { policy, name, given, own, tokens, writable, talking } = judgement;
  refuseRestore(invocation, policy);
  const refusal = refusalOf(judgement, invocation.id);
  if (refusal !== undefined) throw refusal;
  const audited = findingsOf(judgement);
  const hooked = askHooks(policy, bundle.hooks);
  const root = invocation.root ?? (grammarOf(runtime) === "crun" ? "/run/crun" : "/run/runc");
  const mounting = mountingFor(policy, hooked, root);
  const plan = planContainer(
    {
      id: invocation.id,
      name,
      root,
      pid,
      nowNs: process.hrtime.bigint(),
      audits: audited.length,
      own,
      tokens,
      writable,
      talking,
      hooked: hooked.held,
    },
    policy,
  );
  if (hooked.held) attachHooks();
  enroll(
    pins,
    pid,
    plan,
    given.map(({ fd }) => fd),
    mounting ? judgement.prospects(mounting) : [],
  );
  tellAudited(invocation, judgement, audited, plan.key);
  return {
    runtime,
    afterwards: () => hooked.held && waitForHooks(pins, pid, plan.key),
  };
}

/** Who mounts for the container what config.json does not show; undefined: nobody, or nobody asks. */
function mountingFor({ kernel }: Policy, hooked: Hooked, root: string): Mounting | undefined {
  const notifies = process.env.NOTIFY_SOCKET && (kernel.rules & Rule.FILES) !== 0;
  if (!hooked.mounting && !notifies) return undefined;
  return { hooks: hooked.mounting, notifying: notifies ? root : undefined };
}

/** What was let through only because its rule is audited goes to the runtime's log and to the events. */
function tellAudited(
  invocation: ContainerInvocation,
  { name, policy }: Judgement,
  audited: readonly Finding[],
  key: bigint,
): void {
  const of = { kind: EventKind.TOLERATED, id: invocation.id, name, policy: policy.name, key };
  for (const finding of audited) {
    const sentence = `${describe(policy, finding)}; ${finding.remedy}`;
    warn(sentence, invocation);
    tell({ ...of, rule: finding.rule, sentence, allowedBy: allowedByOf([finding]) });
  }
}

function tellRefused(
  { id }: ContainerInvocation,
  judged: Judgement | undefined,
  { message, hint }: LockcError,
): void {
  const denied = judged ? findingsOf(judged).filter(({ verdict }) => verdict === "deny") : [];
  tell({
    kind: EventKind.REFUSED,
    id,
    name: judged?.name,
    policy: judged?.policy.name,
    rule: denied[0]?.rule,
    sentence: `${message}; ${hint}`,
    allowedBy: denied.length > 0 ? allowedByOf(denied) : undefined,
  });
}

/** By rule what would allow all of it; null where nothing does. */
function allowedByOf(findings: readonly Finding[]): NonNullable<Told["allowedBy"]> {
  const rules = new Set(findings.map(({ rule }) => rule));
  const writings = [...rules].map((rule) => {
    const needed = findings.filter((finding) => finding.rule === rule);
    const known = needed.flatMap(({ allowedBy }) => allowedBy ?? []);
    return [rule, known.length === needed.length ? known : null];
  });
  return Object.fromEntries(writings);
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
