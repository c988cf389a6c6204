// SPDX-License-Identifier: Apache-2.0
/** What this kernel can do for lockc, and which boot parameter cures what it cannot. */
import { existsSync, mkdirSync, readFileSync, statfsSync } from "node:fs";
import { release } from "node:os";
import { gunzipSync } from "node:zlib";
import { LockcError } from "../shim/errors.ts";
import { mountPseudo } from "../shim/ffi/host.ts";

const LSM_LIST = "/sys/kernel/security/lsm";
const SECURITYFS = "/sys/kernel/security";
const BTF = "/sys/kernel/btf/vmlinux";

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
}

export type BpfLsm = "active" | "inactive" | "not built" | "unknown";

export interface KernelVerdict {
  readonly bpfLsm: BpfLsm;
  /** Why lockc cannot work here; undefined when nothing speaks against it. */
  readonly why?: string;
  /** What the reader can do about it. */
  readonly cure?: string;
}

/** Reads the facts; needs no privilege, but sees less without. */
export function probeKernel(): KernelFacts {
  const config = readConfig();
  const parameter = /(?:^|\s)lsm=(\S*)/.exec(read("/proc/cmdline") ?? "")?.[1];
  const list = parameter ?? /^CONFIG_LSM="(.*)"$/m.exec(config ?? "")?.[1];
  return {
    release: release(),
    btf: existsSync(BTF),
    lsm: read(LSM_LIST)?.trim().split(","),
    built: config === undefined ? undefined : /^CONFIG_BPF_LSM=y$/m.test(config),
    configured: list?.split(","),
  };
}

/** Pure: the facts → whether BPF LSM programs can run here. */
export function judgeKernel(facts: KernelFacts): KernelVerdict {
  if (facts.built === false) {
    return {
      bpfLsm: "not built",
      why: `kernel ${facts.release} was built without CONFIG_BPF_LSM`,
      cure: "boot a kernel that has it: Debian's, Ubuntu's and Fedora's do",
    };
  }
  const list = facts.lsm ?? facts.configured;
  if (list !== undefined && !list.includes("bpf")) {
    return {
      bpfLsm: "inactive",
      why: `kernel ${facts.release} did not start the security module "bpf"`,
      cure: `boot with ${bootParameter(list)} (in /etc/default/grub: GRUB_CMDLINE_LINUX, then update-grub and reboot)`,
    };
  }
  if (!facts.btf) {
    return {
      bpfLsm: facts.lsm === undefined ? "unknown" : "active",
      why: `kernel ${facts.release} carries no BTF (${BTF} is missing)`,
      cure: "boot a kernel built with CONFIG_DEBUG_INFO_BTF: Debian's, Ubuntu's and Fedora's are",
    };
  }
  return { bpfLsm: facts.lsm === undefined ? "unknown" : "active" };
}

/** The `lsm=` line that adds bpf to what runs now. "capability" always runs and is not listed. */
export function bootParameter(lsm: readonly string[]): string {
  return `lsm=${[...lsm.filter((name) => name !== "capability"), "bpf"].join(",")}`;
}

/**
 * Makes sure that programs can be attached, mounting securityfs when only that
 * keeps the list of modules from sight.
 * @throws LOCKC_E_KERNEL
 */
export function requireKernel(): KernelFacts {
  if (!existsSync(LSM_LIST) && existsSync(SECURITYFS)) mountPseudo("securityfs", SECURITYFS);
  const facts = probeKernel();
  const { why, cure } = judgeKernel(facts);
  if (why === undefined) return facts;
  throw new LockcError("LOCKC_E_KERNEL", why, cure ?? "see lockctl status");
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

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // missing, or not for this user: both mean "cannot say"
  }
}
