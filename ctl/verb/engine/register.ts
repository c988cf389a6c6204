// SPDX-License-Identifier: Apache-2.0
/** `lockctl engine register`. */
import {
  type Change,
  type Chosen,
  ENGINES,
  planRegister,
  registerAs,
} from "../../engine/change.ts";
import { type EngineReport, reportOf } from "../../engine/report.ts";
import { engineOf } from "../../engine/words.ts";
import type { Places } from "../../host/places.ts";
import { exclusively, requireRoot } from "../../kernel/change.ts";
import { findPolicy } from "../../policy/sources.ts";

export interface RegisterRequest extends Chosen {
  readonly engine: string;
  readonly isDefault: boolean;
  readonly dryRun: boolean;
}

/** @throws LOCKC_E_USAGE, LOCKC_E_POLICY, LOCKC_E_PRIVILEGE, LOCKC_E_ENGINE, LOCKC_E_WRITE */
export function register(places: Places, request: RegisterRequest): EngineReport {
  const { engine, policy, isDefault, dryRun } = request;
  const registration = ENGINES[engineOf(engine)];
  // A runtime of a policy that is not there would create nothing.
  if (policy !== undefined) findPolicy(places, policy);
  const plan = () => planRegister(registration, request, isDefault, places.entrances[0]!);
  if (dryRun) return reportOf(plan(), "would register", true);
  requireRoot("change an engine's file");
  return exclusively(places, () => {
    const change: Change = plan();
    registerAs(change);
    return reportOf(change, "registered", false);
  });
}
