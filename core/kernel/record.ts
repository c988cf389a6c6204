// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's structs as plain values: encode and decode by the layouts that
 * core/generated/layout.ts takes from the object's BTF. u64 is a bigint, the
 * smaller integers are numbers, char arrays are strings, other arrays arrays.
 * Pure. Byte order is little endian, as BPF's is wherever lockc is built.
 */
import { LockcError } from "../errors.ts";

export interface Field {
  readonly offset: number;
  readonly kind: "u8" | "u16" | "u32" | "u64" | "char";
  readonly count?: number;
}

export interface Layout {
  readonly name: string;
  readonly size: number;
  readonly fields: Readonly<Record<string, Field>>;
}

type Scalar<F extends Field> = F["kind"] extends "u64" ? bigint : number;
type FieldValue<F extends Field> = F["kind"] extends "char"
  ? string
  : F extends { readonly count: number }
    ? readonly Scalar<F>[]
    : Scalar<F>;

/** What decode gives for a layout, and what encode takes. */
export type Values<L extends Layout> = {
  readonly [K in keyof L["fields"]]: FieldValue<L["fields"][K]>;
};

const WIDTH = { u8: 1, u16: 2, u32: 4, u64: 8, char: 1 } as const;

/**
 * The bytes of one struct. Fields and array elements left out, and padding,
 * are zero. Text too long for its array is cut where a UTF-8 character ends,
 * leaving room for the NUL.
 * @throws LOCKC_E_BUG for an integer that its field cannot hold, text with a
 * NUL inside, more elements than the array has, or an unknown field.
 */
export function encode<L extends Layout>(layout: L, values: Partial<Values<L>>): Uint8Array {
  const bytes = new Uint8Array(layout.size);
  const view = new DataView(bytes.buffer);
  for (const [name, value] of Object.entries(values)) {
    const where = `${layout.name}.${name}`;
    const field = layout.fields[name];
    if (field === undefined) throw bug(`${where} is not a field`);
    if (field.kind === "char") {
      writeText(bytes.subarray(field.offset, field.offset + field.count!), value as string, where);
      continue;
    }
    const elements = field.count === undefined ? [value] : (value as readonly unknown[]);
    if (elements.length > (field.count ?? 1)) throw bug(`${where} has room for ${field.count}`);
    const width = WIDTH[field.kind];
    elements.forEach((element, index) => {
      writeInteger(view, field.offset + index * width, field.kind, element, where);
    });
  }
  return bytes;
}

/** The values of one struct; `bytes` may be longer than it, not shorter. */
export function decode<L extends Layout>(layout: L, bytes: Uint8Array): Values<L> {
  if (bytes.length < layout.size) throw bug(`${layout.name} of ${bytes.length} bytes is too short`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Object.entries(layout.fields).map(([name, field]) => {
    const { offset, kind, count } = field;
    if (kind === "char") return [name, readText(bytes.subarray(offset, offset + count!))];
    if (count === undefined) return [name, readInteger(view, offset, kind)];
    const indexes = Array.from({ length: count }, (_, index) => offset + index * WIDTH[kind]);
    return [name, indexes.map((at) => readInteger(view, at, kind))];
  });
  return Object.fromEntries(values) as Values<L>;
}

/**
 * Text as a zero-padded map key of `size` bytes. Never cut: two long names
 * that begin alike must not become one key.
 * @returns undefined when the text does not fit or has a NUL inside.
 */
export function encodeKey(size: number, text: string): Uint8Array | undefined {
  const utf8 = new TextEncoder().encode(text);
  if (utf8.length >= size || utf8.includes(0)) return undefined;
  const key = new Uint8Array(size);
  key.set(utf8);
  return key;
}

const UTF_8 = new TextDecoder();

/** Text up to the first NUL, or all of it. */
export function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return UTF_8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function writeText(room: Uint8Array, text: string, where: string): void {
  if (text.includes("\0")) throw bug(`${where} would end at a NUL inside the text`);
  // encodeInto writes whole characters only, so a cut never splits one.
  new TextEncoder().encodeInto(text, room.subarray(0, -1));
}

function writeInteger(
  view: DataView,
  offset: number,
  kind: keyof typeof WIDTH,
  value: unknown,
  where: string,
): void {
  if (kind === "u64") {
    if (typeof value !== "bigint" || BigInt.asUintN(64, value) !== value) {
      throw bug(`${where} cannot hold ${value}`);
    }
    view.setBigUint64(offset, value, true);
    return;
  }
  const limit = 2 ** (8 * WIDTH[kind]);
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) >= limit) {
    throw bug(`${where} cannot hold ${value}`);
  }
  if (kind === "u32") view.setUint32(offset, value as number, true);
  else if (kind === "u16") view.setUint16(offset, value as number, true);
  else view.setUint8(offset, value as number);
}

function readInteger(view: DataView, offset: number, kind: keyof typeof WIDTH): bigint | number {
  if (kind === "u64") return view.getBigUint64(offset, true);
  if (kind === "u32") return view.getUint32(offset, true);
  if (kind === "u16") return view.getUint16(offset, true);
  return view.getUint8(offset);
}

function bug(reason: string): LockcError {
  return new LockcError("LOCKC_E_BUG", reason, "please report this");
}
