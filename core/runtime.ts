// SPDX-License-Identifier: Apache-2.0
/** The low-level runtime: which one it is. */
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, isAbsolute } from "node:path";
import { LockcError } from "./errors.ts";

/** Where distributions and engines install one, best first. */
export const RUNTIME_CANDIDATES = [
  "/usr/bin/runc",
  "/usr/sbin/runc",
  "/usr/local/sbin/runc",
  "/usr/local/bin/runc",
  "/usr/bin/crun",
  "/usr/sbin/crun",
  "/usr/local/sbin/crun",
  "/usr/local/bin/crun",
] as const;

/** Written by lockctl load: one line, the runtime's absolute path. */
const LOADED_RUNTIME = "/run/lockc/runtime";

/** A line of launcher.sh. A copy of it under any name must not be taken for a runtime. */
const LAUNCHER_MARK = "\n# lockc-runc: ";

/**
 * The absolute path of the low-level runtime.
 * @param configured what the admin set, if anything; then nothing else will do.
 * @throws LOCKC_E_RUNTIME
 */
export function resolveRuntime(configured?: string): string {
  if (configured !== undefined) {
    const reason = isAbsolute(configured) ? whyNoRuntime(configured) : "the path is not absolute";
    if (reason === undefined) return configured;
    throw new LockcError(
      "LOCKC_E_RUNTIME",
      `cannot use the runtime "${configured}": ${reason}`,
      "set runtime: in /etc/lockc/lockc.yaml to the absolute path of runc or crun, then run lockctl load",
    );
  }
  const found = RUNTIME_CANDIDATES.find((path) => whyNoRuntime(path) === undefined);
  if (found !== undefined) return found;
  throw new LockcError(
    "LOCKC_E_RUNTIME",
    `cannot find a low-level runtime: none of ${RUNTIME_CANDIDATES.join(", ")} is one`,
    "install runc or crun, or set runtime: in /etc/lockc/lockc.yaml, then run lockctl load",
  );
}

/**
 * crun goes by its own name (crun(1)): as krun, or as crun-HANDLER, it gives what is in a
 * container to a library (libkrun, a WebAssembly engine) and does not execute it.
 */
function isHandler(path: string): boolean {
  const names = [path, realpathSync.native(path)].map((name) => basename(name));
  return names.some((name) => name.includes("krun")) || names[0]!.startsWith("crun-");
}

function whyNoRuntime(path: string): string | undefined {
  try {
    if (isHandler(path)) {
      return `by the name of ${basename(path)} crun runs a container's code without the kernel's knowledge of it`;
    }
    if (!statSync(path).isFile()) return "it is no regular file";
    accessSync(path, constants.X_OK);
    const start = startOf(path);
    // The launcher would read anything else as a script of its own.
    if (!start.startsWith("\x7fELF") && !start.startsWith("#!")) return "it is no program";
    return start.includes(LAUNCHER_MARK) ? "it is lockc-runc itself" : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? "it does not exist" : `it cannot be executed (${code})`;
  }
}

/** Whether the file is lockc-runc, under whatever name. */
export function isLauncher(path: string): boolean {
  return startOf(path).includes(LAUNCHER_MARK);
}

function startOf(path: string): string {
  const fd = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(256);
    return bytes.toString("latin1", 0, readSync(fd, bytes));
  } finally {
    closeSync(fd);
  }
}

/**
 * The runtime that lockctl load settled on, undefined before a load.
 * Like the launcher it takes nobody's word but root's.
 */
export function readLoadedRuntime(file: string = LOADED_RUNTIME): string | undefined {
  try {
    const owners = [statSync(dirname(file)), statSync(file)];
    if (owners.some(({ uid, mode }) => uid !== 0 || (mode & 0o022) !== 0)) return undefined;
    const line = readFileSync(file, "utf8").replace(/\n$/, "");
    return isAbsolute(line) ? line : undefined;
  } catch {
    return undefined;
  }
}
