// SPDX-License-Identifier: Apache-2.0
/** What admission asks of the host, asked of the real one. */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { NAMESPACES } from "../../../core/bundle/bundle.ts";
import { LockcError } from "../../../core/errors.ts";
import { askHost } from "../../../core/host/ask.ts";

const SOMEBODY = 12345;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "lockc-host-")));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const host = askHost([]);

/** A new directory, and a program in it that only root can change. */
function program(name: string): { readonly directory: string; readonly file: string } {
  const directory = join(folder, name);
  mkdirSync(directory, { mode: 0o755 });
  const file = join(directory, "hook");
  copyFileSync("/bin/true", file);
  chmodSync(file, 0o755);
  return { directory, file };
}

/** Starts a program and waits until it is that one. */
async function start(file: string, args: readonly string[], uid = 0): Promise<number> {
  const child = spawn(file, args, { stdio: "ignore", uid });
  children.push(child);
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  return child.pid!;
}

test("what lies at a path is told by its kind, after links; what is gone counts as a directory", async () => {
  const at = join(folder, "kinds");
  mkdirSync(at);
  writeFileSync(join(at, "file"), "");
  symlinkSync("file", join(at, "link"));
  const server = createServer().listen(join(at, "socket"));
  await new Promise((resolve) => server.once("listening", resolve));
  const kinds = ["", "file", "link", "socket", "gone"].map((name) => host.kindAt(join(at, name)));
  server.close();
  assert.deepEqual(kinds, ["directory", "file", "file", "socket", "directory"]);
  assert.equal(host.kindAt("/dev/null"), "device");
});

describe("a hook is trusted", () => {
  const trusts = (path: string, rootfs = "/nowhere") =>
    assert.equal(host.distrust(path, rootfs), undefined);

  test("when root alone can change it and every directory above", () => {
    const { file } = program("trusted");
    trusts(file);
    trusts("/usr/bin/true");
  });

  test("by links that root made", () => {
    trusts("/bin/true"); // /bin is one
    const { directory, file } = program("links");
    symlinkSync("hook", join(directory, "relative"));
    symlinkSync(join(directory, "relative"), join(directory, "absolute"));
    symlinkSync("../links/./../links/hook", join(directory, "around"));
    for (const name of ["relative", "absolute", "around"]) trusts(join(directory, name));
    trusts(`${directory}/../links//./hook`);
    trusts(file);
  });

  test("in a directory that others may write, when none of them can exchange it there", () => {
    const { directory, file } = program("sticky");
    chmodSync(directory, 0o1777);
    trusts(file);
  });

  test("as the program that a process of root runs, even when that has no name any more", async () => {
    const { directory } = program("running");
    const file = join(directory, "sleep");
    copyFileSync("/bin/sleep", file);
    chmodSync(file, 0o755);
    const pid = await start(file, ["60"]);
    trusts(`/proc/${pid}/exe`);
    rmSync(file);
    assert.match(readlinkSync(`/proc/${pid}/exe`), / \(deleted\)$/);
    trusts(`/proc/${pid}/exe`);
    // What took its name is not what runs.
    writeFileSync(`${file} (deleted)`, "", { mode: 0o777 });
    chownSync(`${file} (deleted)`, SOMEBODY, SOMEBODY);
    trusts(`/proc/${pid}/exe`);
  });
});

