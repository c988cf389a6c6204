// SPDX-License-Identifier: Apache-2.0
/** Runs the programs that building needs, and installs those that are missing. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs by name → the Debian package that brings them. */
const PACKAGES: Record<string, string> = {
  clang: "clang",
  bpftool: "bpftool",
  shellcheck: "shellcheck",
  strip: "binutils",
  objcopy: "binutils",
  "qemu-system-x86_64": "qemu-system-x86",
  "qemu-img": "qemu-utils",
  mke2fs: "e2fsprogs",
  "mkfs.btrfs": "btrfs-progs",
  "mkfs.erofs": "erofs-utils",
  "mkfs.xfs": "xfsprogs",
  "mkfs.minix": "util-linux",
  promtool: "prometheus",
  xz: "xz-utils",
  tmux: "tmux",
  jq: "jq",
  setpriv: "util-linux",
  script: "bsdutils",
  busybox: "busybox-static", // it is all that a root file system has
  flock: "util-linux",
  man: "man-db",
  perf: "linux-perf",
};

/** A file of a package that has no program of its own → that package. */
const FILES: Record<string, string> = {
  "/usr/include/bpf/bpf_helpers.h": "libbpf-dev",
  "/usr/include/linux/types.h": "linux-libc-dev",
  "/usr/lib/x86_64-linux-gnu/libc.a": "libc6-dev",
  "/usr/share/bash-completion/bash_completion": "bash-completion",
};

const SEARCH = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];

/** Where `program` is, also in the sbin directories that a user's PATH lacks. */
export function findProgram(program: string): string | undefined {
  return SEARCH.map((directory) => join(directory, program)).find((path) => existsSync(path));
}

/**
 * Runs `program` and gives its standard output.
 * Throws with the command and its own words when it fails.
 */
export function run(program: string, args: readonly string[], cwd = process.cwd()): string {
  const path = findProgram(program) ?? program;
  const result = spawnSync(path, args, { cwd, encoding: "utf8", maxBuffer: 256 << 20 });
  if (result.error) throw new Error(`cannot run ${program}: ${result.error.message}`);
  if (result.status !== 0) {
    const words = `${result.stdout}${result.stderr}`.trim();
    throw new Error(`${program} ${args.join(" ")} failed:\n${words}`);
  }
  return result.stdout;
}

/**
 * Makes sure that the named programs and files are there: root gets the
 * missing packages installed (saying so in one line), anybody else is told
 * what to install.
 */
export function requireTools(...names: readonly string[]): void {
  const missing = names.flatMap((name) => {
    if (name in FILES) return existsSync(name) ? [] : [FILES[name]!];
    return findProgram(name) ? [] : [PACKAGES[name] ?? name];
  });
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !findProgram("apt-get")) {
    throw new Error(`the build needs ${missing.join(", ")}; install with: ${command}`);
  }
  console.error(`installing ${missing.join(", ")} (the build needs them)`);
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const patience = ["-o", "DPkg::Lock::Timeout=300"]; // somebody else may install just now
  const install = ["-qq", ...patience, "install", "-y", "--no-install-recommends", ...missing];
  if (spawnSync("apt-get", install, quiet).status === 0) return;
  spawnSync("apt-get", ["-qq", "update"], quiet);
  const second = spawnSync("apt-get", install, { ...quiet, encoding: "utf8" });
  if (second.status !== 0) throw new Error(`${command} failed:\n${second.stderr}`.trim());
}
