// SPDX-License-Identifier: Apache-2.0
/** The checks of `lockctl doctor`, each a question and what to do if the answer is no. */
import { shellWord } from "../advice/road.ts";
import { describeFreed } from "../container/freed.ts";
import { nameOfContainer } from "../container/naming.ts";
import type { EngineFacts, EngineName } from "../host/engines.ts";
import type { Attach } from "../kernel/attach.ts";
import { bootParameter, judgeKernel, whyUnsound } from "../kernel/probe.ts";
import type { Stray } from "../kernel/strays.ts";
import {
  type DoctorFacts,
  type FileFact,
  fault,
  type GuardFacts,
  ok,
  type Said,
  some,
  warning,
} from "./finding.ts";
import { type Flaw, flawsOf } from "./flaws.ts";
import { CONTAINERD_FILE, checkDefault, checkRoots, engineOf, HOW } from "./selection.ts";

export interface Finding extends Said {
  readonly check: CheckName;
}

const LOAD = "run lockctl load";

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

function checkKernel({ kernel }: DoctorFacts): Said[] {
  const [major = 0, minor = 0] = kernel.release.split(".").map(Number.parseFloat);
  if (major < 6 || (major === 6 && minor < 1)) {
    return [fault(`kernel ${kernel.release} is older than 6.1`, "boot kernel 6.1 or later")];
  }
  if (kernel.built === false) {
    const remedy = "boot a kernel that has it: Debian's, Ubuntu's and Fedora's do";
    return [fault(`kernel ${kernel.release} was built without CONFIG_BPF_LSM`, remedy)];
  }
  const built = kernel.built ? ", built with CONFIG_BPF_LSM" : "";
  return [ok(`kernel ${kernel.release}${built}`)];
}

function checkModules({ kernel, attach: wanted }: DoctorFacts): Said[] {
  if (kernel.built === false || !kernel.btf) return []; // told already
  const { attach, why, cure } = judgeKernel(kernel, wanted);
  if (attach === undefined) return [fault(why!, cure!)];
  if (kernel.lsm === undefined) {
    const remedy = "mount -t securityfs securityfs /sys/kernel/security";
    return [warning("the active security modules cannot be read", remedy)];
  }
  const list = kernel.lsm.join(",");
  if (attach === "lsm") return [ok(`the security modules are ${list}`)];
  return [
    kernel.lsm.includes("bpf")
      ? warning("the settings say attach: fmod_ret although bpf runs", "set attach: auto")
      : warning(
          `bpf is not among the security modules (${list}), so programs are attached by fmod_ret, which holds only while tasks are not preempted`,
          `boot with ${bootParameter(kernel.lsm)}`,
        ),
  ];
}

function checkBpffs({ bpffs, loaded }: DoctorFacts): Said[] {
  const where = "/sys/fs/bpf";
  if (bpffs === undefined) {
    return loaded === "no" ? [warning(`bpffs is not mounted at ${where}`, LOAD)] : [];
  }
  const remedy = `chmod 0700 ${where}, and write mode=0700 in /etc/fstab if it is there`;
  if (bpffs.uid !== 0)
    return [fault(`${where} belongs to user ${bpffs.uid}`, `chown root ${where}`)];
  if ((bpffs.mode & 0o022) === 0) return [ok(`bpffs is mounted at ${where}, for root to change`)];
  if ((bpffs.mode & 0o1000) === 0) {
    return [fault(`others than root can change what is in ${where} (${octal(bpffs)})`, remedy)];
  }
  return [warning(`others than root can make entries in ${where} (${octal(bpffs)})`, remedy)];
}

function checkPrograms({ loaded, programs }: DoctorFacts): Said[] {
  const { expected, attached, current } = programs;
  const unreadable =
    expected === undefined
      ? [fault("lockc's object file cannot be read", "install lockc again")]
      : [];
  if (loaded === undefined) return unreadable;
  if (loaded === "no") {
    return [...unreadable, fault("lockc is not loaded, so lockc-runc creates no container", LOAD)];
  }
  if (loaded === "other") {
    return [
      ...unreadable,
      fault("another version of lockc is loaded, so lockc-runc creates no container", LOAD),
    ];
  }
  if (expected === undefined) return unreadable;
  const missing = expected.filter((name) => !attached.has(name));
  if (missing.length > 0) {
    return [
      fault(
        `${missing.length} of ${expected.length} programs are not attached: ${some(missing)}`,
        LOAD,
      ),
    ];
  }
  if (!current) return [warning("the programs that run are another build's", LOAD)];
  return [ok(`all ${expected.length} programs are attached by ${wayOf(attached) ?? "nothing"}`)];
}

