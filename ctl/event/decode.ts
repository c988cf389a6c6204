// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel tells (struct lockc_event, bpf/lockc.h) → an Event as
 * schemas/event.schema.json describes it, with the sentence that says it to people. Pure.
 *
 * Names and paths are whatever a container chose. In `msg` they are quoted, and what would
 * steer a terminal is spelled out; elsewhere they are as they came, so whoever writes them
 * escapes them (ctl/screen/terminal.ts).
 */
import type { Event, EventObject } from "../../core/generated/event.ts";
import {
  Access,
  EVENT,
  EventKind,
  Hook,
  LOCKC_PATH_SIZE,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  type RECENT,
  Rule,
} from "../../core/generated/layout.ts";
import { decode, readText, type Values } from "../../core/kernel/record.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import { CAPABILITIES } from "../../core/rule/capabilities.ts";
import { RULE_NAMES } from "../../core/rule/rules.ts";
import { sentence } from "./sentence.ts";

export type { Event } from "../../core/generated/event.ts";

type Raw = Values<typeof EVENT>;
type KindName = keyof typeof EventKind;

/** An element of `recent` that is in use. */
interface RecentEvent {
  /** As it was told last; its path may be cut at the end. */
  readonly event: Event;
  /** The same for all that is merged with it: container, rule and object. */
  readonly identity: bigint;
  /** Counted since it was told last. */
  readonly pending: number;
  /** Since the element is about this object. */
  readonly total: number;
}

/**
 * A record of the ring buffer.
 * @param bootNs when the host's CLOCK_BOOTTIME was 0, in nanoseconds since 1970.
 * @returns undefined for what is no event of this build of lockc.
 */
export function decodeEvent(record: Uint8Array, bootNs: bigint): Event | undefined {
  if (record.length < EVENT.size) return undefined;
  const raw = decode(EVENT, record);
  if (raw.length > LOCKC_PATH_SIZE) return undefined;
  return toEvent(raw, readText(record.subarray(EVENT.size, EVENT.size + raw.length)), bootNs);
}

/** An element of `recent`; undefined when it is free. */
export function decodeRecent(
  { pending, total, path, event: bytes }: Values<typeof RECENT>,
  bootNs: bigint,
): RecentEvent | undefined {
  const raw = decode(EVENT, Uint8Array.from(bytes));
  if (raw.object === 0n) return undefined;
  const event = toEvent(raw, path, bootNs);
  return event && { event, identity: raw.object, pending: Number(pending), total: Number(total) };
}

/** What lockctl itself says of events that nobody read in time. */
export function lostEvents(count: number, timeMs: number): Event {
  return {
    level: "warn",
    time: new Date(timeMs).toISOString(),
    sequence: 0,
    event: "lost",
    count,
    rule: null,
    hook: null,
    policy: null,
    container: null,
    task: null,
    object: null,
    msg: `${count === 1 ? "an event was" : `${count} events were`} lost, since the buffer was full; refusals are counted all the same`,
  };
}

const LEVELS: Readonly<Record<KindName, Event["level"]>> = {
  DENIED: "warn",
  REFUSED: "warn",
  AUDITED: "info",
  TOLERATED: "info",
  CHANGED: "info",
  REGISTERED: "debug",
  STARTED: "debug",
  JOINED: "debug",
  RELEASED: "debug",
};

function toEvent(raw: Raw, path: string, bootNs: bigint): Event | undefined {
  const kind = nameOf(EventKind, raw.kind);
  if (kind === undefined) return undefined;
  const said = kind === "REFUSED" || kind === "TOLERATED" ? readSaid(path) : undefined;
  const allowedBy = said?.allowedBy;
  const hook = nameOf(Hook, raw.hook);
  const event: Event = {
    level: LEVELS[kind],
    time: new Date(Number((raw.time_ns + bootNs) / 1_000_000n)).toISOString(),
    sequence: Number(raw.sequence),
    event: kind.toLowerCase() as Event["event"],
    count: Math.max(1, Number(raw.count)),
    rule: ruleOf(raw) ?? said?.rule ?? null,
    hook: hook === undefined || hook === "NONE" ? null : hook.toLowerCase(),
    policy: raw.policy || null,
    container: containerOf(raw),
    task: taskOf(raw),
    object: said ? null : objectOf(raw, path),
    ...(allowedBy && { allowedBy }),
    msg: "",
  };
  return { ...event, msg: sentence(event, hook ?? "NONE", said?.text ?? path) };
}

function nameOf<T extends Readonly<Record<string, number>>>(
  table: T,
  value: number,
): (keyof T & string) | undefined {
  return Object.keys(table).find((name) => table[name] === value);
}

/** No policy's rules: they ask about the host's own tasks. */
function ruleOf({ rule }: Raw): string | null {
  if (rule === Rule.GUARD) return "guard";
  return rule === Rule.ENTRY ? "entry" : (namesOfRules(rule)[0] ?? null);
}

interface Said {
  readonly allowedBy: Event["allowedBy"];
  readonly rule: string | undefined;
  readonly text: string;
}

/**
 * What lockc-runc reports (shim/tell.ts): on a line of its own what would allow it, then its
 * sentence, after the rule's name and a colon where a rule refused. (Many rules of
 * admission are no bit of enum lockc_rule.)
 */
function readSaid(said: string): Said {
  const end = said.startsWith("{") ? said.indexOf("\n") : -1;
  const allowedBy = end < 0 ? undefined : parseAllowance(said.slice(0, end));
  const sentence = said.slice(end + 1);
  const colon = sentence.indexOf(": ");
  const rule = RULE_NAMES.find((name) => name === sentence.slice(0, colon));
  return { allowedBy, rule, text: rule === undefined ? sentence : sentence.slice(colon + 2) };
}