describe("a hook is not trusted", () => {
  const distrusts = (path: string, reason: RegExp, rootfs = "/nowhere") =>
    assert.match(host.distrust(path, rootfs) ?? "trusted", reason);

  test("that is not there", () => {
    distrusts(join(folder, "nowhere"), /^it does not exist$/);
    distrusts("/bin/true/x", /^it does not exist$/);
    symlinkSync("nowhere", join(folder, "dangling"));
    distrusts(join(folder, "dangling"), /^it does not exist$/);
    distrusts("", /^its path is not absolute$/);
    distrusts("bin/true", /^its path is not absolute$/);
  });

  test("that belongs to somebody", () => {
    const { file } = program("owned");
    chownSync(file, SOMEBODY, 0);
    distrusts(file, new RegExp(`^${file} belongs to user ${SOMEBODY}$`));
    chownSync(file, 0, SOMEBODY);
    assert.equal(host.distrust(file, "/nowhere"), undefined);
  });

  test("that its group, or anybody, may write", () => {
    const { file } = program("writable");
    for (const mode of [0o775, 0o757]) {
      chmodSync(file, mode);
      distrusts(file, new RegExp(`^others may write ${file}$`));
    }
    chmodSync(file, 0o755);
    assert.equal(host.distrust(file, "/nowhere"), undefined);
  });

  test("in a directory that others may write, or that is somebody's", () => {
    const { directory, file } = program("above");
    chmodSync(directory, 0o777);
    distrusts(file, new RegExp(`^others may write ${directory}$`));
    chmodSync(directory, 0o755);
    chownSync(directory, SOMEBODY, 0);
    distrusts(file, new RegExp(`^${directory} belongs to user ${SOMEBODY}$`));
    chmodSync(directory, 0o1755);
    distrusts(file, /belongs to user/);
  });

  test("by a link that somebody could turn to another program", () => {
    const { directory } = program("linked");
    const theirs = join(directory, "theirs");
    mkdirSync(theirs);
    symlinkSync("/usr/bin/true", join(theirs, "link"));
    chownSync(theirs, SOMEBODY, SOMEBODY);
    distrusts(join(theirs, "link"), new RegExp(`^${theirs} belongs to user ${SOMEBODY}$`));
    // Nor by one of root's that leads through it.
    symlinkSync("theirs/link", join(directory, "through"));
    distrusts(join(directory, "through"), new RegExp(`^${theirs} belongs to user`));
    // The directory's owner makes links in sticky directories as well.
    chownSync(theirs, 0, 0);
    chmodSync(theirs, 0o1777);
    execFileSync("chown", ["-h", `${SOMEBODY}`, join(theirs, "link")]);
    distrusts(join(theirs, "link"), /link belongs to user/);
  });

  test("whose links have no end", () => {
    symlinkSync("turn", join(folder, "round"));
    symlinkSync("round", join(folder, "turn"));
    distrusts(join(folder, "round"), /^its links have no end$/);
  });

  test("that lies in the container's own files, by whatever name", () => {
    const { directory, file } = program("rootfs");
    const reason = /^it lies in the container's own files$/;
    distrusts(file, reason, directory);
    symlinkSync(file, join(folder, "into"));
    distrusts(join(folder, "into"), reason, directory);
    assert.equal(host.distrust(file, `${directory}2`), undefined);
  });

  test("that somebody's process runs, or somebody's program", async () => {
    const { directory, file } = program("theirs");
    copyFileSync("/bin/sleep", file);
    chmodSync(folder, 0o755);
    const theirs = await start(file, ["60"], SOMEBODY);
    distrusts(`/proc/${theirs}/exe`, /belongs to user/);
    chownSync(file, SOMEBODY, 0);
    const ours = await start(file, ["60"]);
    distrusts(`/proc/${ours}/exe`, /belongs to user/);
    rmSync(file);
    distrusts(`/proc/${ours}/exe`, /belongs to user/);
    rmSync(directory, { recursive: true });
  });

  test("through a directory that only a process sees", () => {
    distrusts("/proc/self/root/bin/true", /root can lead anywhere$/);
    distrusts("/proc/self/cwd/x", /cwd can lead anywhere$/);
  });
});

describe("a device is told by its numbers", () => {
  const numbers = (path: string) => {
    const { type, major, minor } = host.deviceAt(path) ?? {};
    return type && [type, major, minor];
  };

  test("of nodes that every host has", () => {
    assert.deepEqual(numbers("/dev/null"), ["c", 1, 3]);
    assert.deepEqual(numbers("/dev/zero"), ["c", 1, 5]);
    assert.deepEqual(numbers("/dev/full"), ["c", 1, 7]);
    assert.deepEqual(numbers("/dev/tty"), ["c", 5, 0]);
    symlinkSync("/dev/null", join(folder, "null"));
    assert.deepEqual(numbers(join(folder, "null")), ["c", 1, 3]);
  });

  test("with as many bits as the kernel has", () => {
    for (const [kind, major, minor] of [
      ["b", 8, 0],
      ["b", 259, 300],
      ["c", 4095, 1048575],
      ["c", 255, 256],
    ] as const) {
      const path = join(folder, `${kind}-${major}-${minor}`);
      execFileSync("mknod", [path, kind, String(major), String(minor)]);
      assert.deepEqual(numbers(path), [kind, major, minor]);
    }
  });

  test("and what is none has none", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const path of [file, folder, join(folder, "x"), "/dev/null/x", join(folder, "round")]) {
      assert.equal(host.deviceAt(path), undefined, path);
    }
  });
});

