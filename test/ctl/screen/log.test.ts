// SPDX-License-Identifier: Apache-2.0
/** Sentences for people, each whole whatever is in it, and records as schemas/event.schema.json has them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Event } from "../../../core/generated/event.ts";
import { validate } from "../../../core/generated/event-validator.js";
import { recordsTo } from "../../../ctl/screen/log.ts";
import type { Written } from "../../../ctl/screen/output.ts";
import { TOP } from "../../../tool/compile-bpf.ts";

/** What a process writes that does this with the log. */
function run(script: string, redirected = ""): { status: number | null; out: string; err: string } {
  const source = `
    import { createRequire } from "node:module";
    import { LockcError } from "${join(TOP, "core/errors.ts")}";
    import * as log from "${join(TOP, "ctl/screen/log.ts")}";
    const hasPino = () =>
      Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes("/pino/"));
    ${script}`;
  const words = ["-c", `exec "$@" ${redirected}`, "sh", process.execPath, "--input-type=module"];
  const { status, stdout, stderr } = spawnSync("sh", [...words, "-e", source], {
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

describe("sentences", () => {
  test("are on standard error, one line each, with the level where it is a warning", () => {
    const { status, out, err } = run(`
      log.info("it is so");
      log.warn("it may be otherwise");
      log.info("a name \\x1b[2J\\nlockctl: of two lines");
    `);
    assert.equal(status, 0);
    assert.equal(out, "");
    assert.equal(
      err,
      "lockctl: it is so\n" +
        "lockctl: warning: it may be otherwise\n" +
        "lockctl: a name \\x1b[2J\\x0alockctl: of two lines\n",
    );
  });

  test("of what failed say what to do, and of a bug where it is", () => {
    const { err } = run(`
      log.error(new LockcError("LOCKC_E_READER", "somebody reads", "end that one"));
      log.error(new LockcError("LOCKC_E_POLICY", "no such rule", "correct it"), 'policy "p": ');
      const cause = new Error("who");
      cause.stack = "Error: who\\n    at here";
      log.error(new LockcError("LOCKC_E_BUG", "it cannot be", "report it", { cause }));
    `);
    assert.equal(
      err,
      "lockctl: somebody reads\n  end that one [LOCKC_E_READER]\n" +
        'lockctl: policy "p": no such rule\n  correct it [LOCKC_E_POLICY]\n' +
        "lockctl: it cannot be\n  report it [LOCKC_E_BUG]\nError: who\n    at here\n",
    );
  });

  test("end nothing where nobody can be told, and load nothing", () => {
    const script = `
      log.info("x");
      log.warn("x");
      log.error(new LockcError("LOCKC_E_READER", "x", "x"));
      console.log(hasPino());
      await log.recordsTo(async () => "all");
      console.log(hasPino());
    `;
    for (const redirected of ["2>/dev/full", "2>&-"]) {
      const { status, out } = run(script, redirected);
      assert.equal(status, 0, redirected);
      assert.equal(out, "false\ntrue\n", redirected);
    }
  });
});

describe("records", () => {
  const record = (level: Event["level"], sequence: number): Event => ({
    level,
    time: "2026-03-01T12:00:00.000Z",
    sequence,
    event: "denied",
    count: 1,
    rule: "mounting",
    hook: "mount",
    policy: "baseline",
    container: null,
    task: { pid: 1, tid: 1, nsPid: 1, uid: 0, comm: "a\u202e\u009bb", exe: null },
    object: null,
    msg: "it was refused",
  });

  test("are lines of the schema's JSON in the order of its fields, with nothing for a terminal to obey", async () => {
    const taken: string[] = [];
    const records = await recordsTo(async (text) => {
      taken.push(text);
      return "all";
    });
    const events = (["warn", "info", "debug"] as const).map(record);
    assert.equal(await records(events), "all");
    assert.equal(taken.length, 1, "those that come together are written at once");
    assert.match(taken[0]!, /"comm":"a\\u202e\\u009bb"/);
    const lines = taken[0]!.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      events,
    );
    for (const line of lines) {
      const read = JSON.parse(line);
      assert.ok(validate(read), JSON.stringify(validate.errors));
      assert.deepEqual(Object.keys(read), Object.keys(events[0]!), "level first, msg last");
    }
  });

  test("wait for whoever takes them, say when nobody does, and ask so where there are none", async () => {
    const answers: Written[] = ["all", "gone", "stopped"];
    const taken: string[] = [];
    const records = await recordsTo(async (text) => {
      taken.push(text);
      return answers.shift()!;
    });
    assert.equal(await records([record("warn", 1)]), "all");
    assert.equal(await records([]), "gone");
    assert.equal(await records([record("warn", 2)]), "stopped");
    assert.equal(taken[1], "");
    assert.deepEqual(
      [taken[0], taken[2]].map((line) => JSON.parse(line!).sequence),
      [1, 2],
    );
  });
});
