// SPDX-License-Identifier: Apache-2.0
/**
 * Counts what a create does that no other process on the machine can change: instructions
 * in user mode, system calls, files opened. Run by itself, in a mount namespace of its own
 * (bench/measure/host.ts), it prints them as JSON. The container is Docker's ordinary one, from
 * test/fixtures; the runtime exits at once.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { prepareAdmission } from "../../bench/measure/admission.ts";
import { installLockc, LOCKC_NODE, LOCKC_RUNC } from "../../bench/measure/host.ts";
import { useExitRuntime } from "../../bench/measure/shim.ts";
import { nodeFlags } from "../../tool/bundle.ts";
import { findProgram, requireTools, run } from "../../tool/run.ts";
import { fixture } from "../support/containers.ts";

type Words = readonly [string, ...string[]];

/** Beyond those of Node with a script that does nothing: Node and libc are not ours. */
export interface Instructions {
  /** perf: of the processor's own counter. callgrind: where it has none that we may read. */
  readonly by: "perf" | "callgrind";
  /** callgrind knows too few system calls for a create: then only the admission is counted. */
  readonly of: "create" | "admission";
  readonly count: number;
}

export interface Calls {
  /** What all threads call, without the calls by which threads wait for each other. */
  readonly calls: number;
  readonly opens: number;
}

export interface Counted {
  readonly instructions: Instructions;
  readonly create: Calls;
  /** A command that is handed on: the launcher alone. */
  readonly state: Calls;
}

/** What config.json names must be there. The engine's process is us. */
function makeBundle(): { bundle: string; id: string } {
  const { text, bundle, id } = fixture("bookworm/docker-default.json");
  const config = JSON.parse(text.replaceAll("/proc/236/exe", `/proc/${process.pid}/exe`));
  mkdirSync(bundle, { recursive: true });
  mkdirSync(config.root.path, { recursive: true });
  for (const { type, source } of config.mounts) {
    if (type !== "bind") continue;
    mkdirSync(dirname(source), { recursive: true });
    writeFileSync(source, "");
  }
  const kept = { Name: "/x", Config: { Labels: {} } };
  writeFileSync(`/var/lib/docker/containers/${id}/config.v2.json`, JSON.stringify(kept));
  writeFileSync(join(bundle, "config.json"), JSON.stringify(config));
  return { bundle, id };
}

/** Threads wake each other as they happen to run; how they sleep is not a cost. */
const WAITING = /^(futex|sched_yield|epoll_pwait|restart_syscall|io_uring_enter|madvise)$/;

function countCalls(folder: string, words: Words): Calls {
  const summary = join(folder, "strace");
  run("strace", ["-f", "-c", "-U", "name,calls", "-o", summary, ...words]);
  const lines = readFileSync(summary, "utf8").split("\n");
  const counts = lines.flatMap((line) => {
    const [, name, calls] = /^\s*(\w+)\s+(\d+)$/.exec(line) ?? [];
    return name === undefined || name === "total" ? [] : [[name, Number(calls)] as const];
  });
  const sum = (fits: (name: string) => boolean) =>
    counts.reduce((total, [name, calls]) => total + (fits(name) ? calls : 0), 0);
  return { calls: sum((name) => !WAITING.test(name)), opens: sum((name) => /^open/.test(name)) };
}

/** The median of nine; undefined where the processor has no counter for us. */
function countByPerf(words: Words): number | undefined {
  const once = () => {
    const perf = ["stat", "--no-big-num", "-x", ",", "-e", "instructions:u", "--", ...words];
    const { status, stderr } = spawnSync(findProgram("perf")!, perf, { encoding: "utf8" });
    const [, count] = /^(\d+),.*instructions:u/m.exec(stderr) ?? [];
    return status === 0 && count !== undefined ? Number(count) : undefined;
  };
  const counts = Array.from({ length: 9 }, once).sort((a, b) => (a ?? 0) - (b ?? 0));
  return counts.includes(undefined) ? undefined : counts[4];
}

function countByCallgrind(words: Words): number {
  requireTools("valgrind");
  const callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null", ...words];
  const { status, stderr } = spawnSync("valgrind", callgrind, { encoding: "utf8" });
  const [, count] = /Collected : (\d+)/.exec(stderr) ?? [];
  if (status !== 0 || count === undefined)
    throw new Error(`valgrind failed (${status}): ${stderr}`);
  return Number(count);
}

async function countInstructions(folder: string, create: Words): Promise<Instructions> {
  const script = join(folder, "nothing.cjs");
  writeFileSync(script, "");
  const nothing: Words = [LOCKC_NODE, ...nodeFlags(), script];
  const [least, whole] = [countByPerf(nothing), countByPerf(create)];
  if (least !== undefined && whole !== undefined) {
    return { by: "perf", of: "create", count: whole - least };
  }
  const bundle = create[create.indexOf("--bundle") + 1]!;
  const admission = await prepareAdmission(folder, bundle, create.at(-1)!);
  const count = countByCallgrind(admission) - countByCallgrind(nothing);
  return { by: "callgrind", of: "admission", count };
}

async function count(): Promise<Counted> {
  requireTools("gcc", "perf", "strace", "/usr/lib/x86_64-linux-gnu/libc.a");
  const folder = mkdtempSync(join(tmpdir(), "lockc-count-"));
  try {
    installLockc();
    useExitRuntime(folder);
    const { bundle, id } = makeBundle();
    const globals = [
      LOCKC_RUNC,
      "--root",
      join(folder, "root"),
      "--log",
      join(folder, "log"),
    ] as const;
    const create: Words = [...globals, "create", "--bundle", bundle, id];
    run(...split(create)); // what is read is in memory then
    return {
      instructions: await countInstructions(folder, create),
      create: countCalls(folder, create),
      state: countCalls(folder, [...globals, "state", id]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const split = ([program, ...words]: Words) => [program, words] as const;

if (import.meta.main) process.stdout.write(JSON.stringify(await count()));
