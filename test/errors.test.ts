// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ERRORS, LockcError, toLockcError } from "../core/errors.ts";
import { ExitStatus } from "../ctl/grammar/verb.ts";

const TOP = join(import.meta.dirname, "..");
const README = readFileSync(join(TOP, "README.md"), "utf8");
const SOURCES = globSync("{core,shim,ctl}/**/*.ts", { cwd: TOP })
  .filter((file) => file !== "core/errors.ts")
  .map((file) => [file, readFileSync(join(TOP, file), "utf8")] as const);

test("README lists every code with its meaning and a remedy, and no other code", () => {
  const rows = [...README.matchAll(/^\| (LOCKC_E_\w+) \| (.+?) \| (.+?) \|$/gm)];
  const listed = Object.fromEntries(rows.map(([, code = "", meaning]) => [code, meaning]));
  assert.deepEqual(listed, { ...ERRORS });
  for (const [, code = "", , remedy = ""] of rows) assert.ok(remedy.length > 3, code);
});

test("README lists every exit status of lockctl", () => {
  const start = README.indexOf("`lockctl` exits with");
  const sentence = README.slice(start, README.indexOf(".", start));
  const listed = [...sentence.matchAll(/(?<=[\s])(\d) /g)].map(([, status]) => Number(status));
  assert.deepEqual(listed, Object.values(ExitStatus));
});

test("every code is raised somewhere", () => {
  const text = SOURCES.map(([, source]) => source).join("\n");
  for (const code of Object.keys(ERRORS)) assert.ok(text.includes(`"${code}"`), code);
});

test("no sentence contains what dockerd turns into exit status 126 or 127", () => {
  const phrases =
    /permission denied|is a directory|not a directory|executable file not found|no such file or directory|system cannot find the file specified|failed to run runc/i;
  const strings = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  for (const [file, source] of SOURCES) {
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const [string] of code.matchAll(strings)) {
      assert.doesNotMatch(string, phrases, `${file}: ${string}`);
    }
  }
  for (const meaning of Object.values(ERRORS)) assert.doesNotMatch(meaning, phrases);
});

test("a sentence says what, what to do, and the code, in this order", () => {
  const error = new LockcError("LOCKC_E_BUSY", "cannot unload", "stop them");
  assert.equal(error.sentence, "lockc: cannot unload; stop them [LOCKC_E_BUSY]");
});

test("what nobody expected becomes a bug that keeps its cause; what was expected stays", () => {
  const cause = new TypeError("x is not a function");
  const error = toLockcError(cause);
  assert.equal(error.code, "LOCKC_E_BUG");
  assert.equal(error.cause, cause);
  assert.match(error.message, /x is not a function/);
  assert.equal(toLockcError(error), error);
  assert.equal(toLockcError("just a string").message, "unexpected failure: just a string");
});
