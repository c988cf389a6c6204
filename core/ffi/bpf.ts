// SPDX-License-Identifier: Apache-2.0
/**
 * The door to bpf(2): maps and programs that are pinned and loaded. A create comes
 * through here, so it is the system call itself: loading libbpf, with libelf and zlib,
 * takes as long as all of these calls. (What needs it is in libbpf.ts.)
 */
import { closeSync, readlinkSync } from "node:fs";
import { LockcError } from "../errors.ts";
import { checkStatus } from "./kernel-error.ts";
import { Memory, SYS_bpf, systemCall } from "./syscall.ts";

/** enum bpf_cmd of <linux/bpf.h>. */
const Command = {
  MAP_LOOKUP_ELEM: 1,
  MAP_UPDATE_ELEM: 2,
  MAP_DELETE_ELEM: 3,
  MAP_GET_NEXT_KEY: 4,
  OBJ_GET: 7,
  PROG_TEST_RUN: 10,
  OBJ_GET_INFO_BY_FD: 15,
  RAW_TRACEPOINT_OPEN: 17,
  LINK_GET_FD_BY_ID: 30,
  LINK_GET_NEXT_ID: 31,
} as const;

/**
 * A command about one element of a map. union bpf_attr: map_fd, key at 8, value or
 * next_key at 16, flags at 24. Here key and value follow it.
 * @param value what is written, or where what is read goes.
 */
function element(
  command: number,
  map: BpfMap,
  key: Uint8Array | null,
  value: Uint8Array | undefined,
  flags: Update = Update.ANY,
): number {
  const keyAt = 32;
  const valueAt = keyAt + map.keySize + (-map.keySize & 7);
  const memory = new Memory(valueAt + (value?.length ?? 0));
  const { bytes, view, address } = memory;
  view.setUint32(0, map.fd, true);
  if (key !== null) {
    bytes.set(key, keyAt);
    view.setBigUint64(8, address + BigInt(keyAt), true);
  }
  if (value !== undefined) {
    bytes.set(value, valueAt);
    view.setBigUint64(16, address + BigInt(valueAt), true);
  }
  view.setBigUint64(24, BigInt(flags), true);
  const status = systemCall(SYS_bpf, command, address, keyAt);
  value?.set(bytes.subarray(valueAt));
  return status;
}

/** An open map. Its sizes have been compared with the kernel's, so buffers of them are safe. */
export interface BpfMap {
  readonly fd: number;
  readonly name: string;
  readonly keySize: number;
  readonly valueSize: number;
}

/** What the kernel says of a map: struct bpf_map_info of <linux/bpf.h>. */
interface MapInfo {
  readonly type: number;
  readonly id: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
}

/** BPF_MAP_TYPE_PERCPU_{HASH,ARRAY}, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE: a value per CPU. */
const PER_CPU_TYPES: readonly number[] = [5, 6, 10, 21];

/** Which update is meant: BPF_ANY, BPF_NOEXIST, BPF_EXIST of <linux/bpf.h>. */
export const Update = { ANY: 0, NOEXIST: 1, EXIST: 2 } as const;
export type Update = (typeof Update)[keyof typeof Update];

/**
 * Opens what is pinned at `path`.
 * @returns its fd (close it with fs.closeSync), or undefined when nothing is there.
 * @throws KernelError
 */
export function openPin(path: string): number | undefined {
  // union bpf_attr: pathname; here the path follows it
  const name = Buffer.from(path);
  const attributes = new Memory(16 + name.length + 1);
  attributes.view.setBigUint64(0, attributes.address + 16n, true);
  attributes.bytes.set(name, 16);
  const fd = systemCall(SYS_bpf, Command.OBJ_GET, attributes.address, 16);
  if (fd === -2) return undefined; // ENOENT
  return checkStatus(`open the pin "${path}"`, fd);
}

/**
 * Opens a map by its pin.
 * @returns undefined when nothing is pinned there.
 * @throws KernelError; LOCKC_E_NOT_LOADED when the map has other sizes, thus
 * belongs to another build of lockc (a look-up would write past its buffer).
 */