/** undefined for what shim/tell.ts of this version would not write. */
function parseAllowance(text: string): Event["allowedBy"] {
  const isWriting = (value: unknown) => typeof value === "object" && value !== null;
  try {
    const allowedBy: Event["allowedBy"] = JSON.parse(text);
    const fits = Object.values(allowedBy ?? {}).every(
      (each) => each === null || (Array.isArray(each) && each.every(isWriting)),
    );
    return fits ? allowedBy : undefined;
  } catch {
    return undefined;
  }
}

function containerOf({ container, id, name }: Raw): Event["container"] {
  if (container === 0n && id === "") return null;
  return { key: container.toString(16).padStart(16, "0"), id, name: name || null };
}

function taskOf({ pid, tid, ns_pid, uid, comm, exe }: Raw): Event["task"] {
  return pid === 0 ? null : { pid, tid, nsPid: ns_pid, uid, comm, exe: exe || null };
}

/** <sys/stat.h> */
const TYPE_MASK = 0o170000;
const BLOCK_DEVICE = 0o060000;

function objectOf(raw: Raw, path: string): EventObject {
  const { what, number, dev, ino } = raw;
  const device = `${dev >>> 20}:${dev & 0xfffff}`;
  const access = readWanted(number);
  switch (what) {
    case ObjectKind.FILE:
      return { type: "file", ...(path && { path }), device, inode: Number(ino), ...access };
    case ObjectKind.PROCESS:
      return { type: "process", pid: Number(number), ...(path && { name: path }) };
    case ObjectKind.CAPABILITY:
      return { type: "capability", name: `CAP_${CAPABILITIES[Number(number)] ?? number}` };
    case ObjectKind.ADDRESS:
      return { type: "address", ...readAddress(Uint8Array.from(raw.address)) };
    case ObjectKind.SOCKET:
      return { type: "socket", ...readSocket(number) };
    case ObjectKind.DEVICE: {
      const kind = (Number(number) & TYPE_MASK) === BLOCK_DEVICE ? "block" : "char";
      return { type: "device", kind, device, ...(path && { path }), ...access };
    }
    case ObjectKind.NAME:
      return { type: "name", name: path };
    case ObjectKind.NUMBER:
      return { type: "number", number: Number(number) };
    default:
      return null;
  }
}

const LETTERS = [
  ["r", Access.READ],
  ["w", Access.WRITE],
  ["m", Access.MAKE],
] as const;

/** What was wanted of a file or device, where its rule asks. */
function readWanted(number: bigint): Pick<NonNullable<EventObject>, "access"> {
  const bits = Number((number >> BigInt(LOCKC_WANTED_SHIFT)) & 0xffffn);
  const access = LETTERS.flatMap(([letter, bit]) => (bits & bit ? letter : [])).join("");
  return access === "" ? {} : { access };
}

/** <linux/socket.h>, those that containers meet. */
const FAMILIES: Readonly<Record<number, string>> = {
  0: "AF_UNSPEC",
  1: "AF_UNIX",
  2: "AF_INET",
  3: "AF_AX25",
  10: "AF_INET6",
  16: "AF_NETLINK",
  17: "AF_PACKET",
  29: "AF_CAN",
  30: "AF_TIPC",
  31: "AF_BLUETOOTH",
  38: "AF_ALG",
  40: "AF_VSOCK",
  44: "AF_XDP",
};

/** <linux/net.h> */
const SOCKET_TYPES: Readonly<Record<number, string>> = {
  1: "SOCK_STREAM",
  2: "SOCK_DGRAM",
  3: "SOCK_RAW",
  4: "SOCK_RDM",
  5: "SOCK_SEQPACKET",
  6: "SOCK_DCCP",
  10: "SOCK_PACKET",
};

function familyName(family: number): string {
  return FAMILIES[family] ?? `AF_${family}`;
}

/** number: family << 32 | type << 16 | protocol. */
function readSocket(number: bigint): { family: string; socket: string } {
  const type = Number((number >> 16n) & 0xffffn);
  const protocol = Number(number & 0xffffn);
  return {
    family: familyName(Number(number >> 32n)),
    socket: `${SOCKET_TYPES[type] ?? type} ${protocol}`,
  };
}

/** struct sockaddr_in and sockaddr_in6: family as the host has it, port and address as the net does. */
function readAddress(bytes: Uint8Array): { family: string; address?: string; port?: number } {
  const view = new DataView(bytes.buffer);
  const family = familyName(view.getUint16(0, true));
  const port = view.getUint16(2);
  if (family === "AF_INET") return { family, address: bytes.slice(4, 8).join("."), port };
  if (family === "AF_INET6") return { family, address: formatIpv6(bytes.subarray(8, 24)), port };
  return { family };
}

/** RFC 5952. */
function formatIpv6(bytes: Uint8Array): string {
  if (bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff)
    return `::ffff:${bytes.slice(12).join(".")}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const groups = Array.from({ length: 8 }, (_, index) => view.getUint16(2 * index).toString(16));
  const runs = groups.map((_, start) => {
    const end = groups.findIndex((group, index) => index >= start && group !== "0");
    return { start, length: (end < 0 ? groups.length : end) - start };
  });
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best));
  if (longest.length < 2) return groups.join(":");
  const before = groups.slice(0, longest.start).join(":");
  return `${before}::${groups.slice(longest.start + longest.length).join(":")}`;
}
