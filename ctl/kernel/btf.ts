// SPDX-License-Identifier: Apache-2.0
/** Reads what the functions of a kernel take and give back out of its BTF. Pure. */
import { LockcError } from "../../core/errors.ts";

/** A function's types in words, without const and typedef: `struct path *`, `int`, `void`. */
export interface Signature {
  readonly returns: string;
  readonly takes: readonly string[];
}

/** Kinds of <linux/btf.h>; the others have no part in a signature. */
const Kind = {
  PTR: 2,
  STRUCT: 4,
  UNION: 5,
  ENUM: 6,
  FWD: 7,
  TYPEDEF: 8,
  VOLATILE: 9,
  CONST: 10,
  RESTRICT: 11,
  FUNC: 12,
  FUNC_PROTO: 13,
  TYPE_TAG: 18,
  ENUM64: 19,
} as const;

/** Bytes that follow a type's head, by kind: so many, and so many for each of its members. */
const TAILS: readonly (readonly [once: number, each: number])[] = [
  [0, 0], // void, has no entry
  [4, 0], // INT
  [0, 0], // PTR
  [12, 0], // ARRAY
  [0, 12], // STRUCT
  [0, 12], // UNION
  [0, 8], // ENUM
  [0, 0], // FWD
  [0, 0], // TYPEDEF
  [0, 0], // VOLATILE
  [0, 0], // CONST
  [0, 0], // RESTRICT
  [0, 0], // FUNC
  [0, 8], // FUNC_PROTO
  [4, 0], // VAR
  [0, 12], // DATASEC
  [0, 0], // FLOAT
  [4, 0], // DECL_TAG
  [0, 0], // TYPE_TAG
  [0, 12], // ENUM64
];

const HEAD_SIZE = 12; // struct btf_type: name_off, info, size or type
const MAGIC = 0xeb9f;

/**
 * The signatures of the functions whose names begin with one of `prefixes`.
 * @throws LOCKC_E_KERNEL for bytes that are no BTF, or one with kinds from the future.
 */
export function readSignatures(
  btf: Buffer,
  prefixes: readonly string[],
): ReadonlyMap<string, Signature> {
  if (btf.length < 24 || btf.readUInt16LE(0) !== MAGIC) throw unreadable("it has no magic");
  // struct btf_header: magic, version, flags, hdr_len, type_off, type_len, str_off, str_len
  const [start, typeOff, typeLen, strOff] = [4, 8, 12, 16].map((at) => btf.readUInt32LE(at));
  const types = start! + typeOff!;
  const strings = start! + strOff!;
  const nameAt = (offset: number): string => {
    const from = strings + btf.readUInt32LE(offset);
    return btf.toString("utf8", from, btf.indexOf(0, from));
  };
  const kindAt = (offset: number): number => (btf.readUInt32LE(offset + 4) >>> 24) & 0x1f;
  const heads: number[] = [0]; // type id → offset; 0 is void
  for (let at = types; at < types + typeLen!; ) {
    heads.push(at);
    const tail = TAILS[kindAt(at)];
    if (tail === undefined) throw unreadable(`it has a type of kind ${kindAt(at)}`);
    at += HEAD_SIZE + tail[0] + tail[1] * (btf.readUInt32LE(at + 4) & 0xffff);
  }

  const describe = (id: number): string => {
    if (id === 0) return "void";
    const at = heads[id]!;
    switch (kindAt(at)) {
      case Kind.PTR:
        return `${describe(btf.readUInt32LE(at + 8))} *`;
      case Kind.TYPEDEF:
      case Kind.VOLATILE:
      case Kind.CONST:
      case Kind.RESTRICT:
      case Kind.TYPE_TAG:
        return describe(btf.readUInt32LE(at + 8));
      case Kind.STRUCT:
      case Kind.FWD:
        return `struct ${nameAt(at)}`;
      case Kind.UNION:
        return `union ${nameAt(at)}`;
      case Kind.ENUM:
      case Kind.ENUM64:
        return `enum ${nameAt(at)}`;
      case Kind.FUNC_PROTO:
        return "function";
      default:
        return nameAt(at);
    }
  };

  const signatures = new Map<string, Signature>();
  for (const at of heads.slice(1)) {
    if (kindAt(at) !== Kind.FUNC) continue;
    const name = nameAt(at);
    if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
    const proto = heads[btf.readUInt32LE(at + 8)]!;
    const count = btf.readUInt32LE(proto + 4) & 0xffff;
    signatures.set(name, {
      returns: describe(btf.readUInt32LE(proto + 8)),
      takes: Array.from({ length: count }, (_, index) =>
        describe(btf.readUInt32LE(proto + HEAD_SIZE + 8 * index + 4)),
      ),
    });
  }
  return signatures;
}

function unreadable(why: string): LockcError {
  return new LockcError(
    "LOCKC_E_KERNEL",
    `the kernel's BTF cannot be read: ${why}`,
    "please report this, with the kernel's version",
  );
}
