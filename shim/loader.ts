// SPDX-License-Identifier: Apache-2.0
/**
 * Starts shim.js with the code that V8 made of it when lockc was built: of a
 * program that lives for some milliseconds, compiling is the larger part. V8
 * refuses code of another build of itself; code of another shim.js is told by the
 * name that both files begin with. Either way the shim starts, only slower.
 *
 * Each start of the shim pays for each line here, so built-in modules come from where
 * no search for other modules is made, and of node:vm only what it wraps is taken.
 */

/** What vm.Script extends (node_contextify.cc); the Node is always the one that lockc ships. */
interface Contextify {
  readonly ContextifyScript: new (
    code: string,
    filename: string,
    lineOffset: number,
    columnOffset: number,
    cachedData: Uint8Array | undefined,
    produceCachedData: boolean,
    parsingContext: undefined,
    hostDefinedOption: symbol,
  ) => {
    runInContext(
      context: null,
      timeoutMs: number,
      displayErrors: boolean,
      breakOnSigint: boolean,
      breakOnFirstLine: boolean,
    ): unknown;
  };
}

const { readFileSync } = process.getBuiltinModule("node:fs");
const { ContextifyScript } = (
  process as unknown as { binding(name: "contextify"): Contextify }
).binding("contextify");

/** SHA-256 in hexadecimal, as tool/build.ts puts it before both. */
const NAME_LENGTH = 64;
/** The bytes before it in shim.js: the start of a comment. */
const COMMENT_LENGTH = 2;
const NO_TIMEOUT = -1;

const filename = `${__dirname}/shim.js`;
const source = readFileSync(filename, "latin1"); // ASCII, so that V8 keeps one byte a character
const compiled = readCompiled(
  `${__dirname}/shim.cache`,
  source.slice(COMMENT_LENGTH, COMMENT_LENGTH + NAME_LENGTH),
);
const script = new ContextifyScript(
  source,
  filename,
  0,
  0,
  compiled,
  false,
  undefined,
  Symbol(filename),
);
type Start = (
  exports: object,
  require: typeof process.getBuiltinModule,
  module: object,
  filename: string,
  dirname: string,
) => void;
const start = script.runInContext(null, NO_TIMEOUT, true, false, false) as Start;
start({}, process.getBuiltinModule, { exports: {} }, filename, __dirname);

function readCompiled(file: string, name: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    return bytes.toString("latin1", 0, NAME_LENGTH) === name
      ? bytes.subarray(NAME_LENGTH)
      : undefined;
  } catch {
    return undefined; // it only saves time
  }
}
