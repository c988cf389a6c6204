// SPDX-License-Identifier: Apache-2.0
/**
 * A BPF ring buffer as the kernel lays it out (kernel/bpf/ringbuf.c): a page with the
 * consumer's position, a page with the producers', the data, and the data once more, so that
 * a record which begins near the end is whole. Positions only grow. A record has a header of 8
 * bytes, whose first four are its length and two bits; the producers set their position
 * before a record is complete, and BUSY says so until then.
 *
 * Reading takes nothing away, so anybody may; `consume` is for the one who has the lock of
 * the reader (ctl/event/reader.ts). Nobody is woken by the programs: whoever reads looks again.
 */

import { mapInfo, openPin } from "../../core/ffi/bpf.ts";
import { type Mapping, mapShared } from "../ffi/libc.ts";
import { closing } from "../ffi/opened.ts";

/** BPF_MAP_TYPE_RINGBUF of <linux/bpf.h>. */
const RING_TYPE = 27;
const PAGE = 4096;
const HEADER = 8;
/** BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT. */
const BUSY = 0x8000_0000;
const DISCARD = 0x4000_0000;

/** The mapped parts, each as the type that it is read with. */
export interface RingMemory {
  readonly consumer: BigUint64Array;
  readonly producer: BigUint64Array;
  /** Twice `size` bytes. */
  readonly data: ArrayBuffer;
  readonly size: number;
}

interface Batch<T> {
  readonly items: readonly T[];
  /** Where the next record begins. */
  readonly end: bigint;
}

/** How often a look begins anew that a consumer has overtaken. */
const TRIES = 10;

/**
 * What `take` makes of at most `limit` complete records from the consumer's position on.
 * @param take gets the buffer's own memory, so it copies what it keeps.
 */
export function readRing<T>(
  memory: RingMemory,
  take: (record: Uint8Array) => T,
  limit = Infinity,
): Batch<T> {
  for (let tries = TRIES; ; tries--) {
    const from = Atomics.load(memory.consumer, 0);
    const batch = walk(memory, from, take, limit);
    // Producers never overwrite what is not consumed. Where somebody has consumed it
    // meanwhile they may have, so what was read may be nonsense.
    if (Atomics.load(memory.producer, 0) - from <= BigInt(memory.size)) return batch;
    if (tries === 0) return { items: [], end: from };
  }
}

function walk<T>(
  { producer, data, size }: RingMemory,
  from: bigint,
  take: (record: Uint8Array) => T,
  limit: number,
): Batch<T> {
  const words = new Uint32Array(data);
  const end = Atomics.load(producer, 0);
  const items: T[] = [];
  let at = from;
  while (at < end && items.length < limit) {
    const offset = Number(at & BigInt(size - 1));
    const header = Atomics.load(words, offset / 4);
    if (header & BUSY) break;
    const length = header & ~DISCARD;
    const next = at + BigInt((length + HEADER + 7) & ~7);
    if (next > end) break; // only of what was overwritten
    if (!(header & DISCARD)) items.push(take(new Uint8Array(data, offset + HEADER, length)));
    at = next;
  }
  return { items, end: at };
}

/** Gives the room before `end` back to the producers. */
export function consume(memory: RingMemory, end: bigint): void {
  Atomics.store(memory.consumer, 0, end);
}

/** A pinned ring buffer, mapped. */
export interface Ring extends RingMemory, Disposable {
  /** The kernel's number of the map: another one after a load that replaces it. */
  readonly id: number;
}

/**
 * @param writable whether it is to be consumed.
 * @returns undefined when no ring buffer is pinned there.
 */
export function openRing(path: string, writable: boolean): Ring | undefined {
  const fd = openPin(path);
  if (fd === undefined) return undefined;
  const mappings: Mapping[] = [];
  const map = (offset: number, length: number, write: boolean) => {
    const mapping = mapShared(fd, offset, length, write);
    mappings.push(mapping);
    return mapping.bytes;
  };
  const close = () => {
    for (const mapping of mappings.splice(0)) mapping.close();
  };
  using pin = closing(fd); // the mappings hold on
  try {
    const { type, id, maxEntries: size } = mapInfo(pin.fd);
    if (type !== RING_TYPE) return undefined;
    return {
      consumer: new BigUint64Array(map(0, PAGE, writable), 0, 1),
      producer: new BigUint64Array(map(PAGE, PAGE, false), 0, 1),
      data: map(2 * PAGE, 2 * size, false),
      size,
      id,
      [Symbol.dispose]: close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** The kernel's number of the map that is pinned there; undefined: none is. */
export function readMapId(path: string): number | undefined {
  const fd = openPin(path);
  if (fd === undefined) return undefined;
  using pin = closing(fd);
  return mapInfo(pin.fd).id;
}
