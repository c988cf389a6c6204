// SPDX-License-Identifier: Apache-2.0
/**
 * Starts shim.js with the code that V8 made of it when lockc was built: of a
 * program that lives for some milliseconds, compiling is the larger part. V8
 * refuses code of another build of itself; code of another shim.js is told by the
 * name that both files begin with. Either way the shim starts, only slower.
 */
import { readFileSync } from "node:fs";
import { Script } from "node:vm";

/** SHA-256 in hexadecimal, as tool/build.ts puts it before both. */
const NAME_LENGTH = 64;
/** The bytes before it in shim.js: the start of a comment. */
const COMMENT_LENGTH = 2;

const filename = `${__dirname}/shim.js`;
const source = readFileSync(filename, "latin1"); // ASCII, so that V8 keeps one byte a character
const compiled = readCompiled(
  `${__dirname}/shim.cache`,
  source.slice(COMMENT_LENGTH, COMMENT_LENGTH + NAME_LENGTH),
);
const script = new Script(source, {
  filename,
  ...(compiled === undefined ? {} : { cachedData: compiled }),
});
type Start = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  filename: string,
  dirname: string,
) => void;
(script.runInThisContext() as Start)({}, require, { exports: {} }, filename, __dirname);

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
