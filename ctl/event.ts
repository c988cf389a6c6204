// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel tells (struct lockc_event, bpf/lockc.h) → an Event as
 * schemas/event.schema.json describes it, with the sentence that says it to people. Pure.
 *
 * Names and paths are whatever a container chose. In `msg` they are quoted, and what would
 * steer a terminal is spelled out; elsewhere they are as they came, so whoever writes them
 * escapes them (ctl/terminal.ts).
 */
import type { Event, EventObject } from "../shim/generated/event.ts";
import {
  Access,
  EVENT,
  EventKind,
  Hook,
  LOCKC_PATH_SIZE,
  LOCKC_WANTED_SHIFT,
  Object as ObjectKind,
  RECENT,
  Rule,
} from "../shim/generated/layout.ts";
import { decode, readText, type Values } from "../shim/record.ts";
import { RULE_NAMES } from "../shim/rules.ts";
import { CAPABILITIES, namesOfRules } from "./compile.ts";
import { nameOfContainer } from "./naming.ts";
import { cut, visible } from "./terminal.ts";

export type { Event } from "../shim/generated/event.ts";

type Raw = Values<typeof EVENT>;
type KindName = keyof typeof EventKind;
type HookName = keyof typeof Hook;

/** An element of `recent` that is in use. */
export interface RecentEvent {
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
export function decodeRecent(element: Uint8Array, bootNs: bigint): RecentEvent | undefined {
  const { pending, total, path } = decode(RECENT, element);
  const raw = decode(EVENT, element.subarray(RECENT.fields.event.offset));
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

/** What was tried: the act, and its object where the kernel names none. */
const ACTS: Readonly<Record<HookName, readonly [act: string, unnamed: string]>> = {
  NONE: ["an act", ""],
  BPF: ["using bpf(2)", ""],
  BPRM_COMMITTING_CREDS: ["gaining privilege by executing", "a program"],
  BPRM_CREDS_FROM_FILE: ["gaining privilege by executing", "a program"],
  CAPABLE: ["using", "a capability"],
  FILE_FCNTL: ["having signals sent by fcntl(2) to", "another process"],
  FILE_IOCTL: ["an ioctl(2) on", "a file"],
  FILE_IOCTL_COMPAT: ["an ioctl(2) on", "a file"],
  FILE_MPROTECT: ["making code of", "a file without a name"],
  FILE_OPEN: ["opening", "a file"],
  FILE_RECEIVE: ["receiving over a socket", "a file"],
  FS_CONTEXT_PARSE_PARAM: ["giving a parameter to", "a file system"],
  INODE_FILE_SETATTR: ["changing the flags of", "a file"],
  INODE_GETATTR: ["asking for the status of", "a file"],
  INODE_REMOVE_ACL: ["removing the access list of", "a file"],
  INODE_REMOVEXATTR: ["removing an extended attribute of", "a file"],
  INODE_SET_ACL: ["changing the access list of", "a file"],
  INODE_SETATTR: ["changing the attributes of", "a file"],
  INODE_SETXATTR: ["setting an extended attribute of", "a file"],
  KERNEL_LOAD_DATA: ["loading code into the kernel", ""],
  KERNEL_MODULE_REQUEST: ["making the kernel load", "a module"],
  KERNEL_READ_FILE: ["loading into the kernel", "a file"],
  KEY_ALLOC: ["making", "a key"],
  KEY_PERMISSION: ["using", "a key"],
  LOCKED_DOWN: ["an act that kernel_lockdown(7) lists", ""],
  MMAP_ADDR: ["mapping memory at address 0 with", "a capability"],
  MMAP_FILE: ["mapping code of", "a file without a name"],
  MOVE_MOUNT: ["moving a mount to", "a directory"],
  PATH_CHMOD: ["changing the mode of", "a file"],
  PATH_CHOWN: ["changing the owner of", "a file"],
  PATH_CHROOT: ["changing the root directory to", "a directory"],
  PATH_LINK: ["making a link of", "a file"],
  PATH_MKDIR: ["making the directory", "of a directory"],
  PATH_MKNOD: ["making the node", "of a device or the like"],
  PATH_NOTIFY: ["watching", "a file"],
  PATH_RENAME: ["renaming", "a file"],
  PATH_RMDIR: ["removing the directory", "of others"],
  PATH_SYMLINK: ["making the symbolic link", "of a name"],
  PATH_TRUNCATE: ["truncating", "a file"],
  PATH_UNLINK: ["removing", "a file"],
  PERF_EVENT_OPEN: ["using perf_event_open(2)", ""],
  PTRACE_ACCESS_CHECK: ["looking into", "another process"],
  PTRACE_TRACEME: ["being traced by", "another process"],
  QUOTACTL: ["using quotactl(2)", ""],
  SB_KERN_MOUNT: ["mounting", "a file system"],
  SB_MOUNT: ["mounting on", "a directory"],
  SB_PIVOTROOT: ["changing the root mount to", "another"],
  SB_REMOUNT: ["remounting", "a file system"],
  SB_UMOUNT: ["unmounting", "a mount"],
  SCHED_PROCESS_EXIT: ["ending", ""],
  SCHED_PROCESS_FREE: ["being freed", ""],
  SCHED_WAKEUP_NEW: ["beginning", ""],
  SOCKET_BIND: ["binding a socket to", "an address"],
  SOCKET_CONNECT: ["connecting to", "an address"],
  SOCKET_CREATE: ["making a socket", ""],
  SOCKET_LISTEN: ["listening on", "a socket"],
  SOCKET_SENDMSG: ["sending to", "an address"],
  SOCKET_SETSOCKOPT: ["setting a socket's option", ""],
  SYSLOG: ["using the kernel log", ""],
  TASK_ALLOC: ["forking", ""],
  TASK_FIX_SETUID: ["becoming the host's user 0", ""],
  TASK_KILL: ["sending a signal to", "another process"],
  TASK_MOVEMEMORY: ["moving the memory of", "another process"],
  TASK_SETIOPRIO: ["changing the input and output priority of", "another process"],
  TASK_SETNICE: ["changing the priority of", "another process"],
  TASK_SETPGID: ["changing the process group of", "another process"],
  TASK_SETRLIMIT: ["changing the limits of", "another process"],
  TASK_SETSCHEDULER: ["changing the scheduling of", "another process"],
  UNIX_MAY_SEND: ["sending to the socket", "of another"],
  UNIX_STREAM_CONNECT: ["connecting to the socket", "of another"],
  USERNS_CREATE: ["making a user namespace", ""],
};

/** Rules of no policy, as who refused. */
const OF_THE_HOST: Readonly<Record<string, string>> = {
  guard: "the guard",
  entry: "it would enter a container that is over, or that nobody can tell",
};

/** @param text what lockc-runc said, where it spoke */
function sentence(event: Event, hook: HookName, text: string): string {
  const { rule, policy, container, task, object, count } = event;
  const times = count > 1 ? `, ${count} times` : "";
  const subject = container ? `container ${quote(nameOfContainer(container))}` : "";
  const by = OF_THE_HOST[rule ?? ""] ?? `rule ${rule ?? "unknown"} of policy ${quote(policy)}`;
  switch (event.event) {
    case "denied":
      return `${actor(task, subject)} was refused ${act(rule, hook, object)}${times}: ${by}`;
    case "audited":
      return `${actor(task, subject)} was let through ${act(rule, hook, object)}${times}: ${by} only audits`;
    case "refused":
      return `lockc-runc did not create ${subject || "a container"}: ${visible(text) || by}`;
    case "tolerated":
      return `lockc-runc created ${subject || "a container"} though ${visible(text) || by}, which is only audited`;
    case "registered":
      return `${subject} is registered under policy ${quote(policy)}`;
    case "started":
      return `${subject} runs its own program under policy ${quote(policy)}`;
    case "joined":
      return `${actor(task, "")} entered ${subject}`;
    case "changed":
      return `${subject || "a container"} has policy ${quote(policy)} with new rules now`;
    default:
      return `${subject} ended`;
  }
}

function actor(task: Event["task"], container: string): string {
  const who = task ? `${quote(task.comm)} (${task.pid})` : "a process";
  return container ? `${who} in ${container}` : `${who} of the host`;
}

/** Rules of which the hook file_open asks when a program is opened to be executed. */
const OF_PROGRAMS: readonly (string | null)[] = ["guard", "entry", "filelessPrograms"];

function act(rule: string | null, hook: HookName, object: EventObject): string {
  const executes = hook === "FILE_OPEN" && OF_PROGRAMS.includes(rule);
  const [verb, unnamed] = executes ? ["executing", "a program"] : ACTS[hook];
  return [verb, named(object) ?? unnamed].filter(Boolean).join(" ");
}

function named(object: EventObject): string | undefined {
  if (object === null) return undefined;
  switch (object.type) {
    case "file":
      return object.path === undefined
        ? `inode ${object.inode} of file system ${object.device}`
        : quote(object.path);
    case "process":
      return object.name === undefined
        ? `process ${object.pid}`
        : `${quote(object.name)} (${object.pid})`;
    case "capability":
      return object.name;
    case "address": {
      const { family, address, port } = object;
      if (address === undefined) return `an address of ${family}`;
      return family === "AF_INET6" ? `[${address}]:${port}` : `${address}:${port}`;
    }
    case "socket":
      return `${object.family} ${object.socket}`;
    case "device": {
      const name = object.path === undefined ? "" : ` ${quote(object.path)}`;
      return `${object.kind} device ${object.device}${name}`;
    }
    case "name":
      return quote(object.name ?? "");
    case "number":
      return `(${object.number})`;
  }
}

/** Enough of a path to know it by; `object` has all of it. */
const QUOTED = 256;

function quote(text: string | null): string {
  return `"${cut(visible(text ?? ""), QUOTED).replaceAll('"', '\\"')}"`;
}
