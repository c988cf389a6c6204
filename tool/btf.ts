// SPDX-License-Identifier: Apache-2.0
/** Reads the layouts of structs and maps, and enums, out of an object's BTF, as bpftool prints it. */
import { run } from "./run.ts";

/** The integers that a layout may use; `char` only comes as an array: text. */
export type Kind = "u8" | "u16" | "u32" | "u64" | "char";

export interface Field {
  readonly offset: number;
  readonly kind: Kind;
  /** Elements, when the field is an array. */
  readonly count?: number;
}

export interface Struct {
  readonly size: number;
  readonly fields: Readonly<Record<string, Field>>;
}

/** What a map's keys or values are: a struct by its name, or one integer, text or bytes. */
export type Shape = { readonly struct: string } | { readonly kind: Kind | "bytes"; size: number };

export interface MapShape {
  /** undefined for a map without elements, a ring buffer. */
  readonly key: Shape | undefined;
  readonly value: Shape | undefined;
}

export interface Contract {
  readonly structs: Readonly<Record<string, Struct>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By name, in the order of the source. */
  readonly maps: Readonly<Record<string, MapShape>>;
}

interface BtfType {
  id: number;
  kind: string;
  name: string;
  size?: number;
  type_id?: number;
  nr_elems?: number;
  nr_bits?: number;
  encoding?: string;
  members?: { name: string; type_id: number; bits_offset: number; bitfield_size?: number }[];
  values?: { name: string; val: number }[];
  vars?: { type_id: number }[];
}

/** Every map, and every struct and enum named lockc_*, in the BTF of the file `object`. */
export function readContract(object: string): Contract {
  const dump = JSON.parse(run("bpftool", ["btf", "dump", "file", object, "-j"])) as {
    types: BtfType[];
  };
  return parseContract(dump.types);
}

/** The pure half of readContract: bpftool's list of types → layouts. */
export function parseContract(types: readonly BtfType[]): Contract {
  const byId = new Map(types.map((type) => [type.id, type]));
  const structs: Record<string, Struct> = {};
  const enums: Record<string, Record<string, number>> = {};
  for (const type of types) {
    if (!type.name.startsWith("lockc_")) continue;
    if (type.kind === "STRUCT") structs[type.name] = parseStruct(type, byId);
    if (type.kind === "ENUM") {
      enums[type.name] = Object.fromEntries(type.values!.map(({ name, val }) => [name, val]));
    }
  }
  return { structs, enums, maps: parseMaps(types, byId) };
}

function parseMaps(
  types: readonly BtfType[],
  byId: ReadonlyMap<number, BtfType>,
): Contract["maps"] {
  const section = types.find(({ kind, name }) => kind === "DATASEC" && name === ".maps");
  const variables = (section?.vars ?? []).map(({ type_id }) => byId.get(type_id)!);
  return Object.fromEntries(
    variables.map(({ name, type_id }) => {
      const { members = [] } = byId.get(type_id!)!;
      const shape = (of: "key" | "value") => {
        const member = members.find((each) => each.name === of);
        // libbpf's __type(key, T) is a member `typeof(T) *key`
        return member && parseShape(byId.get(member.type_id)!.type_id!, byId, `map ${name}.${of}`);
      };
      return [name, { key: shape("key"), value: shape("value") }];
    }),
  );
}

/** Descriptors, the keys of storage, are signed; none that is open is below zero. */
function parseShape(id: number, byId: ReadonlyMap<number, BtfType>, where: string): Shape {
  const type = byId.get(id)!;
  if (type.kind === "TYPEDEF") return parseShape(type.type_id!, byId, where);
  if (type.kind === "STRUCT") {
    return type.name.startsWith("lockc_")
      ? { struct: type.name }
      : { kind: "bytes", size: type.size! };
  }
  if (type.kind === "INT" && type.name === "int") return { kind: "u32", size: 4 };
  const { kind, count } = parseKind(id, byId, where);
  if (kind !== "char" && count !== undefined) throw new Error(`${where} is an array of numbers`);
  return { kind, size: count ?? type.size! };
}

function parseStruct(type: BtfType, byId: ReadonlyMap<number, BtfType>): Struct {
  const fields: Record<string, Field> = {};
  for (const member of type.members!) {
    const where = `struct ${type.name}.${member.name}`;
    if (member.bitfield_size) throw new Error(`${where} is a bit field; use a whole integer`);
    fields[member.name] = {
      offset: member.bits_offset / 8,
      ...parseKind(member.type_id, byId, where),
    };
  }
  return { size: type.size!, fields };
}

function parseKind(
  id: number,
  byId: ReadonlyMap<number, BtfType>,
  where: string,
): Omit<Field, "offset"> {
  const type = byId.get(id)!;
  if (type.kind === "TYPEDEF") return parseKind(type.type_id!, byId, where);
  if (type.kind === "ARRAY") {
    const element = parseKind(type.type_id!, byId, where);
    if (element.count !== undefined) throw new Error(`${where} is an array of arrays`);
    return { ...element, count: type.nr_elems! };
  }
  if (type.kind === "INT" && type.name === "char") return { kind: "char" };
  if (type.kind === "STRUCT") return { kind: "u8", count: type.size! }; // to be decoded by itself
  if (type.kind === "INT" && type.encoding !== "SIGNED" && isWidth(type.nr_bits)) {
    return { kind: `u${type.nr_bits}` };
  }
  throw new Error(`${where} is neither an unsigned integer, nor text, nor an array of those`);
}

function isWidth(bits: number | undefined): bits is 8 | 16 | 32 | 64 {
  return bits === 8 || bits === 16 || bits === 32 || bits === 64;
}
