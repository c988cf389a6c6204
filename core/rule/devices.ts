// SPDX-License-Identifier: Apache-2.0
/** The rule devices: what config.json lets a container open. */
import type { Bundle, DeviceRequest, DeviceRule } from "../bundle/bundle.ts";
import type { Device } from "../generated/policy.ts";
import { allowing } from "./remedy.ts";
import type { Host, Subject, Violation } from "./subject.ts";
import type { AnyOf, Written } from "./values.ts";

/** "rwm": everything with it. */
export const ALL_ACCESS = "rwm";

/** Devices of every container (config-linux.md, Default Devices), and terminals. */
const COMMON: readonly Device[] = [
  ...[3, 5, 7, 8, 9].map((minor) => device("c", 1, minor)),
  ...[0, 1, 2].map((minor) => device("c", 5, minor)),
  device("c", 136, "any"),
];

/** A device that runc's and containerd's own rules open, though no node of it is made. */
const TUN = device("c", 10, 200);

function device(type: "b" | "c", major: number, minor: number | "any"): Device {
  return { type, major, minor, access: ALL_ACCESS };
}

export function judgeDevices(allowed: AnyOf<Device>, { bundle, host }: Subject): Violation[] {
  if (allowed === "any") return [];
  const told = (what: string, allowedBy: Written | undefined) => ({
    what,
    remedy: `start it without --device (and device requests) of it, or ${allowing("devices", allowedBy)}`,
    allowedBy,
  });
  const extra = [...COMMON, ...allowed];
  const refused = bundle.devices
    .filter(({ type }) => type !== "p")
    .filter((node) => !extra.some((entry) => isDevice(entry, node, host)));
  const nodes = refused.map((node) => {
    const { path, type, major, minor } = node;
    // The engine's rule for the node is not told of, so it must be let through as well.
    const opened = bundle.deviceRules.filter((rule) => rule.allow && isRuleOf(rule, node));
    return told(
      `the ${type === "b" ? "block " : ""}device ${path} (${type} ${major}:${minor})`,
      allowDevices({ type, major, minor }, opened),
    );
  });
  const rules = bundle.deviceRules
    .filter(({ allow, access }) => allow && access !== "m") // a node alone opens nothing
    .filter((rule) => ![...extra, TUN].some((entry) => opens(entry, rule, host)))
    .filter((rule) => coversAll(rule) || !refused.some((node) => isRuleOf(rule, node)))
    .map((rule) => told(describeDeviceRule(rule), allowDevices(rule, [rule])));
  return [...nodes, ...judgeBound(bundle, host), ...judgeUnruled(bundle), ...rules];
}

/** The one device, with the access that the rules open; undefined for what is not one kind of device. */
function allowDevices(use: DeviceUse, rules: readonly DeviceRule[]): Written | undefined {
  const { major, minor } = use;
  const type = kindOf(use.type);
  if ((type !== "b" && type !== "c") || (major ?? -1) < 0) return undefined;
  const opened = rules.map((rule) => rule.access || ALL_ACCESS).join("") || ALL_ACCESS;
  const access = [...ALL_ACCESS].filter((letter) => opened.includes(letter)).join("");
  const entry = { type, major, minor: (minor ?? -1) < 0 ? "any" : minor, access };
  return access === "" ? undefined : { add: [entry] };
}

/** In a user namespace runtimes bind the host's node of that path, whatever numbers are told. */
function judgeBound({ userNamespace, devices }: Bundle, host: Host): Violation[] {
  if (!userNamespace) return [];
  return devices
    .filter(({ path, type, major, minor }) => {
      if (type === "p" || !host.exists(path)) return false;
      const found = host.deviceAt(path);
      return (
        !found || found.type !== kindOf(type) || found.major !== major || found.minor !== minor
      );
    })
    .map(({ path, type, major, minor }) => ({
      what: `the device ${path}, which on the host is not ${type} ${major}:${minor}`,
      remedy: "tell the device that is there",
    }));
}

/**
 * crun leaves open what no rule denies, and without any rule every device. Nobody
 * makes nodes in a user namespace (mknod(2), EPERM).
 */
function judgeUnruled({ userNamespace, deviceRules }: Bundle): Violation[] {
  const told = deviceRules.some((rule) => rule.allow && coversAll(rule) && rule.access !== "m");
  if (userNamespace || told || deviceRules.some(closesAll)) return [];
  return [
    {
      what: "access to every device, since no rule denies those that are not listed",
      remedy: 'begin linux.resources.devices with {"allow":false,"access":"rwm"}',
    },
  ];
}

function closesAll({ allow, type, access }: DeviceRule): boolean {
  return !allow && (type || "a") === "a" && [...(access || ALL_ACCESS)].sort().join("") === "mrw";
}

type DeviceUse = Pick<DeviceRule, "type" | "major" | "minor">;

function isDevice(entry: Device, use: DeviceUse, host: Host): boolean {
  const numbers = "path" in entry ? host.deviceAt(entry.path) : entry;
  return (
    numbers !== undefined &&
    kindOf(use.type) === numbers.type &&
    use.major === numbers.major &&
    (numbers.minor === "any" || use.minor === numbers.minor)
  );
}

function opens(entry: Device, rule: DeviceRule, host: Host): boolean {
  const letters = [...(rule.access || ALL_ACCESS)];
  return isDevice(entry, rule, host) && letters.every((letter) => entry.access.includes(letter));
}

/** u is an older name of c (mknod(1)). */
function kindOf(type: string | null | undefined): string | null | undefined {
  return type === "u" ? "c" : type;
}

/** Engines give each node its rule; one refusal of the two is enough. */
function isRuleOf({ type, major, minor }: DeviceRule, node: DeviceRequest): boolean {
  return kindOf(node.type) === type && node.major === major && node.minor === minor;
}

/** In OCI a number left out, and -1 in what engines write, stand for all. */
export function coversAll({ type, major, minor }: DeviceRule): boolean {
  return (type ?? "a") === "a" || ((major ?? -1) < 0 && (minor ?? -1) < 0);
}

function describeDeviceRule(rule: DeviceRule): string {
  const number = (value: number | null | undefined) => ((value ?? -1) < 0 ? "*" : value);
  const { type, major, minor, access } = rule;
  const which =
    (type ?? "a") === "a" ? "every device" : `devices ${type} ${number(major)}:${number(minor)}`;
  return `access to ${which} (${access || ALL_ACCESS})`;
}

export function coversDevice(wide: Device, narrow: Device): boolean {
  if (![...narrow.access].every((letter) => wide.access.includes(letter))) return false;
  if ("path" in wide || "path" in narrow) {
    return "path" in wide && "path" in narrow && wide.path === narrow.path;
  }
  return (
    wide.type === narrow.type &&
    wide.major === narrow.major &&
    (wide.minor === "any" || wide.minor === narrow.minor)
  );
}
