// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl policy reload`: other policies and settings for the programs that run. */
import { LockcError } from "../../core/errors.ts";
import { nameOfContainer } from "../../core/ids.ts";
import type { Opened } from "../ffi/opened.ts";
import type { Places } from "../host/places.ts";
import { compileKernelRules } from "../policy/compile.ts";
import { compileImage, type Image } from "../policy/image.ts";
import {
  type HostFacts,
  type Resolved,
  readHostFacts,
  readWritten,
  resolveWritten,
} from "../policy/sources.ts";
import { changeRules, openApply, sameRules } from "./apply.ts";
import { requireCapacity } from "./capacity.ts";
import { asLoadError, exclusively, requireRoot, takeBack } from "./change.ts";
import { readGuard } from "./guard.ts";
import { load, requireValid } from "./load.ts";
import { openMaps, readContainers, readPinnedSettings } from "./pins.ts";
import { needsPrograms } from "./programs.ts";
import { put } from "./put.ts";
import { findRuntime, writeRuntime } from "./runtime.ts";
import type { Maps } from "./table.ts";

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
  const resolved = resolveWritten(readWritten(places));
  const host = readHostFacts(resolved);
  requireValid(resolved);
  const runtime = findRuntime(host.settings.runtime);
  if (needsPrograms(places, resolved)) load(places);
  return exclusively(places, () => {
    using maps = openMaps(places.pins);
    try {
      const object = maps && readPinnedSettings(maps)?.object;
      if (maps === undefined || object === undefined) {
        throw new LockcError(
          "LOCKC_E_NOT_LOADED",
          "lockc's programs are not loaded, or those of another version are",
          "run lockctl load",
        );
      }
      const binaries = readGuard(places, host.settings).entries;
      const image = compileImage(resolved, host, { object, binaries });
      requireCapacity([...maps.values()], image);
      using program = running ? openApply(places) : undefined;
      swap(places, maps, image, runtime.path);
      const report = apply(maps, resolved, host, program);
      const lacking =
        runtime.lacking === undefined ? [] : [`no container can start yet: ${runtime.lacking}`];
      return { ...report, warnings: [...report.warnings, ...lacking] };
    } catch (error) {
      throw asLoadError(error);
    }
  });
}

function swap(places: Places, maps: Maps, image: Image, runtime: string | undefined): void {
  const undo: (() => void)[] = [];
  try {
    undo.push(writeRuntime(places.runtime, runtime)); // for what the launcher does by itself
    put(maps, image, undo);
  } catch (error) {
    throw takeBack(undo, error);
  }
}

/** @param program where given, containers that run get the new rules too. */
function apply(
  maps: Maps,
  { policies }: Resolved,
  { nodes, warnings }: HostFacts,
  program: Opened | undefined,
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
