// SPDX-License-Identifier: Apache-2.0
/** Control groups of our own, in version 1 and version 2: what is charged to them, and their end. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const TOP = "/sys/fs/cgroup";
const unified = () => existsSync(join(TOP, "cgroup.controllers"));

/** Where groups are charged for memory. */
const memory = (name: string) => join(TOP, unified() ? "" : "memory", name);

/** Makes the group and one in it for processes, since version 2 wants them in leaves only. */
export function makeGroup(name: string): { readonly procs: string } {
  const leaf = join(memory(name), "processes");
  mkdirSync(leaf, { recursive: true });
  return { procs: join(leaf, "cgroup.procs") };
}

/** Kernel memory charged to the group and those below, less what can be had back at once. */
export function kernelBytes(name: string): number {
  const group = memory(name);
  if (unified()) {
    const stat = readFileSync(join(group, "memory.stat"), "utf8");
    const field = (key: string) => Number(new RegExp(`^${key} (\\d+)$`, "m").exec(stat)?.[1]);
    return field("kernel") - field("slab_reclaimable");
  }
  writeFileSync(join(group, "memory.force_empty"), "0");
  return Number(readFileSync(join(group, "memory.kmem.usage_in_bytes"), "utf8"));
}

/** @throws when a process is left in the group or below. */
export function requireEmpty(name: string): void {
  const left = withThoseBelow(memory(name)).flatMap(processesIn);
  if (left.length > 0) throw new Error(`processes are left in ${name}: ${left.join(" ")}`);
}

/** Ends every process in the group and below, and removes it, in every hierarchy. */
export function removeGroup(name: string): void {
  const hierarchies = unified() ? [TOP] : readdirSync(TOP).map((entry) => join(TOP, entry));
  const paths = hierarchies.map((path) => join(path, name)).filter((path) => existsSync(path));
  for (const path of paths.flatMap(withThoseBelow)) {
    for (const file of ["freezer.state", "cgroup.freeze"]) {
      if (existsSync(join(path, file)))
        writeFileSync(join(path, file), file === "freezer.state" ? "THAWED" : "0");
    }
    for (const pid of processesIn(path)) process.kill(pid, "SIGKILL");
  }
  for (const path of paths.flatMap(withThoseBelow)) remove(path);
}

/** Deepest first. */
function withThoseBelow(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory());
  return [...below.flatMap(({ name }) => withThoseBelow(join(path, name))), path];
}

function processesIn(path: string): number[] {
  return readFileSync(join(path, "cgroup.procs"), "utf8").split("\n").filter(Boolean).map(Number);
}

const PATIENCE_MS = 5000;

/** The processes were told to end; until they have, the group is busy. */
function remove(path: string): void {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      rmdirSync(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY" || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
