// SPDX-License-Identifier: Apache-2.0
/**
 * The low-level runtime: which one it is, and becoming it so that neither it
 * nor the container can tell that Node ran in between.
 *
 * Node changes its own process before any script runs (node.cc,
 * PlatformInit; libuv, uv_disable_stdio_inheritance): it marks inherited
 * descriptors close-on-exec, opens /dev/null where 0, 1 or 2 was closed, raises
 * the soft limit of open files, resets signal dispositions but ignores SIGPIPE
 * and SIGXFSZ, and replaces the signal mask. The launcher noted how all of it was.
 */
import { isUtf8 } from "node:buffer";
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, isAbsolute } from "node:path";
import type { Grammar } from "./argv.ts";
import { LockcError } from "./errors.ts";
import { KernelError } from "./ffi/kernel-error.ts";
import {
  execve,
  setBlockedSignals,
  setCloseOnExec,
  setSignalIgnored,
  setSoftNofile,
} from "./ffi/libc.ts";

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

function whyNoRuntime(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return "it is no regular file";
    accessSync(path, constants.X_OK);
    return isLauncher(path) ? "it is lockc-runc itself" : undefined;
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

/** Which command line the runtime reads, told by the name of its file, links resolved. */
export function grammarOf(runtime: string): Grammar {
  const name = basename(realpathSync(runtime));
  if (/crun|krun/.test(name)) return "crun";
  return name.includes("runc") ? "runc" : "unknown";
}

/** What the launcher noted of the process before Node. */
export interface Inherited {
  /** Soft limit of open files, undefined when unlimited. */
  readonly softNofile: bigint | undefined;
  /** Signal sets: bit n-1 stands for signal n. */
  readonly blockedSignals: bigint;
  readonly ignoredSignals: bigint;
  readonly fds: readonly number[];
  /** The name it was called by, argv[0] of lockc-runc. */
  readonly calledAs: string;
}

/** This process as its caller started it. */
export interface Start {
  /** The caller's words after argv[0]; see `decodeBytes`. */
  readonly words: readonly string[];
  /** `NAME=value`, the bytes that the caller gave. */
  readonly environment: readonly Buffer[];
  readonly inherited: Inherited;
}

/**
 * Reads how this process was started from the kernel, since Node's own argv and
 * env have lost every byte that is not UTF-8.
 */
export function readStart(): Start {
  const count = process.argv.length - 2;
  const words = zeroTerminated(readFileSync("/proc/self/cmdline"));
  const { environment, inherited } = splitEnvironment(
    zeroTerminated(readFileSync("/proc/self/environ")),
  );
  return {
    words: words.slice(words.length - count).map(decodeBytes),
    environment,
    inherited,
  };
}

function zeroTerminated(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0, from);
    const to = end < 0 ? bytes.length : end;
    parts.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return parts;
}

/**
 * Takes the launcher's note out of the environment and gives the variables that
 * it withheld from Node their names again.
 * @throws LOCKC_E_BUG without a note: then nothing could be restored.
 */
export function splitEnvironment(variables: readonly Buffer[]): {
  environment: Buffer[];
  inherited: Inherited;
} {
  const prefix = Buffer.from("LOCKC_INHERITED=");
  const startsWith = (text: Buffer, start: Buffer) => text.subarray(0, start.length).equals(start);
  const note = variables.findLast((variable) => startsWith(variable, prefix));
  const fields =
    /^nofile=(\d+|unlimited) blocked=([\da-f]+) ignored=([\da-f]+) fds=([\d,]*) held=([A-Z0-9_,]*) name=(.*)$/s.exec(
      decodeBytes(note?.subarray(prefix.length) ?? Buffer.of()),
    );
  if (fields === null) {
    throw new LockcError(
      "LOCKC_E_BUG",
      "the shim was not started by lockc-runc",
      "run lockc-runc instead",
    );
  }
  const [nofile, blocked, ignored, fds, held, calledAs] = fields.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const withheld = list(held).map((name) => Buffer.from(`LOCKC_HELD_${name}=`));
  const environment = variables
    .filter((variable) => !startsWith(variable, prefix))
    .map((variable) =>
      withheld.some((start) => startsWith(variable, start))
        ? variable.subarray("LOCKC_HELD_".length)
        : variable,
    );
  return {
    environment,
    inherited: {
      softNofile: nofile === "unlimited" ? undefined : BigInt(nofile),
      blockedSignals: BigInt(`0x${blocked}`),
      ignoredSignals: BigInt(`0x${ignored}`),
      fds: list(fds).map(Number),
      calledAs,
    },
  };
}

function list(text: string): string[] {
  return text.split(",").filter((item) => item !== "");
}

/**
 * Bytes as a string that `encodeBytes` turns back into the same bytes. What is
 * not UTF-8 gets lone surrogates for its bytes above 0x7f, which no valid text has.
 */
export function decodeBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join(
    "",
  );
}

export function encodeBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, "utf8");
  return Buffer.from(Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 0xff));
}

/**
 * Makes this process what it was before Node, but for its memory. Call it last:
 * from here on a signal that Node ignored can end the process.
 */
export function restoreInherited(inherited: Inherited): void {
  restoreDescriptors(new Set(inherited.fds));
  setSoftNofile(inherited.softNofile);
  const current = ignoredSignals();
  for (let signal = 1; signal <= 64; signal++) {
    const bit = 1n << BigInt(signal - 1);
    const wanted = (inherited.ignoredSignals & bit) !== 0n;
    if (((current & bit) !== 0n) !== wanted) setSignalIgnored(signal, wanted);
  }
  setBlockedSignals(inherited.blockedSignals);
}

/** Ours close at execve, also a /dev/null that Node put where the caller had nothing. */
function restoreDescriptors(inherited: ReadonlySet<number>): void {
  for (const name of readdirSync("/proc/self/fd")) {
    const fd = Number(name);
    try {
      setCloseOnExec(fd, !inherited.has(fd));
    } catch (error) {
      // The descriptor that listed the directory is gone again.
      if (inherited.has(fd)) throw error;
    }
  }
}

function ignoredSignals(): bigint {
  const [, mask] =
    /^SigIgn:\s*([\da-f]+)$/m.exec(readFileSync("/proc/self/status", "latin1")) ?? [];
  return BigInt(`0x${mask}`);
}

/**
 * Executes the runtime in this process.
 * @param words the runtime's arguments after argv[0], which is its path.
 * @throws LOCKC_E_RUNTIME
 */
export function becomeRuntime(
  path: string,
  words: readonly string[],
  environment: readonly Buffer[],
): never {
  const file = encodeBytes(path);
  try {
    return execve(file, [file, ...words.map(encodeBytes)], environment);
  } catch (cause) {
    if (!(cause instanceof KernelError)) throw cause;
    throw new LockcError(
      "LOCKC_E_RUNTIME",
      `cannot execute the runtime "${path}": ${cause.errno}`,
      "check that it runs by itself",
      { cause },
    );
  }
}
