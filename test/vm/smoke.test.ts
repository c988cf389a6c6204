// SPDX-License-Identifier: Apache-2.0
/** The guest itself: what every other test in this folder takes for granted. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { bootGuest, type Guest, isRelease } from "../../vm/guest.ts";

const MAIN = join(import.meta.dirname, "../../vm/main.ts");
const name = process.env.LOCKC_VM_RELEASE ?? "bookworm";
const release = isRelease(name) ? name : undefined;

/** Every byte there is, and no end of line where one is expected. */
const BYTES = Buffer.from(Array.from({ length: 256 * 1024 }, (_, index) => (index * 7) & 0xff));

/** Runs the command line's own program, as `npm run vm` does. */
function vm(args: readonly string[], input: Uint8Array = new Uint8Array()) {
  const options = ["--release", name, "--no-install"];
  return spawnSync(process.execPath, [MAIN, ...options, ...args], { input, maxBuffer: 1 << 26 });
}

/** Process ids of `parent`'s children, from /proc. */
function children(parent: number): number[] {
  const path = `/proc/${parent}/task/${parent}/children`;
  return readFileSync(path, "utf8").split(" ").filter(Boolean).map(Number);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`waited 10 s: ${what}`);
}

describe("a guest of one's own", () => {
  let guest: Guest;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "lockc smoke,"));
    guest = await bootGuest({ release, install: false, mounts: [folder] });
  });

  after(async () => {
    await guest?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the kernel is Debian's and its LSM list has bpf", async () => {
    const lsm = await guest.exec("cat /sys/kernel/security/lsm; echo; uname -v");
    assert.match(lsm.stdout, /(^|,)bpf(,|\n)/);
    assert.match(lsm.stdout, /Debian/);
    assert.equal((await guest.exec("test -r /sys/kernel/btf/vmlinux")).status, 0);
  });

  test("statuses are those of a shell", async () => {
    for (const status of [0, 1, 37, 255]) {
      assert.equal((await guest.exec(`exit ${status}`)).status, status);
    }
    assert.equal((await guest.exec("kill -TERM $$")).status, 128 + 15);
    assert.equal((await guest.exec(["no-such-program"])).status, 127);
  });

  test("stdout and stderr stay apart and words stay whole", async () => {
    const result = await guest.exec([
      "sh",
      "-c",
      'printf "%s|" "$@"; echo no >&2',
      "sh",
      "a b",
      "",
      "é'\"",
    ]);
    assert.deepEqual(result, { status: 0, stdout: "a b||é'\"|", stderr: "no\n" });
  });

  test("many commands at a time keep their own streams", async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((number) =>
        guest.exec(`cat; exit ${number}`, { input: `${number}\n`.repeat(5000) }),
      ),
    );
    for (const number of numbers) {
      assert.equal(results[number]?.status, number);
      assert.equal(results[number]?.stdout, `${number}\n`.repeat(5000));
    }
  });

  test("input longer than any buffer arrives, and a command that reads none of it ends", async () => {
    const input = "x".repeat(3_000_000);
    assert.equal((await guest.exec("wc -c", { input })).stdout.trim(), "3000000");
    assert.equal((await guest.exec("true", { input })).status, 0);
  });

  test("a command that left a child behind ends, and the child lives on", async () => {
    const { stdout } = await guest.exec("(sleep 0.3; echo late; touch /run/late) & echo early");
    assert.equal(stdout, "early\n");
    const seen = await guest.exec(
      "i=0; until [ -e /run/late ] || [ $((i+=1)) -gt 50 ]; do sleep 0.1; done; [ -e /run/late ]",
    );
    assert.equal(seen.status, 0);
  });

  test("a command over its time is killed with its children; the guest goes on", async () => {
    const late = await guest.exec("echo begun; sleep 1000 & sleep 1000", { timeoutMs: 300 });
    assert.deepEqual(late, { status: 124, stdout: "begun\n", stderr: "" });
    assert.equal((await guest.exec("pgrep sleep")).status, 1);
  });

  test("a terminal is one when asked for", async () => {
    const terminal = { rows: 33, columns: 77 };
    const { stdout } = await guest.exec("tty; stty size", { terminal });
    assert.match(stdout, /^\/dev\/pts\/\d+\r\n33 77\r\n$/);
    assert.equal((await guest.exec("tty")).status, 1);
  });

  test("a mounted directory is the host's, both ways", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "from the host");
    assert.equal((await guest.exec(["cat", file])).stdout, "from the host");
    const { status } = await guest.exec(["sh", "-c", 'cat >"$1"; chmod 640 "$1"', "sh", file], {
      input: "from the guest",
    });
    assert.equal(status, 0);
    assert.equal(readFileSync(file, "utf8"), "from the guest");
  });

  test("there is no network but loopback", async () => {
    const { stdout } = await guest.exec("ls /sys/class/net; ip -o addr show lo");
    assert.match(stdout, /^lo\n.*127\.0\.0\.1\/8/s);
  });

  test("a closed guest leaves no process, and says so to what still runs in it", async () => {
    const other = await bootGuest({ release, install: false });
    const running = assert.rejects(other.exec("sleep 1000"), /the guest was closed/);
    await other.close();
    await running;
    assert.equal(existsSync(`/proc/${other.pid}`), false);
  });

  test("a guest that dies says what its console said last", async () => {
    const other = await bootGuest({ release, install: false });
    await assert.rejects(other.exec("echo c >/proc/sysrq-trigger"), /sysrq triggered crash/);
    await other.close();
  });
});

describe("npm run vm", () => {
  test("bytes, streams and status pass through unchanged", () => {
    const result = vm(["--", "cat; echo error >&2; exit 9"], BYTES);
    assert.equal(result.status, 9, result.stderr.toString());
    assert.ok(BYTES.equals(result.stdout), "the bytes came back");
    assert.equal(result.stderr.toString(), "error\n");
  });

  test("several words are a program and its arguments", () => {
    const result = vm(["printf", "%s|", "a b", "$HOME"]);
    assert.equal(result.stdout.toString(), "a b|$HOME|", result.stderr.toString());
  });

  test("a guest over its time is ended with status 124 and leaves no process", () => {
    const marker = `lockc.test=${process.pid}.${Date.now()}`;
    const result = vm(["--timeout", "1", "--append", marker, "--", "sleep 1000"]);
    assert.equal(result.status, 124, result.stderr.toString());
    assert.equal(spawnSync("pgrep", ["-f", marker]).status, 1);
  });

  test("a guest does not outlive a parent that is killed", async () => {
    const parent = spawn(process.execPath, [
      MAIN,
      "--release",
      name,
      "--no-install",
      "--",
      "sleep 1000",
    ]);
    const pid = parent.pid!;
    const isQemu = (id: number) => readFileSync(`/proc/${id}/comm`, "utf8").startsWith("qemu");
    await until(() => children(pid).some(isQemu), "QEMU starts");
    const qemu = children(pid).find(isQemu)!;
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await until(() => !existsSync(`/proc/${qemu}`), "QEMU is gone");
  });

  test("a wrong command line is told from a failed command", () => {
    const result = vm(["--release", "buster", "--", "true"]);
    assert.equal(result.status, 2);
    assert.match(result.stderr.toString(), /there is no guest 'buster'; see --help/);
  });
});