function wayOf(attached: ReadonlyMap<string, Attach | undefined>): Attach | undefined {
  return [...attached.values()].find((how) => how !== undefined);
}

function checkPreemption({ kernel, programs }: DoctorFacts): Said[] {
  if (wayOf(programs.attached) !== "fmod_ret") return []; // lsm: checkModules tells
  const why = whyUnsound(kernel, "fmod_ret");
  const calm = "echo voluntary >/sys/kernel/debug/sched/preempt, or boot with bpf in lsm=";
  if (why !== undefined) return [fault(why, calm)];
  if (programs.skips > 0n) {
    return [fault(`the kernel has passed programs over ${programs.skips} times`, calm)];
  }
  return [ok("tasks are not preempted, as programs attached by fmod_ret need it")];
}

function checkStrays({ strays }: DoctorFacts): Said[] {
  if (strays === undefined) return [];
  if (strays.length === 0) return [ok("every process in a container is held by its policy")];
  const called = ({ name, container, key }: Stray) =>
    JSON.stringify(nameOfContainer({ name, id: container ?? key }));
  const list = some(
    strays.map((it) => `${JSON.stringify(it.command)} (${it.pid}) in container ${called(it)}`),
  );
  const are = strays.length === 1 ? "1 process is" : `${strays.length} processes are`;
  const containers = some([...new Set(strays.map(called))]);
  return [
    fault(`${are} in a container, but held by no policy: ${list}`, `stop ${containers}; report it`),
  ];
}

function checkFreed({ freed }: DoctorFacts): Said[] {
  return freed.map((one) => {
    const called = JSON.stringify(nameOfContainer(one));
    return fault(`container ${called} ${describeFreed(one)}`, `stop ${called} and start it anew`);
  });
}

function checkLoosened({ loosened }: DoctorFacts): Said[] {
  return loosened.map((one) => {
    const { policy, rules } = one;
    return fault(
      `container ${JSON.stringify(nameOfContainer(one))} is only audited at ${some(rules)}, which its policy "${policy}" refuses: lockctl learn watches it or was killed, or the policy was made stricter since`,
      `unless lockctl learn runs: lockctl container policy ${shellWord(nameOfContainer(one))} ${policy}`,
    );
  });
}

function checkPins({ loaded, pins, pinNames }: DoctorFacts): Said[] {
  if (pins.length === 0) return [];
  const found: Said[] = [];
  const open = pins.filter(({ uid, mode }) => uid !== 0 || (mode & 0o077) !== 0);
  if (open.length > 0) {
    found.push(
      fault(
        `others than root may have reached lockc's pins: ${some(open.map(describeFile))}`,
        "find out who changed them, then lockctl unload --force and lockctl load",
      ),
    );
  }
  const known = new Set(["", "maps", "links", ...pinNames]);
  const foreign = pins.map(({ path }) => path).filter((path) => !known.has(path));
  if (foreign.length > 0 && loaded !== "other") {
    found.push(
      warning(
        `lockc's directory of pins has what this version did not put there: ${some(foreign)}`,
        "lockctl load removes what a crash left; remove the rest by hand",
      ),
    );
  }
  return found.length > 0 ? found : [ok("only root reaches lockc's pins")];
}

function checkFiles({ files }: DoctorFacts): Said[] {
  // In a sticky directory others cannot replace what is root's.
  const isOpen = ({ uid, mode }: FileFact) =>
    uid !== 0 || ((mode & 0o022) !== 0 && (mode & 0o1000) === 0);
  const open = files.filter(isOpen);
  if (open.length === 0) return [ok("only root can change lockc's files and the runtime")];
  const list = some(open.map(describeFile));
  const remedy = "chown root and chmod go-w what is named, after a look at what it holds";
  return [fault(`others than root can change lockc's files or the runtime: ${list}`, remedy)];
}

