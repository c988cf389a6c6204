// SPDX-License-Identifier: Apache-2.0
/**
 * The door to libbpf: maps and programs that are pinned and loaded. (Objects and links
 * are libbpf-objects.ts, which only lockctl needs.) Each function is bound when it
 * is first called, so a container's start pays only for what it uses. libbpf
 * 1.x returns a negative errno and sets errno as well.
 */
import { closeSync } from "node:fs";
import { LockcError } from "../errors.ts";
import { checkStatus } from "./kernel-error.ts";
import { koffi } from "./koffi.ts";

/** The library of libbpf 1.x, whose functions below have kept their prototypes. */
const LIBRARY = "libbpf.so.1";

type Library = ReturnType<ReturnType<typeof koffi>["load"]>;
let library: Library | undefined;

/** libbpf itself, loaded on the first call. */
export function libbpf(): Library {
  try {
    library ??= koffi().load(LIBRARY);
  } catch (cause) {
    if (cause instanceof LockcError) throw cause;
    throw new LockcError(
      "LOCKC_E_NOT_LOADED",
      `cannot load "${LIBRARY}"`,
      "install libbpf 1.x (Debian: libbpf1)",
      { cause },
    );
  }
  return library;
}

/**
 * A C function that is looked up when it is first called.
 * @param prototype its C signature, with koffi's names for the types.
 */
export function lazily<F extends (...args: never[]) => unknown>(prototype: string): F {
  let bound: F | undefined;
  return ((...args) => {
    bound ??= libbpf().func(prototype) as unknown as F;
    return bound(...args);
  }) as F;
}

// int bpf_obj_get(const char *pathname);
const bpf_obj_get = lazily<(path: string) => number>("int bpf_obj_get(const char *)");

// int bpf_obj_get_info_by_fd(int bpf_fd, void *info, __u32 *info_len);
const bpf_obj_get_info_by_fd = lazily<
  (fd: number, info: Uint8Array, length: Uint32Array) => number
>("int bpf_obj_get_info_by_fd(int, void *, void *)");

// int bpf_map_lookup_elem(int fd, const void *key, void *value);
const bpf_map_lookup_elem = lazily<(fd: number, key: Uint8Array, value: Uint8Array) => number>(
  "int bpf_map_lookup_elem(int, const void *, void *)",
);

// int bpf_map_update_elem(int fd, const void *key, const void *value, __u64 flags);
const bpf_map_update_elem = lazily<
  (fd: number, key: Uint8Array, value: Uint8Array, flags: number) => number
>("int bpf_map_update_elem(int, const void *, const void *, uint64_t)");

// int bpf_map_delete_elem(int fd, const void *key);
const bpf_map_delete_elem = lazily<(fd: number, key: Uint8Array) => number>(
  "int bpf_map_delete_elem(int, const void *)",
);

// int bpf_map_get_next_key(int fd, const void *key, void *next_key);
const bpf_map_get_next_key = lazily<
  (fd: number, key: Uint8Array | null, next: Uint8Array) => number
>("int bpf_map_get_next_key(int, const void *, void *)");

// int bpf_prog_test_run_opts(int prog_fd, struct bpf_test_run_opts *opts);
const bpf_prog_test_run_opts = lazily<(fd: number, options: Uint8Array) => number>(
  "int bpf_prog_test_run_opts(int, void *)",
);

/** An open map. Its sizes have been compared with the kernel's, so buffers of them are safe. */
export interface BpfMap {
  readonly fd: number;
  readonly name: string;
  readonly keySize: number;
  readonly valueSize: number;
}

/** What the kernel says of a map: struct bpf_map_info of <linux/bpf.h>. */
export interface MapInfo {
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
  const fd = bpf_obj_get(path);
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
  const info = new Uint8Array(size);
  checkStatus(act, bpf_obj_get_info_by_fd(fd, info, new Uint32Array([size])));
  return info;
}

/** The value at `key`, or undefined when there is none. A task storage's key is a pidfd. */
export function lookUp(map: BpfMap, key: Uint8Array): Uint8Array | undefined {
  const value = new Uint8Array(map.valueSize);
  const status = bpf_map_lookup_elem(map.fd, sized(key, map.keySize, map), value);
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
  const status = bpf_map_update_elem(
    map.fd,
    sized(key, map.keySize, map),
    sized(value, map.valueSize, map),
    flags,
  );
  checkStatus(`write to the map "${map.name}"`, status);
}

/** Removes `key`; false when it was not there. */
export function remove(map: BpfMap, key: Uint8Array): boolean {
  const status = bpf_map_delete_elem(map.fd, sized(key, map.keySize, map));
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
    const status = bpf_map_get_next_key(map.fd, from, next);
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
  // struct bpf_test_run_opts: sz, data_in, data_out, sizes, ctx_in at 32, ctx_out,
  // ctx_size_in at 48, ctx_size_out, retval at 56, repeat, duration, flags, cpu, batch_size
  const stable = new Uint8Array(new ArrayBuffer(context.length)); // V8 moves small arrays
  stable.set(context);
  const options = new Uint8Array(80);
  const view = new DataView(options.buffer);
  view.setBigUint64(0, BigInt(options.length), true);
  view.setBigUint64(32, koffi().address(stable), true);
  view.setUint32(48, context.length, true);
  checkStatus("call a program", bpf_prog_test_run_opts(fd, options));
  context.set(stable);
  return view.getInt32(56, true);
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
