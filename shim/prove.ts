// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the programs run. A build that measures has tool/measure/prove.ts in the place of
 * this file (tool/bundle.ts), to time the shim on a kernel that runs no LSM programs.
 */
import { LockcError } from "../core/errors.ts";
import { lookUp, remove, u64Key } from "../core/ffi/bpf.ts";
import { CONTAINER } from "../core/generated/layout.ts";
import type { Pins } from "../core/kernel/pins.ts";
import type { Plan } from "../core/kernel/plan.ts";
import { decode } from "../core/kernel/record.ts";
import { isLiving } from "./launcher.ts";

/**
 * The kernel counted each grant: so the programs run. Without this a create
 * would succeed under maps whose programs somebody detached.
 * @throws LOCKC_E_NOT_LOADED, LOCKC_E_ENROLL; the container is not registered then.
 */
export function proveRecorded(pins: Pins, launcher: number, plan: Plan, expected: number): void {
  const value = lookUp(pins.containers, u64Key(plan.key));
  const grants = value === undefined ? 0 : decode(CONTAINER, value).grants;
  if (grants >= expected) return; // more: a lockctl load is replacing the programs just now
  if (!isLiving(launcher)) throw noLauncher(pins, plan); // its end removed the record
  remove(pins.containers, u64Key(plan.key)); // no program would at exit
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    `the kernel recorded ${grants} of ${expected} mounts, so its programs are not all attached`,
    "run lockctl load",
  );
}

/** Whoever waited was killed, maybe before there was a record that could end with it. */
export function noLauncher(pins: Pins, plan: Plan): LockcError {
  remove(pins.containers, u64Key(plan.key));
  return new LockcError(
    "LOCKC_E_ENROLL",
    "cannot register the container: lockc-runc was ended meanwhile",
    "create it again",
  );
}
