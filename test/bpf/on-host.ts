// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { requireTools } from "../../tool/run.ts";

const HERE = import.meta.dirname;

/**
 * The kernel half's own programs, compiled for this host with sanitizers before a file's tests and
 * removed after them.
 * @param name of the C source beside this file, without ".c".
 * @returns where the program will be.
 */
export function compileOnHost(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `lockc-${name}-`));
  const program = join(folder, name);
  before(() => {
    requireTools("gcc");
    const include = [`-I${join(HERE, "host")}`, `-I${join(HERE, "../../bpf")}`];
    const flags = ["-O1", "-fsanitize=address,undefined", "-Wno-unknown-pragmas", ...include];
    execFileSync("gcc", [...flags, "-o", program, join(HERE, `${name}.c`)]);
  });
  after(() => rmSync(folder, { recursive: true }));
  return program;
}
