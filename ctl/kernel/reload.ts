// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl policy reload`: other policies and settings for the programs that run. */
import { closeSync } from "node:fs";
import { LockcError } from "../../core/errors.ts";
import { nameOfContainer } from "../container/naming.ts";
import type { Places } from "../host/places.ts";
import { compileKernelRules } from "../policy/compile.ts";
import { readSources, type Sources } from "../policy/sources.ts";
import { changeRules, openApply, sameRules } from "./apply.ts";
import { requireRoom } from "./capacity.ts";
import { asLoadError, exclusively, requireRoot, takeBack } from "./change.ts";
import { readGuard } from "./guard.ts";
import { load, requireValid } from "./load.ts";
import { closeMaps, openMaps, type PinnedMap, readContainers, readPinnedSettings } from "./pins.ts";
import { needsPrograms } from "./programs.ts";
import { refresh } from "./refresh.ts";
import { findRuntime, writeRuntime } from "./runtime.ts";

export interface ReloadReport {
  readonly policies: readonly string[];
  /** IDs of containers that got their policy's new rules. */
  readonly changed: readonly string[];
  /** IDs of containers that go on with rules their policy does not have any more. */
  readonly kept: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * @param running containers that run get the new rules of their policy too.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_SETTINGS, LOCKC_E_RUNTIME, LOCKC_E_NOT_LOADED; nothing has changed then.
 */
export function reload(places: Places, running: boolean): ReloadReport {
  requireRoot("put policies in force");
  const sources = readSources(places);
  requireValid(sources);
  const runtime = findRuntime(sources.settings.runtime);
  if (needsPrograms(places, sources)) load(places);
  return exclusively(places, () => {
    const maps = openMaps(places.pins);
    let program: number | undefined;
    try {
      const object = maps && readPinnedSettings(maps)?.object;
      if (maps === undefined || object === undefined) {
        throw new LockcError(
          "LOCKC_E_NOT_LOADED",
          "lockc's programs are not loaded, or those of another version are",
          "run lockctl load",
        );
      }
      requireRoom([...maps.values()], sources);
      program = running ? openApply(places) : undefined;
      swap(places, maps, sources, object, runtime.path);
      const report = apply(maps, sources, program);
      const lacking =
        runtime.lacking === undefined ? [] : [`no container can start yet: ${runtime.lacking}`];
      return { ...report, warnings: [...report.warnings, ...lacking] };
    } catch (error) {
      throw asLoadError(error);
    } finally {
      closeMaps(maps);
      if (program !== undefined) closeSync(program);
    }
  });
}

function swap(
  places: Places,
  maps: ReadonlyMap<string, PinnedMap>,
  sources: Sources,
  object: string,
  runtime: string | undefined,
): void {
  const undo: (() => void)[] = [];
  try {
    const guard = readGuard(places, sources.settings);
    undo.push(writeRuntime(places.runtime, runtime)); // for what the launcher does by itself
    refresh(maps, sources, sources.settingsValue(object), guard, undo);
  } catch (error) {
    throw takeBack(undo, error);
  }
}

/** @param program where given, containers that run get the new rules too. */
function apply(
  maps: ReadonlyMap<string, PinnedMap>,
  { policies, nodes, warnings }: Sources,
  program: number | undefined,
): ReloadReport {
  const current = new Map(
    policies.map(({ name, rules }) => [name, compileKernelRules(rules, nodes)]),
  );
  const stale = (readContainers(maps) ?? []).filter((record) => {
    const rules = current.get(record.policy);
    return rules === undefined || !sameRules(record, rules);
  });
  const changed =
    program === undefined
      ? []
      : stale.filter((record) => {
          const rules = current.get(record.policy);
          return rules !== undefined && changeRules(program, record, record.policy, rules);
        });
  return {
    policies: policies.map(({ name }) => name),
    changed: changed.map(nameOfContainer),
    kept: stale.filter((record) => !changed.includes(record)).map(nameOfContainer),
    warnings,
  };
}
