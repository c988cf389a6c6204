// SPDX-License-Identifier: Apache-2.0
/** `lockctl load` up to where the kernel would be asked to verify programs. */
import { findProgram } from "../../tool/run.ts";
import { LOCKCTL, PINS } from "./host.ts";
import { durations, type Spawn } from "./spawn.ts";
import { type Estimate, median } from "./statistics.ts";

export interface Load {
  readonly runs: number;
  /** Makes the maps, compiles policies and writes them. */
  readonly firstMs: Estimate;
  /** Finds everything there, and writes policies and settings anew. */
  readonly againMs: Estimate;
}

export function measureLoad(spawn: Spawn, runs: number): Load {
  const load = { words: [LOCKCTL, "load"] };
  const round = [{ words: [findProgram("rm")!, "-rf", PINS] }, load, load];
  const times = Array.from({ length: runs + 1 }, () => durations(spawn(round))).slice(1);
  return {
    runs,
    firstMs: median(times.map(([, first]) => first!)),
    againMs: median(times.map(([, , again]) => again!)),
  };
}
