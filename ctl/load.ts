// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl load`, top to bottom. */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { LockcError, toLockcError } from "../shim/errors.ts";
import { u32Key, update } from "../shim/ffi/bpf.ts";
import { lockFile } from "../shim/ffi/host.ts";
import { KernelError } from "../shim/ffi/kernel-error.ts";
import {
  type BpfLink,
  type BpfObject,
  type MapDeclaration,
  openObject,
} from "../shim/ffi/libbpf.ts";
import { resolveRuntime } from "../shim/runtime.ts";
import { type Attach, type Need, planTargets, SIGNATURE_PREFIXES } from "./attach.ts";
import { readSignatures } from "./btf.ts";
import { compileKernelRules, joinBits } from "./compile.ts";
import { type Guard, guardValue, readGuard } from "./guard.ts";
import {
  attachOrThrow,
  BTF,
  chooseHooks,
  hashOf,
  type KernelFacts,
  probeKernel,
  requireBpffs,
  requireKernel,
} from "./kernel.ts";
import {
  attachOf,
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
  rulesInUse,
  stage,
} from "./pinned.ts";
import type { Places } from "./places.ts";
import { refresh } from "./refresh.ts";
import type { Broken } from "./resolve.ts";
import { readAttach, readSources, SETS, type Sources } from "./sources.ts";

/** Set by `npm run build -- --measure` only: time the shim on a kernel that runs no LSM programs. */
declare const LOCKC_MEASURE: boolean | undefined;
const measures = () => typeof LOCKC_MEASURE !== "undefined" && LOCKC_MEASURE;

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

/** Programs for rules that a container may still have stay as well. */
function need(places: Places, attach: Attach, { policies }: Sources): Need {
  const maps = openMaps(places.pins);
  try {
    const rules = policies.map(({ rules }) => compileKernelRules(rules).rules);
    return { attach, rules: joinBits([...rules, ...(maps ? rulesInUse(maps) : [])]) };
  } finally {
    closeMaps(maps);
  }
}

/**
 * Whether policies have rules for which programs must be attached that are not: then
 * only a load puts them in force.
 */
export function needsPrograms(places: Places, sources: Sources): boolean {
  const links = readLinks(places.pins);
  const attach = attachOf(links);
  if (attach === undefined) return false;
  const choose = chooseHooks(need(places, attach, sources));
  const object = openObject(places.object, choose);
  const { programs } = object;
  object.close();
  return !programs.every((name) => links.has(name));
}

/** @throws LOCKC_E_SETTINGS when policies or engines' sockets are more than the maps can take */
export function requireRoom(
  maps: readonly MapDeclaration[],
  { policies, sets, socketEntries }: Sources,
): void {
  const room = (map: string) => maps.find(({ name }) => name === map)?.maxEntries ?? 0;
  if (socketEntries.length > room("engine_sockets")) {
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `there are ${socketEntries.length} engineSockets; the kernel's table has room for ${room("engine_sockets")}`,
      "remove some from /etc/lockc/lockc.yaml",
    );
  }
  // A changed policy's old rules stay beside its new ones for a while.
  const tables = [
    { there: policies.length, what: "policies", room: room("policies") },
    { there: sets.pseudo.length, what: "pseudoFiles", room: room("pseudo") / 2 },
    { there: sets.devices.length, what: "devices", room: room("devices") / 2 },
  ];
  for (const table of tables) {
    if (table.there <= table.room) continue;
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `there are ${table.there} ${table.what}; the kernel's table has room for ${table.room}`,
      "remove some from /etc/lockc/policy",
    );
  }
}

/** @throws LOCKC_E_PRIVILEGE */
export function requireRoot(act: string): void {
  if (process.geteuid?.() === 0) return;
  throw new LockcError("LOCKC_E_PRIVILEGE", `only root may ${act}`, "run it with sudo");
}

/** Runs `act` while no other load or unload runs; a process that dies lets go. */
export function exclusively<T>(places: Places, act: () => T): T {
  mkdirSync(dirname(places.lock), { recursive: true, mode: 0o755 });
  const fd = openSync(places.lock, "a", 0o600);
  try {
    lockFile(fd);
    return act();
  } finally {
    closeSync(fd);
  }
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

/** Undoes what was done before `error`, last step first, and gives back what to throw. */
export function takeBack(undo: readonly (() => void)[], error: unknown): unknown {
  const failures = undo.toReversed().flatMap((step) => {
    try {
      step();
      return [];
    } catch (failure) {
      return (failure as Error).message;
    }
  });
  if (failures.length === 0) return error;
  return new LockcError(
    "LOCKC_E_KERNEL",
    `${(error as Error).message}; and not all could be taken back: ${failures.join("; ")}`,
    "run lockctl load",
    { cause: error },
  );
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

/** Whether programs of the object can go on with the pinned maps. Pure. */
export function sameMaps(
  declared: readonly MapDeclaration[],
  pinned: readonly (MapDeclaration & { readonly frozen: boolean })[],
): boolean {
  const byName = new Map(pinned.map((map) => [map.name, map]));
  return (
    declared.length === pinned.length &&
    declared.every((map) => {
      const other = byName.get(map.name);
      return (
        other !== undefined &&
        !other.frozen &&
        other.type === map.type &&
        other.keySize === map.keySize &&
        other.valueSize === map.valueSize &&
        other.maxEntries === map.maxEntries
      );
    })
  );
}

/** @throws LOCKC_E_KERNEL when one of the programs cannot be attached so */
function moveToFunctions(object: BpfObject): void {
  const signatures = readSignatures(readFileSync(BTF), SIGNATURE_PREFIXES);
  for (const [program, target] of planTargets(object.sections, signatures)) {
    object.moveToFunction(program, target.function, target.answers);
  }
}

/**
 * While a replacement runs, old and new programs are both attached; both then do
 * the same to the same maps, and each step of theirs is one that can be done twice.
 */
function attachAll(object: BpfObject): [string, BpfLink][] {
  if (measures()) return [];
  const links: [string, BpfLink][] = [];
  try {
    for (const name of object.programs) links.push([name, object.attach(name)]);
    return links;
  } catch (error) {
    for (const [, link] of links) link.close();
    throw error;
  }
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

/**
 * Containers need a runtime, loading does not: the engine may be installed later.
 * @throws LOCKC_E_RUNTIME where the one that the settings name is none.
 */
export function findRuntime(configured: string | undefined): { path?: string; lacking?: string } {
  try {
    return { path: resolveRuntime(configured) };
  } catch (error) {
    const { message, hint } = toLockcError(error);
    if (configured !== undefined) throw error;
    return { lacking: `${message}; ${hint}` };
  }
}

/** Writes the one line that the launcher reads, whole or not at all. Gives back its undoing. */
export function writeRuntime(file: string, runtime: string | undefined): () => void {
  let before: string | undefined;
  try {
    before = readFileSync(file, "utf8");
  } catch {
    before = undefined; // not loaded since boot
  }
  replaceFile(file, runtime === undefined ? undefined : `${runtime}\n`);
  return () => replaceFile(file, before);
}

function replaceFile(file: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(file, { force: true });
    return;
  }
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, text, { mode: 0o644, flag: "wx" });
  renameSync(fresh, file);
}

/** What the kernel refused, as an error for people. */
export function asLoadError(error: unknown): unknown {
  if (!(error instanceof KernelError)) return error;
  return new LockcError(
    "LOCKC_E_KERNEL",
    error.message,
    "lockctl status says what this kernel lacks; if it lacks nothing, please report this",
    { cause: error },
  );
}
