// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel half costs: instructions for each system call, counted in one guest
 * (QEMU's -icount: a nanosecond is an instruction), with nothing, AppArmor's
 * docker-default, Landlock, empty programs on lockc's hooks, and lockc; and the memory
 * of its maps. Situations are compared only with others of the same place: processes
 * of the host, or containers of Docker with the same files and no seccomp filter.
 */
import type { Release } from "../../vm/guest.ts";
import {
  type Bench,
  type Costs,
  type Create,
  inGuest,
  type Life,
  type Memory,
} from "./kernel-guest.ts";

/** A program at its hook: instructions of a pass, with what the kernel adds to count them. */
export interface Hook {
  readonly hook: string;
  readonly empty: number;
  readonly uncontained: number;
  readonly contained: number | undefined;
  /** How often each call of an uncontained process passes it. */
  readonly passes: Costs;
}

export interface KernelFigures {
  readonly release: Release;
  readonly kernel: string;
  readonly host: Readonly<Record<"nothing" | "empty" | "lockc", Costs>>;
  readonly containers: Readonly<
    Record<"runc" | "apparmor" | "landlock" | "baseline" | "offline", Costs>
  >;
  readonly hooks: readonly Hook[];
  /** What one container's life takes in lockc's programs, beside so many others. */
  readonly scale: readonly { readonly others: number; readonly life: Life }[];
  /** What a create takes, the runtime's own part and what waits for it included. */
  readonly creates: Readonly<Record<"runc" | "lockc", Create>>;
  readonly memory: {
    /** What the kernel charges for the maps alone, with no container. */
    readonly mapsBytes: number;
    readonly containers: number;
    readonly empty: Memory;
    readonly full: Memory;
  };
}

const ROUNDS = 4;
const CONTAINERS = 8;
/** Records of containers in the maps while one comes and goes. */
const OTHERS = [0, 500, 5000] as const;

/** Boots the guest and measures; takes some minutes. */
export function measureKernel(
  release: Release,
  say: (line: string) => void,
): Promise<KernelFigures> {
  say(`booting ${release}`);
  return inGuest(release, ROUNDS, (bench) => measureGuest(bench, release, say));
}

async function measureGuest(
  bench: Bench,
  release: Release,
  say: (line: string) => void,
): Promise<KernelFigures> {
  const kernel = (await bench.ok("uname -r")).trim();
  await bench.prepare();
  await bench.warmUp();
  say("without lockc");
  const nothing = await bench.host();
  const runc = await bench.container("runc", "unconfined");
  const apparmor = await bench.container("runc", "docker-default");
  const landlock = await bench.container("runc", "unconfined", "--landlock");
  say("with empty programs");
  const [empty, emptyPasses] = await bench.withEmptyPrograms(async () => {
    const host = await bench.host();
    await bench.statistics(true);
    const perPass = await bench.perPass("empty_");
    await bench.statistics(false);
    return [host, perPass] as const;
  });
  say("with lockc");
  await bench.loadCharged();
  await bench.choose("baseline");
  const lockc = await bench.host();
  const baseline = await bench.container("lockc", "unconfined");
  await bench.choose("offline");
  const offline = await bench.container("lockc", "unconfined");
  say("each hook");
  await bench.choose("baseline");
  await bench.statistics(true);
  const uncontained = await bench.perPass("lockc_");
  const contained = await bench.perPassContained();
  const passes = await bench.passes();
  await bench.statistics(false);
  say("creates with hooks");
  const creates = { runc: await bench.create("runc"), lockc: await bench.create("lockc-runc") };
  say("memory");
  const mapsBytes = await bench.mapsBytes();
  const before = await bench.memory();
  await bench.start(CONTAINERS);
  const after = await bench.memory();
  say("a container beside others");
  await bench.statistics(true);
  const scale = [];
  for (const others of OTHERS) scale.push({ others, life: await bench.life(others) });
  return {
    release,
    kernel,
    host: { nothing, empty, lockc },
    containers: { runc, apparmor, landlock, baseline, offline },
    hooks: [...uncontained].map(([hook, cost]) => ({
      hook,
      empty: emptyPasses.get(hook) ?? Number.NaN,
      uncontained: cost,
      contained: contained.get(hook),
      passes: passes.get(hook)!,
    })),
    scale,
    creates,
    memory: { mapsBytes, containers: CONTAINERS, empty: before, full: after },
  };
}
