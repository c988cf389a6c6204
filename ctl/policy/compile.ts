// SPDX-License-Identifier: Apache-2.0
/** Resolved policies and settings → what goes into the maps. Pure. */
import { createHash } from "node:crypto";
import { LockcError } from "../../core/errors.ts";
import {
  Access,
  DEVICE_KEY,
  LOCKC_ANY_MINOR,
  LOCKC_DOCUMENT_SIZE,
  LOCKC_POLICY_SIZE,
  POLICY,
  PSEUDO_KEY,
  SOCKET_KEY,
} from "../../core/generated/layout.ts";
import type { Device, DeviceByNumber } from "../../core/generated/policy.ts";
import { encode, encodeKey } from "../../core/kernel/record.ts";
import { isWithin } from "../../core/path.ts";
import { bitsOfRules, HELD_RULES } from "../../core/rule/bits.ts";
import { CAPABILITIES } from "../../core/rule/capabilities.ts";
import type { KernelRules, Policy } from "../../core/rule/policy.ts";
import {
  decidingPseudo,
  joinAnywhere,
  MAGIC,
  pseudoAccess,
  splitAnywhere,
} from "../../core/rule/pseudo-files.ts";
import { kindOf } from "../../core/rule/rules.ts";
import type { AnyOf, PseudoRule, Rules } from "../../core/rule/values.ts";
import type { SocketPlace } from "../host/engine-sockets.ts";
import { type Entry, hashPath, numberOf } from "./entry.ts";
import type { ResolvedPolicy } from "./resolve.ts";

/** The devices that the host has at the paths which policies name; what is not there opens nothing. */
export type DeviceNodes = ReadonlyMap<string, Pick<DeviceByNumber, "type" | "major" | "minor">>;

/** What a policy makes the kernel do. */
export function compileKernelRules(rules: Rules, nodes: DeviceNodes = new Map()): KernelRules {
  const held = HELD_RULES.filter((name) => {
    const { covers, widest } = kindOf(name);
    return !covers(rules[name].value, widest);
  });
  return {
    rules: bitsOfRules(held),
    audit: bitsOfRules(held.filter((name) => rules[name].mode === "audit")),
    capabilities: capabilityMask(rules.capabilities.value),
    pseudo: pseudoSet(settlePseudo(rules.pseudoFiles.value, parameterPaths(rules.sysctls))),
    devices: deviceSet(settleDevices(rules.devices.value, nodes)),
  };
}

function capabilityMask(allowed: "any" | readonly string[]): bigint {
  if (allowed === "any") return 0xffff_ffff_ffff_ffffn;
  return allowed.reduce((mask, name) => mask | (1n << BigInt(CAPABILITIES.indexOf(name))), 0n);
}

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
  return open.map(({ filesystem, path, access }) => ({
    key: encode(PSEUDO_KEY, { set, path: hashPath(path), magic: MAGIC[filesystem] }),
    value: numberOf(access),
  }));
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
  return open.map(({ type, major, minor, access }) => ({
    key: encode(DEVICE_KEY, { set, type: TYPE[type], major, minor }),
    value: numberOf(access),
  }));
}

/** The elements of `engine_sockets`. */
export function compileSockets(places: readonly SocketPlace[]): Entry[] {
  return places.map(({ device, inside }) => {
    const [major, minor] = device.split(":").map(Number);
    const dev = major! * 2 ** 20 + minor!; // the kernel's MKDEV
    return { key: encode(SOCKET_KEY, { path: hashPath(inside), dev }), value: numberOf(1) };
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

export function fitting(value: object, file: string, what: string): string {
  const document = JSON.stringify(value);
  const size = Buffer.byteLength(document);
  if (size < LOCKC_DOCUMENT_SIZE) return document;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${file}: ${what} takes ${size} bytes when compiled; at most ${LOCKC_DOCUMENT_SIZE - 1} fit`,
    "shorten its lists",
  );
}