describe("a namespace is the host's", () => {
  test("when it is our own, by any path", () => {
    for (const [type, file] of Object.entries(NAMESPACES)) {
      assert.ok(host.isHostNamespace(type, `/proc/self/ns/${file}`), type);
      assert.ok(host.isHostNamespace(type, `/proc/${process.pid}/ns/${file}`), type);
      symlinkSync(`/proc/self/ns/${file}`, join(folder, `ns-${file}`));
      assert.ok(host.isHostNamespace(type, join(folder, `ns-${file}`)), type);
    }
  });

  test("and not when it is another, though the path says so", async () => {
    const kinds = ["mount", "net", "ipc", "uts", "cgroup", "user", "time", "pid"];
    const args = kinds.map((kind) => `--${kind}`);
    // A new time or pid namespace is for children, so the fork is the one to look at.
    const pid = await start("/usr/bin/unshare", [...args, "--fork", "--kill-child", "sleep", "60"]);
    const children = () =>
      execFileSync("cat", [`/proc/${pid}/task/${pid}/children`], { encoding: "utf8" }).trim();
    const deadline = Date.now() + 5000;
    while (children() === "" && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const child = children();
    after(() => process.kill(Number(child), "SIGKILL"));
    for (const [type, file] of Object.entries(NAMESPACES)) {
      const path = `/proc/${child}/ns/${file}`;
      assert.notEqual(statSync(path).ino, statSync(`/proc/self/ns/${file}`).ino, type);
      assert.ok(!host.isHostNamespace(type, path), type);
    }
  });

  test("and one that cannot be opened is no answer", () => {
    assert.throws(
      () => host.isHostNamespace("network", "/proc/self/ns/nope"),
      (error) =>
        error instanceof LockcError &&
        error.code === "LOCKC_E_NAMESPACE" &&
        /cannot open the network namespace "\/proc\/self\/ns\/nope" that the container is to join/.test(
          error.message,
        ),
    );
  });
});

test("engines' sockets are those that are there, by their real path and group", async () => {
  const socket = join(folder, "engine.sock");
  const server = createServer();
  await new Promise((resolve) => server.listen(socket, () => resolve(undefined)));
  chownSync(socket, 0, SOMEBODY);
  symlinkSync(socket, join(folder, "link.sock"));
  const asked = askHost([
    join(folder, "link.sock"),
    join(folder, "other.sock"),
    "/dev/null/x.sock",
    join(folder, "round"),
  ]);
  assert.deepEqual(asked.engineSockets(), [{ path: socket, gid: SOMEBODY }]);
  server.close();
  // Asked for once: a container is judged by one state of the host.
  assert.equal(asked.engineSockets().length, 1);
  assert.deepEqual(askHost([socket]).engineSockets(), []);
});

test("modules that the kernel runs are told", () => {
  const enabled = (file: string) => {
    try {
      return execFileSync("cat", [file], { encoding: "utf8", stdio: "pipe" }).startsWith("Y");
    } catch {
      return false;
    }
  };
  const apparmor = enabled("/sys/module/apparmor/parameters/enabled");
  if (!apparmor) assert.equal(host.apparmor(), false);
  assert.equal(typeof host.apparmor(), "boolean");
  assert.equal(host.selinux(), host.exists("/sys/fs/selinux/enforce"));
});

describe("what a variable leads to", () => {
  const why = (path: string, rootfs = "/nowhere") => host.distrustPlace(path, rootfs);

  test("may be root's own, or not there", () => {
    for (const path of ["/usr/bin", "/lib", "/", "/root", "/usr/nowhere/x", "/nowhere/at/all"]) {
      assert.equal(why(path), undefined, path);
    }
  });

  test("must not be the container's own", () => {
    assert.match(why("/usr/bin", "/usr")!, /^it lies in the container's own files$/);
    assert.match(why("/proc/self/cwd")!, /can lead anywhere$/);
    assert.match(why("/proc/self/root/usr")!, /can lead anywhere$/);
    assert.match(why("/dev/fd/0")!, /can lead anywhere$/);
    const link = join(program("lead").directory, "link");
    symlinkSync("/proc/self/cwd", link);
    assert.ok(why(link));
  });

  test("must not be shared with containers, nor what others can put there", () => {
    assert.match(why("/srv")!, /^a directory there may be shared with containers$/);
    assert.match(why("/tmp/nothing")!, /^others may write \/tmp$/);
    const { directory } = program("place");
    chmodSync(directory, 0o1777);
    assert.ok(why(join(directory, "nothing")));
  });
});
