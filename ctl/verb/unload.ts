// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl unload`. */
import { existsSync, rmdirSync } from "node:fs";

import { nameOfContainer } from "../../core/ids.ts";
import { type Freed, readHeld, rememberFreed } from "../container/freed.ts";
import { defineVerb } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { exclusively, requireRoot } from "../kernel/change.ts";
import { openMaps, recoverHidden, removeOthers, retireMaps } from "../kernel/pins.ts";
import { tellSentences } from "../screen/print.ts";
import { visible } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "take policies and programs out of the kernel",
  explanation: `Detaches the programs and removes everything under /sys/fs/bpf/lockc. Refused
while containers run under lockc; --force names those that run on without any
policy, also after a load, and status and doctor do until they are gone.
Afterwards lockc-runc creates no container until the next load; stop, delete and
the like go on working. Needs root.`,
  options: {
    force: { meaning: "also while containers run under lockc; they run on unprotected" },
  },
  operands: [],

  run({ force }) {
    tellSentences(formatUnloaded(unload(hostPlaces(), force)));
  },
});

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

function formatUnloaded(freed: readonly Freed[] | undefined): string {
  if (freed === undefined) return "nothing was loaded\n";
  if (freed.length === 0) return "unloaded\n";
  const names = freed.map((one) => visible(`${nameOfContainer(one)} (${one.policy})`));
  return `unloaded; these containers run on without any policy, also after a load, until they are started anew: ${names.join(", ")}\n`;
}
