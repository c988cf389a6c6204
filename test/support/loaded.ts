// SPDX-License-Identifier: Apache-2.0
/**
 * A place to load into: a bpffs of its own with real maps. The programs are left out
 * (without-programs.ts): take load, unload and reload from here.
 */
import assert from "node:assert/strict";
import { closeSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach } from "node:test";
import {
  type BpfMap,
  keysOf,
  lookUp,
  openMap,
  u32Key,
  u64Key,
  update,
} from "../../core/ffi/bpf.ts";
import { pidfdOpen } from "../../core/ffi/syscall.ts";
import { CONTAINER, LOCKC_POLICY_SIZE, Phase, POLICY, TASK } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { readPolicy } from "../../core/kernel/pins.ts";
import { decode, encode, encodeKey, type Values } from "../../core/kernel/record.ts";
import type { Policy } from "../../core/rule/policy.ts";
import { openObject, pin } from "../../ctl/ffi/libbpf.ts";
import { mountPseudo } from "../../ctl/ffi/libc.ts";
import type { Places } from "../../ctl/host/places.ts";
import { openMaps } from "../../ctl/kernel/pins.ts";
import type { MapSpec } from "../../ctl/kernel/table.ts";
import { compileKernelHalf } from "../../tool/compile-bpf.ts";
import { enterPrivateMounts, unmount } from "./private-mounts.ts";
import "./without-programs.ts";

export const { load } = await import("../../ctl/kernel/load.ts");
export const { unload } = await import("../../ctl/verb/unload.ts");
export const { reload } = await import("../../ctl/kernel/reload.ts");

export const SCRATCH = enterPrivateMounts();
export const PLACES: Places = {
  object: join(SCRATCH, "lockc.bpf.o"),
  policies: [join(SCRATCH, "builtin"), join(SCRATCH, "etc/policy")],
  settings: join(SCRATCH, "etc/lockc.yaml"),
  runtime: join(SCRATCH, "run/runtime"),
  lock: join(SCRATCH, "run/lock"),
  entrances: [join(SCRATCH, "bin/lockc-runc"), join(SCRATCH, "bin/lockctl")],
  docker: join(SCRATCH, "etc/daemon.json"),
  bpffs: join(SCRATCH, "bpf"),
  pins: join(SCRATCH, "bpf/lockc"),
};
export const [BUILT_IN, OWN] = PLACES.policies as [string, string];
const OBJECT = join(SCRATCH, "original.bpf.o");
export const RUNTIME = join(SCRATCH, "runc");

mkdirSync(PLACES.bpffs);
mountPseudo("bpf", PLACES.bpffs, "mode=0700");
compileKernelHalf(OBJECT);
writeFileSync(RUNTIME, "#!/bin/true\n", { mode: 0o755 });

after(() => {
  unmount(PLACES.bpffs);
  rmSync(SCRATCH, { recursive: true, force: true });
});

beforeEach(() => {
  unload(PLACES, true);
  for (const folder of ["etc", "run", "builtin"]) {
    rmSync(join(SCRATCH, folder), { recursive: true, force: true });
  }
  copyFileSync(OBJECT, PLACES.object);
  for (const folder of PLACES.policies) mkdirSync(folder, { recursive: true });
  writePolicy(BUILT_IN, "baseline");
  writeFileSync(PLACES.settings, `runtime: ${RUNTIME}\n`);
});

export function writePolicy(folder: string, name: string, rest = "bpf: { allow: false }"): void {
  const description = rest.includes("description:") ? "" : "description: For tests.\n";
  writeFileSync(join(folder, `${name}.yaml`), `name: ${name}\n${description}${rest}\n`);
}

/** A map by its bytes. */
export function map({ name, key, value }: MapSpec): BpfMap {
  const opened = openMap(join(PLACES.pins, "maps", name), key.size, value.size);
  assert.ok(opened, `${name} is pinned`);
  return opened;
}

export const policies = () => map(MAPS.policies);
export const containers = () => map(MAPS.containers);
export const pseudo = () => map(MAPS.pseudo);
export const devices = () => map(MAPS.devices);
export const engineSockets = () => map(MAPS.engine_sockets);
export const settings = () => map(MAPS.settings);

/** A policy as the shim would find it. */
export function loadedPolicy(name: string): Policy | undefined {
  const value = lookUp(policies(), encodeKey(LOCKC_POLICY_SIZE, name)!);
  return value && readPolicy(decode(POLICY, value));
}

/** A container as the shim registers it. */
export function register(
  id: string,
  record: Partial<Values<typeof CONTAINER>> = {},
  key = 7n,
): void {
  const whole = {
    id,
    policy: "baseline",
    root: "/run/runc",
    tasks: 3,
    denials: [1n, 1n],
    started: 1,
    ...record,
  };
  update(containers(), u64Key(key), encode(CONTAINER, whole));
}

export function container(key = 7n): Values<typeof CONTAINER> {
  const value = lookUp(containers(), u64Key(key));
  assert.ok(value, "it is registered");
  return decode(CONTAINER, value);
}

/** Pins a program of the kind that kernels run without BPF LSM, as lockctl load does elsewhere. */
export function pinProgram(name: string): void {
  using object = openObject(PLACES.object, () => "wanted");
  using maps = openMaps(PLACES.pins)!;
  for (const { fd, name: map } of maps.values()) object.reuseMap(map, fd);
  object.skipPrograms(name);
  object.load();
  using program = object.attach(name);
  pin(program.fd, join(PLACES.pins, "links", name));
}

/** Makes a process a task of a container, as the kernel half would. */
export function enter(pid: number, task: Partial<Values<typeof TASK>> = {}): void {
  const pidfd = pidfdOpen(pid);
  const whole = { container: 7n, phase: Phase.CONFINED, counted: 1, ...task };
  update(map(MAPS.tasks), u32Key(pidfd), encode(TASK, whole));
  closeSync(pidfd);
}

/** Everything in a map, in an order that does not depend on the kernel's. */
export function contents(table: BpfMap): [key: string, value: string][] {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return keysOf(table)
    .map((key): [string, string] => [hex(key), hex(lookUp(table, key)!)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
