// SPDX-License-Identifier: Apache-2.0
/** The door to the few C calls that lockctl needs and Node does not have. */
import { constants } from "node:os";
import { checkStatus, KernelError } from "../../core/ffi/kernel-error.ts";
import { koffi } from "../../core/ffi/koffi.ts";

type Library = ReturnType<ReturnType<typeof koffi>["load"]>;
let library: Library | undefined;

const functions = new Map<string, ReturnType<Library["func"]>>();

/** A function of libc by its prototype; koffi keeps what it binds for good, so it is bound once. */
function libc(prototype: string): ReturnType<Library["func"]> {
  library ??= koffi().load("libc.so.6");
  const bound = functions.get(prototype) ?? library.func(prototype);
  functions.set(prototype, bound);
  return bound;
}

/** libc returns -1 and sets errno. */
function check(act: string, result: number): void {
  checkStatus(act, result === -1 ? -koffi().errno() : result);
}

/**
 * Mounts a file system that has no device at the existing directory `target`.
 * @param options for that file system, as after `mount -o`.
 */
export function mountPseudo(type: string, target: string, options = ""): void {
  // int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
  const mount = libc(
    "int mount(const char *, const char *, const char *, unsigned long, const char *)",
  );
  const flags = 2 | 4 | 8; // MS_NOSUID | MS_NODEV | MS_NOEXEC
  check(`mount ${type} at "${target}"`, mount(type, target, type, flags, options));
}

/** Waits for the exclusive lock of an open file; the kernel releases it with the fd. */
export function lockFile(fd: number): void {
  // int flock(int fd, int operation);
  const flock = libc("int flock(int, int)");
  const exclusive = 2; // LOCK_EX
  check("lock a file", flock(fd, exclusive));
}

/** The same without waiting; false when somebody else has it. */
export function tryLockFile(fd: number): boolean {
  // int flock(int fd, int operation);
  const flock = libc("int flock(int, int)");
  const exclusiveNow = 2 | 4; // LOCK_EX | LOCK_NB
  if (flock(fd, exclusiveNow) === 0) return true;
  if (koffi().errno() === constants.errno.EWOULDBLOCK) return false;
  throw new KernelError("lock a file", koffi().errno());
}

/** Memory that is mapped; `close` it, and touch `bytes` no more. */
export interface Mapping {
  readonly bytes: ArrayBuffer;
  close(): void;
}

/** Maps `length` bytes at `offset` of what is open at `fd`, shared with all who do. */
export function mapShared(fd: number, offset: number, length: number, writable: boolean): Mapping {
  // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);
  const mmap = libc("void *mmap(void *, size_t, int, int, int, int64_t)");
  // int munmap(void *addr, size_t length);
  const munmap = libc("int munmap(void *, size_t)");
  const protection = writable ? 1 | 2 : 1; // PROT_READ, PROT_WRITE
  const shared = 1; // MAP_SHARED
  const address: bigint = mmap(null, length, protection, shared, fd, offset);
  if (BigInt.asIntN(64, address) === -1n) throw new KernelError("map memory", koffi().errno());
  return {
    bytes: koffi().view(address, length),
    close: () => check("unmap memory", munmap(address, length)),
  };
}

/** What poll(2) says of writing to a descriptor. */
type Writability = "ready" | "full" | "gone";

/**
 * Whether a descriptor takes up to PIPE_BUF bytes at once. Asked before each write: neither
 * blocks then, nor must the descriptor's flags be changed, which others share.
 */
export function pollWritable(fd: number): Writability {
  // int poll(struct pollfd *fds, nfds_t nfds, int timeout); { int fd; short events; short revents; }
  const poll = libc("int poll(void *, unsigned long, int)");
  const [out, error, hangUp] = [4, 8, 16];
  const question = new Uint8Array(8);
  const view = new DataView(question.buffer);
  view.setInt32(0, fd, true);
  view.setInt16(4, out, true);
  check("poll", poll(question, 1, 0));
  const answer = view.getInt16(6, true);
  if (answer & (error | hangUp)) return "gone";
  return answer & out ? "ready" : "full";
}

/** When the host's CLOCK_BOOTTIME was 0, in nanoseconds since 1970. */
export function readBootNs(): bigint {
  // int clock_gettime(clockid_t clockid, struct timespec *tp);
  const clock_gettime = libc("int clock_gettime(int, void *)");
  const realtime = 0; // CLOCK_REALTIME
  const boottime = 7; // CLOCK_BOOTTIME
  const read = (clock: number): bigint => {
    const time = new BigInt64Array(2);
    check("read a clock", clock_gettime(clock, time));
    return time[0]! * 1_000_000_000n + time[1]!;
  };
  // Two readings are never of one moment: of several pairs the closest counts.
  const pairs = Array.from({ length: 10 }, () => {
    const before = read(realtime);
    const boot = read(boottime);
    return { before, boot, apart: read(realtime) - before };
  });
  const { before, boot, apart } = pairs.reduce((best, one) =>
    one.apart < best.apart ? one : best,
  );
  return before + apart / 2n - boot;
}
