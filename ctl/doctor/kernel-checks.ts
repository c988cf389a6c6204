// SPDX-License-Identifier: Apache-2.0
/** The checks of the kernel and of lockc's programs in it. */
import { listed } from "../../core/words.ts";
import type { Attach } from "../kernel/attach.ts";
import { bootParameter, judgeKernel, whyUnsound } from "../kernel/probe.ts";
import { octal } from "./file-checks.ts";
import { type DoctorFacts, fault, LOAD, ok, type Said, warning } from "./finding.ts";

export function checkKernel({ kernel }: DoctorFacts): Said[] {
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

export function checkModules({ kernel, attach: wanted }: DoctorFacts): Said[] {
  if (kernel.built === false || !kernel.btf) return []; // told already
  const { attach, why, remedy } = judgeKernel(kernel, wanted);
  if (attach === undefined) return [fault(why!, remedy!)];
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

export function checkBpffs({ bpffs, loaded }: DoctorFacts): Said[] {
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

export function checkPrograms({ loaded, programs }: DoctorFacts): Said[] {
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
        `${missing.length} of ${expected.length} programs are not attached: ${listed(missing)}`,
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

export function checkPreemption({ kernel, programs }: DoctorFacts): Said[] {
  if (wayOf(programs.attached) !== "fmod_ret") return []; // lsm: checkModules tells
  const why = whyUnsound(kernel, "fmod_ret");
  const calm = "echo voluntary >/sys/kernel/debug/sched/preempt, or boot with bpf in lsm=";
  if (why !== undefined) return [fault(why, calm)];
  if (programs.skips > 0n) {
    return [fault(`the kernel has passed programs over ${programs.skips} times`, calm)];
  }
  return [ok("tasks are not preempted, as programs attached by fmod_ret need it")];
}
