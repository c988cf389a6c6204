// SPDX-License-Identifier: Apache-2.0
/**
 * Maps by what they are in this version (core/generated/maps.ts): rows instead of bytes. Of
 * another version's map nothing is read, since its bytes mean something else.
 */
import { closeSync } from "node:fs";
import { join } from "node:path";
import { type BpfMap, keysOf, lookUp, openMap, u32Key, u64Key } from "../../core/ffi/bpf.ts";
import {
  decode,
  encode,
  encodeKey,
  type Layout,
  readText,
  type Values,
} from "../../core/kernel/record.ts";
import type { MapDeclaration } from "../ffi/libbpf.ts";

/** A map that is open, and how it was declared. */
export interface OpenMap extends BpfMap, MapDeclaration {}

/** Open maps, by name. */
export type Maps = ReadonlyMap<string, OpenMap>;

/** What is no struct. */
interface Plain {
  readonly kind: "u8" | "u16" | "u32" | "u64" | "char" | "bytes";
  readonly size: number;
}

type Shape = Layout | Plain;

type Decoded<S extends Shape> = S extends Layout
  ? Values<S>
  : S extends { readonly kind: "u64" }
    ? bigint
    : S extends { readonly kind: "char" }
      ? string
      : S extends { readonly kind: "bytes" }
        ? Uint8Array
        : number;

/** Fields of a struct that are left out are zero. */
type Encoded<S extends Shape> = S extends Layout ? Partial<Values<S>> : Decoded<S>;

/** A map of core/generated/maps.ts that has elements. */
export interface MapSpec<K extends Shape = Shape, V extends Shape = Shape> {
  readonly name: string;
  readonly key: K;
  readonly value: V;
}

interface Row<K extends Shape, V extends Shape> {
  readonly key: Decoded<K>;
  readonly value: Decoded<V>;
}

/** A map's elements. */
interface Table<K extends Shape, V extends Shape> {
  /** undefined: there is none; nor is there one by a text that is too long. */
  get(key: Encoded<K>): Decoded<V> | undefined;
  keys(): Decoded<K>[];
  /** What goes away while they are read is left out. */
  rows(): Row<K, V>[];
}

/** The elements of a map of core/generated/maps.ts. */
export type TableOf<M extends MapSpec> = Table<M["key"], M["value"]>;

/** undefined: it is not there, or another version's. */
export function table<K extends Shape, V extends Shape>(
  maps: Maps,
  spec: MapSpec<K, V>,
): Table<K, V> | undefined {
  const map = maps.get(spec.name);
  if (map?.keySize !== spec.key.size || map.valueSize !== spec.value.size) return undefined;
  return tableOf(map, spec);
}

/** Where a map is pinned. */
export function pinOf(pins: string, { name }: { readonly name: string }): string {
  return join(pins, "maps", name);
}

/**
 * One map by itself, open as long as it is used.
 * @returns undefined when it is not pinned.
 * @throws LOCKC_E_NOT_LOADED when it is another version's
 */
export function openTable<K extends Shape, V extends Shape>(
  pins: string,
  spec: MapSpec<K, V>,
): (Table<K, V> & Disposable) | undefined {
  const map = openMap(pinOf(pins, spec), spec.key.size, spec.value.size);
  if (map === undefined) return undefined;
  return { ...tableOf(map, spec), [Symbol.dispose]: () => closeSync(map.fd) };
}

function tableOf<K extends Shape, V extends Shape>(
  map: BpfMap,
  { key: keys, value: values }: MapSpec<K, V>,
): Table<K, V> {
  const at = (key: Uint8Array) => {
    const value = lookUp(map, key);
    return value && decodeAs(values, value);
  };
  return {
    get: (key) => {
      const bytes = encodeAs(keys, key);
      return bytes && at(bytes);
    },
    keys: () => keysOf(map).map((key) => decodeAs(keys, key)),
    rows: () =>
      keysOf(map).flatMap((key) => {
        const value = at(key);
        return value === undefined ? [] : [{ key: decodeAs(keys, key), value }];
      }),
  };
}

function decodeAs<S extends Shape>(shape: S, bytes: Uint8Array): Decoded<S> {
  if ("fields" in shape) return decode(shape, bytes) as Decoded<S>;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = {
    u8: () => view.getUint8(0),
    u16: () => view.getUint16(0, true),
    u32: () => view.getUint32(0, true),
    u64: () => view.getBigUint64(0, true),
    char: () => readText(bytes),
    bytes: () => bytes,
  };
  return read[shape.kind]() as Decoded<S>;
}

/** undefined for text that does not fit. */
function encodeAs<S extends Shape>(shape: S, value: Encoded<S>): Uint8Array | undefined {
  if ("fields" in shape) return encode(shape, value as Partial<Values<Layout>>);
  switch (typeof value) {
    case "string":
      return encodeKey(shape.size, value);
    case "bigint":
      return u64Key(value);
    default:
      return u32Key(value as number);
  }
}
