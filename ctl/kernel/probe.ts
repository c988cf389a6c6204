// SPDX-License-Identifier: Apache-2.0
/** What this kernel can do for lockc, and which boot parameter helps where it cannot. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statfsSync } from "node:fs";
import { release, version } from "node:os";
import { gunzipSync } from "node:zlib";
import { LockcError } from "../../core/errors.ts";
import type { AttachSetting } from "../../core/policy/policy.ts";
import { mountPseudo } from "../ffi/libc.ts";
import type { Attach } from "./attach.ts";

const LSM_LIST = "/sys/kernel/security/lsm";
const SECURITYFS = "/sys/kernel/security";
const DEBUGFS = "/sys/kernel/debug";
const PREEMPT = `${DEBUGFS}/sched/preempt`;
/** The kernel's own types. */
export const BTF = "/sys/kernel/btf/vmlinux";

/** Modules whose types the kernel half uses (bpf/kernel.bpf.h), each with them while it is loaded. */
const MODULES = ["btrfs", "overlay"];

/** Names the kernel half as it would be loaded now: by its object, and which modules' types it would find. */
export function hashOf(object: Uint8Array): string {
  const hash = createHash("sha256").update(object);
  const found = MODULES.filter((module) => existsSync(`/sys/kernel/btf/${module}`));
  return hash.update(found.join()).digest("hex");
}

export interface KernelFacts {
  readonly release: string;
  /** Whether the kernel carries its own BTF, without which no program finds its fields. */
  readonly btf: boolean;
  /** The active security modules in order; undefined when the list cannot be read. */
  readonly lsm: readonly string[] | undefined;
  /** Whether BPF LSM is compiled in; undefined when the kernel's configuration is not at hand. */
  readonly built: boolean | undefined;
  /** The modules that command line or configuration name, for lack of `lsm`. */
  readonly configured: readonly string[] | undefined;
  readonly preemption: PreemptionFacts;
  /** Whether it was linked with optimisation across its files; undefined when nothing tells. */
  readonly lto: boolean | undefined;
}

/** What tells whether one task can interrupt another in the midst of kernel code. */
export interface PreemptionFacts {
  /** uname -v: names the kind of preemption that was compiled in. */
  readonly version: string;
  /** The mode in force, where it can be changed and read. */
  readonly mode: string | undefined;
  /** preempt= of the command line. */
  readonly parameter: string | undefined;
  /** The mode that the configuration names. */
  readonly built: string | undefined;
}

export type Preemption = "none" | "voluntary" | "lazy" | "full" | "rt" | "unknown";

export type BpfLsm = "active" | "inactive" | "not built" | "unknown";

interface KernelVerdict {
  readonly bpfLsm: BpfLsm;
  /** How the programs are to be attached; undefined when lockc cannot work here. */
  readonly attach?: Attach;
  /** Why lockc cannot work here; undefined when nothing speaks against it. */
  readonly why?: string;
  /** What the reader can do about it. */
  readonly remedy?: string;
}

/** Reads the facts; needs no privilege, but sees less without. */
export function probeKernel(): KernelFacts {
  const config = readConfig();
  const parameters = read("/proc/cmdline") ?? "";
  const parameter = (name: string) =>
    [...parameters.matchAll(new RegExp(`(?<!\\S)${name}=(\\S*)`, "g"))].at(-1)?.[1];
  const list = parameter("lsm") ?? /^CONFIG_LSM="(.*)"$/m.exec(config ?? "")?.[1];
  return {
    release: release(),
    btf: existsSync(BTF),
    lsm: read(LSM_LIST)?.trim().split(","),
    built: config === undefined ? undefined : /^CONFIG_BPF_LSM=y$/m.test(config),
    configured: list?.split(","),
    preemption: {
      version: version(),
      mode: /\((\w+)\)/.exec(read(PREEMPT) ?? "")?.[1],
      parameter: parameter("preempt"),
      built: builtPreemption(config),
    },
    lto: isLinkOptimised(config, read("/proc/version")),
  };
}

