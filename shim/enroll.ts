// SPDX-License-Identifier: Apache-2.0
/**
 * Makes this process, which becomes the runtime, the first task of a container.
 *
 * Order matters, because a kill may come between any two steps: the task's own
 * storage first, then the record. From then on the kernel removes the record
 * when this process ends, however it ends.
 */
import { closeSync, fstatSync } from "node:fs";
import { LockcError } from "./errors.ts";
import { lookUp, remove, Update, u32Key, u64Key, update } from "./ffi/bpf.ts";
import { KernelError } from "./ffi/kernel-error.ts";
import { pidfdOpen } from "./ffi/libc.ts";
import { CONTAINER, Phase, TASK } from "./generated/layout.ts";
import type { Pins } from "./pins.ts";
import type { Plan } from "./plan.ts";
import { decode, encode } from "./record.ts";

/** Set by `npm run build -- --measure` only: time the shim on a kernel that runs no LSM programs. */
declare const LOCKC_MEASURE: boolean | undefined;
const MEASURE = typeof LOCKC_MEASURE !== "undefined" && LOCKC_MEASURE;

/**
 * Registers the container and grants it what the descriptors show, the root file
 * system first. Afterwards this process is the container's runtime.
 * @throws LOCKC_E_ENROLL, LOCKC_E_NOT_LOADED; nothing stays registered then.
 */
export function enroll(pins: Pins, plan: Plan, granted: readonly number[]): void {
  const pidfd = pidfdOpen(process.pid);
  const self = u32Key(pidfd);
  const phase = (value: Phase) =>
    update(
      pins.tasks,
      self,
      encode(TASK, { container: plan.key, phase: value, counted: 1 }),
      Update.ANY,
    );
  try {
    phase(Phase.ENROLLING);
    update(pins.containers, u64Key(plan.key), encode(CONTAINER, plan.record), Update.NOEXIST);
    for (const fd of granted) fstatSync(fd); // inode_getattr records each
    if (!MEASURE) proveRecorded(pins, plan, granted.length);
    phase(Phase.RUNTIME);
  } catch (error) {
    throw asEnrollError(error);
  }
  closeSync(pidfd);
}

/**
 * The kernel counted each grant: so the programs run. Without this a create
 * would succeed under maps whose programs somebody detached.
 */
function proveRecorded(pins: Pins, plan: Plan, expected: number): void {
  const value = lookUp(pins.containers, u64Key(plan.key));
  const grants = value === undefined ? 0 : decode(CONTAINER, value).grants;
  if (grants >= expected) return; // more: a lockctl load is replacing the programs just now
  remove(pins.containers, u64Key(plan.key)); // no program would at exit
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    `the kernel recorded ${grants} of ${expected} mounts, so its programs are not all attached`,
    "run lockctl load",
  );
}

function asEnrollError(error: unknown): unknown {
  const code =
    error instanceof KernelError ? error.errno : (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof LockcError || code === undefined) return error;
  const full = code === "ENOSPC" || code === "E2BIG" || code === "ENOMEM";
  return new LockcError(
    "LOCKC_E_ENROLL",
    full
      ? `cannot register the container: the kernel's tables of containers or mounts are full (${code})`
      : `cannot register the container: ${code}`,
    full
      ? "remove containers that are not needed; lockctl status counts them"
      : "see lockctl status",
    { cause: error },
  );
}
