// SPDX-License-Identifier: Apache-2.0
/** The error of a command line that says nothing. */
import { LockcError } from "../../core/errors.ts";

interface Advice {
  readonly nearest?: string | undefined;
  /** What to read about. */
  readonly about?: string;
}

export function usage(message: string, { nearest, about }: Advice = {}): LockcError {
  const help = about === undefined ? "see lockctl --help" : `see lockctl help ${about}`;
  return new LockcError("LOCKC_E_USAGE", message, nearest ? `did you mean "${nearest}"?` : help);
}