/** A kernel for real time is also lazy or full, so that comes first. */
function builtPreemption(config: string | undefined): string | undefined {
  const names = { RT: "_RT", lazy: "_LAZY", full: "", voluntary: "_VOLUNTARY", none: "_NONE" };
  return Object.entries(names)
    .find(([, suffix]) => config?.includes(`\nCONFIG_PREEMPT${suffix}=y\n`))?.[0]
    ?.toLowerCase();
}

function isLinkOptimised(config?: string, compiler?: string): boolean | undefined {
  if (config !== undefined) return /^CONFIG_LTO_CLANG=y$/m.test(config);
  return compiler === undefined || compiler.includes("clang") ? undefined : false;
}

const CALM = ["none", "voluntary"] as const;
const EAGER = ["lazy", "full", "rt"] as const;
const among = <T extends string>(names: readonly T[], name: string | undefined): name is T =>
  names.includes(name as T);

/**
 * Pure: the facts → the mode in force, "unknown" rather than wrong. Where it cannot be
 * read, it is the one from boot; a parameter counts for calm only on a kernel that was
 * built with a calm mode, since others may not have it (none has from 7.0).
 */
export function preemptionOf({ version, mode, parameter, built }: PreemptionFacts): Preemption {
  const [kind] = /\bPREEMPT(_\w+)?/.exec(version) ?? [];
  if (kind === "PREEMPT_RT" || built === "rt") return "rt";
  if (kind === undefined) return among(EAGER, built) ? built : "none";
  if (kind !== "PREEMPT_DYNAMIC") return among(EAGER, built) ? built : "full";
  const booted = parameter ?? built;
  const known = mode ?? (among(CALM, built) || among(EAGER, booted) ? booted : undefined);
  return among([...CALM, ...EAGER], known) ? known : "unknown";
}

/**
 * Whether the kernel may withhold a task's storage from a program that preempted another one
 * on the same processor. From 6.2 on LSM programs always get it (kernel/bpf/helpers.c,
 * bpf_task_storage_get_proto).
 */
function withholds({ release }: KernelFacts): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  return major < 6 || (major === 6 && minor < 2);
}

/** Pure: why programs attached like this would let something through here. */
export function whyUnsound(facts: KernelFacts, attach: Attach): string | undefined {
  return attach === "lsm" ? whyWithheld(facts) : whySkipped(facts);
}

function whyWithheld(facts: KernelFacts): string | undefined {
  const preemption = preemptionOf(facts.preemption);
  if (!withholds(facts) || among(CALM, preemption)) return undefined;
  return preemption === "unknown"
    ? `before 6.2 programs may not be told now and then which container a task is of, and whether its tasks are preempted cannot be told (${PREEMPT} cannot be read)`
    : `before 6.2 programs would not be told now and then which container a task is of, as its tasks are preempted (${preemption})`;
}

function whySkipped(facts: KernelFacts): string | undefined {
  const preemption = preemptionOf(facts.preemption);
  if (preemption === "unknown") {
    return `programs attached by fmod_ret would not be safe: whether its tasks are preempted cannot be told (${PREEMPT} cannot be read)`;
  }
  if (!among(CALM, preemption)) {
    return `programs attached by fmod_ret would be skipped now and then, as its tasks are preempted (${preemption})`;
  }
  if (facts.lto === false) return undefined;
  const which = facts.lto ? "was" : "may have been";
  return `programs attached by fmod_ret might not be called, as it ${which} linked with CONFIG_LTO_CLANG`;
}

const CALM_BOOT = "boot with preempt=voluntary, or a kernel from 6.2 on";

