// SPDX-License-Identifier: Apache-2.0
/** A guest that counts instructions, and what is measured in it, one situation at a time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isNeeded } from "../../ctl/kernel/attach.ts";
import { compileBpf, compileKernelHalf } from "../../tool/compile-bpf.ts";
import { requireTools, run } from "../../tool/run.ts";
import { bootGuest, type Guest, type Release } from "../../vm/guest.ts";

/** What calls.c measures; execve(2) is computed. The first five are held to limits. */
export const CALLS = [
  "open",
  "stat",
  "connect",
  "fork",
  "execve",
  "volume",
  "proc",
  "sys",
] as const;
export type Call = (typeof CALLS)[number];
export type Costs = Readonly<Record<Call, number>>;

export interface Memory {
  /** What the kernel tells of the maps; before 6.4 a bound that follows from their declarations. */
  readonly toldBytes: number;
  /** What the kernel has charged to whoever loaded, programs and maps together. */
  readonly chargedBytes: number;
}

/** Instructions. */
export interface Life {
  /** In all programs, from create to end. */
  readonly all: number;
  /** In the one that sees tasks end, the last of which takes the container's record along. */
  readonly ends: number;
}

/** Instructions from `run` to its end, of a bundle whose program is true. */
export interface Create {
  readonly plain: number;
  /** With a createContainer hook, which is true, too. */
  readonly hooked: number;
}

const RUNS = 400;
/** For counting passes and time within programs, where each run is another command. */
const FEW = 100;
const MANY = 1000;
/** How often a container comes and goes beside others. */
const LIVES = 3;

/** In the guest; what is shared with the host is on 9p, which is not what is to be measured. */
const PLACE = "/home/bench";
const CGROUP = "/sys/fs/cgroup/bench";
const BUNDLE = `${PLACE}/bundle`;
/** How often a container is made of it. */
const CREATES = 5;
/** What baseline wants hidden, or not written. */
const MASKED = "acpi kcore keys latency_stats sched_debug scsi timer_list timer_stats".split(" ");
const READ_ONLY = "asound bus fs irq sys sysrq-trigger".split(" ");

function gcc(folder: string, name: string, ...more: readonly string[]): void {
  requireTools("gcc", "/usr/lib/x86_64-linux-gnu/libc.a", "/usr/include/bpf/bpf_helpers.h");
  const source = join(import.meta.dirname, `${name}.c`);
  run("gcc", ["-O2", "-static", "-o", join(folder, name), source, ...more]);
}

/** Compiles programs.c into `folder`. */
export function compilePrograms(folder: string): void {
  gcc(folder, "programs", "-lbpf", "-lelf", "-lz");
}

/** Compiles what runs in the guest into `folder`. */
function compile(folder: string): void {
  gcc(folder, "calls");
  gcc(folder, "exit", "-nostdlib");
  compilePrograms(folder);
  compileKernelHalf(join(folder, "lockc.bpf.o"));
  const programs = run(join(folder, "programs"), ["list", join(folder, "lockc.bpf.o")]);
  writeFileSync(join(folder, "empty.bpf.c"), emptyPrograms(programs));
  compileBpf(join(folder, "empty.bpf.c"), join(folder, "empty.bpf.o"));
}

/** What decides which programs are attached under the built-in policies. */
const USUAL = { attach: "lsm", rules: 0 } as const;

/** C of a program that does nothing for each of `programs`, lines of section and name. */
function emptyPrograms(programs: string): string {
  const bodies = programs
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\?/, "").split(" ") as [string, string])
    .filter(([section]) => section !== "syscall" && isNeeded(section.split("/")[1] ?? "", USUAL))
    .map(
      ([section, name]) =>
        `SEC("${section}") int ${name.replace(/^lockc/, "empty")}(void *context) { return 0; }`,
    );
  return `#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n${bodies.join("\n")}\nchar LICENSE[] SEC("license") = "GPL";\n`;
}

