// SPDX-License-Identifier: Apache-2.0
/** `lockctl engine register`. */
import {
  type Change,
  type Chosen,
  ENGINES,
  planRegister,
  registerAs,
} from "../../engine/change.ts";
import { type EngineReport, formatEngineReport, reportOf } from "../../engine/report.ts";
import { engineOf } from "../../engine/words.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { exclusively, requireRoot } from "../../kernel/change.ts";
import { findPolicy } from "../../policy/sources.ts";
import { json, tell } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "make lockc-runc a runtime of an engine",
  explanation: `ENGINE is docker (/etc/docker/daemon.json), containerd (/etc/containerd/config.toml,
version 2 or 3), podman (/etc/containers/containers.conf.d/lockc.conf) or crio
(/etc/crio/crio.conf.d/90-lockc.conf). What is in the file stays as it is written,
comments too; the change is shown, and the file as it was before the first runtime of
lockc is kept beside it, as FILE.lockc-backup. A file that is not valid, or written in
a way that nothing can be added to without changing something else, is left alone.

With --policy it also makes the link lockc-runc-NAME beside lockc-runc, by which
lockc-runc knows the policy. The engine has to read its file anew: the command for
that is told, not run. Needs root, but not with --dry-run.`,
  options: {
    "runtime-name": {
      value: "RUNTIME",
      meaning: "what the engine is to call it; default: lockc, or lockc-NAME with --policy",
    },
    policy: {
      value: "NAME",
      meaning: "a runtime of its own for containers under this policy",
    },
    default: { meaning: "it is also the one for containers that name none" },
    "dry-run": { meaning: "show what would change, and change nothing" },
    json: JSON_FLAG,
  },
  operands: ["ENGINE"],

  run(asked, [engine]) {
    const { "runtime-name": runtime, policy, default: isDefault, "dry-run": dryRun } = asked;
    const report = register(hostPlaces(), { engine, runtime, policy, isDefault, dryRun });
    tell(1, asked.json ? json(report) : formatEngineReport(report));
  },
});

interface RegisterRequest extends Chosen {
  readonly engine: string;
  readonly isDefault: boolean;
  readonly dryRun: boolean;
}

/** @throws LOCKC_E_USAGE, LOCKC_E_POLICY, LOCKC_E_PRIVILEGE, LOCKC_E_ENGINE, LOCKC_E_WRITE */
function register(places: Places, request: RegisterRequest): EngineReport {
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
