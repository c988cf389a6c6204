// SPDX-License-Identifier: Apache-2.0
/** Descriptors that end with the block in which they are used. */
import { closeSync } from "node:fs";

export interface Opened extends Disposable {
  readonly fd: number;
}

/** `using file = closing(openSync(…))`: closes it where the block ends, whichever way. */
export function closing(fd: number): Opened {
  return { fd, [Symbol.dispose]: () => closeSync(fd) };
}
