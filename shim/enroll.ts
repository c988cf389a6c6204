// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the launcher, which becomes the runtime, the first task of a container.
 *
 * Order matters, because a kill may come between any two steps, of this process or of the
 * launcher: its storage first, then the record, then whether it still lives. If so the
 * kernel removes the record when it ends, however it ends; and it ends if this process
 * does not answer.
 */
import { closeSync, existsSync } from "node:fs";
import { LockcError } from "../core/errors.ts";
import { lookUp, remove, Update, u32Key, u64Key, update } from "../core/ffi/bpf.ts";
import { KernelError } from "../core/ffi/kernel-error.ts";
import { look, pidfdOpen } from "../core/ffi/syscall.ts";
import { CONTAINER, Phase, TASK } from "../core/generated/layout.ts";
import type { Prospect } from "../core/judge/prospects.ts";
import type { Pins } from "../core/kernel/pins.ts";
import type { Plan } from "../core/kernel/plan.ts";
import { decode, encode, type Values } from "../core/kernel/record.ts";
import { isLiving } from "./launcher.ts";
import { noLauncher, proveRecorded } from "./prove.ts";

/**
 * Registers the container, whose runtime the process `launcher` is from then on, and
 * grants it what the plan's descriptors show. Closes them.
 * @param prospects what hooks, or its runtime, may mount for it.
 * @throws LOCKC_E_ENROLL, LOCKC_E_NOT_LOADED; nothing stays registered when the launcher ends.
 */
export function enroll(
  pins: Pins,
  launcher: number,
  plan: Plan,
  prospects: readonly Prospect[],
): void {
  const { granted } = plan;
  try {
    const [shim, runtime] = [process.pid, launcher].map((pid) => u32Key(pidfdOpen(pid)));
    refuseInside(pins, shim!);
    const become = (task: Uint8Array, values: Partial<Values<typeof TASK>>) =>
      update(pins.tasks, task, encode(TASK, { container: plan.key, ...values }), Update.ANY);
    become(runtime!, { phase: Phase.RUNTIME, counted: 1 });
    update(pins.containers, u64Key(plan.key), encode(CONTAINER, plan.record), Update.NOEXIST);
    if (!isLiving(launcher)) throw noLauncher(pins, plan);
    become(shim!, { phase: Phase.ENROLLING }); // not counted: it keeps no record
    try {
      for (const fd of granted) look(fd); // inode_getattr records each
      let told = 0;
      for (const { fd, may } of prospects) {
        if (may !== told) become(shim!, { phase: Phase.ENROLLING, prospect: may });
        told = may;
        look(fd);
      }
    } finally {
      remove(pins.tasks, shim!); // nor is anything a grant that it stats later
    }
    proveRecorded(pins, launcher, plan, granted.length + prospects.length);
  } catch (error) {
    throw asEnrollError(error);
  }
  for (const fd of new Set([...granted, ...prospects.map(({ fd }) => fd)])) closeSync(fd);
}

/**
 * What is user code's would be overwritten, and its container never end; and in that one's place no
 * other's policy would hold.
 */
function refuseInside(pins: Pins, shim: Uint8Array): void {
  const value = lookUp(pins.tasks, shim);
  if (value === undefined || decode(TASK, value).phase !== Phase.CONFINED) return;
  throw new LockcError(
    "LOCKC_E_ENROLL",
    "cannot register the container: lockc-runc was called by a process of another container, which lockc holds",
    "call it on the host, or have an engine of the host call it",
  );
}

/** The kernel half could not tell btrfs' subvolumes apart, for want of the module's types. */
function noSubvolumes(cause: unknown): LockcError {
  const described = existsSync("/sys/kernel/btf/btrfs");
  return new LockcError(
    "LOCKC_E_NOT_LOADED",
    `cannot register the container: it is given a directory on btrfs, and ${
      described
        ? "lockc was loaded before the kernel's module btrfs"
        : "this kernel does not describe its module btrfs (CONFIG_DEBUG_INFO_BTF_MODULES)"
    }, so subvolumes could not be told apart`,
    described ? "run lockctl load" : "keep images and volumes on another file system",
    { cause },
  );
}

function asEnrollError(error: unknown): unknown {
  const code =
    error instanceof KernelError ? error.errno : (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof LockcError || code === undefined) return error;
  if (code === "ENOTSUP" || code === "EOPNOTSUPP") return noSubvolumes(error);
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
