// SPDX-License-Identifier: Apache-2.0
/** Figures of the native half in which every promise is kept, for tests to change. */
import type { NativeFigures } from "../../bench/measure/native.ts";
import { type Comparison, compare, exactly } from "../../bench/measure/statistics.ts";

/** Six pairs in which lockc takes so much more, and varies as little as `noise`. */
export function pairs(name: string, plainMs: number, moreMs: number, noise = 0): Comparison {
  const rounds = [0, 1, 2, 3, 4, 5];
  const lockc = rounds.map((round) => plainMs + moreMs + noise * ((round % 3) - 1));
  return compare(
    name,
    rounds.map(() => plainMs),
    lockc,
  );
}

const COMMANDS = ["create", "start", "state", "ps", "events", "update", "pause", "kill", "delete"];

export const KEPT: NativeFigures = {
  docker: [
    pairs("docker run --rm", 150, 15),
    pairs("docker run --rm, no-op shim", 150, 12),
    pairs("docker run --rm --network none", 120, 15),
    pairs("docker exec", 100, 1),
  ],
  commands: COMMANDS.map((verb) => pairs(verb, 5, 0.9)),
  shim: {
    create: pairs("lockc-runc create", 20, 6),
    cpu: pairs("lockc-runc create, CPU time", 20, 6),
    exitMs: exactly(0.2),
  },
  admission: { runs: 6, readMs: exactly(1), judgeMs: exactly(2), totalMs: exactly(3) },
  many: {
    creates: 5000,
    points: [
      { after: 0, create: pairs("create 1", 20, 6) },
      { after: 4969, create: pairs("create 4970", 20, 6) },
    ],
    lastToFirst: exactly(1),
    limit: 4096,
  },
  scale: {
    containers: 512,
    jobs: 8,
    createRatio: exactly(1.1),
    removeRatio: exactly(1.05),
    block: 16,
    create: pairs("16 creates", 400, 40),
    remove: pairs("16 deletes", 200, 10),
    leftBytes: exactly(0),
  },
  lives: {
    containers: 512,
    jobs: 8,
    ratio: exactly(1.12),
    block: 16,
    times: pairs("16 lives", 2000, 240),
  },
  noop: {
    containers: 512,
    jobs: 8,
    ratio: exactly(1.09),
    block: 16,
    times: pairs("16 creates", 400, 36),
  },
  load: { runs: 6, firstMs: exactly(200), againMs: exactly(100) },
  sizes: {
    files: { "/usr/lib/lockc/node": 1000, "/usr/lib/lockc/shim.cache": 500 },
    totalBytes: 1500,
    blocksBytes: 8192,
  },
};