/** Pure: the facts → whether programs that hold can be attached here, and how. */
export function judgeKernel(facts: KernelFacts, wanted: AttachSetting = "auto"): KernelVerdict {
  const kernel = `kernel ${facts.release}`;
  if (facts.built === false) {
    return {
      bpfLsm: "not built",
      why: `${kernel} was built without CONFIG_BPF_LSM`,
      remedy: "boot a kernel that has it: Debian's, Ubuntu's and Fedora's do",
    };
  }
  const list = facts.lsm ?? facts.configured;
  const inactive = list !== undefined && !list.includes("bpf");
  const bpfLsm = inactive ? "inactive" : facts.lsm === undefined ? "unknown" : "active";
  if (!facts.btf) {
    return {
      bpfLsm,
      why: `${kernel} carries no BTF (${BTF} is missing)`,
      remedy: "boot a kernel built with CONFIG_DEBUG_INFO_BTF: Debian's, Ubuntu's and Fedora's are",
    };
  }
  if (!inactive && wanted !== "fmod_ret") {
    const withheld = whyUnsound(facts, "lsm");
    if (withheld === undefined) return { bpfLsm, attach: "lsm" };
    return { bpfLsm, why: `in ${kernel} ${withheld}`, remedy: CALM_BOOT };
  }
  const unsound = wanted === "lsm" ? "the settings say attach: lsm" : whyUnsound(facts, "fmod_ret");
  if (unsound === undefined) return { bpfLsm, attach: "fmod_ret" };
  if (!inactive) {
    return {
      bpfLsm,
      why: `in ${kernel} ${unsound}`,
      remedy: "set attach: auto in /etc/lockc/lockc.yaml",
    };
  }
  return {
    bpfLsm,
    why: `${kernel} did not start the security module "bpf", and ${unsound}`,
    remedy: `boot with ${bootParameter(list)} (in /etc/default/grub: GRUB_CMDLINE_LINUX, then update-grub and reboot)`,
  };
}

/** The `lsm=` line that adds bpf to what runs now. "capability" always runs and is not listed. */
export function bootParameter(lsm: readonly string[]): string {
  return `lsm=${[...lsm.filter((name) => name !== "capability"), "bpf"].join(",")}`;
}

/**
 * Makes sure that programs can be attached, mounting securityfs and debugfs when
 * only that keeps the facts from sight.
 * @throws LOCKC_E_KERNEL
 */
export function requireKernel(wanted: AttachSetting): Attach {
  if (!existsSync(LSM_LIST) && existsSync(SECURITYFS)) mountPseudo("securityfs", SECURITYFS);
  let facts = probeKernel();
  const counts = withholds(facts) || judgeKernel(facts, wanted).attach !== "lsm";
  if (counts && hides(facts.preemption)) {
    mountPseudo("debugfs", DEBUGFS, "mode=0700");
    facts = probeKernel();
  }
  return attachOrThrow(facts, wanted);
}

/** @throws LOCKC_E_KERNEL where judgeKernel finds no way. */
export function attachOrThrow(facts: KernelFacts, wanted: AttachSetting): Attach {
  const { attach, why, remedy } = judgeKernel(facts, wanted);
  if (attach !== undefined) return attach;
  throw new LockcError("LOCKC_E_KERNEL", why!, remedy!);
}

/** Whether the mode of preemption is out of sight only for want of debugfs. */
function hides({ version, mode }: PreemptionFacts): boolean {
  const debugfs = 0x64626720; // DEBUGFS_MAGIC of <linux/magic.h>
  return (
    mode === undefined &&
    version.includes("PREEMPT_DYNAMIC") &&
    existsSync(DEBUGFS) &&
    statfsSync(DEBUGFS).type !== debugfs
  );
}

/** Mounts bpffs where nothing else is mounted yet. */
export function requireBpffs(directory: string): void {
  if (isBpffs(directory)) return;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  mountPseudo("bpf", directory, "mode=0700");
}

/** By the magic of its superblock, BPF_FS_MAGIC of <linux/magic.h>. */
export function isBpffs(directory: string): boolean {
  return existsSync(directory) && statfsSync(directory).type === 0xcafe4a11;
}

function readConfig(): string | undefined {
  const packed = readBytes("/proc/config.gz");
  if (packed !== undefined) return gunzipSync(packed).toString();
  return read(`/boot/config-${release()}`);
}

function read(path: string): string | undefined {
  return readBytes(path)?.toString();
}

export function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // missing, or not for this user: both mean "cannot say"
  }
}