/** Lines of a name and numbers. */
function numbers(text: string): Map<string, number[]> {
  const lines = text.trim().split("\n").filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [name, ...values] = line.split(" ");
      return [name!, values.map(Number)] as const;
    }),
  );
}

function bundle(hooks: object): object {
  return {
    ociVersion: "1.0.2",
    process: { user: { uid: 0, gid: 0 }, args: ["/bin/true"], env: ["PATH=/bin"], cwd: "/" },
    root: { path: "rootfs" },
    mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
    hooks,
    linux: {
      namespaces: ["pid", "ipc", "uts", "mount", "network"].map((type) => ({ type })),
      maskedPaths: [...MASKED.map((name) => `/proc/${name}`), "/sys/firmware"],
      readonlyPaths: READ_ONLY.map((name) => `/proc/${name}`),
    },
  };
}

/** From what calls.c prints, or the like, to what the table shows. */
function costs(read: (name: string) => number): Costs {
  const entries = CALLS.map(
    (call) => [call, call === "execve" ? read("spawn") - read("vfork") : read(call)] as const,
  );
  return Object.fromEntries(entries) as Record<Call, number>;
}

/** The least of some rounds, call by call. */
async function least(rounds: number, measure: () => Promise<Costs>): Promise<Costs> {
  const all: Costs[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure());
  const entries = CALLS.map(
    (call) => [call, Math.min(...all.map((costs) => costs[call]))] as const,
  );
  return Object.fromEntries(entries) as Record<Call, number>;
}

/**
 * @returns what the command wrote to standard output.
 * @throws with its words when it failed.
 */
