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
  keepOnExec,
  setBlockedSignals,
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
  /** `NAME=value`, one character for each byte that the caller gave. */
  readonly environment: readonly string[];
  readonly inherited: Inherited;
}

/**
 * Reads how this process was started from the kernel, since Node's own argv and
 * env have lost every byte that is not UTF-8.
 */
export function readStart(): Start {
  const words = zeroTerminated("/proc/self/cmdline");
  const count = process.argv.length - 2;
  return {
    words: words.slice(words.length - count).map(decodeBytes),
    ...splitEnvironment(zeroTerminated("/proc/self/environ")),
  };
}

/** The strings in a file of zero-terminated ones, a character for each byte. */
function zeroTerminated(file: string): string[] {
  const text = readFileSync(file, "latin1");
  const strings = text.split("\0");
  return text === "" || text.endsWith("\0") ? strings.slice(0, -1) : strings;
}

/**
 * Takes the launcher's note out of the environment and gives the variables that
 * it withheld from Node their names again.
 * @throws LOCKC_E_BUG without a note: then nothing could be restored.
 */
export function splitEnvironment(variables: readonly string[]): {
  environment: string[];
  inherited: Inherited;
} {
  const prefix = "LOCKC_INHERITED=";
  const note = variables.findLast((variable) => variable.startsWith(prefix)) ?? "";
  const fields =
    /^nofile=(\d+|unlimited) (?:status=(\d+)|blocked=([\da-f]+) ignored=([\da-f]+)) fds=([\d,]*) held=([A-Z0-9_,]*) name=(.*)$/s.exec(
      note.slice(prefix.length),
    );
  if (fields === null) throw notByLauncher();
  const [, nofile, status, blocked, ignored, fds = "", held = "", name = ""] = fields;
  const withheld = list(held).map((name) => `LOCKC_HELD_${name}=`);
  const environment = variables
    .filter((variable) => !variable.startsWith(prefix))
    .map((variable) =>
      withheld.some((start) => variable.startsWith(start))
        ? variable.slice("LOCKC_HELD_".length)
        : variable,
    );
  const signals =
    status === undefined
      ? { blockedSignals: BigInt(`0x${blocked}`), ignoredSignals: BigInt(`0x${ignored}`) }
      : readSignals(Number(status));
  return {
    environment,
    inherited: {
      softNofile: nofile === "unlimited" ? undefined : BigInt(nofile!),
      ...signals,
      fds: list(fds).map(Number),
      calledAs: decodeBytes(name),
    },
  };
}

/** What the kernel wrote of this process before it was Node; the launcher left it at the descriptor. */
function readSignals(fd: number): Pick<Inherited, "blockedSignals" | "ignoredSignals"> {
  const status = readFileSync(fd, "latin1");
  closeSync(fd);
  return {
    blockedSignals: signalsIn(status, "SigBlk"),
    ignoredSignals: signalsIn(status, "SigIgn"),
  };
}

/** A set of signals in a /proc/PID/status. */
function signalsIn(status: string, name: "SigBlk" | "SigIgn"): bigint {
  const digits = status.split(`\n${name}:\t`)[1]?.slice(0, 16);
  if (digits === undefined) throw notByLauncher();
  return BigInt(`0x${digits}`);
}

function notByLauncher(): LockcError {
  return new LockcError(
    "LOCKC_E_BUG",
    "the shim was not started by lockc-runc",
    "run lockc-runc instead",
  );
}

function list(text: string): string[] {
  return text.split(",").filter((item) => item !== "");
}

/**
 * Bytes, a character for each, as text that `encodeBytes` turns back into the same. What
 * is not UTF-8 gets lone surrogates for its bytes above 0x7f, which no valid text has.
 */
export function decodeBytes(bytes: string): string {
  const buffer = Buffer.from(bytes, "latin1");
  if (isUtf8(buffer)) return buffer.toString("utf8");
  return Array.from(buffer, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join(
    "",
  );
}

export function encodeBytes(text: string): string {
  if (text.isWellFormed()) return Buffer.from(text, "utf8").toString("latin1");
  return Array.from({ length: text.length }, (_, at) =>
    String.fromCharCode(text.charCodeAt(at) & 0xff),
  ).join("");
}

/**
 * Makes this process what it was before Node, but for its memory. Call it last:
 * from here on a signal that Node ignored can end the process.
 */
export function restoreInherited(inherited: Inherited): void {
  keepOnExec(inherited.fds); // ours close, also a /dev/null that Node put where the caller had nothing
  setSoftNofile(inherited.softNofile);
  const now = signalsIn(readFileSync("/proc/self/status", "latin1"), "SigIgn");
  let others = now ^ inherited.ignoredSignals;
  for (let signal = 1; others !== 0n; signal++, others >>= 1n) {
    if ((others & 1n) === 0n) continue;
    setSignalIgnored(signal, (inherited.ignoredSignals & (1n << BigInt(signal - 1))) !== 0n);
  }
  setBlockedSignals(inherited.blockedSignals);
}

/**
 * Executes the runtime in this process.
 * @param words the runtime's arguments after argv[0], which is its path.
 * @throws LOCKC_E_RUNTIME
 */
export function becomeRuntime(
  path: string,
  words: readonly string[],
  environment: readonly string[],
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
