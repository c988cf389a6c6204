// SPDX-License-Identifier: Apache-2.0
/** `lockctl engine unregister`. */
import {
  type Change,
  type Chosen,
  ENGINES,
  planUnregister,
  unregisterAs,
} from "../../engine/change.ts";
import { type EngineReport, formatEngineReport, reportOf } from "../../engine/report.ts";
import { engineOf } from "../../engine/words.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { exclusively, requireRoot } from "../../kernel/change.ts";
import { json, tell } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "take lockc-runc out of an engine's runtimes",
  explanation: `Takes back what engine register put there, to the byte, with the default that was
before and the link that it made; of Docker's file also what others wrote there of
lockc-runc. Without --runtime-name and --policy all of lockc's runtimes go. Containers
that were made with a runtime that is gone do not start any more. In Docker's file a
default that was lockc's becomes runc where none was named before, since some versions
of dockerd keep what their file names no more. Needs root, but not with --dry-run.`,
  options: {
    "runtime-name": { value: "RUNTIME", meaning: "only this one" },
    policy: { value: "NAME", meaning: "only the runtime of this policy, lockc-NAME" },
    "dry-run": { meaning: "show what would change, and change nothing" },
    json: JSON_FLAG,
  },
  operands: ["ENGINE"],

  run(asked, [engine]) {
    const { "runtime-name": runtime, policy, "dry-run": dryRun } = asked;
    const report = unregister(hostPlaces(), { engine, runtime, policy, dryRun });
    tell(1, asked.json ? json(report) : formatEngineReport(report));
  },
});

interface UnregisterRequest extends Chosen {
  readonly engine: string;
  readonly dryRun: boolean;
}

/** @throws LOCKC_E_USAGE, LOCKC_E_PRIVILEGE, LOCKC_E_ENGINE, LOCKC_E_WRITE */
function unregister(places: Places, request: UnregisterRequest): EngineReport {
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