function checkRuntime({ runtime }: DoctorFacts): Said[] {
  const { path, why, cure, version, told } = runtime;
  if (path === undefined) return [fault(why!, cure!)];
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

function checkFlaws({ runtime }: DoctorFacts): Said[] {
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
function checkDockerd({ version }: EngineFacts): Said[] {
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

function checkDocker(docker: EngineFacts, facts: DoctorFacts): Said[] {
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

function checkBuilds(builds: EngineFacts["builds"], guard: GuardFacts | undefined): Said[] {
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
function checkContainerd(containerd: EngineFacts, facts: DoctorFacts): Said[] {
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
          `a pod's annotation org.lockc.policy asks for nothing under ${some(dropsRequests)}, since containerd does not pass it on`,
          `add pod_annotations = ["org.lockc.policy"] and container_annotations = ["org.lockc.policy"] to the runtime in ${CONTAINERD_FILE}, and restart containerd`,
        ),
      ]
    : [];
  return registered.length > 0 && lacksUsual
    ? [...lacking, ...dropping]
    : [...checkEngine(containerd, facts), ...lacking, ...dropping];
}

function checkEngine(engine: EngineFacts, facts: DoctorFacts): Said[] {
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

function checkKubelet({ engines }: DoctorFacts): Said[] {
  if (!engines.some(({ name }) => name === "kubelet")) return [];
  const below = engines.filter(({ name }) => name === "containerd" || name === "CRI-O");
  if (below.some(({ registered }) => registered.length > 0)) {
    return [
      ok("the kubelet's engine knows lockc-runc: pods get it by a RuntimeClass, or as its default"),
    ];
  }
  const remedy = "register lockc-runc with containerd or CRI-O";
  return [warning("the kubelet's engine does not know lockc-runc, so no pod is contained", remedy)];
}

function checkPolicies({ wrong, broken, stale, loaded }: DoctorFacts): Said[] {
  if (wrong !== undefined) return [fault(wrong.sentence, wrong.remedy)];
  const faults = broken.map(({ name, sentence, remedy, inForce }) => {
    const what = inForce
      ? "is in force as it was loaded, and will be left out at the next boot"
      : "is left out, so every container that would get it is refused";
    return fault(`policy "${name}" ${what}: ${sentence}`, `${remedy}: lockctl policy reload`);
  });
  if (faults.length > 0 && stale.length === 0) return faults;
  if (loaded !== "yes") return [ok("policies and settings are valid")];
  if (stale.length === 0)
    return [ok("policies and settings are valid, and in force as they are written")];
  return [
    ...faults,
    warning(`not in force as written: ${some(stale)}`, "run lockctl policy reload"),
  ];
}

function checkSockets({ sockets }: DoctorFacts): Said[] {
  const { found, uncovered } = sockets;
  if (uncovered.length > 0) {
    return [
      warning(
        `no policy knows of these engines' sockets: ${uncovered.join(", ")}`,
        "add them to engineSockets in /etc/lockc/lockc.yaml, and run lockctl policy reload",
      ),
    ];
  }
  return found.length === 0 ? [] : [ok(`engineSockets covers ${found.join(", ")}`)];
}

function checkGuard({ guard }: DoctorFacts): Said[] {
  if (guard === undefined) return [];
  const { mode, denials, audits, comm } = guard;
  const last = comm === "" ? "" : `, the last by ${JSON.stringify(comm)}`;
  if (mode !== "enforce" && audits > 0n) {
    return [
      warning(
        `low-level runtimes were executed past lockc-runc ${audits} times${last}`,
        "register lockc-runc there, then set guard: enforce in /etc/lockc/lockc.yaml",
      ),
    ];
  }
  if (mode === "off")
    return [ok("the guard is off: nobody looks who executes runc past lockc-runc")];
  return [ok(`the guard is on (${mode}), and has refused ${denials}${denials > 0n ? last : ""}`)];
}

function checkEvents({ events }: DoctorFacts): Said[] {
  if (events === undefined) return [];
  const { made, dropped, isRead, newestAgeMs } = events;
  if (newestAgeMs !== undefined && newestAgeMs < -1000) {
    const remedy = "report it: the kernel's clock and lockctl's differ";
    return [fault(`the newest refusal is ${ageOf(-newestAgeMs)} ahead of the clock`, remedy)];
  }
  const age = newestAgeMs === undefined ? "" : `, the newest refusal ${ageOf(newestAgeMs)} old`;
  const start = "systemctl enable --now lockc-events.service";
  if (dropped > 0n) {
    const remedy = isRead ? "see in the journal why lockc-events.service was late" : start;
    return [
      warning(`${dropped} of ${made} events were lost, since nobody read in time${age}`, remedy),
    ];
  }
  if (isRead) return [ok(`${made} events so far, none lost${age}`)];
  return [warning(`nobody reads the events (${made} so far${age})`, start)];
}

function ageOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function octal({ mode }: Pick<FileFact, "mode">): string {
  return `mode ${mode.toString(8).padStart(4, "0")}`;
}

function describeFile(file: FileFact): string {
  const path = file.path === "" ? "their directory" : file.path;
  return `${path} (${file.uid === 0 ? "" : `user ${file.uid}, `}${octal(file)})`;
}
