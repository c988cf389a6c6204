// SPDX-License-Identifier: Apache-2.0
/**
 * What is pinned in bpffs, and how it changes hands.
 *
 *   lockc/maps/NAME         the maps; only when they are there does the shim enrol
 *   lockc/links/PROGRAM     what holds the programs at their hooks
 *   lockc/{maps,links}-*    on their way in or out; left behind only by a crash
 *
 * Links are pinned before the maps appear and unpinned after they are gone, and
 * directories change their name whole. So at no moment does the shim find maps
 * whose programs are not all attached, wherever load or unload is interrupted.
 * (bpffs refuses names with a dot: kernel/bpf/inode.c, bpf_lookup.)
 */
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";
import { LockcError } from "../../core/errors.ts";
import { keysOf, mapInfo, openPin } from "../../core/ffi/bpf.ts";
import type { CONTAINER } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { nameOfContainer } from "../../core/ids.ts";
import type { Values } from "../../core/kernel/record.ts";
import { freezeMap, pin, placeOf } from "../ffi/libbpf.ts";
import { closing } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";
import { type LoadedSettings, readLoadedSettings } from "../policy/settings.ts";
import { visible } from "../screen/terminal.ts";
import type { Attach } from "./attach.ts";
import { requireRoot } from "./change.ts";
import { type Maps, type OpenMap, table } from "./table.ts";

/**
 * Runs `act` with the pinned maps open.
 * @param what only root may do, in words.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED
 */
export function withMaps<T>(places: Places, what: string, act: (maps: PinnedMaps) => T): T {
  requireRoot(what);
  using maps = openMaps(places.pins);
  if (maps !== undefined) return act(maps);
  throw new LockcError("LOCKC_E_NOT_LOADED", "lockc is not loaded", "run lockctl load");
}

/** A pinned map and what the kernel says of it. */
export interface PinnedMap extends OpenMap {
  /** Whether user space can no longer write it: an interrupted unload left it so. */
  readonly frozen: boolean;
}

/** The pinned maps by name, open as long as they are used. */
export class PinnedMaps extends Map<string, PinnedMap> implements Disposable {
  [Symbol.dispose](): void {
    for (const { fd } of this.values()) closeSync(fd);
  }
}

export type ContainerRecord = Values<typeof CONTAINER> & { readonly key: string };

/** What is pinned in lockc/links: the attached programs, and how those of LSM hooks are. */
export function readLinks(pins: string): ReadonlyMap<string, Attach | undefined> {
  const directory = join(pins, "links");
  return new Map(names(directory).map((name) => [name, readLink(join(directory, name))]));
}

/** How the programs of LSM hooks are attached; undefined when none is. */
export function attachOf(links: ReturnType<typeof readLinks>): Attach | undefined {
  return [...links.values()].find((how) => how !== undefined);
}

const ATTACH = { hook: "lsm", function: "fmod_ret" } as const;

function readLink(path: string): Attach | undefined {
  const fd = openPin(path);
  if (fd === undefined) return undefined;
  using link = closing(fd);
  const place = placeOf(link.fd);
  return place && ATTACH[place];
}

/** undefined when lockc is not loaded. */
export function openMaps(pins: string): PinnedMaps | undefined {
  const path = join(pins, "maps");
  if (!existsSync(path)) return undefined;
  return new PinnedMaps(names(path).map((name) => [name, openPinned(join(path, name), name)]));
}

