// SPDX-License-Identifier: Apache-2.0
/** `lockctl process list`. */
import { findContainer, readRecords } from "../../container/containers.ts";
import { type ProcessSummary, readProcesses } from "../../container/processes.ts";
import type { Places } from "../../host/places.ts";
import { withMaps } from "../../kernel/pins.ts";

/** @param word a container, as people call it; undefined: of all. */
export function listProcesses(places: Places, word: string | undefined): ProcessSummary[] {
  return withMaps(places, "see the processes of containers", (maps) => {
    const records = readRecords(maps);
    const wanted = word === undefined ? undefined : findContainer(records, word).key;
    const processes = readProcesses(maps.get("tasks")!, records);
    return processes.filter(({ key }) => wanted === undefined || key === wanted);
  });
}

export const USUAL_PROCESS_COLUMNS = "pid nspid threads command name container policy phase".split(
  " ",
);
