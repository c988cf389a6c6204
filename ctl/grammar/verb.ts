// SPDX-License-Identifier: Apache-2.0
/** What a verb of lockctl is. */

export interface Flag {
  readonly meaning: string;
  readonly needed?: true;
  /** What it takes, for flags that take something. */
  readonly value?: string;
}

export interface Verb {
  readonly flags: Readonly<Record<string, Flag>>;
  /**
   * Names of the operands; one that ends in "…" may come more than once, one in brackets
   * not at all. Shells complete
   * operands and values by these names: see tool/completion.ts.
   */
  readonly operands: readonly string[];
  readonly summary: string;
  readonly explanation: string;
}

export const JSON_FLAG: Flag = { meaning: "JSON with stable keys, for machines" };

/** Exit statuses; README lists them too. */
export const ExitStatus = {
  OK: 0,
  FAILED: 1,
  USAGE: 2,
  NOT_LOADED: 3,
  PRIVILEGE: 4,
  BUSY: 5,
  LEFT_OUT: 6,
  UNSURE: 7,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

export const EXIT_MEANINGS: Readonly<Record<ExitStatus, string>> = {
  0: "done; for status: loaded, every program attached",
  1: "failed; status: in part, or it does not hold; explain: refused; doctor: a fault",
  2: "the command line is not right",
  3: "not loaded (status)",
  4: "needs root",
  5: "containers run under lockc, so the programs that hold them stay",
  6: "loaded without a policy that is not valid (load); status exits with 1 then",
  7: "explain: nothing would be refused, but something of the file is not understood",
};
