// SPDX-License-Identifier: Apache-2.0
/** What the shim knows of lockc-runc, which waits for it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBytes, isLiving, readLauncher } from "../../shim/launcher.ts";

test("different bytes are different text, and UTF-8 is read as such", () => {
  const characters = fc.uint8Array({ maxLength: 6 }).map((b) => Buffer.from(b).toString("latin1"));
  fc.assert(
    fc.property(characters, characters, (one, other) => {
      assert.equal(decodeBytes(one) === decodeBytes(other), one === other);
    }),
  );
  const utf8 = Buffer.from("\u00e9\u{1f512}").toString("latin1");
  assert.equal(decodeBytes(utf8), "\u00e9\u{1f512}");
  assert.equal(decodeBytes("a\xff").isWellFormed(), false);
});

test("a process is living until it begins to end, also one with an odd name", async () => {
  assert.equal(isLiving(process.pid), true);
  // sh's child is a zombie as long as sh, which is stopped, does not wait for it.
  const child = spawn("sh", ["-c", "sh -c 'echo $$' & kill -STOP $$"], { stdio: "pipe" });
  const ended = once(child, "exit");
  const [zombie] = await once(child.stdout.setEncoding("utf8"), "data");
  const deadline = performance.now() + 5000;
  while (isLiving(Number(zombie)) && performance.now() < deadline) await undefined;
  assert.equal(isLiving(Number(zombie)), false);
  assert.equal(isLiving(child.pid!), true, "it is stopped, not gone");
  child.kill("SIGKILL");
  await ended;
  assert.equal(isLiving(child.pid!), false);

  const script =
    'require("fs").writeFileSync("/proc/self/comm", "a) Z 0 0"); process.stdin.resume()';
  const odd = spawn(process.execPath, ["-e", `${script}; console.log()`], { stdio: "pipe" });
  await once(odd.stdout, "data");
  assert.equal(isLiving(odd.pid!), true);
  odd.kill("SIGKILL");
  await once(odd, "exit");
});

test("whoever is not started by the launcher is refused", () => {
  assert.throws(readLauncher, { code: "LOCKC_E_BUG" });
});
