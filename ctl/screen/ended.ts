// SPDX-License-Identifier: Apache-2.0
/** What ends a command that goes on. */

export interface Ending extends Disposable {
  /** Aborted once it is to end. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** `using ended = endedBy("SIGINT")`: by such a signal or by `end`; afterwards signals do what they did. */
export function endedBy(...names: readonly NodeJS.Signals[]): Ending {
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const name of names) process.on(name, end);
  return {
    signal: stop.signal,
    end,
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, end);
    },
  };
}
