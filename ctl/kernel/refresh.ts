// SPDX-License-Identifier: Apache-2.0
/** Policies and settings of maps that are in use, each whole at any moment. */
import { LockcError } from "../../core/errors.ts";
import { keysOf, lookUp, remove, u32Key, update } from "../../core/ffi/bpf.ts";
import { CONTAINER } from "../../core/generated/layout.ts";
import { readPolicy } from "../../core/kernel/pins.ts";
import { decode } from "../../core/kernel/record.ts";
import { type Entry, keyText, setOf } from "../policy/entry.ts";
import { SETS, type Sources } from "../policy/sources.ts";
import { type Guard, guardValue } from "./guard.ts";
import type { PinnedMap } from "./pins.ts";

/** Makes the pinned policies and settings these; `undo` gets what takes it back, last step first. */
export function refresh(
  maps: ReadonlyMap<string, PinnedMap>,
  { policyEntries, sets, socketEntries, settings: { events } }: Sources,
  settings: Uint8Array,
  guard: Guard,
  undo: (() => void)[],
): void {
  const policies = maps.get("policies")!;
  const sockets = maps.get("engine_sockets")!;
  const cell = maps.get("settings")!;
  const key = new Uint8Array(4);
  const before = entriesOf(policies);
  const beforeSettings = lookUp(cell, key)!;
  // A policy must never point at rules that are not there yet, or not any more:
  // the sets of containers stay, and those that a create may just have read.
  const users = [
    ...before.map(({ value }) => readPolicy(value).kernel),
    ...entriesOf(maps.get("containers")!).map(({ value }) => decode(CONTAINER, value)),
  ];
  const plans = SETS.map((name) => {
    const table = maps.get(name)!;
    const there = entriesOf(table);
    const kept = new Set(users.map((user) => user[name]));
    const entries = [...there.filter((entry) => kept.has(setOf(entry.key))), ...sets[name]];
    requireRoomFor(table, entries);
    return { table, there, entries };
  });
  for (const { table, there, entries } of plans) {
    undo.push(() => replaceAll(table, there));
    replaceAll(table, entries);
  }
  const beforeSockets = entriesOf(sockets);
  undo.push(() => replaceAll(sockets, beforeSockets));
  replaceAll(sockets, socketEntries);
  undo.push(() => replaceAll(policies, before));
  replaceAll(policies, policyEntries);
  update(cell, key, settings);
  undo.push(() => update(cell, key, beforeSettings));
  const debug = maps.get("event_debug")!;
  const beforeDebug = lookUp(debug, key)!;
  undo.push(() => update(debug, key, beforeDebug));
  update(debug, key, u32Key(events.debug ? 1 : 0));
  refreshGuard(maps, guard, undo);
}

/** Never on with half of its binaries: then lockc-runc itself might be refused. */
function refreshGuard(
  maps: ReadonlyMap<string, PinnedMap>,
  guard: Guard,
  undo: (() => void)[],
): void {
  const mode = maps.get("guard")!;
  const runtimes = maps.get("runtimes")!;
  const key = new Uint8Array(mode.keySize);
  const before = { entries: entriesOf(runtimes), mode: lookUp(mode, key)! };
  const change = (entries: readonly Entry[], value: Uint8Array) => {
    update(mode, key, guardValue("off"));
    replaceAll(runtimes, entries);
    update(mode, key, value);
  };
  undo.push(() => change(before.entries, before.mode));
  change(guard.entries, guardValue(guard.mode));
}

/**
 * Only containers that run under rules which their policies do not have any more
 * can make the table too small; requireRoom has looked at the policies.
 * @throws LOCKC_E_BUSY
 */
function requireRoomFor(table: PinnedMap, entries: readonly Entry[]): void {
  const count = new Set(entries.map(({ key }) => keyText(key))).size;
  if (count <= table.maxEntries) return;
  throw new LockcError(
    "LOCKC_E_BUSY",
    `the kernel's table for ${table.name === "pseudo" ? "pseudoFiles" : table.name} has room for ${table.maxEntries}, and ${count} are needed, since containers run under rules of earlier policies`,
    "start containers anew whose policies have changed (lockctl policy reload names them), or shorten the lists",
  );
}

function entriesOf(map: PinnedMap): Entry[] {
  return keysOf(map).flatMap((key) => {
    const value = lookUp(map, key); // a container may have ended meanwhile
    return value ? [{ key, value }] : [];
  });
}

function replaceAll(table: PinnedMap, entries: readonly Entry[]): void {
  const kept = new Set(entries.map(({ key }) => keyText(key)));
  // Those that go first: the table may have no room for both.
  for (const key of keysOf(table)) {
    if (!kept.has(keyText(key))) remove(table, key);
  }
  for (const { key, value } of entries) update(table, key, value);
}
