// SPDX-License-Identifier: Apache-2.0
/** What a verb of lockctl is: one file of ctl/verb that declares and does, and its row in ctl/verbs.ts. */

export interface Option {
  readonly meaning: string;
  /** What it takes, for options that take something. */
  readonly value?: string;
}

/** By their names, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

/** What was given: whether it was, or what it was given. */
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends { readonly value: string }
    ? string | undefined
    : boolean;
};

/** One for each name; "FILE…" are all that are left. */
type OperandsOf<P extends readonly string[]> = P extends readonly [
  infer First,
  ...infer Rest extends readonly string[],
]
  ? First extends `${string}…`
    ? readonly [string, ...string[]]
    : readonly [First extends `[${string}` ? string | undefined : string, ...OperandsOf<Rest>]
  : readonly [];

/** What help, manual and completion are made of. */
interface Declared<O extends Options, P extends readonly string[]> {
  readonly options: O;
  /**
   * Names of the operands; one that ends in "…" may come more than once, one in brackets
   * not at all. Shells complete operands and values by these names: see complete.ts.
   */
  readonly operands: P;
  readonly summary: string;
  readonly explanation: string;
}

/** Nothing: it is done. */
type Outcome = ExitStatus | undefined | Promise<ExitStatus | undefined>;

/** A verb whose types nobody asks for any more: what `read` makes of the words is what `run` takes. */
export interface Verb extends Declared<Options, readonly string[]> {
  readonly read: (
    values: Readonly<Record<string, string | boolean | undefined>>,
    operands: readonly string[],
  ) => unknown;
  readonly run: (request: unknown) => Outcome;
}

/** A verb that takes its options and operands as they come. */
interface Plain<O extends Options, P extends readonly string[]> extends Declared<O, P> {
  readonly run: (values: ValuesOf<O>, operands: OperandsOf<P>) => Outcome;
}

/** A verb whose options depend on each other, or are more than words. */
interface Reading<O extends Options, P extends readonly string[], R> extends Declared<O, P> {
  /**
   * Changes nothing and asks nothing but the words.
   * @throws LOCKC_E_USAGE
   */
  readonly read: (values: ValuesOf<O>, operands: OperandsOf<P>) => R;
  readonly run: (request: R) => Outcome;
}

/**
 * What `run` is given follows from `options` and `operands`: `json: JSON_FLAG` is a boolean,
 * what takes a value is a string or undefined, and so is an operand in brackets.
 */
export function defineVerb<const O extends Options, const P extends readonly string[], R>(
  verb: Reading<O, P, R>,
): Verb;
export function defineVerb<const O extends Options, const P extends readonly string[]>(
  verb: Plain<O, P>,
): Verb;
export function defineVerb<O extends Options, P extends readonly string[], R>(
  verb: Plain<O, P> | Reading<O, P, R>,
): Verb {
  // Words are read by the same declaration, so they are what it says: see read.ts.
  const typed = (values: unknown, operands: unknown) =>
    [values as ValuesOf<O>, operands as OperandsOf<P>] as const;
  if ("read" in verb) {
    const { read, run } = verb;
    return {
      ...verb,
      read: (...words) => read(...typed(...words)),
      run: (request) => run(request as R),
    };
  }
  const { run } = verb;
  return { ...verb, read: typed, run: (words) => run(...(words as ReturnType<typeof typed>)) };
}

export const JSON_FLAG = {
  meaning: "JSON with stable keys, for machines",
} as const satisfies Option;

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