export function openMap(path: string, keySize: number, valueSize: number): BpfMap | undefined {
  const fd = openPin(path);
  if (fd === undefined) return undefined;
  const info = mapInfo(fd);
  if (
    info.keySize !== keySize ||
    info.valueSize !== valueSize ||
    PER_CPU_TYPES.includes(info.type)
  ) {
    closeSync(fd);
    throw new LockcError(
      "LOCKC_E_NOT_LOADED",
      `"${path}" was made by another build of lockc`,
      "run: lockctl load",
    );
  }
  return { fd, name: path, keySize, valueSize };
}

/** What the kernel says of the map open at `fd`. */
export function mapInfo(fd: number): MapInfo {
  const info = readInfo("read what a map is", fd, 96);
  const [type, id, keySize, valueSize, maxEntries, flags] = new Uint32Array(info.buffer, 0, 6);
  return {
    type: type!,
    id: id!,
    keySize: keySize!,
    valueSize: valueSize!,
    maxEntries: maxEntries!,
    flags: flags!,
  };
}

/** The first `size` bytes of what the kernel says of the map, program or link open at `fd`. */
export function readInfo(act: string, fd: number, size: number): Uint8Array<ArrayBuffer> {
  // union bpf_attr: bpf_fd, info_len, info; here what is told follows it
  const attributes = new Memory(16 + size);
  attributes.view.setUint32(0, fd, true);
  attributes.view.setUint32(4, size, true);
  attributes.view.setBigUint64(8, attributes.address + 16n, true);
  checkStatus(act, systemCall(SYS_bpf, Command.OBJ_GET_INFO_BY_FD, attributes.address, 16));
  return attributes.bytes.slice(16);
}

/** The value at `key`, or undefined when there is none. A task storage's key is a pidfd. */
export function lookUp(map: BpfMap, key: Uint8Array): Uint8Array | undefined {
  const value = new Uint8Array(map.valueSize);
  const status = element(Command.MAP_LOOKUP_ELEM, map, sized(key, map.keySize, map), value);
  if (status === -2) return undefined; // ENOENT
  checkStatus(`look up in the map "${map.name}"`, status);
  return value;
}

/**
 * Writes `value` at `key`.
 * @throws KernelError: E2BIG or ENOSPC when the map is full, EEXIST, ENOENT by `flags`.
 */
export function update(
  map: BpfMap,
  key: Uint8Array,
  value: Uint8Array,
  flags: Update = Update.ANY,
): void {
  const status = element(
    Command.MAP_UPDATE_ELEM,
    map,
    sized(key, map.keySize, map),
    sized(value, map.valueSize, map),
    flags,
  );
  checkStatus(`write to the map "${map.name}"`, status);
}

/** Removes `key`; false when it was not there. */
export function remove(map: BpfMap, key: Uint8Array): boolean {
  const status = element(Command.MAP_DELETE_ELEM, map, sized(key, map.keySize, map), undefined);
  if (status === -2) return false; // ENOENT
  checkStatus(`remove from the map "${map.name}"`, status);
  return true;
}

/**
 * Every key of a hash map. The kernel starts over when the key it walks from
 * goes away meanwhile, so keys are collected once each and the steps are
 * bounded; what is added during the walk may be missing.
 */
export function keysOf(map: BpfMap): Uint8Array[] {
  const keys = new Map<string, Uint8Array>();
  let from: Uint8Array | null = null;
  for (let steps = 4 * mapInfo(map.fd).maxEntries; steps > 0; steps--) {
    const next = new Uint8Array(map.keySize);
    const status = element(Command.MAP_GET_NEXT_KEY, map, from, next);
    if (status === -2) break; // ENOENT: the last key was `from`
    checkStatus(`walk the map "${map.name}"`, status);
    keys.set(Buffer.from(next).toString("hex"), next);
    from = next;
  }
  return [...keys.values()];
}

/**
 * Calls a program of the kind that is at no hook.
 * @param fd the program, for example from openPin.
 * @param context what it gets, and afterwards what it has made of that.
 * @returns what it returned, 0 or a negative errno.
 * @throws KernelError when it could not be called.
 */
