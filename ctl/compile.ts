// SPDX-License-Identifier: Apache-2.0
/** Validated policies and settings → what goes into the maps. Pure. */
import { LockcError } from "../shim/errors.ts";
import {
  LOCKC_ABI,
  LOCKC_DOCUMENT_SIZE,
  LOCKC_POLICY_SIZE,
  POLICY,
  Rule,
  SETTINGS,
} from "../shim/generated/layout.ts";
import type { Policy } from "../shim/generated/policy.ts";
import type { Settings } from "../shim/generated/settings.ts";
import type { Policy as CompiledPolicy, Settings as CompiledSettings } from "../shim/policy.ts";
import { decode, encode, encodeKey } from "../shim/record.ts";

/** The settings of a host that has no lockc.yaml; schemas/settings.schema.json says the same. */
export const DEFAULT_SETTINGS: CompiledSettings = {
  defaultPolicy: "baseline",
  annotations: "tighten",
  engineRoots: [
    "/var/lib/docker",
    "/run/docker",
    "/var/lib/containerd",
    "/run/containerd",
    "/var/lib/containers/storage",
    "/run/containers/storage",
    "/var/lib/kubelet",
  ],
};

/** One element of a map. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** What the settings map holds beside the settings: which object file the programs came from. */
export interface LoadedSettings extends CompiledSettings {
  /** SHA-256 of the object file, in hexadecimal. */
  readonly object: string;
}

/** The rules that the kernel enforces, for each key of `confine`. */
const RULES: Readonly<Record<keyof Policy["confine"], number>> = {
  files: Rule.FILES,
  mounts: Rule.MOUNT,
  kernelLog: Rule.SYSLOG,
  bpf: Rule.BPF,
};

/** enum lockc_rule bits of a policy. */
export function compileRules(confine: Policy["confine"]): number {
  return Object.entries(RULES).reduce(
    (rules, [key, bit]) => (confine[key as keyof Policy["confine"]] ? rules | bit : rules),
    0,
  );
}

/** The keys of `confine` behind enum lockc_rule bits. */
export function namesOfRules(rules: number): string[] {
  return Object.entries(RULES).flatMap(([key, bit]) => (rules & bit ? [key] : []));
}

/** @throws LOCKC_E_SETTINGS when the policy is too large for its place in the kernel. */
export function compilePolicy(policy: Policy): Entry {
  const { name, description, confine, hostPaths, mountTypes, mountNamespace } = policy;
  const rules = compileRules(confine);
  const compiled: CompiledPolicy & { description: string } = {
    name,
    description,
    rules,
    hostPaths,
    mountTypes,
    mountNamespace,
  };
  const document = fitting(compiled, `policy "${name}"`);
  return {
    key: encodeKey(LOCKC_POLICY_SIZE, name)!,
    value: encode(POLICY, { rules, size: Buffer.byteLength(document), document }),
  };
}

/** @throws LOCKC_E_SETTINGS when the settings are too large for their place in the kernel. */
export function compileSettings(settings: Settings, object: string): Uint8Array {
  const loaded: LoadedSettings = { ...DEFAULT_SETTINGS, ...settings, object };
  const document = fitting(loaded, "/etc/lockc/lockc.yaml");
  return encode(SETTINGS, { abi: LOCKC_ABI, size: Buffer.byteLength(document), document });
}

/** The reverse of compileSettings; undefined for an empty map or another ABI's. */
export function readLoadedSettings(value: Uint8Array): LoadedSettings | undefined {
  const { abi, document } = decode(SETTINGS, value);
  return abi === LOCKC_ABI ? JSON.parse(document) : undefined;
}

function fitting(value: object, what: string): string {
  const document = JSON.stringify(value);
  const size = Buffer.byteLength(document);
  if (size < LOCKC_DOCUMENT_SIZE) return document;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${what} takes ${size} bytes when compiled; at most ${LOCKC_DOCUMENT_SIZE - 1} fit`,
    "shorten its lists",
  );
}
