// SPDX-License-Identifier: Apache-2.0
/** `lockctl container list`. */
import { CONTAINER_COLUMNS } from "../../container/columns.ts";
import { type ContainerSummary, readRecords, summarize } from "../../container/containers.ts";
import { LISTING, listingOf } from "../../grammar/listing.ts";
import { defineVerb } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { withMaps } from "../../kernel/pins.ts";
import { say, tableOf } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "list the containers that run under lockc",
  explanation: `Lists the containers that are registered, the oldest first: the policy that each
has, what becomes of what it forbids (enforce, audit, mixed: some rules are only
audited, none: the kernel holds no rule of it), how far the container has come,
its tasks, and what was refused and let through so far. A terminal gets lines as
wide as it is, anybody else whole ones. Needs root.

Columns: name, id, policy, mode, phase, tasks, denials, audits, created, root, key.`,
  options: LISTING,
  operands: [],

  read: listingOf,
  run(listing) {
    const show = tableOf(CONTAINER_COLUMNS, USUAL_CONTAINER_COLUMNS, listing);
    say(1, show(listContainers(hostPlaces()), "no container runs under lockc"));
  },
});

export function listContainers(places: Places): ContainerSummary[] {
  return withMaps(places, "see containers", (maps) => readRecords(maps).map(summarize));
}

export const USUAL_CONTAINER_COLUMNS = "name id policy mode phase tasks denials audits".split(" ");
