// SPDX-License-Identifier: Apache-2.0
/** The door to the few C calls that lockctl needs and Node does not have. */
import { checkStatus } from "./kernel-error.ts";
import { koffi } from "./koffi.ts";

type Library = ReturnType<ReturnType<typeof koffi>["load"]>;
let library: Library | undefined;

function libc(): Library {
  library ??= koffi().load("libc.so.6");
  return library;
}

/** libc returns -1 and sets errno. */
function check(act: string, result: number): void {
  checkStatus(act, result === -1 ? -koffi().errno() : result);
}

/**
 * Mounts a file system that has no device at the existing directory `target`.
 * @param options for that file system, as after `mount -o`.
 */
export function mountPseudo(type: string, target: string, options = ""): void {
  // int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
  const mount = libc().func(
    "int mount(const char *, const char *, const char *, unsigned long, const char *)",
  );
  const flags = 2 | 4 | 8; // MS_NOSUID | MS_NODEV | MS_NOEXEC
  check(`mount ${type} at "${target}"`, mount(type, target, type, flags, options));
}

/** Waits for the exclusive lock of an open file; the kernel releases it with the fd. */
export function lockFile(fd: number): void {
  // int flock(int fd, int operation);
  const flock = libc().func("int flock(int, int)");
  const exclusive = 2; // LOCK_EX
  check("lock a file", flock(fd, exclusive));
}
