// SPDX-License-Identifier: Apache-2.0
/**
 * What config.json asks of the scheduler beyond what any process may have. The runtime
 * sets limits, scheduling policy and I/O priority with its own privilege, so a container
 * needs no capability for what they give it: time that others wait for. Pure.
 */
import type { Bundle } from "../bundle/bundle.ts";

interface Raised {
  /** "the limit RLIMIT_RTPRIO of 99" */
  readonly what: string;
  readonly remedy: string;
}

/**
 * The largest value of a limit that gives nothing (sched(7), getrlimit(2)); RLIMIT_NICE of
 * 20 is a nice value of 0. docs/policies.md says why the other limits are not here.
 */
const HARMLESS: Readonly<Record<string, number>> = { RTPRIO: 0, NICE: 20 };

/** Policies that give way, or share like all others (sched(7)). */
const ORDINARY: ReadonlySet<string> = new Set(["SCHED_OTHER", "SCHED_BATCH", "SCHED_IDLE"]);

export function raisedPriorities({ rlimits, scheduler, ioPriority }: Bundle): Raised[] {
  const raised = rlimits.flatMap(({ type, soft, hard }): Raised[] => {
    const name = type.toUpperCase().replace(/^RLIMIT_/, "");
    // A process may raise its soft limit to the hard one.
    const value = Math.max(soft, hard);
    if (!Object.hasOwn(HARMLESS, name) || value <= HARMLESS[name]!) return [];
    return [
      {
        what: `the limit RLIMIT_${name}${value < 2 ** 63 ? ` of ${value}` : ", unlimited"}`,
        remedy: `start it without --ulimit ${name.toLowerCase()}, or with at most ${HARMLESS[name]}`,
      },
    ];
  });
  const policy = scheduler?.policy ?? "SCHED_OTHER";
  if (!ORDINARY.has(policy)) {
    raised.push({
      what: `the scheduling policy ${policy}`,
      remedy: `take one of ${[...ORDINARY].join(", ")} in process.scheduler`,
    });
  }
  if ((scheduler?.nice ?? 0) < 0) {
    raised.push({
      what: `a nice value of ${scheduler?.nice}`,
      remedy: "take one of 0 or more in process.scheduler",
    });
  }
  // ioprio_set(2): of the three classes only this one is not everybody's.
  const ioClass = ioPriority?.class ?? "";
  if (ioClass !== "" && !/^IOPRIO_CLASS_(BE|IDLE)$/.test(ioClass)) {
    raised.push({
      what: `the I/O class ${ioClass}`,
      remedy: "take IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE in process.ioPriority",
    });
  }
  return raised;
}
