// SPDX-License-Identifier: Apache-2.0
/** Compiles a C file for the kernel's BPF machine. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireTools, run } from "./run.ts";

/** The repository's top folder. */
export const TOP = join(import.meta.dirname, "..");

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, { bpf: string; headers: string }>> = {
  x64: { bpf: "x86", headers: "x86_64-linux-gnu" },
};

/** -mcpu=v3 has the 32-bit atomics that the kernel half uses; kernels have it since 5.12. */
const COMPILER_FLAGS = [
  ...["-target", "bpf", "-mcpu=v3", "-O2", "-g", "-fno-crash-diagnostics"],
  ...["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-sign-compare"],
];

/**
 * Compiles `source` to `object`, keeping BTF and dropping DWARF (`bpftool gen
 * object` links one file and leaves the debug sections behind). The result
 * depends on neither the folder it is built in nor the kernel of the builder.
 */
export function compileBpf(source: string, object: string): void {
  requireTools("clang", "bpftool", "/usr/include/bpf/bpf_helpers.h", "/usr/include/linux/types.h");
  const target = ARCHITECTURES[process.arch];
  if (!target) throw new Error(`lockc is not built for ${process.arch}`);
  const directory = mkdtempSync(join(tmpdir(), "lockc-bpf-"));
  const unlinked = join(directory, "unlinked.bpf.o");
  try {
    run(
      "clang",
      [
        ...COMPILER_FLAGS,
        `-D__TARGET_ARCH_${target.bpf}`,
        `-ffile-prefix-map=${TOP}/=`,
        `-fdebug-compilation-dir=.`,
        `-I${join(TOP, "bpf")}`,
        `-I/usr/include/${target.headers}`,
        ...["-c", source, "-o", unlinked],
      ],
      TOP,
    );
    run("bpftool", ["gen", "object", object, unlinked]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The kernel half's source; one object holds all programs and maps. */
const KERNEL_HALF = "bpf/lockc.bpf.c";

/** Compiles the kernel half to `object`. */
export function compileKernelHalf(object: string): void {
  if (!existsSync(join(TOP, KERNEL_HALF))) throw new Error(`${KERNEL_HALF} is missing`);
  compileBpf(KERNEL_HALF, object);
}
