// SPDX-License-Identifier: Apache-2.0
/** Resolved policies and settings → what goes into the maps. Pure. */
import { createHash } from "node:crypto";
import { LockcError } from "../shim/errors.ts";
import {
  Access,
  DEVICE_KEY,
  LOCKC_ABI,
  LOCKC_ANY_MINOR,
  LOCKC_DOCUMENT_SIZE,
  LOCKC_POLICY_SIZE,
  POLICY,
  PSEUDO_KEY,
  Rule,
  SETTINGS,
  SOCKET_KEY,
} from "../shim/generated/layout.ts";
import type { Device, DeviceByNumber } from "../shim/generated/policy.ts";
import type { Settings as WrittenSettings } from "../shim/generated/settings.ts";
import { isWithin } from "../shim/mountinfo.ts";
import type { KernelRules, Policy, Settings } from "../shim/policy.ts";
import { decode, encode, encodeKey } from "../shim/record.ts";
import {
  type AnyOf,
  decidingPseudo,
  joinAnywhere,
  type Kind,
  type PseudoRule,
  pseudoAccess,
  RULE_NAMES,
  RULES,
  type RuleName,
  type Rules,
  splitAnywhere,
} from "../shim/rules.ts";
import type { ResolvedPolicy } from "./resolve.ts";

/** Where engines keep their containers when nobody told them another place. */
export const USUAL_ROOTS: readonly string[] = [
  "/var/lib/docker",
  "/run/docker",
  "/var/lib/containerd",
  "/run/containerd",
  "/var/lib/buildkit",
  "/var/lib/containers/storage",
  "/run/containers/storage",
  "/var/lib/kubelet",
];

/** The settings of a host that has no lockc.yaml; schemas/settings.schema.json says the same. */
export const DEFAULT_SETTINGS = {
  attach: "auto",
  defaultPolicy: "baseline",
  requests: "tighten",
  engines: {},
  namespaces: {},
  guard: "off",
  guardedRuntimes: [],
  events: { debug: false },
  engineRoots: USUAL_ROOTS,
  engineSockets: [
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/docker/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/podman/podman.sock",
    "/run/buildkit/buildkitd.sock",
    "/run/cri-dockerd.sock",
  ],
  unsafeAnnotations: [],
} as const satisfies Settings;

/** One element of a map. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** A key as text: equal when the bytes are, unlike the arrays themselves. */
export function keyText(key: Uint8Array): string {
  return Buffer.from(key).toString("hex");
}

/** What the settings map holds beside the settings: which object file the programs came from. */
export interface LoadedSettings extends Settings {
  /** SHA-256 of the object file, in hexadecimal. */
  readonly object: string;
}

/** The bits of the rules that the kernel holds. */
const BITS: Readonly<Partial<Record<RuleName, Rule>>> = {
  hostFiles: Rule.FILES,
  mounting: Rule.MOUNT,
  kernelLog: Rule.SYSLOG,
  bpf: Rule.BPF,
  capabilities: Rule.CAPABILITY,
  nonRoot: Rule.ROOT,
  noNewPrivileges: Rule.ESCALATION,
  hooks: Rule.HOOKS,
  pseudoFiles: Rule.PSEUDO,
  devices: Rule.DEVICES,
  engineSockets: Rule.ENGINES,
  otherProcesses: Rule.PROCESS,
  perf: Rule.PERF,
  kernelModules: Rule.MODULES,
  moduleRequests: Rule.REQUESTS,
  keyrings: Rule.KEYRINGS,
  kernelLockdown: Rule.LOCKDOWN,
  filelessPrograms: Rule.PROGRAMS,
  filelessMappings: Rule.MAPPINGS,
  setuidFiles: Rule.SETUID,
  terminalInjection: Rule.TERMINAL,
  abstractSockets: Rule.ABSTRACT,
  serviceAccountToken: Rule.TOKEN,
  userNamespaces: Rule.USERNS,
  network: Rule.NETWORK,
};

