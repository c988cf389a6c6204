// SPDX-License-Identifier: Apache-2.0
/** What becomes of output that no place has room for; main.test.ts has the one that nobody reads. */
import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { test } from "node:test";
import { LockcError } from "../../../core/errors.ts";
import { asWriteFault, writeAll, writeFault, writerTo } from "../../../ctl/screen/output.ts";

const signal = new AbortController().signal;

test("a device that is full is told, by commands that end and by those that go on", async () => {
  const full = openSync("/dev/full", "w");
  const told = {
    code: "LOCKC_E_WRITE",
    message: /^cannot write the output: no space is left there/,
  };
  assert.throws(() => writeAll(full, "x"), told);
  await assert.rejects(writerTo(full, signal)("x"), told);
  assert.equal(await writerTo(full, signal)(""), "all");
  closeSync(full);
});

test("a full file system is no bug of lockc, and what is one stays one", () => {
  const failure = (code: string) =>
    Object.assign(new Error(code), { code, syscall: "open", path: "/x" });
  for (const code of ["ENOSPC", "EDQUOT", "EROFS"]) {
    const error = asWriteFault(failure(code));
    assert.ok(error instanceof LockcError && error.message.startsWith('cannot write "/x": '), code);
  }
  const other = failure("EACCES");
  assert.equal(asWriteFault(other), other);
  assert.match(writeFault('"/x"', other).message, /^cannot write "\/x": EACCES$/);
});
