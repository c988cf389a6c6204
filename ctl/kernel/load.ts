// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl load`, top to bottom. */
import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { u32Key, update } from "../../core/ffi/bpf.ts";
import { type BpfLink, type BpfObject, openObject } from "../ffi/libbpf.ts";
import type { Places } from "../host/places.ts";
import type { Broken } from "../policy/resolve.ts";
import { readAttach } from "../policy/settings.ts";
import { readSources, SETS, type Sources } from "../policy/sources.ts";
import type { Attach } from "./attach.ts";
import { requireRoom, sameMaps } from "./capacity.ts";
import { asLoadError, exclusively, requireRoot, takeBack } from "./change.ts";
import { type Guard, guardValue, readGuard } from "./guard.ts";
import {
  closeMaps,
  openMaps,
  type PinnedMap,
  publish,
  readLinks,
  readPinnedSettings,
  recoverHidden,
  removeDirectory,
  removeOthers,
  retireMaps,
  stage,
} from "./pins.ts";
import {
  attachOrThrow,
  hashOf,
  type KernelFacts,
  probeKernel,
  requireBpffs,
  requireKernel,
} from "./probe.ts";
import { attachAll, chooseHooks, measures, moveToFunctions, need } from "./programs.ts";
import { refresh } from "./refresh.ts";
import { findRuntime, writeRuntime } from "./runtime.ts";

/**
 * refresh: the same programs are attached; only policies and settings are written.
 * replace: other programs over the same maps, so containers stay registered.
 * fresh: new programs and new maps.
 */
export type LoadKind = "refresh" | "replace" | "fresh";

export interface LoadReport {
  readonly kind: LoadKind;
  readonly programs: number;
  readonly attach: Attach;
  readonly policies: readonly string[];
  /** undefined when no low-level runtime was found; `lacking` then says so. */
  readonly runtime: string | undefined;
  readonly lacking?: string;
  readonly guard: Guard["mode"];
  readonly warnings: readonly string[];
  /** Policies that are left out, since they are not valid: whoever asks for one is refused. */
  readonly broken: readonly Broken[];
}

/**
 * Compiles policies and settings, attaches the programs and pins everything.
 * Repeatable; whatever fails, things are as before. Where nothing is in force yet, as at
 * boot, a policy that is not valid is left out; where something is, that stays.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_KERNEL, LOCKC_E_SETTINGS, LOCKC_E_BUSY
 */
export function load(places: Places): LoadReport {
  requireRoot("load lockc's programs");
  const sources = readSources(places);
  if (isInForce(places)) requireValid(sources);
  const runtime = findRuntime(sources.settings.runtime);
  const attach = measures() ? "lsm" : requireKernel(sources.settings.attach);
  let object: BpfObject | undefined;
  try {
    object = openObject(places.object, chooseHooks(need(places, attach, sources)));
    requireRoom(object.maps, sources);
    requireBpffs(places.bpffs);
    const guard = readGuard(places, sources.settings);
    const opened = object;
    const kind = exclusively(places, () =>
      loadObject(places, opened, attach, sources, guard, runtime.path),
    );
    return {
      kind,
      attach,
      programs: object.programs.length,
      policies: sources.policies.map(({ name }) => name),
      runtime: runtime.path,
      ...(runtime.lacking === undefined ? {} : { lacking: runtime.lacking }),
      guard: guard.mode,
      warnings: [...sources.warnings, ...guard.warnings],
      broken: sources.broken,
    };
  } catch (error) {
    throw asLoadError(error);
  } finally {
    object?.close();
  }
}

/**
 * Whether the programs could be attached here, and how. Changes nothing and needs no
 * privilege; what only load would see, load has the last word on.
 * @throws LOCKC_E_KERNEL, LOCKC_E_SETTINGS
 */
export function check(places: Places): { readonly attach: Attach; readonly facts: KernelFacts } {
  const facts = probeKernel();
  const attach = attachOrThrow(facts, readAttach(places.settings));
  // As if every rule were held, since policies may change.
  const object = openObject(places.object, chooseHooks({ attach, rules: ~0 }));
  try {
    if (attach === "fmod_ret") moveToFunctions(object);
  } catch (error) {
    throw asLoadError(error);
  } finally {
    object.close();
  }
  return { attach, facts };
}

/** Whether policies of this version are in force. */
function isInForce(places: Places): boolean {
  const maps = openMaps(places.pins);
  try {
    return maps !== undefined && readPinnedSettings(maps) !== undefined;
  } finally {
    closeMaps(maps);
  }
}

/** @throws LOCKC_E_SETTINGS for the first policy that is not valid */
export function requireValid({ broken: [first] }: Sources): void {
  if (first !== undefined) throw first.error;
}

