// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { koffi } from "../../core/ffi/koffi.ts";

/**
 * Gives this process mounts of its own, so that a test can mount what it likes
 * and nothing is left on the host. Synchronous file access follows; Node's
 * thread pool does not.
 * @returns an empty directory.
 */
export function enterPrivateMounts(): string {
  const libc = koffi().load("libc.so.6");
  // int unshare(int flags);
  const unshare = libc.func("int unshare(int)");
  // int mount(const char *, const char *, const char *, unsigned long, const void *);
  const mount = libc.func(
    "int mount(const char *, const char *, const char *, unsigned long, void *)",
  );
  const namespace = 0x00020000; // CLONE_NEWNS
  const recursivelyPrivate = 16384 | (1 << 18); // MS_REC | MS_PRIVATE
  if (unshare(namespace) !== 0 || mount("none", "/", null, recursivelyPrivate, null) !== 0) {
    throw new Error(`cannot have mounts of its own: errno ${koffi().errno()}`);
  }
  return mkdtempSync(join(tmpdir(), "lockc-test-"));
}

/** Unmounts what this process mounted at `target`. */
export function unmount(target: string): void {
  // int umount2(const char *target, int flags);
  const umount2 = koffi().load("libc.so.6").func("int umount2(const char *, int)");
  const detach = 2; // MNT_DETACH
  if (umount2(target, detach) !== 0) throw new Error(`cannot unmount ${target}`);
}
