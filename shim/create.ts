// SPDX-License-Identifier: Apache-2.0
/** The story of one container, from its command line to the moment before the launcher becomes runc. */
import { type LockcError, toLockcError } from "../core/errors.ts";
import { EventKind } from "../core/generated/layout.ts";
import { describe, type Finding } from "../core/judge/admission.ts";
import { findingsOf, type Judgement } from "../core/judge/judge.ts";
import { openPins } from "../core/kernel/pins.ts";
import type { ContainerInvocation } from "./argv/argv.ts";
import { decide } from "./decide.ts";
import { enroll } from "./enroll.ts";
import { attachHooks, waitForHooks } from "./hooks.ts";
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
  const decision = decide(pins, invocation, launcher, found);
  try {
    if (decision.kind === "refused") throw decision.error;
    const { judgement, plan, runtime, held, mounting } = decision;
    if (held) attachHooks();
    enroll(pins, launcher.pid, plan, mounting ? judgement.prospects(mounting) : []);
    tellAudited(invocation, judgement, plan.key);
    return { runtime, afterwards: () => held && waitForHooks(pins, launcher.pid, plan.key) };
  } catch (error) {
    tellRefused(invocation, decision.judgement, toLockcError(error));
    throw error;
  }
}

/** What was let through only because its rule is audited goes to the runtime's log and to the events. */
function tellAudited(invocation: ContainerInvocation, judgement: Judgement, key: bigint): void {
  const { name, policy } = judgement;
  const of = { kind: EventKind.TOLERATED, id: invocation.id, name, policy: policy.name, key };
  for (const finding of findingsOf(judgement)) {
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
