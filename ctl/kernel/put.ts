// SPDX-License-Identifier: Apache-2.0
/** An image goes into the maps: fresh ones and those in use alike, each whole at any moment. */
import { keysOf, lookUp, remove, update } from "../../core/ffi/bpf.ts";
import { Guard } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { distinct, type Entry, keyText, numberOf, setOf } from "../policy/entry.ts";
import { IMAGE, type Image, type ImageMap } from "../policy/image.ts";
import { requireCapacityBeside } from "./capacity.ts";
import { type Maps, type OpenMap, table } from "./table.ts";

/** The maps that hold sets of rules, which policies and containers name by their content. */
const SETS = ["pseudo", "devices"] as const;
/** Sets before the policies that name them. */
const TABLES = [...SETS, "engine_sockets", "policies"] as const satisfies ImageMap[];
const CELLS = ["settings", "event_debug"] as const satisfies ImageMap[];

/**
 * Makes what load writes into the maps this.
 * @param undo gets what takes it back, last step first.
 * @throws LOCKC_E_BUSY, KernelError
 */
export function put(maps: Maps, image: Image, undo: (() => void)[] = []): void {
  const before = readImage(maps);
  const wanted = { ...image, ...withSetsInUse(maps, before, image) };
  requireCapacityBeside(maps, wanted);
  for (const name of TABLES) {
    undo.push(() => replaceAll(open(maps, name), before[name]));
    replaceAll(open(maps, name), wanted[name]);
  }
  for (const name of CELLS) {
    replaceAll(open(maps, name), wanted[name]); // whole or not at all
    undo.push(() => replaceAll(open(maps, name), before[name]));
  }
  undo.push(() => putGuard(maps, before));
  putGuard(maps, wanted);
}

/** By map the keys that are in one of the two only, or have another value. */
export function differences(
  maps: Maps,
  image: Image,
): Readonly<Record<ImageMap, readonly Uint8Array[]>> {
  return ofEach((name) => differing(open(maps, name), image[name]));
}

/** Never on with half of its binaries: then lockc-runc itself might be refused. */
function putGuard(maps: Maps, { runtimes, guard }: Image): void {
  const mode = open(maps, "guard");
  update(mode, numberOf(0), numberOf(Guard.OFF));
  replaceAll(open(maps, "runtimes"), runtimes);
  replaceAll(mode, guard);
}

/**
 * A policy must never point at rules that are not there yet, or not any more: the sets of
 * containers stay, and those that a create may just have read.
 */
function withSetsInUse(maps: Maps, before: Image, image: Image): Pick<Image, "pseudo" | "devices"> {
  const rows = [
    ...(table(maps, MAPS.policies)?.rows() ?? []),
    ...(table(maps, MAPS.containers)?.rows() ?? []),
  ];
  const users = rows.map(({ value }) => value);
  const kept = (name: (typeof SETS)[number]) => {
    const named = new Set(users.map((user) => user[name]));
    return before[name].filter(({ key }) => named.has(setOf(key)));
  };
  return {
    pseudo: distinct([...kept("pseudo"), ...image.pseudo]),
    devices: distinct([...kept("devices"), ...image.devices]),
  };
}

/** What is in the maps now. */
function readImage(maps: Maps): Image {
  return ofEach((name) => {
    const map = open(maps, name);
    return keysOf(map).flatMap((key) => {
      const value = lookUp(map, key);
      return value ? [{ key, value }] : [];
    });
  });
}

function ofEach<T>(make: (name: ImageMap) => T): Record<ImageMap, T> {
  const names = Object.keys(IMAGE) as ImageMap[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<ImageMap, T>;
}

function open(maps: Maps, name: ImageMap): OpenMap {
  return maps.get(IMAGE[name].name)!;
}

function differing(map: OpenMap, entries: readonly Entry[]): Uint8Array[] {
  const wanted = new Set(entries.map(({ key }) => keyText(key)));
  const surplus = keysOf(map).filter((key) => !wanted.has(keyText(key)));
  const changed = entries.filter(({ key, value }) => {
    const there = lookUp(map, key);
    return there === undefined || Buffer.compare(there, value) !== 0;
  });
  return [...surplus, ...changed.map(({ key }) => key)];
}

function replaceAll(map: OpenMap, entries: readonly Entry[]): void {
  const kept = new Set(entries.map(({ key }) => keyText(key)));
  // Those that go first: the table may have no room for both.
  for (const key of keysOf(map)) {
    if (!kept.has(keyText(key))) remove(map, key);
  }
  for (const { key, value } of entries) update(map, key, value);
}
