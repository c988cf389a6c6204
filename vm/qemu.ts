// SPDX-License-Identifier: Apache-2.0
/** How a guest is started: QEMU's command line, and a process that dies with this one. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { requireTools } from "../tool/run.ts";

export interface Machine {
  readonly kernel: string;
  readonly initramfs: string;
  /** Opened as they are; what the guest writes is gone with it. */
  readonly disks: readonly string[];
  /** Host directories, in the order of the mount tags mount0, mount1, … */
  readonly shares: readonly string[];
  readonly memoryMiB: number;
  readonly cpus: number;
  /** Count instructions: guest time is a nanosecond per instruction, repeatable. */
  readonly icount: boolean;
  /** Further kernel parameters. */
  readonly append: string;
}

/** File descriptor of the agent's channel in QEMU. */
export const CHANNEL_FD = 3;

/** /dev/kvm may exist and hang where the processor has no virtualisation. */
function hasKvm(): boolean {
  return /^flags\s*:.* (vmx|svm)( |$)/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}

/**
 * Emulated, a plain processor is faster than `max`: with "fast" string
 * instructions (erms, fsrm) the kernel clears and copies pages byte by byte,
 * and AVX2 is emulated too. What is added here are the parts of x86-64-v2 that
 * qemu64 lacks (Node needs them) and random numbers.
 */
const EMULATED_CPU =
  "qemu64,+ssse3,+sse4.1,+sse4.2,+popcnt,+cx16,+lahf-lm,+rdrand,+rdseed,+smap,+smep";

/** QEMU's arguments for `machine`. */
export function qemuArguments(machine: Machine, kvm = hasKvm() && !machine.icount): string[] {
  // QEMU 7.2's multi-threaded emulation crashes guests of 6.12 that have two processors.
  const accelerator = kvm
    ? ["-accel", "kvm", "-cpu", "host"]
    : ["-accel", "tcg,thread=single", "-cpu", EMULATED_CPU];
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-no-reboot"],
    ...["-machine", "q35", ...accelerator],
    ...(machine.icount ? ["-icount", "shift=0,sleep=off"] : []),
    ...["-m", `${machine.memoryMiB}`, "-smp", `${machine.icount ? 1 : machine.cpus}`],
    ...["-kernel", machine.kernel, "-initrd", machine.initramfs],
    ...["-append", `console=ttyS0 loglevel=4 panic=-1 ${machine.append}`.trim()],
    ...["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"],
    ...["-device", "virtio-rng-pci"],
    ...["-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=lockc"],
    ...["-chardev", `socket,id=agent,fd=${CHANNEL_FD}`],
    ...machine.disks.flatMap((path, index) => [
      "-drive",
      `id=disk${index},file=${optionValue(path)},format=raw,if=none,snapshot=on,cache=unsafe`,
      ...["-device", `virtio-blk-pci,drive=disk${index}`],
    ]),
    ...machine.shares.flatMap((path, index) => [
      "-fsdev",
      `local,id=share${index},path=${optionValue(path)},security_model=passthrough,multidevs=remap`,
      ...["-device", `virtio-9p-pci,fsdev=share${index},mount_tag=mount${index}`],
    ]),
  ];
}

/** In QEMU's option lists a comma in a value is written twice. */
function optionValue(path: string): string {
  return path.replaceAll(",", ",,");
}

/** Starts QEMU. The kernel kills it when this process ends, however that happens. */
export function startQemu(machine: Machine): ChildProcess {
  requireTools("qemu-system-x86_64", "setpriv", "flock");
  const args = ["--pdeathsig", "KILL", "--", "qemu-system-x86_64", ...qemuArguments(machine)];
  return spawn("setpriv", args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
}
