// SPDX-License-Identifier: Apache-2.0
/** What lockctl load left in bpffs: the maps, and through them policies and settings. */
import { LockcError } from "./errors.ts";
import { type BpfMap, lookUp, openMap, u32Key } from "./ffi/libbpf.ts";
import {
  CONTAINER,
  LOCKC_ABI,
  LOCKC_POLICY_SIZE,
  POLICY,
  SETTINGS,
  TASK,
} from "./generated/layout.ts";
import type { Policy, Settings } from "./policy.ts";
import { decode, encodeKey } from "./record.ts";

const MAPS = "/sys/fs/bpf/lockc/maps";

/** The maps that a create needs. */
export interface Pins {
  readonly tasks: BpfMap;
  readonly containers: BpfMap;
  readonly policies: BpfMap;
  readonly settings: BpfMap;
}

/** @throws LOCKC_E_NOT_LOADED when anything is missing, KernelError when it cannot be opened. */
export function openPins(): Pins {
  return {
    tasks: pinned("tasks", 4, TASK.size),
    containers: pinned("containers", 8, CONTAINER.size),
    policies: pinned("policies", LOCKC_POLICY_SIZE, POLICY.size),
    settings: pinned("settings", 4, SETTINGS.size),
  };
}

function pinned(name: string, keySize: number, valueSize: number): BpfMap {
  const map = openMap(`${MAPS}/${name}`, keySize, valueSize);
  if (map !== undefined) return map;
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    "the programs that would enforce the policy are not loaded",
    "run lockctl load, and lockctl status to see what is missing",
  );
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
  if (value === undefined) return undefined;
  return readPolicy(value);
}

/** A value of the `policies` map. */
export function readPolicy(value: Uint8Array): Policy {
  const { rules, audit, capabilities, pseudo, devices, document } = decode(POLICY, value);
  return { ...JSON.parse(document), kernel: { rules, audit, capabilities, pseudo, devices } };
}
