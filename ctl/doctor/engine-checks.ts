// SPDX-License-Identifier: Apache-2.0
/** The checks of the low-level runtime and of the engines that call it. */
import { listed } from "../../core/words.ts";
import type { EngineFacts, EngineName } from "../engine/engines.ts";
import {
  type DoctorFacts,
  fault,
  type GuardFacts,
  LOAD,
  ok,
  type Said,
  warning,
} from "./finding.ts";
import { type Flaw, flawsOf } from "./flaws.ts";
import { CONTAINERD_FILE, checkDefault, engineOf, HOW } from "./selection.ts";

export function checkRuntime({ runtime }: DoctorFacts): Said[] {
  const { path, why, remedy, version, told } = runtime;
  if (path === undefined) return [fault(why!, remedy!)];
  if (told === false) {
    return [fault("lockc-runc was told of no runtime, or of another than load finds", LOAD)];
  }
  if (version === undefined) {
    return [
      warning(`${path} does not say which version of runc or crun it is`, `run ${path} --version`),
    ];
  }
  return [ok(`the low-level runtime is ${version.name} ${version.version}, ${path}`)];
}

const MENDED_ELSEWHERE = "unless its distribution has mended them without another version";
const tellFlaws = (flaws: readonly Flaw[]) =>
  flaws.map(({ cve, what }) => `${cve} (${what})`).join(", ");

export function checkFlaws({ runtime }: DoctorFacts): Said[] {
  if (runtime.version === undefined) return [];
  const { name, version } = runtime.version;
  const mended = runtime.package?.mended;
  const flaws = flawsOf(name, version).filter(({ cve }) => !mended?.includes(cve));
  const as = runtime.package ? `${name} (package ${runtime.package.name})` : `${name} ${version}`;
  if (flaws.length === 0) return [ok(`${as} has no flaw that lockc knows of`)];
  const unsaid = mended ? "its changelog does not name them" : MENDED_ELSEWHERE;
  const newest = newestFix(flaws);
  return [
    warning(
      `${as} has known flaws: ${tellFlaws(flaws)}; ${unsaid}`,
      `update it: ${name} ${newest.join(", ")} ${newest.length > 1 ? "have" : "has"} the fixes`,
    ),
  ];
}

/** Flaws by which dockerd does itself what a container wants: no policy holds that. */
export function checkDockerd({ version }: EngineFacts): Said[] {
  const flaws = version === undefined ? [] : flawsOf("dockerd", version);
  if (flaws.length === 0) return [];
  return [
    warning(
      `dockerd ${version} has known flaws that lockc cannot hold: ${tellFlaws(flaws)}; ${MENDED_ELSEWHERE}`,
      `update Docker to ${newestFix(flaws).join(", ")}; until then copy nothing into containers of images that are not trusted`,
    ),
  ];
}

/** The releases that mend all of them: the last flaw's. */
function newestFix(flaws: readonly Flaw[]): string[] {
  return flaws.at(-1)!.fixed.filter((version) => !version.includes("rc"));
}

export function checkDocker(docker: EngineFacts, facts: DoctorFacts): Said[] {
  if (docker.unreadable !== undefined) {
    return [warning(`${docker.unreadable} cannot be read or is not JSON`, "correct it")];
  }
  if (docker.registered.length === 0) {
    return [
      warning(
        "Docker does not know lockc-runc, so none of its containers is contained",
        "run lockctl engine register docker, and reload docker",
      ),
    ];
  }
  return [checkDefault(docker, facts)];
}

