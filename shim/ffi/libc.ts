// SPDX-License-Identifier: Apache-2.0
/**
 * The only door to system calls that Node has no function for: libc's syscall(2) is
 * the one function that a create binds. A failed call throws KernelError.
 */
import { checkStatus } from "./kernel-error.ts";
import { koffi } from "./koffi.ts";

/** From Linux's UAPI headers, for x86-64. */
const F_SETFD = 2;
const CLOSE_RANGE_CLOEXEC = 4;
const LAST_FD = 0xffffffff;
const EBADF = 9;
const RLIMIT_NOFILE = 7;
const SIG_SETMASK = 2;
const SIG_DFL = 0n;
const SIG_IGN = 1n;
const SYS_rt_sigaction = 13;
const SYS_rt_sigprocmask = 14;
const SYS_execve = 59;
const SYS_fcntl = 72;
const SYS_prlimit64 = 302;
export const SYS_bpf = 321;
const SYS_pidfd_open = 434;
const SYS_close_range = 436;
/** sizeof(sigset_t) in the kernel, 64 signals. */
const SIGSET_BYTES = 8;

/** Bytes at an address that stays, zero at first, for a system call to read and write. */
export class Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  readonly address: bigint;

  constructor(size: number) {
    const buffer = new ArrayBuffer(size); // V8 moves small arrays, but not what they are views of
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.address = koffi().address(this.bytes);
  }
}

type Argument = number | bigint;
let bound: ((number: number, ...args: Argument[]) => number | bigint) | undefined;

/**
 * @param number SYS_… for x86-64; its arguments follow. Of an address among them the caller
 *   keeps the Memory for as long.
 * @returns what the kernel did, a negative errno where it refused.
 */
export function systemCall(
  number: number,
  a: Argument,
  b: Argument = 0,
  c: Argument = 0,
  d: Argument = 0,
): number {
  // long syscall(long number, ...)
  bound ??= koffi()
    .load("libc.so.6")
    .func("long syscall(long number, uint64 a, uint64 b, uint64 c, uint64 d)");
  const result = Number(bound(number, a, b, c, d));
  return result === -1 ? -koffi().errno() : result;
}

/** Leaves only these descriptors open at execve, as far as they are: close_range(2), fcntl(2). */
export function keepOnExec(fds: readonly number[]): void {
  const status = systemCall(SYS_close_range, 0, LAST_FD, CLOSE_RANGE_CLOEXEC);
  checkStatus("set close-on-exec of all descriptors", status);
  for (const fd of fds) {
    const kept = systemCall(SYS_fcntl, fd, F_SETFD, 0);
    if (kept !== -EBADF) checkStatus(`clear close-on-exec of descriptor ${fd}`, kept);
  }
}

/** Sets this process's soft limit of open files; `undefined` is unlimited. */
export function setSoftNofile(soft: bigint | undefined): void {
  // struct rlimit64 { rlim_cur; rlim_max; } with RLIM64_INFINITY = ~0
  const limit = new Memory(16);
  const prlimit = (act: string, fresh: Argument, old: Argument) =>
    checkStatus(act, systemCall(SYS_prlimit64, 0, RLIMIT_NOFILE, fresh, old));
  prlimit("read the limit of open files", 0, limit.address);
  limit.view.setBigUint64(0, BigInt.asUintN(64, soft ?? -1n), true);
  prlimit("set the limit of open files", limit.address, 0);
}

/**
 * Sets a signal's disposition to ignored or to its default. The system call
 * itself: glibc refuses the two signals that it uses.
 */
export function setSignalIgnored(signal: number, ignored: boolean): void {
  // struct kernel_sigaction { handler; unsigned long flags; restorer; sigset_t mask; }
  const action = new Memory(32);
  action.view.setBigUint64(0, ignored ? SIG_IGN : SIG_DFL, true);
  checkStatus(
    `set the disposition of signal ${signal}`,
    systemCall(SYS_rt_sigaction, signal, action.address, 0, SIGSET_BYTES),
  );
}

/** Sets the calling thread's blocked signals; bit n-1 stands for signal n. */
export function setBlockedSignals(mask: bigint): void {
  const set = new Memory(SIGSET_BYTES);
  set.view.setBigUint64(0, mask, true);
  checkStatus(
    "set the blocked signals",
    systemCall(SYS_rt_sigprocmask, SIG_SETMASK, set.address, 0, SIGSET_BYTES),
  );
}

/** A descriptor for a process: pidfd_open(2), close-on-exec. Caller closes it. */
export function pidfdOpen(pid: number): number {
  return checkStatus(`open a pidfd of process ${pid}`, systemCall(SYS_pidfd_open, pid));
}

/**
 * execve(2) with the very bytes given, which Node's own cannot take: it knows
 * only text. Returns by throwing only.
 * @param file and the others have one character for each byte, without zeros.
 */
export function execve(
  file: string,
  words: readonly string[],
  environment: readonly string[],
): never {
  const path = stringVector([file]);
  const argv = stringVector(words);
  const envp = stringVector(environment);
  const first = path.view.getBigUint64(0, true);
  checkStatus(`execute "${file}"`, systemCall(SYS_execve, first, argv.address, envp.address));
  throw new Error("execve succeeded and returned");
}

/** A `char *const []`: a zero-terminated list of addresses and, after it, the strings that are there. */
function stringVector(strings: readonly string[]): Memory {
  const list = 8 * (strings.length + 1);
  const text = Buffer.from(strings.map((string) => `${string}\0`).join(""), "latin1");
  const memory = new Memory(list + text.length);
  memory.bytes.set(text, list);
  let at = memory.address + BigInt(list);
  for (const [index, string] of strings.entries()) {
    memory.view.setBigUint64(8 * index, at, true);
    at += BigInt(string.length + 1);
  }
  return memory;
}