/** The rules that the kernel holds at run time, whatever config.json said. */
export const HELD_RULES = RULE_NAMES.filter((name) => name in BITS);

/** The rules behind enum lockc_rule bits. */
export function namesOfRules(bits: number): RuleName[] {
  return HELD_RULES.filter((name) => bits & BITS[name]!);
}

/** All bits that any of them has. */
export function joinBits(bits: readonly number[]): number {
  return bits.reduce((joined, some) => joined | some, 0);
}

/** Counters of a container's record, by rule; those at zero are left out. */
export function countsByRule(counts: readonly bigint[]): Partial<Record<RuleName, number>> {
  const counted = HELD_RULES.map((name) => [name, Number(counts[Math.log2(BITS[name]!)])] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

/** The devices that the host has at the paths which policies name; what is not there opens nothing. */
export type DeviceNodes = ReadonlyMap<string, Pick<DeviceByNumber, "type" | "major" | "minor">>;

/** What a policy makes the kernel do. */
export function compileKernelRules(rules: Rules, nodes: DeviceNodes = new Map()): KernelRules {
  const held = HELD_RULES.filter((name) => {
    const { covers, widest } = RULES[name] as Kind<unknown>;
    return !covers(rules[name].value, widest);
  });
  const bits = (names: readonly RuleName[]) => joinBits(names.map((name) => BITS[name]!));
  return {
    rules: bits(held),
    audit: bits(held.filter((name) => rules[name].mode === "audit")),
    capabilities: capabilityMask(rules.capabilities.value),
    pseudo: pseudoSet(settlePseudo(rules.pseudoFiles.value, parameterPaths(rules.sysctls))),
    devices: deviceSet(settleDevices(rules.devices.value, nodes)),
  };
}

/** The capabilities by number (include/uapi/linux/capability.h). */
export const CAPABILITIES =
  "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE".split(
    " ",
  );

function capabilityMask(allowed: "any" | readonly string[]): bigint {
  if (allowed === "any") return 0xffff_ffff_ffff_ffffn;
  return allowed.reduce((mask, name) => mask | (1n << BigInt(CAPABILITIES.indexOf(name))), 0n);
}

/** <linux/magic.h> */
const MAGIC: Readonly<Record<PseudoRule["filesystem"], bigint>> = {
  proc: 0x9fa0n,
  sysfs: 0x6265_6572n,
  binfmt_misc: 0x4249_4e4dn,
  cgroup: 0x27_e0ebn,
  cgroup2: 0x6367_7270n,
  configfs: 0x6265_6570n,
  debugfs: 0x6462_6720n,
  devtmpfs: 0x7366_706d_7476_6564n, // lockc's own, bpf/kernel.bpf.h
  efivarfs: 0xde5e_81e4n,
  fusectl: 0x6573_5543n,
  pstore: 0x6165_676cn,
  securityfs: 0x7363_6673n,
  tracefs: 0x7472_6163n,
};

const ACCESS = {
  none: 0,
  "read-only": Access.READ,
  "own-cgroup": Access.READ | Access.OWN,
  "read-write": Access.READ | Access.WRITE,
} as const;

/** A path of one of the kernel's file systems, and what is open of it: enum lockc_access. */
interface OpenPseudo {
  readonly filesystem: PseudoRule["filesystem"];
  readonly path: string;
  readonly access: number;
}

/**
 * One element for each path, of several rules the last, in an order that does not depend on the
 * file's. `parameters`: what the runtime may write, as config.json asks.
 */
function settlePseudo(rules: readonly PseudoRule[], parameters: readonly string[]): OpenPseudo[] {
  if (rules.length === 0) return [];
  const open = new Map<string, OpenPseudo>();
  const add = ({ filesystem, path, access }: PseudoRule, more: number) =>
    open.set(`${filesystem}:${path}`, { filesystem, path, access: ACCESS[access] | more });
  for (const rule of rules) add(rule, 0);
  for (const path of parameters) {
    const access = pseudoAccess(rules, "proc", path);
    if (access === "read-write") continue;
    add({ filesystem: "proc", path, access }, Access.RUNTIME);
  }
  markPrefixes(open);
  return [...open.keys()].sort().map((key) => open.get(key)!);
}

/**
 * Where rules with "**" begin, the kernel is told to look for names below. It remembers the last
 * such place that it met: one that lies below another gets the other's rules as well.
 */
function markPrefixes(open: Map<string, OpenPseudo>): void {
  const set = (one: OpenPseudo) => open.set(`${one.filesystem}:${one.path}`, one);
  const anywhere = [...open.values()].flatMap((one) => {
    const parts = splitAnywhere(one.path);
    return parts === undefined ? [] : [{ ...one, prefix: parts[0], name: parts[1] }];
  });
  for (const { filesystem, prefix } of anywhere) {
    const said = decidingPseudo(open.values(), filesystem, prefix);
    const access = said?.access ?? Access.READ | Access.WRITE;
    set({ filesystem, path: prefix, access: access | Access.BELOW });
    // The shortest prefix comes first, so that of two outer ones the nearer has the last word.
    const outer = anywhere
      .filter((other) => other.filesystem === filesystem && isWithin(prefix, other.prefix))
      .sort((a, b) => a.prefix.length - b.prefix.length);
    for (const rule of outer) {
      set({ filesystem, path: joinAnywhere(prefix, rule.name), access: rule.access });
    }
  }
}

/** Where in proc the kernel parameters lie that config.json may set (sysctl(8)). */
export function parameterPaths({ value, mode }: Rules["sysctls"]): string[] {
  if (value === "any" || mode === "audit") return ["/sys"];
  return value.map((name) => {
    const plain = /^[^.]*\//.test(name) ? name : name.replaceAll(".", "/");
    return `/sys/${plain.replace(/[^/]*\*$/, "")}`.replace(/\/$/, "");
  });
}

/** A set is named by its content: a changed policy gets a new one, and the old stays as it was. */
function pseudoSet(open: readonly OpenPseudo[]): bigint {
  if (open.length === 0) return 0n;
  return nameSet(open.map(({ filesystem, path, access }) => [filesystem, path, access]));
}

function nameSet(content: unknown): bigint {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest();
  return digest.readBigUInt64LE() | 1n; // 0 stands for no set
}

/** The elements of `pseudo` for one policy. */
export function compilePseudo(
  rules: readonly PseudoRule[],
  parameters: readonly string[] = [],
): Entry[] {
  const open = settlePseudo(rules, parameters);
  const set = pseudoSet(open);
  return open.map(({ filesystem, path, access }) => {
    const value = new Uint8Array(4);
    new DataView(value.buffer).setUint32(0, access, true);
    return {
      key: encode(PSEUDO_KEY, { set, path: hashPath(path), magic: MAGIC[filesystem] }),
      value,
    };
  });
}

/** <sys/stat.h> */
const TYPE = { c: 0o020000, b: 0o060000 } as const;

const DEVICE_ACCESS = { r: Access.READ, w: Access.WRITE, m: Access.MAKE } as const;

interface OpenDevice {
  readonly type: "b" | "c";
  readonly major: number;
  readonly minor: number;
  readonly access: number;
}

/** One element for each device, with all that is opened of it, in an order of its own. */
function settleDevices(allowed: AnyOf<Device>, nodes: DeviceNodes): OpenDevice[] {
  if (allowed === "any") return [];
  const open = new Map<string, OpenDevice>();
  for (const device of allowed) {
    const node = "path" in device ? nodes.get(device.path) : device;
    if (node === undefined) continue;
    const { type, major } = node;
    const minor = node.minor === "any" ? LOCKC_ANY_MINOR : node.minor;
    const name = `${type} ${major}:${minor}`;
    const letters = [...device.access] as (keyof typeof DEVICE_ACCESS)[];
    const access = letters.reduce((sum, letter) => sum | DEVICE_ACCESS[letter], 0);
    open.set(name, { type, major, minor, access: access | (open.get(name)?.access ?? 0) });
  }
  return [...open.keys()].sort().map((name) => open.get(name)!);
}

function deviceSet(open: readonly OpenDevice[]): bigint {
  if (open.length === 0) return 0n;
  return nameSet(open.map(({ type, major, minor, access }) => [type, major, minor, access]));
}

/** The elements of `devices` for one policy. */
export function compileDevices(allowed: AnyOf<Device>, nodes: DeviceNodes): Entry[] {
  const open = settleDevices(allowed, nodes);
  const set = deviceSet(open);
  return open.map(({ type, major, minor, access }) => {
    const value = new Uint8Array(4);
    new DataView(value.buffer).setUint32(0, access, true);
    return { key: encode(DEVICE_KEY, { set, type: TYPE[type], major, minor }), value };
  });
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

/** A socket's place: its file system's device, "major:minor", and the path inside. */
export interface SocketPlace {
  readonly device: string;
  readonly inside: string;
}

/** The elements of `engine_sockets`. */
export function compileSockets(places: readonly SocketPlace[]): Entry[] {
  return places.map(({ device, inside }) => {
    const [major, minor] = device.split(":").map(Number);
    const dev = major! * 2 ** 20 + minor!; // the kernel's MKDEV
    return {
      key: encode(SOCKET_KEY, { path: hashPath(inside), dev }),
      value: new Uint8Array([1, 0, 0, 0]),
    };
  });
}

/** A policy as the shim sees it. */
export function compile({ name, description, rules }: ResolvedPolicy): Policy {
  return { name, description, rules, kernel: compileKernelRules(rules) };
}

/** @throws LOCKC_E_SETTINGS when the policy is too large for its place in the kernel. */
export function compilePolicy(policy: ResolvedPolicy, nodes?: DeviceNodes): Entry {
  const { kernel: _withoutNodes, ...document } = compile(policy);
  const kernel = compileKernelRules(policy.rules, nodes);
  const text = fitting(document, policy.file, `policy "${policy.name}"`);
  return {
    key: encodeKey(LOCKC_POLICY_SIZE, policy.name)!,
    value: encode(POLICY, { ...kernel, size: Buffer.byteLength(text), document: text }),
  };
}

/**
 * What is left out has its default; engines' roots are more than what is written.
 * @param foundRoots what the engines' own files tell (engine-roots.ts).
 */
export function completeSettings(
  written: WrittenSettings,
  unsafeAnnotations: readonly string[] = [],
  foundRoots: readonly string[] = [],
): Settings {
  const { engineRoots = [], ...others } = written;
  return {
    ...DEFAULT_SETTINGS,
    ...(others as Partial<Settings>),
    engineRoots: [...new Set([...USUAL_ROOTS, ...foundRoots, ...engineRoots])],
    unsafeAnnotations,
  };
}

/** @throws LOCKC_E_SETTINGS when the settings are too large for their place in the kernel. */
export function compileSettings(settings: Settings, object: string): Uint8Array {
  const loaded: LoadedSettings = { ...settings, object };
  const document = fitting(loaded, "/etc/lockc/lockc.yaml", "it");
  return encode(SETTINGS, { abi: LOCKC_ABI, size: Buffer.byteLength(document), document });
}

/** The reverse of compileSettings; undefined for an empty map or another ABI's. */
export function readLoadedSettings(value: Uint8Array): LoadedSettings | undefined {
  const { abi, document } = decode(SETTINGS, value);
  return abi === LOCKC_ABI ? JSON.parse(document) : undefined;
}

function fitting(value: object, file: string, what: string): string {
  const document = JSON.stringify(value);
  const size = Buffer.byteLength(document);
  if (size < LOCKC_DOCUMENT_SIZE) return document;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${file}: ${what} takes ${size} bytes when compiled; at most ${LOCKC_DOCUMENT_SIZE - 1} fit`,
    "shorten its lists",
  );
}
