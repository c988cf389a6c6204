// SPDX-License-Identifier: Apache-2.0
/**
 * The only door to system calls that Node has no function for: libc's syscall(2) is
 * the one function that a create binds. A failed call throws KernelError.
 */
import { checkStatus } from "./kernel-error.ts";
import { koffi } from "./koffi.ts";

/** From Linux's UAPI headers, for x86-64. */
export const SYS_bpf = 321;
const SYS_statx = 332;
const SYS_pidfd_open = 434;
const AT_EMPTY_PATH = 0x1000;
const AT_STATX_DONT_SYNC = 0x4000;
const STATX_MNT_ID = 0x1000;
/** struct statx: its size, and where stx_mask and stx_mnt_id are. */
const STATX = { size: 256, mask: 0, mountId: 0x90 } as const;

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
 * @param number SYS_… for x86-64; its arguments follow. Where one is an address, the caller keeps
 *   its Memory for as long.
 * @returns what the kernel did, a negative errno where it refused.
 */
export function systemCall(
  number: number,
  a: Argument,
  b: Argument = 0,
  c: Argument = 0,
  d: Argument = 0,
  e: Argument = 0,
): number {
  // long syscall(long number, ...)
  bound ??= koffi()
    .load("libc.so.6")
    .func("long syscall(long number, uint64 a, uint64 b, uint64 c, uint64 d, uint64 e)");
  const result = Number(bound(number, a, b, c, d, e));
  return result === -1 ? -koffi().errno() : result;
}

/**
 * The mount that an open file lies on, as /proc/PID/mountinfo numbers it: statx(2), Linux
 * 5.8. What a server or a FUSE daemon would have to be asked for, it does not ask.
 * @returns undefined when the kernel does not tell.
 */
export function mountIdOf(fd: number): number | undefined {
  const result = new Memory(STATX.size);
  const status = statx(fd, STATX_MNT_ID, result);
  const told = result.view.getUint32(STATX.mask, true);
  if (status < 0 || (told & STATX_MNT_ID) === 0) return undefined;
  return Number(result.view.getBigUint64(STATX.mountId, true));
}

/**
 * Has the kernel half look at an open file (inode_getattr). Nobody else is asked: a server that is
 * gone, or a FUSE daemon that does not answer, may lie behind what a container is given.
 * @throws KernelError
 */
export function look(fd: number): void {
  checkStatus(`look at descriptor ${fd}`, statx(fd, 0, new Memory(STATX.size)));
}

function statx(fd: number, mask: number, result: Memory): number {
  const path = new Memory(1); // the file itself
  const flags = AT_EMPTY_PATH | AT_STATX_DONT_SYNC;
  return systemCall(SYS_statx, fd, path.address, flags, mask, result.address);
}

/** A descriptor for a process: pidfd_open(2), close-on-exec. Caller closes it. */
export function pidfdOpen(pid: number): number {
  return checkStatus(`open a pidfd of process ${pid}`, systemCall(SYS_pidfd_open, pid));
}

// Values of include/uapi/asm-generic/fcntl.h, which node:fs does not name.
export const O_PATH = 0o10000000;
export const O_CLOEXEC = 0o2000000;
