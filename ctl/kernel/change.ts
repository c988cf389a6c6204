// SPDX-License-Identifier: Apache-2.0
/** A change of what the kernel holds: root's, one at a time, and undone if it fails. */
import { mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { LockcError } from "../../core/errors.ts";
import { KernelError } from "../../core/ffi/kernel-error.ts";
import { lockFile } from "../ffi/libc.ts";
import { closing } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";

/** @throws LOCKC_E_PRIVILEGE */
export function requireRoot(act: string): void {
  if (process.geteuid?.() === 0) return;
  throw new LockcError("LOCKC_E_PRIVILEGE", `only root may ${act}`, "run it with sudo");
}

/** Runs `act` while no other load or unload runs; a process that dies lets go. */
export function exclusively<T>(places: Places, act: () => T): T {
  mkdirSync(dirname(places.lock), { recursive: true, mode: 0o755 });
  using lock = closing(openSync(places.lock, "a", 0o600));
  lockFile(lock.fd);
  return act();
}

/** Undoes what was done before `error`, last step first, and gives back what to throw. */
export function takeBack(undo: readonly (() => void)[], error: unknown): unknown {
  const failures = undo.toReversed().flatMap((step) => {
    try {
      step();
      return [];
    } catch (failure) {
      return (failure as Error).message;
    }
  });
  if (failures.length === 0) return error;
  return new LockcError(
    "LOCKC_E_KERNEL",
    `${(error as Error).message}; and not all could be taken back: ${failures.join("; ")}`,
    "run lockctl load",
    { cause: error },
  );
}

/** What the kernel refused, as an error for people. */
export function asLoadError(error: unknown): unknown {
  if (!(error instanceof KernelError)) return error;
  return new LockcError(
    "LOCKC_E_KERNEL",
    error.message,
    "lockctl status says what this kernel lacks; if it lacks nothing, please report this",
    { cause: error },
  );
}
