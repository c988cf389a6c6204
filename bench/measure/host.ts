// SPDX-License-Identifier: Apache-2.0
/**
 * lockc on this host for the time of a measurement: in a mount namespace of its own, with
 * its own bpffs and its own /usr/lib/lockc, /etc/lockc, /run/lockc and engine's folders; and
 * in a network namespace of its own, where an engine can make its bridges and its rules.
 *
 * It is the measuring build, which does all of a create and of a load but needs no program
 * attached; so it also runs where the kernel refuses BPF LSM programs. Since no program
 * runs, records of containers stay until forgetContainers.
 */
import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { lockFile, tryLockFile } from "../../ctl/ffi/libc.ts";
import { run } from "../../tool/run.ts";

const TOP = join(import.meta.dirname, "../..");
/** What `tool/build.ts --measure` made. */
export const MEASURE = join(TOP, "build/measure/usr");
export const LOCKC_RUNC = join(MEASURE, "bin/lockc-runc");
export const LOCKCTL = join(MEASURE, "bin/lockctl");
export const LOCKC_NODE = "/usr/lib/lockc/node";
export const LOCKC_KOFFI = "/usr/lib/lockc/koffi.node";
export const PINS = "/sys/fs/bpf/lockc";

/** Covered by an empty file system each. */
const COVERED = [
  "/usr/lib/lockc",
  "/usr/share/lockc",
  "/etc/lockc",
  "/run/lockc",
  "/run/docker",
  "/run/containerd",
  "/var/lib/docker",
];

/**
 * Runs a script of this folder on this Node in namespaces of its own.
 * @returns what it wrote to standard output.
 */
export function runApart(script: string, words: readonly string[]): string {
  endOrderly();
  const lock = waitForOthers();
  const made = COVERED.map((path) => mkdirSync(path, { recursive: true, mode: 0o755 }));
  try {
    const unshare = ["--mount", "--net", "--propagation", "private", process.execPath];
    const { status, stdout } = spawnSync("unshare", [...unshare, script, ...words], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (status !== 0) throw new Error(`${script} did not end well (${status})`);
    return stdout;
  } finally {
    for (const path of made) if (path !== undefined) rmSync(path, { recursive: true });
    closeSync(lock);
  }
}

/** Two measurements at once would disturb each other, and the first to end would remove the other's places. */
function waitForOthers(): number {
  const lock = openSync("/usr/lib", "r");
  if (!tryLockFile(lock)) {
    process.stderr.write("bench: waiting for another measurement to end\n");
    lockFile(lock);
  }
  return lock;
}

/**
 * Who interrupts us interrupts what we wait for as well, and that it did not end well
 * takes us to where everything is removed.
 */
export function endOrderly(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
}

/** Builds lockc, places it where it expects to be, and loads it. Only for who was run apart. */
export function installLockc(): void {
  run(process.execPath, [join(TOP, "tool/build.ts"), "--measure"]);
  for (const path of COVERED) run("mount", ["-t", "tmpfs", "-o", "mode=755", "none", path]);
  run("mount", ["-t", "bpf", "none", "/sys/fs/bpf"]);
  for (const folder of ["lib/lockc", "share/lockc"]) {
    run("mount", ["--bind", join(MEASURE, folder), join("/usr", folder)]);
  }
  run(LOCKCTL, ["load"]);
}

/** Settings beyond the defaults, in force afterwards. */
export function configure(settings: string): void {
  writeFileSync("/etc/lockc/lockc.yaml", settings);
  run(LOCKCTL, ["load"]);
}

/** Begins with empty maps again. */
export function forgetContainers(): void {
  rmSync(PINS, { recursive: true, force: true });
  run(LOCKCTL, ["load"]);
}

/**
 * The least that lockc-runc can cost with a shim on Node: its launcher as it is, with the
 * same Node under the same flags, and a shim that reads and registers nothing but answers.
 * @returns the launcher's path, in `folder`.
 */
export function makeNoop(folder: string, runc: string): string {
  const library = join(folder, "noop");
  mkdirSync(library);
  symlinkSync(LOCKC_NODE, join(library, "node"));
  const answer = `fs.writeSync(1, "::${runc}."); fs.closeSync(1); fs.openSync("/dev/null", "w");`;
  writeFileSync(
    join(library, "shim.cjs"),
    `const fs = require("node:fs"); ${answer} process.exit(0);\n`,
  );
  const launcher = join(library, "noop-runc");
  const [before, after, more] = readFileSync(LOCKC_RUNC, "utf8").split(
    "LOCKC_LIB=/usr/lib/lockc\n",
  );
  if (after === undefined || more !== undefined) throw new Error("the launcher has changed");
  writeFileSync(launcher, `${before}LOCKC_LIB=${library}\n${after}`, { mode: 0o755 });
  return launcher;
}

export function findRunc(): string {
  const found = ["/usr/bin/runc", "/usr/sbin/runc"].find((path) => existsSync(path));
  if (found === undefined) throw new Error("runc is missing: apt-get install runc");
  return found;
}
