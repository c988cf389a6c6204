// SPDX-License-Identifier: Apache-2.0

/**
 * Every way lockc can refuse, in one table: code, the sentence's remedy and
 * what it means. README lists the same codes; test/errors.test.ts compares.
 *
 * Wording avoids the phrases that dockerd turns into exit codes 126 and 127
 * ("permission denied", "no such file or directory", "executable file not
 * found", "is a directory", "not a directory").
 */
export const ERRORS = {
  LOCKC_E_USAGE: "The command line is not one that the runtime would accept.",
  LOCKC_E_NOT_LOADED: "The kernel half is not loaded, so nothing could be enforced.",
  LOCKC_E_KERNEL: "This kernel cannot run BPF LSM programs, or not so that they hold.",
  LOCKC_E_RUNTIME: "No low-level runtime (runc, crun) was found where lockc looks.",
  LOCKC_E_CONFIG: "The bundle's config.json cannot be read or is not valid.",
  LOCKC_E_SETTINGS: "/etc/lockc/lockc.yaml or a policy file is not valid.",
  LOCKC_E_POLICY: "The policy asked for does not exist or may not be chosen this way.",
  LOCKC_E_MOUNT: "The policy does not allow one of the mounts.",
  LOCKC_E_NAMESPACE: "The policy does not allow a namespace to be shared with the host.",
  LOCKC_E_ADMISSION: "The policy does not allow something else that config.json asks for.",
  LOCKC_E_RESTORE: "A restored container never passes exec, so its policy could not hold.",
  LOCKC_E_ENROLL:
    "The container could not be recorded: a map is full, memory is short, or another called.",
  LOCKC_E_BUSY: "Containers are running, so the programs that hold them stay.",
  LOCKC_E_CONTAINER: "No container under lockc is called so, or more than one.",
  LOCKC_E_ENGINE: "An engine's own file cannot be read, or not be changed as asked.",
  LOCKC_E_READER: "Somebody else follows the events, and there can be only one.",
  LOCKC_E_WRITE: "The output, or a file, could not be written.",
  LOCKC_E_PRIVILEGE: "Only root may do this.",
  LOCKC_E_BUG: "This cannot happen; please report it.",
} as const;

export type ErrorCode = keyof typeof ERRORS;

/**
 * The only error that lockc raises on purpose.
 * `message` states the act, the value in quotes and the reason; `hint` says
 * what the reader can do about it.
 */
export class LockcError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "LockcError";
    this.code = code;
    this.hint = hint;
  }

  /** One line for people: what, why, what to do, and the code to look up. */
  get sentence(): string {
    return `lockc: ${this.message}; ${this.hint} [${this.code}]`;
  }
}

/** Any thrown value as a LockcError; what nobody expected is a bug and says so. */
export function toLockcError(error: unknown): LockcError {
  if (error instanceof LockcError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new LockcError("LOCKC_E_BUG", `unexpected failure: ${reason}`, "please report this", {
    cause: error,
  });
}

/** What `read` gives; undefined in place of whatever it throws, where nobody wants to know why. */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