/** Does it, or undoes what it has done and throws. */
function loadObject(
  places: Places,
  object: BpfObject,
  attach: Attach,
  sources: Sources,
  guard: Guard,
  runtime: string | undefined,
): LoadKind {
  const undo: (() => void)[] = [];
  try {
    const made = mkdirSync(places.pins, { recursive: true, mode: 0o700 });
    if (made !== undefined) undo.push(() => rmdirSync(places.pins));
    recoverHidden(places.pins);
    undo.push(writeRuntime(places.runtime, runtime));
    return pinObject(places, object, attach, sources, guard, undo);
  } catch (error) {
    throw takeBack(undo, error);
  }
}

function pinObject(
  places: Places,
  object: BpfObject,
  attach: Attach,
  sources: Sources,
  guard: Guard,
  undo: (() => void)[],
): LoadKind {
  const hash = hashOf(readFileSync(places.object));
  const settings = sources.settingsValue(hash);
  const maps = openMaps(places.pins);
  let links: [string, BpfLink][] = [];
  try {
    const kind = chooseKind(object, attach, hash, maps, readLinks(places.pins));
    if (kind === "refresh") {
      refresh(maps!, sources, settings, guard, undo);
      removeOthers(places.pins, "links", "links"); // what a crash may have left
      removeOthers(places.pins, "maps", "maps");
      return kind;
    }
    if (kind === "replace") {
      for (const { name, fd } of maps!.values()) object.reuseMap(name, fd);
    }
    if (measures()) object.skipPrograms();
    if (attach === "fmod_ret") moveToFunctions(object);
    object.load();
    links = attachAll(object);
    const stagedLinks = stage(places.pins, "links", new Map(links.map(([n, { fd }]) => [n, fd])));
    undo.push(() => removeDirectory(join(places.pins, stagedLinks)));
    if (kind === "replace") {
      refresh(maps!, sources, settings, guard, undo);
      removeOthers(places.pins, "links", stagedLinks); // the new ones already hold
    } else {
      const fds = new Map(object.maps.map(({ name }) => [name, object.mapFd(name)]));
      fill(object, fds, sources, settings, guard);
      const stagedMaps = stage(places.pins, "maps", fds);
      undo.push(() => removeDirectory(join(places.pins, stagedMaps)));
      if (maps) retireMaps(places.pins, maps, "replace programs of another layout");
      removeOthers(places.pins, "links", stagedLinks);
      removeOthers(places.pins, "maps", stagedMaps);
      publish(places.pins, stagedMaps, "maps");
    }
    publish(places.pins, stagedLinks, "links");
    return kind;
  } finally {
    for (const [, link] of links) link.close(); // the pins hold on
    closeMaps(maps);
  }
}

/** Pure but for reading the pinned settings: what has to be done. */
function chooseKind(
  object: BpfObject,
  attach: Attach,
  hash: string,
  maps: ReadonlyMap<string, PinnedMap> | undefined,
  links: ReturnType<typeof readLinks>,
): LoadKind {
  if (maps === undefined || !sameMaps(object.maps, [...maps.values()])) return "fresh";
  const settings = readPinnedSettings(maps);
  if (settings === undefined) return "fresh";
  const attached =
    links.size === object.programs.length &&
    object.programs.every(
      (name) => links.has(name) && links.get(name) === placeFor(object, name, attach),
    );
  return settings.object === hash && (attached || measures()) ? "refresh" : "replace";
}

/** How the pin of that program has to be attached: only LSM hooks have two ways. Pure. */
function placeFor(object: BpfObject, name: string, attach: Attach): Attach | undefined {
  const isLsm = object.sections.get(name)!.startsWith("lsm");
  return isLsm && !object.unattached.has(name) ? attach : undefined;
}

function fill(
  object: BpfObject,
  fds: ReadonlyMap<string, number>,
  { policyEntries, sets, socketEntries, settings: { events } }: Sources,
  settings: Uint8Array,
  guard: Guard,
): void {
  const open = (name: string) => {
    const declaration = object.maps.find((map) => map.name === name)!;
    return { ...declaration, fd: fds.get(name)! };
  };
  for (const table of SETS) {
    for (const { key, value } of sets[table]) update(open(table), key, value);
  }
  for (const { key, value } of socketEntries) update(open("engine_sockets"), key, value);
  for (const { key, value } of policyEntries) update(open("policies"), key, value);
  update(open("settings"), new Uint8Array(4), settings);
  for (const { key, value } of guard.entries) update(open("runtimes"), key, value);
  update(open("guard"), new Uint8Array(4), guardValue(guard.mode));
  update(open("event_debug"), new Uint8Array(4), u32Key(events.debug ? 1 : 0));
}
