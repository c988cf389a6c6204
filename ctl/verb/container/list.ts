// SPDX-License-Identifier: Apache-2.0
/** `lockctl container list`. */
import { type ContainerSummary, readRecords, summarize } from "../../container/containers.ts";
import type { Places } from "../../host/places.ts";
import { withMaps } from "../../kernel/pins.ts";

export function listContainers(places: Places): ContainerSummary[] {
  return withMaps(places, "see containers", (maps) => readRecords(maps).map(summarize));
}

export const USUAL_CONTAINER_COLUMNS = "name id policy mode phase tasks denials audits".split(" ");
