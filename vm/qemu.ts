// SPDX-License-Identifier: Apache-2.0
/** How a guest is started: QEMU's command line, and a process that dies with this one. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { findProgram, requireTools } from "../tool/run.ts";

export interface Disk {
  readonly path: string;
  readonly format: "raw" | "qcow2";
  /** Write to the file itself; else what the guest writes is gone with it. */
  readonly writable?: boolean;
}

export interface Machine {
  readonly kernel: string;
  readonly initramfs: string;
  readonly disks: readonly Disk[];
  /** Host directories, in the order of the mount tags mount0, mount1, … */
  readonly shares: readonly string[];
  readonly memoryMiB: number;
  readonly cpus: number;
  /** Count instructions: guest time is a nanosecond per instruction, repeatable. */
  readonly icount: boolean;
  /** Further kernel parameters. */
  readonly append: string;
  /** Wait for a saved guest to go on with, instead of a boot. */
  readonly incoming?: boolean;
}

/** File descriptors in QEMU: the agent's channel and QEMU's own control. */
export const CHANNEL_FD = 3;
export const CONTROL_FD = 4;

/** Whether the processor can run guests itself. /dev/kvm may exist and hang where the processor has no virtualisation. */
export function hasKvm(): boolean {
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

/**
 * Emulated code is translated anew wherever it lies. With the same addresses in
 * each process, what one has used is there for the next: short commands take a
 * fifth of the time, containers two thirds.
 */
const EMULATED_KERNEL = "norandmaps";

/** QEMU's arguments for `machine`. */
export function qemuArguments(machine: Machine, kvm = hasKvm() && !machine.icount): string[] {
  // QEMU 7.2's multi-threaded emulation crashes guests of 6.12 that have two processors.
  const accelerator = kvm
    ? ["-accel", "kvm", "-cpu", "host"]
    : ["-accel", "tcg,thread=single", "-cpu", EMULATED_CPU];
  const speed = kvm || machine.icount ? "" : EMULATED_KERNEL;
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-no-reboot"],
    ...["-machine", "q35", ...accelerator],
    ...(machine.icount ? ["-icount", "shift=0,sleep=off"] : []),
    ...["-m", `${machine.memoryMiB}`, "-smp", `${machine.icount ? 1 : machine.cpus}`],
    ...["-kernel", machine.kernel, "-initrd", machine.initramfs],
    ...["-append", `console=ttyS0 loglevel=4 panic=-1 ${speed} ${machine.append}`.trim()],
    ...["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"],
    ...["-device", "virtio-rng-pci"],
    ...["-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=lockc"],
    ...["-chardev", `socket,id=agent,fd=${CHANNEL_FD}`],
    ...["-chardev", `socket,id=control,fd=${CONTROL_FD}`, "-mon", "chardev=control,mode=control"],
    ...(machine.incoming ? ["-incoming", "defer"] : []),
    ...machine.disks.flatMap(({ path, format, writable }, index) => [
      "-drive",
      `id=disk${index},file=${optionValue(path)},format=${format},if=none,cache=unsafe,snapshot=${writable ? "off" : "on"}`,
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
  return spawn("setpriv", args, { stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"] });
}

/** Tells one QEMU from another: a guest that one has saved may be strange to the other. */
export function qemuIdentity(): string {
  requireTools("qemu-system-x86_64");
  const { size, mtimeMs } = statSync(findProgram("qemu-system-x86_64")!);
  return `${size} ${mtimeMs}`;
}
