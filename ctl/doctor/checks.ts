// SPDX-License-Identifier: Apache-2.0
/** The checks of `lockctl doctor`, each a question and what to do if the answer is no. */
import { checkFreed, checkLoosened, checkStrays } from "./container-checks.ts";
import {
  checkBuilds,
  checkContainerd,
  checkDocker,
  checkDockerd,
  checkEngine,
  checkFlaws,
  checkKubelet,
  checkRuntime,
} from "./engine-checks.ts";
import { checkFiles, checkPins } from "./file-checks.ts";
import { type DoctorFacts, fault, ok, type Said, warning } from "./finding.ts";
import {
  checkBpffs,
  checkKernel,
  checkModules,
  checkPreemption,
  checkPrograms,
} from "./kernel-checks.ts";
import { checkRoots, engineOf } from "./selection.ts";
import { checkEvents, checkGuard, checkPolicies, checkSockets } from "./state-checks.ts";

export interface Finding extends Said {
  readonly check: CheckName;
}

/** In the order in which they are told; one that has nothing to say gives nothing. */
const CHECKS = {
  kernel: checkKernel,
  lsm: checkModules,
  btf: ({ kernel }) =>
    kernel.btf
      ? [ok("the kernel carries its BTF")]
      : [fault("the kernel carries no BTF", "boot a kernel built with CONFIG_DEBUG_INFO_BTF")],
  bpffs: checkBpffs,
  privilege: ({ isRoot, loaded }) =>
    isRoot && loaded !== undefined
      ? []
      : [
          warning(
            "programs, pins, loaded policies, guard and events are only for root to see",
            "run it with sudo",
          ),
        ],
  programs: checkPrograms,
  preemption: checkPreemption,
  strays: checkStrays,
  freed: checkFreed,
  loosened: checkLoosened,
  pins: checkPins,
  files: checkFiles,
  runtime: checkRuntime,
  flaws: checkFlaws,
  docker: (facts) => engineOf(facts, "Docker").flatMap((it) => checkDocker(it, facts)),
  dockerd: (facts) => engineOf(facts, "Docker").flatMap(checkDockerd),
  buildkit: ({ engines, guard }) => engines.flatMap(({ builds }) => checkBuilds(builds, guard)),
  containerd: (facts) => engineOf(facts, "containerd").flatMap((it) => checkContainerd(it, facts)),
  podman: (facts) => engineOf(facts, "Podman").flatMap((it) => checkEngine(it, facts)),
  crio: (facts) => engineOf(facts, "CRI-O").flatMap((it) => checkEngine(it, facts)),
  kubelet: checkKubelet,
  policies: checkPolicies,
  roots: checkRoots,
  sockets: checkSockets,
  guard: checkGuard,
  events: checkEvents,
} as const satisfies Record<string, (facts: DoctorFacts) => readonly Said[]>;
export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as readonly CheckName[];

export function examine(facts: DoctorFacts): Finding[] {
  return CHECK_NAMES.flatMap((check) => {
    const said: readonly Said[] = CHECKS[check](facts);
    return said.map((finding) => ({ check, ...finding }));
  });
}
