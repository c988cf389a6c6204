// SPDX-License-Identifier: Apache-2.0
/** `lockctl engine unregister`. */
import {
  type Change,
  type Chosen,
  ENGINES,
  planUnregister,
  unregisterAs,
} from "../../engine/change.ts";
import { type EngineReport, reportOf } from "../../engine/report.ts";
import { engineOf } from "../../engine/words.ts";
import type { Places } from "../../host/places.ts";
import { exclusively, requireRoot } from "../../kernel/change.ts";

export interface UnregisterRequest extends Chosen {
  readonly engine: string;
  readonly dryRun: boolean;
}

/** @throws LOCKC_E_USAGE, LOCKC_E_PRIVILEGE, LOCKC_E_ENGINE, LOCKC_E_WRITE */
export function unregister(places: Places, request: UnregisterRequest): EngineReport {
  const registration = ENGINES[engineOf(request.engine)];
  const plan = () => planUnregister(registration, request, places.entrances[0]!);
  if (request.dryRun) return reportOf(plan(), "would take out", true);
  requireRoot("change an engine's file");
  return exclusively(places, () => {
    const change: Change = plan();
    unregisterAs(change);
    return reportOf(change, "taken out", false);
  });
}