export function checkBuilds(builds: EngineFacts["builds"], guard: GuardFacts | undefined): Said[] {
  if (builds === undefined) return [];
  const { major, written, running } = builds;
  if (running === true) return [ok("the steps of docker build are contained")];
  if (major !== undefined && major < 23) {
    if (guard?.mode === "enforce") {
      return [
        ok(
          `BuildKit in dockerd ${major} cannot be told of lockc-runc, and the guard refuses its steps`,
        ),
      ];
    }
    return [
      warning(
        `BuildKit in dockerd ${major} cannot be told of lockc-runc: its steps are not contained`,
        "update Docker to 23 or later, or set guard: enforce in /etc/lockc/lockc.yaml",
      ),
    ];
  }
  if (written && running === undefined)
    return [ok("dockerd is to be told of lockc-runc for docker build")];
  if (written) {
    const said = "the dockerd that runs was not told of lockc-runc for docker build yet";
    return [warning(said, "systemctl restart docker")];
  }
  return [
    warning(
      "the steps of docker build are not contained",
      "put Environment=DOCKER_BUILDKIT_RUNC_COMMAND=/usr/bin/lockc-runc under [Service] in /etc/systemd/system/docker.service.d/lockc.conf, and restart docker",
    ),
  ];
}

/** Under Docker alone containerd starts what Docker's own file names. */
export function checkContainerd(containerd: EngineFacts, facts: DoctorFacts): Said[] {
  const has = (name: EngineName) => engineOf(facts, name).length > 0;
  if (containerd.registered.length === 0 && has("Docker") && !has("kubelet")) {
    return [ok("containerd serves Docker, which chooses the runtime")];
  }
  const { registered, dropsRequests, lacksUsual, usual, unreadable } = containerd;
  if (unreadable !== undefined) {
    return [warning(`containerd cannot read ${unreadable}`, "see containerd config dump")];
  }
  const lacking = lacksUsual
    ? [
        warning(
          `containerd has no runtime "${usual ?? "runc"}", its default: it starts no pod`,
          `add [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.${usual ?? "runc"}] with runtime_type = "io.containerd.runc.v2" to ${CONTAINERD_FILE} (README, "Use it"), and restart containerd`,
        ),
      ]
    : [];
  const dropping = dropsRequests
    ? [
        warning(
          `a pod's annotation org.lockc.policy asks for nothing under ${listed(dropsRequests)}, since containerd does not pass it on`,
          `add pod_annotations = ["org.lockc.policy"] and container_annotations = ["org.lockc.policy"] to the runtime in ${CONTAINERD_FILE}, and restart containerd`,
        ),
      ]
    : [];
  return registered.length > 0 && lacksUsual
    ? [...lacking, ...dropping]
    : [...checkEngine(containerd, facts), ...lacking, ...dropping];
}

export function checkEngine(engine: EngineFacts, facts: DoctorFacts): Said[] {
  const { name, registered, unreadable } = engine;
  if (unreadable !== undefined)
    return [warning(`${unreadable} cannot be read`, "see its owner and mode")];
  if (registered.length === 0) {
    return [
      warning(`${name} does not know lockc-runc, so its containers are not contained`, HOW[name]!),
    ];
  }
  return [checkDefault(engine, facts)];
}

/** A pod without runtimeClassName gets the default runtime of the engine below. */
export function checkKubelet({ engines }: DoctorFacts): Said[] {
  if (!engines.some(({ name }) => name === "kubelet")) return [];
  const below = engines.filter(({ name }) => name === "containerd" || name === "CRI-O");
  const known = below.filter(({ registered }) => registered.length > 0);
  if (known.length === 0) {
    const remedy = "register lockc-runc with containerd or CRI-O";
    return [
      warning("the kubelet's engine does not know lockc-runc, so no pod is contained", remedy),
    ];
  }
  if (known.some(({ registered, usual }) => registered.includes(usual ?? ""))) {
    return [
      ok("the kubelet's engine knows lockc-runc, and takes it for pods without runtimeClassName"),
    ];
  }
  const names = known.flatMap(({ registered }) => registered);
  return [
    warning(
      `a pod without runtimeClassName is not contained: the kubelet's engine knows ${listed(names)}, but takes ${known[0]!.usual ?? "another"} by default`,
      "make it the engine's default runtime, or have the cluster's admission set runtimeClassName on every pod",
    ),
  ];
}
