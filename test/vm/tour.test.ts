// SPDX-License-Identifier: Apache-2.0
/** `./install.sh --vm`: the tour, as somebody sees it who pipes it to a file. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

test("the tour shows each escape under runc and its refusal under lockc", () => {
  const installer = join(import.meta.dirname, "../../install.sh");
  const { status, stdout, stderr } = spawnSync(installer, ["--vm"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  assert.equal(status, 0, stdout + stderr);
  const rows = stdout.split("\n").filter((line) => / {2}escaped +refused$/.test(line));
  assert.equal(rows.length, 9, stdout);
  assert.match(stdout, /under lockc: refused: policy "baseline" refuses the mount of "\/"/);
  assert.ok(!stdout.includes("\x1b"), "no colours in a pipe");
});
