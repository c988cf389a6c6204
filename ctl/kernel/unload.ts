// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl unload`. */
import { existsSync, rmdirSync } from "node:fs";
import { type Freed, readHeld, rememberFreed } from "../container/freed.ts";
import type { Places } from "../host/places.ts";
import { exclusively, requireRoot } from "./change.ts";
import { openMaps, recoverHidden, removeOthers, retireMaps } from "./pins.ts";

/**
 * Detaches the programs and removes every pin; afterwards lockc-runc starts no
 * container. The line in /run/lockc/runtime stays: containers that are left must
 * still be stopped and deleted by the runtime that made them.
 * @param force also while containers are registered, which then run on unconfined; they are
 *   remembered for status and doctor.
 * @returns those containers; undefined when nothing was loaded.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_BUSY
 */
export function unload(places: Places, force: boolean): readonly Freed[] | undefined {
  requireRoot("unload lockc's programs");
  if (!existsSync(places.pins)) return undefined;
  return exclusively(places, () => removePins(places, force));
}

function removePins(places: Places, force: boolean): readonly Freed[] {
  recoverHidden(places.pins);
  using maps = openMaps(places.pins);
  let freed: readonly Freed[] = [];
  if (maps && !force) retireMaps(places.pins, maps, "unload");
  if (maps && force) {
    freed = readHeld(maps);
    rememberFreed(places, freed); // first: what comes may fail
  }
  removeOthers(places.pins, "maps"); // first: no shim may enrol without the programs
  removeOthers(places.pins, "links");
  rmdirSync(places.pins);
  return freed;
}
