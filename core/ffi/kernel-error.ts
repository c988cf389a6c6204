// SPDX-License-Identifier: Apache-2.0

/** A C status as an error: the one place where errno gets its name. */
/** What the kernel or a C library refused. The stories turn it into a LockcError. */
export class KernelError extends Error {
  /** The errno's name, "ENOENT"; "errno 524" for one that user space has no name for. */
  readonly errno: string;

  constructor(act: string, errno: number, words = "") {
    const name = errnoName(errno);
    super(`cannot ${act}: ${name}${words && `\n${words}`}`);
    this.name = "KernelError";
    this.errno = name;
  }
}

/**
 * @param act what was tried, as it stands after "cannot": "open the map 'x'".
 * @param status a C result: negative errno, as libbpf 1.x returns it.
 * @returns status when it is not negative.
 */
export function checkStatus(act: string, status: number): number {
  if (status < 0) throw new KernelError(act, -status);
  return status;
}

/** ENOENT for 2, and so on. */
export function errnoName(errno: number): string {
  const { constants } = process.getBuiltinModule("node:os"); // a create that succeeds has no use of it
  const entry = Object.entries(constants.errno).find(([, number]) => number === errno);
  return entry?.[0] ?? `errno ${errno}`;
}
