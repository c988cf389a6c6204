// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { formatRecord, type LogTarget, singleLine } from "../../shim/log.ts";

let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), "lockc-log-"));
});
after(() => rmSync(dir, { recursive: true }));

/** Reports from a process of its own, since the line goes to descriptor 2. */
function reportFrom(target: Partial<LogTarget>, message = "cannot mount", redirect = "") {
  const error = `new LockcError("LOCKC_E_MOUNT", ${JSON.stringify(message)}, "do not")`;
  return runWith(target, (log) => `report(${error}, ${log});`, redirect);
}

function warnFrom(target: Partial<LogTarget>, message = "would refuse it") {
  return runWith(target, (log) => `warn(${JSON.stringify(message)}, ${log});`);
}

function runWith(target: Partial<LogTarget>, act: (log: string) => string, redirect = "") {
  const code = `
    import { LockcError } from "./core/errors.ts";
    import { report, warn } from "./shim/log.ts";
    ${act(JSON.stringify({ logFormat: "text", ...target }))}
    process.exit(1);`;
  return spawnSync(
    "/bin/sh",
    ["-c", `umask 0002; exec "$0" --input-type=module -e "$1" ${redirect}`, process.execPath, code],
    { cwd: join(import.meta.dirname, "../.."), encoding: "utf8", timeout: 20_000 },
  );
}

const LINE = "lockc: cannot mount; do not [LOCKC_E_MOUNT]";

test("a JSON record is what containerd's shim reads: the last line with level error and its msg", () => {
  const log = join(dir, "json");
  const { stderr, stdout } = reportFrom({ log, logFormat: "json" });
  const record = JSON.parse(readFileSync(log, "utf8").trimEnd());
  assert.deepEqual(Object.keys(record), ["level", "msg", "time"]);
  assert.equal(record.level, "error");
  assert.equal(record.msg, LINE);
  assert.match(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.equal(stderr, `${LINE}\n`);
  assert.equal(stdout, "");
});

test("records are appended, to a file that others may read and not write", () => {
  const log = join(dir, "append");
  reportFrom({ log });
  assert.equal(statSync(log).mode & 0o777, 0o644);
  writeFileSync(log, "before\n");
  reportFrom({ log });
  assert.match(
    readFileSync(log, "utf8"),
    /^before\ntime="[^"]+Z" level=error msg="lockc: cannot mount; do not \[LOCKC_E_MOUNT\]"\n$/,
  );
});

test("without a log the line goes to stderr alone", () => {
  const { stderr, stdout } = reportFrom({ log: undefined, logFormat: "json" });
  assert.deepEqual([stderr, stdout], [`${LINE}\n`, ""]);
});

test("a log that cannot be written is said on stderr, after the line", () => {
  for (const log of [join(dir, "no/such/dir"), dir]) {
    const { stderr } = reportFrom({ log });
    assert.match(
      stderr,
      new RegExp(`^${LINE.replace(/[[\]]/g, "\\$&")}\nlockc: cannot write the log `),
    );
  }
});

test("a report ends though nobody reads stderr, or it is closed", () => {
  const log = join(dir, "closed");
  const closed = reportFrom({ log }, "cannot mount", "2>&-");
  assert.equal(closed.status, 1);
  assert.match(readFileSync(log, "utf8"), /cannot mount/);
  assert.equal(reportFrom({}, "cannot mount", "2>/dev/full").status, 1);
});

test("whatever a message holds, the report is one line without control characters", () => {
  const nasty = 'a\nb\r\x1b[31mc\u2028d"\\\0e\x7f\u0085';
  const log = join(dir, "nasty");
  const { stderr } = reportFrom({ log, logFormat: "json" }, nasty);
  assert.equal(stderr, 'lockc: a b \\x1b[31mc d"\\\\x00e\\x7f ; do not [LOCKC_E_MOUNT]\n');
  assert.equal(`${JSON.parse(readFileSync(log, "utf8")).msg}\n`, stderr);
  assert.equal(singleLine("\udcff"), "\\u{dcff}");
});

test("what turns text round, or has no look of its own, is spelt out", () => {
  assert.equal(singleLine("/srv/\u202egnp.sh"), "/srv/\\u{202e}gnp.sh");
  for (const code of [0x200b, 0x200f, 0x2066, 0x2069, 0xad, 0xfeff, 0x61c, 0xe0041]) {
    const hex = code.toString(16);
    const spelt = code < 0x100 ? `\\x${hex}` : `\\u{${hex}}`;
    assert.equal(singleLine(`a${String.fromCodePoint(code)}b`), `a${spelt}b`);
  }
  assert.equal(singleLine("/srv/größe 文 ok"), "/srv/größe 文 ok");
});

test("a text record quotes its message", () => {
  const time = new Date("2026-01-02T03:04:05.678Z");
  assert.equal(
    formatRecord('say "x"', "text", time),
    'time="2026-01-02T03:04:05Z" level=error msg="say \\"x\\""\n',
  );
});

test("a warning goes to the log alone, at a level that no engine takes for the error", () => {
  const log = join(dir, "warning");
  const { stderr, stdout } = warnFrom({ log, logFormat: "json" }, "would refuse it\nand more");
  const record = JSON.parse(readFileSync(log, "utf8").trimEnd());
  assert.deepEqual([record.level, record.msg], ["warning", "lockc: would refuse it and more"]);
  assert.deepEqual([stderr, stdout], ["", ""]);
  warnFrom({ log });
  assert.match(
    readFileSync(log, "utf8"),
    /\ntime="[^"]+" level=warning msg="lockc: would refuse it"\n$/,
  );
});

test("a warning that has no log, or one that cannot be written, is no error", () => {
  const { stderr, stdout, status } = runWith({}, (log) =>
    [undefined, dir, join(dir, "no/such/dir")]
      .map((path) => `warn("x", { ...${log}, log: ${JSON.stringify(path)} });`)
      .join(""),
  );
  assert.deepEqual([stderr, stdout, status], ["", "", 1]);
});
