// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl load`, top to bottom. */
import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { type BpfObject, openObject } from "../ffi/libbpf.ts";
import type { Places } from "../host/places.ts";
import { compileImage, type Image } from "../policy/image.ts";
import type { Broken } from "../policy/resolve.ts";
import { readAttach } from "../policy/settings.ts";
import { type Resolved, readHostFacts, readWritten, resolveWritten } from "../policy/sources.ts";
import type { Attach } from "./attach.ts";
import { requireCapacity, sameMaps } from "./capacity.ts";
import { asLoadError, exclusively, requireRoot, takeBack } from "./change.ts";
import { type Guard, readGuard } from "./guard.ts";
import {
  openMaps,
  type PinnedMaps,
  publish,
  readLinks,
  readPinnedSettings,
  recoverHidden,
  removeDirectory,
  removeOthers,
  retireMaps,
  stage,
} from "./pins.ts";
import { attachOrThrow, hashOf, type KernelFacts, probeKernel, requireBpffs } from "./probe.ts";
import {
  areAttached,
  attachAll,
  chooseAttach,
  chooseHooks,
  Links,
  loadPrograms,
  moveToFunctions,
  need,
} from "./programs.ts";
import { put } from "./put.ts";
import { findRuntime, writeRuntime } from "./runtime.ts";
import type { Maps } from "./table.ts";

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
  const resolved = resolveWritten(readWritten(places));
  const host = readHostFacts(resolved);
  if (isInForce(places)) requireValid(resolved);
  const runtime = findRuntime(host.settings.runtime);
  const attach = chooseAttach(host.settings.attach);
  try {
    using object = openObject(places.object, chooseHooks(need(places, attach, resolved)));
    const hash = hashOf(readFileSync(places.object));
    requireBpffs(places.bpffs);
    const guard = readGuard(places, host.settings);
    const image = compileImage(resolved, host, { object: hash, binaries: guard.entries });
    requireCapacity(object.maps, image);
    const kind = exclusively(places, () =>
      loadObject(places, { object, attach, hash }, image, runtime.path),
    );
    return {
      kind,
      attach,
      programs: object.programs.length,
      policies: resolved.policies.map(({ name }) => name),
      runtime: runtime.path,
      ...(runtime.lacking === undefined ? {} : { lacking: runtime.lacking }),
      guard: guard.mode,
      warnings: [...host.warnings, ...guard.warnings],
      broken: resolved.broken,
    };
  } catch (error) {
    throw asLoadError(error);
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
  using object = openObject(places.object, chooseHooks({ attach, rules: ~0 }));
  try {
    if (attach === "fmod_ret") moveToFunctions(object);
  } catch (error) {
    throw asLoadError(error);
  }
  return { attach, facts };
}

/** Whether policies of this version are in force. */
function isInForce(places: Places): boolean {
  using maps = openMaps(places.pins);
  return maps !== undefined && readPinnedSettings(maps) !== undefined;
}

/** @throws LOCKC_E_SETTINGS for the first policy that is not valid */
export function requireValid({ broken: [first] }: Resolved): void {
  if (first !== undefined) throw first.error;
}

/** The programs that are to be in force. */
interface Programs {
  readonly object: BpfObject;
  readonly attach: Attach;
  readonly hash: string;
}

/** Does it, or undoes what it has done and throws. */
function loadObject(
  places: Places,
  programs: Programs,
  image: Image,
  runtime: string | undefined,
): LoadKind {
  const undo: (() => void)[] = [];
  using held = new DisposableStack(); // what is undone is undone in maps that are open
  try {
    const made = mkdirSync(places.pins, { recursive: true, mode: 0o700 });
    if (made !== undefined) undo.push(() => rmdirSync(places.pins));
    recoverHidden(places.pins);
    undo.push(writeRuntime(places.runtime, runtime));
    const maps = held.use(openMaps(places.pins));
    return pinObject(places, programs, maps, image, undo);
  } catch (error) {
    throw takeBack(undo, error);
  }
}

function pinObject(
  places: Places,
  programs: Programs,
  maps: PinnedMaps | undefined,
  image: Image,
  undo: (() => void)[],
): LoadKind {
  const { object, attach } = programs;
  using links = new Links(); // the pins hold on
  const kind = chooseKind(programs, maps, readLinks(places.pins));
  if (kind === "refresh") {
    put(maps!, image, undo);
    removeOthers(places.pins, "links", "links"); // what a crash may have left
    removeOthers(places.pins, "maps", "maps");
    return kind;
  }
  if (kind === "replace") {
    for (const { name, fd } of maps!.values()) object.reuseMap(name, fd);
  }
  loadPrograms(object, attach);
  attachAll(object, links);
  const stagedLinks = stage(places.pins, "links", links);
  undo.push(() => removeDirectory(join(places.pins, stagedLinks)));
  if (kind === "replace") {
    put(maps!, image, undo);
    removeOthers(places.pins, "links", stagedLinks); // the new ones already hold
  } else {
    const fresh = mapsOf(object);
    put(fresh, image);
    const stagedMaps = stage(places.pins, "maps", fresh);
    undo.push(() => removeDirectory(join(places.pins, stagedMaps)));
    if (maps) retireMaps(places.pins, maps, "replace programs of another layout");
    removeOthers(places.pins, "links", stagedLinks);
    removeOthers(places.pins, "maps", stagedMaps);
    publish(places.pins, stagedMaps, "maps");
  }
  publish(places.pins, stagedLinks, "links");
  return kind;
}

/** The maps of a loaded object; they are its own, so they are not to be closed. */
function mapsOf(object: BpfObject): Maps {
  return new Map(object.maps.map((map) => [map.name, { ...map, fd: object.mapFd(map.name) }]));
}

/** Pure but for reading the pinned settings: what has to be done. */
function chooseKind(
  { object, attach, hash }: Programs,
  maps: PinnedMaps | undefined,
  links: ReturnType<typeof readLinks>,
): LoadKind {
  if (maps === undefined || !sameMaps(object.maps, [...maps.values()])) return "fresh";
  const settings = readPinnedSettings(maps);
  if (settings === undefined) return "fresh";
  return settings.object === hash && areAttached(object, attach, links) ? "refresh" : "replace";
}
