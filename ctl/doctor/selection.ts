// SPDX-License-Identifier: Apache-2.0
/** Checks of how engines select lockc and its policies. */

import type { EngineFacts, EngineName } from "../engine/engines.ts";
import type { EngineRoot } from "../host/engine-roots.ts";
import { type DoctorFacts, ok, type Said, warning } from "./finding.ts";

export function engineOf({ engines }: DoctorFacts, wanted: EngineName): EngineFacts[] {
  return engines.filter(({ name }) => name === wanted);
}

const DOCKER_FILE = "/etc/docker/daemon.json";

export const CONTAINERD_FILE = "/etc/containerd/config.toml";

/** How a default runtime is set. */
const SET_DEFAULT: Readonly<Record<EngineName, (runtime: string) => string>> = {
  Docker: (runtime) => `set "default-runtime": "${runtime}" in ${DOCKER_FILE}, and restart docker`,
  containerd: (runtime) =>
    `set default_runtime_name = "${runtime}" in ${CONTAINERD_FILE}, and restart containerd`,
  Podman: (runtime) =>
    `set runtime = "${runtime}" under [engine] in /etc/containers/containers.conf`,
  "CRI-O": (runtime) =>
    `set default_runtime = "${runtime}" under [crio.runtime] in a file in /etc/crio/crio.conf.d, and restart crio`,
  kubelet: () => "",
};

/** What becomes of containers that name no runtime: one measure for all engines. */
export function checkDefault(engine: EngineFacts, { selection }: DoctorFacts): Said {
  const { name, registered, usual } = engine;
  const policyOf = (runtime: string) =>
    engine.selects?.[runtime] ?? selection?.defaults[name] ?? "baseline";
  const holdOf = (runtime: string) => selection?.policies.get(policyOf(runtime));
  const isFit = (runtime: string) => selection === undefined || holdOf(runtime) === "holds";
  const fit = registered.find((it) => it === "lockc" && isFit(it)) ?? registered.find(isFit);
  const remedy =
    fit === undefined
      ? `add a runtime "lockc" whose program is /usr/bin/lockc-runc, and ${SET_DEFAULT[name]("lockc")}`
      : SET_DEFAULT[name](fit);
  if (usual === undefined || !registered.includes(usual)) {
    return warning(
      `${name} knows ${registered.join(", ")}, but its default runtime is ${usual ?? "another"}, so containers that name no runtime are not contained`,
      remedy,
    );
  }
  if (selection === undefined) return ok(`${name}'s default runtime is ${usual}`);
  const policy = policyOf(usual);
  const selects = `${name}'s default runtime ${usual} selects policy "${policy}"`;
  switch (holdOf(usual)) {
    case undefined:
      return warning(`${selects}, which does not exist or is not valid`, "see lockctl policy list");
    case "nothing":
      return warning(`${selects}, which holds nothing`, remedy);
    case "audits":
      return warning(
        `${selects}, which refuses nothing, since all its rules are only audited`,
        `take "mode: audit" out of it once nothing is audited any more, or ${remedy}`,
      );
    case "holds":
      return ok(`${name}'s default runtime is ${usual}, with policy "${policy}"`);
  }
}

export const HOW: Readonly<Record<string, string>> = {
  containerd: "run lockctl engine register containerd, and restart containerd",
  Podman: "run lockctl engine register podman",
  "CRI-O": "run lockctl engine register crio, and restart crio",
};

/** Where a directory is that nobody told, what the engine keeps there is anybody's. */
export function checkRoots({ roots: { known, found, faults, missing } }: DoctorFacts): Said[] {
  const told = (roots: readonly EngineRoot[]) =>
    roots.map(({ path, from }) => `${path} (${from})`).join(", ");
  const usual = known.filter((path) => !found.some((root) => root.path === path));
  return [
    ...faults.map((text) =>
      warning(
        `where an engine keeps its containers cannot be told: ${text}`,
        "correct it there, or name the directory in engineRoots of /etc/lockc/lockc.yaml",
      ),
    ),
    ...(missing.length > 0
      ? [
          warning(
            `an engine keeps its containers where lockc was not told of: ${told(missing)}`,
            "run lockctl policy reload",
          ),
        ]
      : [
          ok(
            `engines keep their containers in ${[...(found.length > 0 ? [told(found)] : []), ...usual].join(", ")}`,
          ),
        ]),
  ];
}
