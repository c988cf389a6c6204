// SPDX-License-Identifier: Apache-2.0
/**
 * What real programs notice: instructions of whole workloads in containers of one image,
 * counted in one guest (QEMU's -icount), in turn under plain runc with nothing loaded and
 * under lockc's baseline. Also what `lockctl load` takes there.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bootGuest, type Guest, type Release } from "../../vm/guest.ts";
import { runInGuest } from "./kernel-guest.ts";
import { quantile } from "./statistics.ts";

/** Scripts in software/, and what a figure of each is about. */
export const PROGRAMS = {
  gcc: "gcc and make: 3 files",
  redis: "redis-benchmark: a request",
  nginx: "nginx and wrk: a request",
  find: "find: 100,000 names",
  "find-stat": "find -size: 100,000 files",
} as const;

export type ProgramName = keyof typeof PROGRAMS;

interface ProgramFigures {
  readonly name: ProgramName;
  /** Instructions of each round. */
  readonly plain: readonly number[];
  readonly baseline: readonly number[];
}

export interface SoftwareFigures {
  readonly release: Release;
  readonly kernel: string;
  readonly programs: readonly ProgramFigures[];
  /** Instructions of `lockctl load`, once for each round. */
  readonly load: readonly number[];
}

/** The medians' ratio, and half of what the rounds of either side are apart, as a share. */
export function summary({ plain, baseline }: ProgramFigures): { ratio: number; spread: number } {
  const apart = (values: readonly number[]) =>
    (Math.max(...values) - Math.min(...values)) / 2 / quantile(values, 0.5);
  return {
    ratio: quantile(baseline, 0.5) / quantile(plain, 0.5),
    spread: Math.max(apart(plain), apart(baseline)),
  };
}

const ROUNDS = 2;

function script(name: string): string {
  return readFileSync(join(import.meta.dirname, "../software", `${name}.sh`), "utf8");
}

class Measurement {
  readonly #guest: Guest;

  constructor(guest: Guest) {
    this.#guest = guest;
  }

  async ok(command: string, input?: string): Promise<string> {
    return (await runInGuest(this.#guest, command, 600_000, input)).trim();
  }

  /** Each program in a new container: once to warm up, and once that counts. */
  async programs(runtime: string): Promise<Map<ProgramName, number>> {
    await this.ok(
      `docker run -d --name bench --network none --runtime ${runtime} software tini -- sleep 100000`,
    );
    const figures = new Map<ProgramName, number>();
    for (const name of Object.keys(PROGRAMS) as ProgramName[]) {
      const text = script("prelude") + script(name);
      const once = () => this.ok("docker exec -i bench sh -s", text);
      await once();
      const [time, count] = (await once()).split(" ").map(Number) as [number, number];
      figures.set(name, time / count);
    }
    await this.ok("docker rm -f bench");
    return figures;
  }

  async load(): Promise<number> {
    const clock = "date +%s%N";
    const [start, end] = (await this.ok(`${clock}; lockctl load >/dev/null; ${clock}`)).split("\n");
    return Number(BigInt(end!) - BigInt(start!));
  }
}

/** Boots the guest and measures; takes some minutes. */
export async function measureSoftware(
  release: Release,
  say: (line: string) => void,
): Promise<SoftwareFigures> {
  say(`booting ${release} with software`);
  const guest = await bootGuest({
    release,
    icount: true,
    docker: true,
    software: true,
    load: false,
  });
  try {
    const measurement = new Measurement(guest);
    const kernel = await measurement.ok("uname -r");
    const plain: Map<ProgramName, number>[] = [];
    const baseline: Map<ProgramName, number>[] = [];
    const load: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      say(`programs, round ${round} of ${ROUNDS}: plain runc`);
      plain.push(await measurement.programs("runc"));
      load.push(await measurement.load());
      say(`programs, round ${round} of ${ROUNDS}: baseline`);
      baseline.push(await measurement.programs("lockc"));
      await measurement.ok("lockctl unload");
    }
    const programs = (Object.keys(PROGRAMS) as ProgramName[]).map((name) => ({
      name,
      plain: plain.map((figures) => figures.get(name)!),
      baseline: baseline.map((figures) => figures.get(name)!),
    }));
    return { release, kernel, programs, load };
  } finally {
    await guest.close();
  }
}
