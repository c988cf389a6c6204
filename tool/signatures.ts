// SPDX-License-Identifier: Apache-2.0
/**
 * Prints test/fixtures/signatures.txt: the hooks and functions in which kernels ask
 * their security modules, with what they take. Run it when a kernel is added:
 *
 *   node tool/signatures.ts 6.1=FILE 6.12=FILE … >test/fixtures/signatures.txt
 *
 * FILE is that kernel's /sys/kernel/btf/vmlinux, for example out of a guest.
 */
import { readFileSync } from "node:fs";
import { SIGNATURE_PREFIXES } from "../ctl/kernel/attach.ts";
import { readSignatures } from "../ctl/kernel/btf.ts";

const kernels = new Map<string, string[]>();
for (const word of process.argv.slice(2)) {
  const [kernel, file] = word.split("=") as [string, string];
  for (const [name, { returns, takes }] of readSignatures(readFileSync(file), SIGNATURE_PREFIXES)) {
    const line = `${name}: ${returns}(${takes.join(", ")})`;
    kernels.set(line, [...(kernels.get(line) ?? []), kernel]);
  }
}
for (const [line, having] of [...kernels].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${having.join(",")} ${line}`);
}
