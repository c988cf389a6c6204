// SPDX-License-Identifier: Apache-2.0
/**
 * The only door to libc: each prototype with its C signature beside it, bound
 * on first use. A failed call throws KernelError.
 */
import { checkStatus } from "./kernel-error.ts";
import { type Koffi, koffi } from "./koffi.ts";

/** From Linux's UAPI headers, for x86-64. */
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const RLIMIT_NOFILE = 7;
const SIG_SETMASK = 2;
const SIG_DFL = 0n;
const SIG_IGN = 1n;
const SYS_rt_sigaction = 13;
const SYS_rt_sigprocmask = 14;
const SYS_execve = 59;
const SYS_pidfd_open = 434;
/** sizeof(sigset_t) in the kernel, 64 signals. */
const SIGSET_BYTES = 8;

type Native = ReturnType<ReturnType<Koffi["load"]>["func"]>;

interface Libc {
  readonly fcntl: Native;
  readonly prlimit: Native;
  readonly syscall: Native;
}

let bound: Libc | undefined;

function libc(): Libc {
  if (bound === undefined) {
    const library = koffi().load("libc.so.6");
    bound = {
      // int fcntl(int fd, int op, ... /* int arg */)
      fcntl: library.func("int fcntl(int fd, int op, int arg)"),
      // int prlimit(pid_t, int resource, const struct rlimit *new_limit, struct rlimit *old_limit)
      prlimit: library.func("int prlimit(int pid, int resource, void *new_limit, void *old_limit)"),
      // long syscall(long number, ...)
      syscall: library.func("long syscall(long number, uint64 a, void *b, void *c, uint64 d)"),
    };
  }
  return bound;
}

/** @throws KernelError for a result of -1, which is how libc says "see errno". */
function check(act: string, result: number | bigint): number {
  return checkStatus(act, Number(result) === -1 ? -koffi().errno() : Number(result));
}

/** Whether the descriptor is closed by execve: fcntl(fd, F_SETFD, …). */
export function setCloseOnExec(fd: number, closed: boolean): void {
  check(
    `set close-on-exec of descriptor ${fd}`,
    libc().fcntl(fd, F_SETFD, closed ? FD_CLOEXEC : 0),
  );
}

/** Sets this process's soft limit of open files; `undefined` is unlimited. */
export function setSoftNofile(soft: bigint | undefined): void {
  // struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; } with RLIM_INFINITY = ~0
  const limit = new BigUint64Array(2);
  check("read the limit of open files", libc().prlimit(0, RLIMIT_NOFILE, null, limit));
  limit[0] = soft ?? ~0n;
  check("set the limit of open files", libc().prlimit(0, RLIMIT_NOFILE, limit, null));
}

/**
 * Sets a signal's disposition to ignored or to its default. The system call
 * itself: glibc refuses the two signals that it uses.
 */
export function setSignalIgnored(signal: number, ignored: boolean): void {
  // struct kernel_sigaction { handler; unsigned long flags; restorer; sigset_t mask; }
  const action = new BigUint64Array(4);
  action[0] = ignored ? SIG_IGN : SIG_DFL;
  check(
    `set the disposition of signal ${signal}`,
    libc().syscall(SYS_rt_sigaction, signal, action, null, SIGSET_BYTES),
  );
}

/** Sets the calling thread's blocked signals; bit n-1 stands for signal n. */
export function setBlockedSignals(mask: bigint): void {
  const set = BigUint64Array.of(mask);
  check(
    "set the blocked signals",
    libc().syscall(SYS_rt_sigprocmask, SIG_SETMASK, set, null, SIGSET_BYTES),
  );
}

/** A descriptor for a process: pidfd_open(2), close-on-exec. Caller closes it. */
export function pidfdOpen(pid: number): number {
  return check(
    `open a pidfd of process ${pid}`,
    libc().syscall(SYS_pidfd_open, pid, null, null, 0),
  );
}

/**
 * execve(2) with the very bytes given, which Node's own cannot take: it knows
 * only text. Returns by throwing only.
 * @param words and `environment` without their terminating zero bytes.
 */
export function execve(
  file: Buffer,
  words: readonly Buffer[],
  environment: readonly Buffer[],
): never {
  const path = Buffer.concat([file, Buffer.of(0)]);
  const argv = new StringVector(words);
  const envp = new StringVector(environment);
  const address = koffi().address(path);
  check(`execute "${file}"`, libc().syscall(SYS_execve, address, argv.pointers, envp.pointers, 0));
  throw new Error("execve succeeded and returned");
}

/** A `char *const []`: zero-terminated strings and a zero-terminated list of their addresses. */
class StringVector {
  readonly pointers: BigUint64Array;
  /** Holds the strings for as long as the pointers are in use. */
  readonly bytes: Buffer;

  constructor(strings: readonly Buffer[]) {
    this.bytes = Buffer.concat([...strings.flatMap((text) => [text, Buffer.of(0)]), Buffer.of(0)]);
    this.pointers = new BigUint64Array(strings.length + 1);
    let address = BigInt(koffi().address(this.bytes));
    for (const [index, text] of strings.entries()) {
      this.pointers[index] = address;
      address += BigInt(text.length + 1);
    }
  }
}
