// SPDX-License-Identifier: Apache-2.0
/** `lockctl process list`. */
import { PROCESS_COLUMNS } from "../../container/columns.ts";
import { findContainer, readRecords } from "../../container/containers.ts";
import { type ProcessSummary, readProcesses } from "../../container/processes.ts";
import { LISTING, listingOf } from "../../grammar/listing.ts";
import { defineVerb } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { withMaps } from "../../kernel/pins.ts";
import { say, tableOf } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "list the processes of containers",
  explanation: `Lists every process that the kernel half counts to a container, with its process
id on the host and in its own PID namespace. Threads are counted, not listed: all
of a process belong to the same container. A policy holds what is confined; other
phases are the runtime's on its way there. Needs root.

Columns: pid, nspid, uid, threads, command, exe, container, name, policy, phase, key.`,
  options: {
    container: { value: "CONTAINER", meaning: "only that one's, by ID, name or key" },
    ...LISTING,
  },
  operands: [],

  read: ({ container, ...listing }) => ({ container, listing: listingOf(listing) }),
  run({ container, listing }) {
    const show = tableOf(PROCESS_COLUMNS, USUAL_PROCESS_COLUMNS, listing);
    say(1, show(listProcesses(hostPlaces(), container), "no process belongs to a container"));
  },
});

/** @param word a container, as people call it; undefined: of all. */
export function listProcesses(places: Places, word: string | undefined): ProcessSummary[] {
  return withMaps(places, "see the processes of containers", (maps) => {
    const records = readRecords(maps);
    const wanted = word === undefined ? undefined : findContainer(records, word).key;
    const processes = readProcesses(maps, records);
    return processes.filter(({ key }) => wanted === undefined || key === wanted);
  });
}

const USUAL_PROCESS_COLUMNS = "pid nspid threads command name container policy phase".split(" ");
