// SPDX-License-Identifier: Apache-2.0

/** Stands where pino's thread-stream would: lockctl writes its lines itself and starts no thread. */
export default class NoThreads {
  constructor() {
    throw new Error("lockctl's log has no threads");
  }
}
