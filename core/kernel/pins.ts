// SPDX-License-Identifier: Apache-2.0
/** What lockctl load left in bpffs: the maps, and through them policies and settings. */
import { LockcError } from "../errors.ts";
import { type BpfMap, keysOf, lookUp, openMap, u32Key } from "../ffi/bpf.ts";
import { KernelError } from "../ffi/kernel-error.ts";
import { LOCKC_ABI, LOCKC_POLICY_SIZE, POLICY, SETTINGS } from "../generated/layout.ts";
import * as MAPS from "../generated/maps.ts";
import type { Settings } from "../policy/policy.ts";
import type { Policy } from "../rule/policy.ts";
import { decode, encodeKey, readText, type Values } from "./record.ts";

const PINS = "/sys/fs/bpf/lockc/maps";

/** The maps that a create needs. */
export interface Pins {
  readonly tasks: BpfMap;
  readonly containers: BpfMap;
  readonly policies: BpfMap;
  readonly settings: BpfMap;
}

/** @throws LOCKC_E_NOT_LOADED when anything is missing, LOCKC_E_PRIVILEGE for all but the host's root. */
export function openPins(): Pins {
  return {
    tasks: pinned(MAPS.tasks),
    containers: pinned(MAPS.containers),
    policies: pinned(MAPS.policies),
    settings: pinned(MAPS.settings),
  };
}

function pinned({ name, key, value }: (typeof MAPS)[keyof Pins]): BpfMap {
  const map = open(`${PINS}/${name}`, key.size, value.size);
  if (map !== undefined) return map;
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    "the programs that would enforce the policy are not loaded",
    "run lockctl load, and lockctl status to see what is missing",
  );
}

/** Rootless engines run as user 0 of a namespace, so that only the kernel's answer tells. */
function open(path: string, keySize: number, valueSize: number): BpfMap | undefined {
  try {
    return openMap(path, keySize, valueSize);
  } catch (cause) {
    if (!(cause instanceof KernelError) || !["EACCES", "EPERM"].includes(cause.errno)) throw cause;
    throw new LockcError(
      "LOCKC_E_PRIVILEGE",
      "only the host's root may start a container under lockc, a rootless engine cannot",
      "start it as root, for example with sudo, or without lockc",
      { cause },
    );
  }
}

/** The settings as of the last lockctl load. */
export function readSettings(pins: Pins): Settings {
  const value = lookUp(pins.settings, u32Key(0));
  const settings = value && decode(SETTINGS, value);
  if (settings === undefined || settings.abi !== LOCKC_ABI) {
    throw new LockcError(
      "LOCKC_E_NOT_LOADED",
      "the loaded programs belong to another version of lockc",
      "run lockctl load",
    );
  }
  return JSON.parse(settings.document);
}

/** The policy of that name, undefined when lockctl load knew none. */
export function findPolicy(pins: Pins, name: string): Policy | undefined {
  const key = encodeKey(LOCKC_POLICY_SIZE, name);
  const value = key && lookUp(pins.policies, key);
  return value && readPolicy(decode(POLICY, value));
}

export function policyNames(pins: Pins): string[] {
  return keysOf(pins.policies).map(readText).sort();
}

/** A value of the map `policies`. */
export function readPolicy(value: Values<typeof POLICY>): Policy {
  const { rules, audit, capabilities, pseudo, devices, document } = value;
  return { ...JSON.parse(document), kernel: { rules, audit, capabilities, pseudo, devices } };
}