export function callProgram(fd: number, context: Uint8Array): number {
  // union bpf_attr: prog_fd, retval, ctx_size_in at 40, ctx_in at 48; here the context follows it
  const size = 80;
  const attributes = new Memory(size + context.length);
  const { bytes, view, address } = attributes;
  bytes.set(context, size);
  view.setUint32(0, fd, true);
  view.setUint32(40, context.length, true);
  view.setBigUint64(48, address + BigInt(size), true);
  checkStatus("call a program", systemCall(SYS_bpf, Command.PROG_TEST_RUN, address, size));
  context.set(bytes.subarray(size));
  return view.getInt32(4, true);
}

/** A pidfd, container key or any other small integer as a native map key. */
export function u32Key(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

/** A 64-bit identity as a native map key. */
export function u64Key(value: bigint): Uint8Array {
  return new Uint8Array(new BigUint64Array([value]).buffer);
}

function sized(bytes: Uint8Array, size: number, map: BpfMap): Uint8Array {
  if (bytes.length === size) return bytes;
  throw new LockcError(
    "LOCKC_E_BUG",
    `${bytes.length} bytes for the map "${map.name}", which takes ${size}`,
    "please report this",
  );
}

const EBUSY = -16;
const EAGAIN = -11;
const ENOENT = -2;

/** How often attaching is tried, a millisecond apart, while others attach and let go of it. */
const ATTACH_TRIES = 2000;

/**
 * Attaches a loaded LSM program where it was loaded for, as long as the returned fd is open in
 * any process. Where somebody has attached it already, that is shared.
 * @param fd the program's.
 * @throws KernelError
 */
export function attachProgram(fd: number): number {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let left = ATTACH_TRIES; ; left--) {
    // union bpf_attr: name (0: none), prog_fd; the kernel asks the program where it goes
    // (kernel/bpf/syscall.c, bpf_raw_tracepoint_open)
    const attributes = new Memory(16);
    attributes.view.setUint32(8, fd, true);
    const link = systemCall(SYS_bpf, Command.RAW_TRACEPOINT_OPEN, attributes.address, 16);
    if (link !== EBUSY || left === 0) return checkStatus("attach a program", link);
    const shared = findLink(programId(fd));
    if (shared !== undefined) return shared;
    Atomics.wait(clock, 0, 0, 1);
  }
}

/** struct bpf_prog_info: type, id. */
function programId(fd: number): number {
  return new Uint32Array(readInfo("read what a program is", fd, 8).buffer)[1]!;
}

/** The link that holds the program, open; undefined when none does any more, or yet. */
function findLink(program: number): number | undefined {
  // union bpf_attr: start_id or link_id, and next_id, which is to be zero where it does not count
  const attributes = new Memory(12);
  for (let id = 0; ; ) {
    attributes.view.setUint32(0, id, true);
    const status = systemCall(SYS_bpf, Command.LINK_GET_NEXT_ID, attributes.address, 12);
    if (status === ENOENT) return undefined;
    checkStatus("list what is attached", status);
    id = attributes.view.getUint32(4, true);
    attributes.view.setUint32(0, id, true);
    attributes.view.setUint32(4, 0, true);
    const fd = systemCall(SYS_bpf, Command.LINK_GET_FD_BY_ID, attributes.address, 12);
    // One that somebody is just making has a number and cannot be opened (bpf_link_by_id).
    if (fd === ENOENT || fd === EAGAIN) continue;
    checkStatus("open what is attached", fd);
    if (linkInfo(fd).program === program) return fd;
    closeSync(fd);
  }
}

/** Whether a link is open at `fd`, and not a program or a map. */
export function isLink(fd: number): boolean {
  return /bpf[_-]link/.test(readlinkSync(`/proc/self/fd/${fd}`));
}

/** What the link open at `fd` is: its kind, its program's ID and, for a tracing link, how it is attached. */
export function linkInfo(fd: number) {
  // struct bpf_link_info: type, id, prog_id; for BPF_LINK_TYPE_TRACING attach_type at 16
  const info = new Uint32Array(readInfo("read what a link is", fd, 64).buffer);
  return { type: info[0]!, program: info[2]!, attachType: info[4]! };
}