function openPinned(path: string, name: string): PinnedMap {
  const fd = openPin(path);
  if (fd === undefined) throw new LockcError("LOCKC_E_BUG", `"${path}" went away`, "try again");
  const { type, keySize, valueSize, maxEntries } = mapInfo(fd);
  const frozen = /^frozen:\s*1$/m.test(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"));
  return { fd, name, type, keySize, valueSize, maxEntries, frozen };
}

/** The settings that the last load left; undefined when they are another ABI's. */
export function readPinnedSettings(maps: Maps): LoadedSettings | undefined {
  const value = table(maps, MAPS.settings)?.get(0);
  return value && readLoadedSettings(value);
}

/** The registered containers; undefined when their records are another ABI's. */
export function readContainers(maps: Maps): ContainerRecord[] | undefined {
  const rows = table(maps, MAPS.containers)?.rows();
  return rows?.map(({ key, value }) => ({ ...value, key: key.toString(16).padStart(16, "0") }));
}

/** The rules of each loaded policy and each container; of another ABI's maps none. */
export function rulesInUse(maps: Maps): number[] {
  return [...readHeldRules(maps), ...(readContainers(maps) ?? [])].map(({ rules }) => rules);
}

/** The rules that each loaded policy has the kernel hold, and which are only audited. */
export function readHeldRules(
  maps: Maps,
): { readonly policy: string; readonly rules: number; readonly audit: number }[] {
  const rows = table(maps, MAPS.policies)?.rows() ?? [];
  return rows.map(({ key, value: { rules, audit } }) => ({ policy: key, rules, audit }));
}

/** A directory of pins that nobody looks at yet. */
export function stage(
  pins: string,
  directory: "maps" | "links",
  held: ReadonlyMap<string, { readonly fd: number }>,
): string {
  const name = freeName(pins, directory);
  const path = join(pins, name);
  mkdirSync(path, { mode: 0o700 });
  try {
    for (const [file, { fd }] of held) pin(fd, join(path, file));
  } catch (error) {
    removeDirectory(path);
    throw error;
  }
  return name;
}

/** Gives a staged directory its final name. */
export function publish(pins: string, staged: string, directory: "maps" | "links"): void {
  renameSync(join(pins, staged), join(pins, directory));
}

/** Removes every directory of that kind but `keep`; links let go of their programs. */
export function removeOthers(pins: string, directory: "maps" | "links", keep?: string): void {
  for (const name of names(pins)) {
    const kind = name.split("-")[0];
    if (kind === directory && name !== keep) removeDirectory(join(pins, name));
  }
}

/** Removes a directory of pins. */
export function removeDirectory(path: string): void {
  for (const name of names(path)) unlinkSync(join(path, name));
  rmdirSync(path);
}

/** An unload that was interrupted while it had the maps hidden: takes them back. */
export function recoverHidden(pins: string): void {
  const hidden = join(pins, HIDDEN);
  if (existsSync(hidden) && !existsSync(join(pins, "maps"))) renameSync(hidden, join(pins, "maps"));
}

const HIDDEN = "maps-hidden";

/**
 * Takes the maps away from the shim for good, unless containers are registered.
 * Hidden maps cannot be opened; a shim that opened them just before can still
 * write until they are frozen, so the containers are counted after that as well.
 * Found then, they stay protected and nothing new can be created until the next
 * load, which is the side to err on.
 * @throws LOCKC_E_BUSY naming the containers; the maps are back in place.
 */
export function retireMaps(pins: string, maps: PinnedMaps, act: string): void {
  renameSync(join(pins, "maps"), join(pins, HIDDEN));
  try {
    refuseBusy(maps, act);
    const containers = maps.get(MAPS.containers.name);
    if (containers && !containers.frozen) freezeMap(containers.fd);
    refuseBusy(maps, act);
  } catch (error) {
    renameSync(join(pins, HIDDEN), join(pins, "maps"));
    throw error;
  }
}

/** @throws LOCKC_E_BUSY when containers are registered, or may be in a form we cannot read */
export function refuseBusy(maps: Maps, act: string): void {
  const records = readContainers(maps);
  const map = maps.get(MAPS.containers.name);
  const count = records?.length ?? (map ? keysOf(map).length : 0);
  if (count === 0) return;
  const some = (records ?? [])
    .slice(0, 5)
    .map((one) => visible(`${nameOfContainer(one)} (${one.policy})`));
  const more = count > some.length ? [`${count - some.length} more`] : [];
  throw new LockcError(
    "LOCKC_E_BUSY",
    `cannot ${act} while containers run under lockc: ${[...some, ...more].join(", ")}`,
    "stop them first; lockctl unload --force takes their protection away instead",
  );
}

function freeName(pins: string, directory: string): string {
  const taken = new Set(names(pins));
  for (let number = 1; ; number++) {
    const name = `${directory}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function names(path: string): string[] {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(path);
}
