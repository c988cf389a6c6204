// SPDX-License-Identifier: Apache-2.0
/** Entries of maps: keys, sets and hashes as the kernel half reads them. */
import { PSEUDO_KEY } from "../../core/generated/layout.ts";

/** One element of a map. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** A key as text: equal when the bytes are, unlike the arrays themselves. */
export function keyText(key: Uint8Array): string {
  return Buffer.from(key).toString("hex");
}

/** Keeps the last of several entries for one key. */
export function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((each) => [keyText(each.key), each])).values()];
}

/** A number of 32 bits, as a key or a value. */
export function numberOf(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

/** The set that an element of `pseudo` or `devices` belongs to: both keys begin with it. */
export function setOf(key: Uint8Array): bigint {
  return Buffer.from(key.buffer, key.byteOffset).readBigUInt64LE(PSEUDO_KEY.fields.set.offset);
}

/** FNV-1a, 64 bits, as bpf/pseudo.bpf.h does it; "/" is the empty path. */
export function hashPath(path: string): bigint {
  const bytes = path === "/" ? new Uint8Array() : new TextEncoder().encode(path);
  return bytes.reduce(
    (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n),
    0xcbf29ce484222325n,
  );
}
