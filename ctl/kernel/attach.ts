// SPDX-License-Identifier: Apache-2.0
/**
 * How the programs get to their hooks. Pure.
 *
 *   lsm       through the kernel's security module "bpf", asked after all others
 *   fmod_ret  before security_HOOK itself, the function in which the kernel asks its
 *             modules one after the other; for kernels that run without "bpf"
 *
 * Between the two lies what keeps this file: functions that are not called like
 * their hook or take something else, and functions that interrupts call too.
 */
import { LockcError } from "../../core/errors.ts";
import { Rule } from "../../core/generated/layout.ts";
import type { Signature } from "./btf.ts";

export type Attach = "lsm" | "fmod_ret";

/** What decides which optional programs are attached. */
export interface Need {
  readonly attach: Attach;
  /** Bits of enum lockc_rule that any policy or container has. */
  readonly rules: number;
}

/** Hooks of optional programs that not every host needs, where every process would pay for them. */
const NEEDED: Readonly<Record<string, (need: Need) => boolean>> = {
  bprm_committing_creds: ({ attach }) => attach === "fmod_ret",
  file_mprotect: ({ rules }) => (rules & Rule.MAPPINGS) !== 0,
  mmap_addr: ({ rules }) => (rules & Rule.MAPPINGS) !== 0,
  mmap_file: ({ rules }) => (rules & Rule.MAPPINGS) !== 0,
};

/**
 * Hooks whose programs are loaded for lockc-runc to attach while a container with hooks is made
 * (shim/hooks.ts), where a policy has the rule.
 */
const READY: Readonly<Record<string, (need: Need) => boolean>> = {
  mmap_file: ({ rules }) => (rules & Rule.HOOKS) !== 0,
};

/** Whether the program for that hook, which has nothing to do all the time, may have it at times. */
export function isReady(hook: string, need: Need): boolean {
  return READY[hook]?.(need) ?? false;
}

/** Whether the program for that hook has anything to do. */
export function isNeeded(hook: string, need: Need): boolean {
  return NEEDED[hook]?.(need) ?? true;
}

/** Functions that are not called security_HOOK; the same on every kernel. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  sb_free_security: "security_sb_free",
  settime: "security_settime64",
  socket_sock_rcv_skb: "security_sock_rcv_skb",
  userns_create: "security_create_user_ns",
};

/** Functions that take other arguments than their hook; the programs know (kernel_by_function). */
const ADAPTED: Readonly<Record<string, RegExp>> = {
  inode_setattr: /^int \(struct \w+ \*, struct dentry \*, struct iattr \*\)$/,
  mmap_file: /^int \(struct file \*, (long unsigned int|unsigned long), /,
};

/**
 * Hooks that are asked by interrupts as well. An interrupt that comes while the same
 * program runs on that processor skips it, so there fmod_ret would let things through.
 */
const IN_INTERRUPTS: readonly string[] = [
  "file_send_sigiotask",
  "inet_conn_request",
  "socket_sock_rcv_skb",
];

/** Where a program of the section lsm/HOOK goes under fmod_ret. */
interface Target {
  readonly function: string;
  /** Whether the function's answer is the program's to change; false for one that has none. */
  readonly answers: boolean;
}

/** The function in which the kernel asks this hook. */
function functionOf(hook: string): string {
  return FUNCTIONS[hook] ?? `security_${hook}`;
}

/** What the names of hooks' and functions' signatures in a kernel's BTF begin with. */
export const SIGNATURE_PREFIXES = ["bpf_lsm_", "security_"] as const;

/**
 * Where every LSM program goes, by its name; programs of other kinds are left out.
 * @param sections of all programs, by name.
 * @param signatures what the kernel says that its hooks (bpf_lsm_HOOK, for which the
 *   programs are written) and its functions take and give back.
 * @throws LOCKC_E_KERNEL naming the first program that cannot be attached so: then
 *   none is, since what one leaves open the others do not close.
 */
export function planTargets(
  sections: ReadonlyMap<string, string>,
  signatures: ReadonlyMap<string, Signature>,
): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  for (const [program, section] of sections) {
    const [kind, hook = ""] = section.split("/");
    if (!kind!.startsWith("lsm")) continue;
    const refuse = (why: string) =>
      new LockcError(
        "LOCKC_E_KERNEL",
        `the program "${program}" cannot be attached by fmod_ret: ${why}`,
        "boot with lsm=LIST,bpf, where LIST is what /sys/kernel/security/lsm shows",
      );
    if (kind !== "lsm") throw refuse("it may sleep, and would be skipped for others meanwhile");
    if (IN_INTERRUPTS.includes(hook)) {
      throw refuse(`interrupts ask the hook "${hook}" too, and would skip it`);
    }
    const name = functionOf(hook);
    const asked = signatures.get(`bpf_lsm_${hook}`);
    const found = signatures.get(name);
    if (asked === undefined) throw refuse(`the kernel has no hook "${hook}"`);
    if (found === undefined) throw refuse(`the kernel has no function "${name}"`);
    if (format(asked) !== format(found) && !ADAPTED[hook]?.test(format(found))) {
      throw refuse(`the hook is ${format(asked)}, the function "${name}" is ${format(found)}`);
    }
    targets.set(program, { function: name, answers: found.returns !== "void" });
  }
  return targets;
}

function format({ returns, takes }: Signature): string {
  return `${returns} (${takes.join(", ")})`;
}