export async function runInGuest(
  guest: Guest,
  command: string,
  timeoutMs: number,
  input?: string,
): Promise<string> {
  const { status, stdout, stderr } = await guest.exec(command, {
    timeoutMs,
    ...(input === undefined ? {} : { input }),
  });
  if (status !== 0) throw new Error(`in the guest: ${command}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A guest and what is measured in it. */
export class Bench {
  readonly #guest: Guest;
  readonly #folder: string;
  /** Each situation is measured so often; what disturbs a round only adds to it. */
  readonly #rounds: number;

  constructor(guest: Guest, folder: string, rounds: number) {
    this.#guest = guest;
    this.#folder = folder;
    this.#rounds = rounds;
  }

  ok(command: string, input?: string): Promise<string> {
    return runInGuest(this.#guest, command, 300_000, input);
  }

  async prepare(): Promise<void> {
    await this.ok(
      `mkdir -p ${PLACE}/volume && cd ${PLACE} && echo x >file && echo x >volume/file && cp ${this.#folder}/calls ${this.#folder}/exit ${this.#folder}/programs ${this.#folder}/empty.bpf.o . && tar -C /home -c bench/calls bench/exit bench/file bench/volume | docker import - bench`,
    );
    // Admission wants what engines switch on by default; the measurement wants it off.
    for (const policy of ["baseline", "offline"]) {
      await this.ok(
        `cat >/etc/lockc/policy/bench-${policy}.yaml`,
        `name: bench-${policy}\ndescription: ${policy}, for containers without seccomp and AppArmor.\nextends: ${policy}\nseccomp: { require: never }\napparmor: { require: never }\n`,
      );
    }
  }

  /** Containers change the kernel's state for good (memory is charged from then on): one first. */
  async warmUp(): Promise<void> {
    await this.ok("echo +memory >/sys/fs/cgroup/cgroup.subtree_control");
    await this.container("runc", "docker-default");
  }

  /** Takes the policy for all containers from now on. */
  async choose(policy: string): Promise<void> {
    await this.ok("cat >/etc/lockc/lockc.yaml", `defaultPolicy: bench-${policy}\n`);
    await this.ok("lockctl load");
  }

  async #calls(command: string): Promise<Costs> {
    const printed = numbers(await this.ok(command));
    return costs((name) => printed.get(name)![0]!);
  }

  host(): Promise<Costs> {
    return least(this.#rounds, () => this.#calls(`${PLACE}/calls ${RUNS} ${PLACE} all`));
  }

  #inContainer(runtime: string, profile: string, words: string): string {
    return `docker run --rm --network none --runtime ${runtime} --security-opt seccomp=unconfined --security-opt apparmor=${profile} -v ${PLACE}/volume:/bench/volume bench /bench/calls ${words}`;
  }

  container(runtime: string, profile: string, option = ""): Promise<Costs> {
    const command = this.#inContainer(runtime, profile, `${option} ${RUNS} /bench all`);
    return least(this.#rounds, () => this.#calls(command));
  }

  /** Passes of each hook's program so far, and nanoseconds in it. */
  async #show(prefix: string): Promise<Map<string, number[]>> {
    return numbers(await this.ok(`${PLACE}/programs show ${prefix}`));
  }

  /** What MANY runs of `command` pass beyond FEW, so that its start does not count. */
  async #difference(prefix: string, command: (runs: number) => string) {
    const before = await this.#show(prefix);
    await this.ok(command(FEW));
    const between = await this.#show(prefix);
    await this.ok(command(MANY));
    const after = await this.#show(prefix);
    return new Map(
      [...after].map(([hook, [passes = 0, time = 0]]) => {
        const [lastPasses = 0, lastTime = 0] = between.get(hook) ?? [];
        const [firstPasses = 0, firstTime = 0] = before.get(hook) ?? [];
        return [
          hook,
          {
            passes: passes - 2 * lastPasses + firstPasses,
            time: time - 2 * lastTime + firstTime,
          },
        ] as const;
      }),
    );
  }

  /** Instructions of one pass by hook; hooks that the calls do not pass are left out. */
  async perPass(prefix: string, command?: string): Promise<Map<string, number>> {
    const difference = await this.#difference(
      prefix,
      (runs) => command?.replace("RUNS", `${runs}`) ?? `${PLACE}/calls ${runs} ${PLACE} all`,
    );
    return new Map(
      [...difference]
        .filter(([, { passes }]) => passes >= MANY - FEW - 10)
        .map(([hook, { passes, time }]) => [hook, time / passes] as const),
    );
  }

  perPassContained(): Promise<Map<string, number>> {
    const command = this.#inContainer("lockc", "unconfined", "RUNS /bench all");
    return this.perPass("lockc_", command);
  }

  /** How often each call of a process of the host passes each hook. */
  async passes(): Promise<Map<string, Costs>> {
    const counted = new Map<string, Map<string, number>>();
    for (const call of [
      "open",
      "stat",
      "connect",
      "fork",
      "vfork",
      "spawn",
      "volume",
      "proc",
      "sys",
    ]) {
      const difference = await this.#difference(
        "lockc_",
        (runs) => `${PLACE}/calls ${runs} ${PLACE} ${call}`,
      );
      for (const [hook, { passes }] of difference) {
        if (!counted.has(hook)) counted.set(hook, new Map());
        counted.get(hook)!.set(call, Math.round(passes / (MANY - FEW)));
      }
    }
    return new Map([...counted].map(([hook, by]) => [hook, costs((call) => by.get(call) ?? 0)]));
  }

  statistics(on: boolean): Promise<string> {
    return this.ok(`echo ${on ? 1 : 0} >/proc/sys/kernel/bpf_stats_enabled`);
  }

  /** Bytes of kernel memory that are charged to a control group. */
  async #charged(cgroup: string): Promise<number> {
    const charged = numbers(await this.ok(`cat ${cgroup}/memory.stat`));
    return charged.get("kernel")![0]! - charged.get("slab_reclaimable")![0]!;
  }

  async memory(): Promise<Memory> {
    const maps = numbers(await this.ok(`${PLACE}/programs maps`));
    return {
      toldBytes: [...maps.values()].reduce((sum, [, bytes]) => sum + bytes!, 0),
      chargedBytes: await this.#charged(CGROUP),
    };
  }

  /** What the maps add to a process that loads an object file without its programs. */
  async mapsBytes(): Promise<number> {
    const chargedFor = (object: string) => {
      const cgroup = `${CGROUP}-maps`;
      const enter = `mkdir -p ${cgroup} && echo $$ >${cgroup}/cgroup.procs`;
      return this.#holding(`${enter} && exec ${PLACE}/programs keep ${object}`, () =>
        this.#charged(cgroup),
      );
    };
    const without = await chargedFor(`${PLACE}/empty.bpf.o`);
    await this.ok(`rmdir ${CGROUP}-maps`);
    return (await chargedFor(`${this.#folder}/lockc.bpf.o`)) - without;
  }

  /** Attaches the empty programs for as long as `act` takes. */
  withEmptyPrograms<T>(act: () => Promise<T>): Promise<T> {
    return this.#holding(`exec ${PLACE}/programs hold ${PLACE}/empty.bpf.o`, act);
  }

  /** Does `act` while the command, which has said that it is ready, waits for its end. */
  async #holding<T>(command: string, act: () => Promise<T>): Promise<T> {
    const holder = this.#guest.start(command);
    const said: string[] = [];
    const ready = new Promise<void>((resolve, reject) => {
      holder.on("stdout", (data: Buffer) => String(data).includes("ready") && resolve());
      holder.on("stderr", (data: Buffer) => said.push(String(data)));
      holder.on("exit", () => reject(new Error(`${command}: ${said.join("")}`)));
    });
    await ready;
    const ended = this.#guest.wait(holder);
    const result = await act();
    holder.end();
    await ended;
    return result;
  }

  async life(others: number): Promise<Life> {
    for (const map of ["containers", "grants", "places"]) {
      await this.ok(`${PLACE}/programs fill ${map} ${others}`);
    }
    const command =
      "docker run --rm --network none --runtime lockc --security-opt seccomp=unconfined --security-opt apparmor=unconfined busybox true";
    await this.ok(command);
    const before = await this.#show("lockc_");
    for (let life = 0; life < LIVES; life++) await this.ok(command);
    const after = await this.#show("lockc_");
    const took = (hook: string) => (after.get(hook)![1]! - (before.get(hook)?.[1] ?? 0)) / LIVES;
    return {
      all: Math.round([...after.keys()].reduce((sum, hook) => sum + took(hook), 0)),
      ends: Math.round(took("sched_process_exit")),
    };
  }

  async loadCharged(): Promise<void> {
    await this.ok(
      `mkdir -p ${CGROUP} && sh -c 'echo $$ >${CGROUP}/cgroup.procs && exec lockctl load'`,
    );
  }

  /** The runtime's, whose name is `runtime`; the least of some runs. */
  async create(runtime: string): Promise<Create> {
    const run = async (hooks: object) => {
      await this.ok(`cat >${BUNDLE}/config.json`, JSON.stringify(bundle(hooks)));
      const once = `a=$(date +%s%N); ${runtime} run bench >&2; echo $(($(date +%s%N) - a))`;
      const all = await this.ok(`cd ${BUNDLE}; for i in $(seq ${CREATES}); do ${once}; done`);
      return Math.min(...all.trim().split("\n").map(Number));
    };
    await this.ok(`mkdir -p ${BUNDLE}/rootfs/bin && cp /bin/busybox ${BUNDLE}/rootfs/bin/true`);
    const hook = { path: "/usr/bin/true", args: ["true"] };
    return { plain: await run({}), hooked: await run({ createContainer: [hook] }) };
  }

  async start(count: number): Promise<void> {
    const command =
      "docker run -d --network none --runtime lockc --security-opt seccomp=unconfined --security-opt apparmor=unconfined busybox sleep 100000";
    for (let index = 0; index < count; index++) await this.ok(command);
  }
}

/** Boots a guest without lockc loaded, and closes it when `measure` is done. */
export async function inGuest<T>(
  release: Release,
  rounds: number,
  measure: (bench: Bench) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "lockc-bench-"));
  try {
    compile(folder);
    const guest = await bootGuest({
      release,
      icount: true,
      docker: true,
      load: false,
      mounts: [folder],
    });
    try {
      return await measure(new Bench(guest, folder, rounds));
    } finally {
      await guest.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
