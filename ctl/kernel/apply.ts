// SPDX-License-Identifier: Apache-2.0
/** Other rules for a container that runs, by the program lockc_apply. */
import { join } from "node:path";
import { isSandboxName } from "../../core/engine/origin.ts";
import { LockcError } from "../../core/errors.ts";
import { callProgram, openPin } from "../../core/ffi/bpf.ts";
import { CHANGE, CONTAINER } from "../../core/generated/layout.ts";
import { concerning } from "../../core/kernel/plan.ts";
import { encode } from "../../core/kernel/record.ts";
import type { KernelRules } from "../../core/rule/policy.ts";
import { closing, type Opened } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";
import type { ContainerRecord } from "./pins.ts";

/**
 * The program, for `using`.
 * @throws LOCKC_E_NOT_LOADED
 */
export function openApply(places: Places): Opened {
  const fd = openPin(join(places.pins, "links/lockc_apply"));
  if (fd !== undefined) return closing(fd);
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    "the program that changes running containers is not loaded",
    "run lockctl load, then this again",
  );
}

/** What of the rules the container's record has. */
function concerningIt({ own_grants, token_grants, name }: ContainerRecord, rules: KernelRules) {
  const sandbox = isSandboxName(name, CONTAINER.fields.name.count);
  return concerning(rules, { hasToken: token_grants > own_grants, sandbox });
}

/** Whether the container runs under exactly these rules. */
export function sameRules(record: ContainerRecord, wanted: KernelRules): boolean {
  const rules = concerningIt(record, wanted);
  return (
    record.rules === rules.rules &&
    record.audit === rules.audit &&
    record.capabilities === rules.capabilities &&
    record.pseudo === rules.pseudo &&
    record.devices === rules.devices
  );
}

/**
 * Gives a running container other rules, by the kernel half itself, whose counters
 * in the same record must not be lost.
 * @returns false when the container has ended meanwhile.
 */
export function changeRules(
  program: Opened,
  record: ContainerRecord,
  policy: string,
  rules: KernelRules,
): boolean {
  const container = BigInt(`0x${record.key}`);
  const change = encode(CHANGE, { container, policy, ...concerningIt(record, rules) });
  return callProgram(program.fd, change) === 0;
}
