// SPDX-License-Identifier: Apache-2.0
/** The ring buffer as bytes, without a kernel: test/ctl/event/events.test.ts has a real one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { consume, type RingMemory, readRing } from "../../../ctl/event/ring.ts";

const SIZE = 4096;
const BUSY = 0x8000_0000;
const DISCARD = 0x4000_0000;

/** The kernel's side: what kernel/bpf/ringbuf.c does to the memory. */
class Producer {
  readonly memory: RingMemory = {
    consumer: new BigUint64Array(1),
    producer: new BigUint64Array(1),
    data: new ArrayBuffer(2 * SIZE),
    size: SIZE,
  };
  #at: bigint;

  /** @param at where both positions begin */
  constructor(at = 0n) {
    this.#at = at;
    this.memory.consumer[0] = at;
    this.memory.producer[0] = at;
  }

  /** The record's place, or undefined where there is no room. */
  put(content: Uint8Array, flags = 0): bigint | undefined {
    const place = this.#at;
    const next = place + BigInt((content.length + 8 + 7) & ~7);
    if (next - this.memory.consumer[0]! > SIZE) return undefined;
    this.#at = next;
    this.memory.producer[0] = next;
    const header = new Uint8Array(8);
    new DataView(header.buffer).setUint32(0, (content.length | flags) >>> 0, true);
    this.#write(place, Buffer.concat([header, content]));
    return place;
  }

  commit(place: bigint, length: number, flags = 0): void {
    const header = new Uint8Array(4);
    new DataView(header.buffer).setUint32(0, (length | flags) >>> 0, true);
    this.#write(place, header);
  }

  /** Both copies are the same memory. */
  #write(place: bigint, bytes: Uint8Array): void {
    const data = new Uint8Array(this.memory.data);
    for (const [index, byte] of bytes.entries()) {
      const offset = (Number(place & BigInt(SIZE - 1)) + index) % SIZE;
      data[offset] = byte;
      data[offset + SIZE] = byte;
    }
  }
}

const bytes = (content: string) => new Uint8Array(Buffer.from(content));
const text = (record: Uint8Array) => Buffer.from(record).toString();
const texts = (memory: RingMemory, limit?: number) => readRing(memory, text, limit).items;

test("reads what is complete, in order, and takes nothing away", () => {
  const producer = new Producer();
  for (const each of ["one", "two!!!!!", ""]) producer.put(bytes(each));
  assert.deepEqual(texts(producer.memory), ["one", "two!!!!!", ""]);
  assert.deepEqual(texts(producer.memory), ["one", "two!!!!!", ""]);
  assert.deepEqual(texts(producer.memory, 2), ["one", "two!!!!!"]);
  const { end } = readRing(producer.memory, text, 2);
  consume(producer.memory, end);
  assert.deepEqual(texts(producer.memory), [""]);
});

test("waits for a record that is being written, also before complete ones", () => {
  const producer = new Producer();
  producer.put(bytes("one"));
  const busy = producer.put(bytes("two"), BUSY)!;
  producer.put(bytes("three"));
  assert.deepEqual(texts(producer.memory), ["one"]);
  producer.commit(busy, 3);
  assert.deepEqual(texts(producer.memory), ["one", "two", "three"]);
});

test("leaves out what was discarded, and goes past it", () => {
  const producer = new Producer();
  producer.put(bytes("never"), DISCARD);
  producer.put(bytes("two"));
  producer.put(bytes("never"), DISCARD);
  assert.deepEqual(texts(producer.memory), ["two"]);
  const { end } = readRing(producer.memory, text);
  assert.equal(end, producer.memory.producer[0]);
});

test("gives whole records whose memory wraps around, at any position", () => {
  const operation = fc.record({
    content: fc.uint8Array({ maxLength: 700 }),
    flags: fc.constantFrom(0, 0, 0, DISCARD),
    read: fc.integer({ min: 0, max: 5 }),
  });
  const begin = fc.bigInt(0n, 2n ** 60n).map((at) => at & ~7n);
  fc.assert(
    fc.property(begin, fc.array(operation, { maxLength: 100 }), (at, operations) => {
      const producer = new Producer(at);
      const written: string[] = [];
      const read: string[] = [];
      const hex = (content: Uint8Array) => Buffer.from(content).toString("hex");
      for (const { content, flags, read: limit } of operations) {
        const place = producer.put(content, flags);
        if (place !== undefined && flags === 0) written.push(hex(content));
        if (limit === 0) continue;
        const { items, end } = readRing(producer.memory, hex, limit);
        read.push(...items);
        consume(producer.memory, end);
      }
      read.push(...readRing(producer.memory, hex).items);
      assert.deepEqual(read, written);
    }),
  );
});

test("who only peeks and is overtaken says nothing rather than nonsense", () => {
  const producer = new Producer();
  const { memory } = producer;
  producer.put(bytes("first"));
  // A consumer position that stays behind for good, as if each look were overtaken.
  memory.producer[0] = memory.consumer[0]! + BigInt(SIZE) + 8n;
  assert.deepEqual(texts(memory), []);
});
