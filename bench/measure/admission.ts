// SPDX-License-Identifier: Apache-2.0
/** What a create spends on config.json and policy once Node runs (admit-once.ts). */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Policy } from "../../core/rule/policy.ts";
import { compile } from "../../ctl/policy/compile.ts";
import { completeSettings } from "../../ctl/policy/settings.ts";
import { readPolicies } from "../../ctl/policy/sources.ts";
import { bundleCompiled, nodeFlags } from "../../tool/bundle.ts";
import { run } from "../../tool/run.ts";
import { LOCKC_KOFFI, LOCKC_NODE } from "./host.ts";
import { type Estimate, median } from "./statistics.ts";

export interface Admission {
  readonly runs: number;
  readonly readMs: Estimate;
  readonly judgeMs: Estimate;
  readonly totalMs: Estimate;
}

interface Times {
  readonly readMs: number;
  readonly judgeMs: number;
}

/** Judges the bundle of a running Docker container, each time in a fresh process. */
export async function measureAdmission(
  folder: string,
  bundle: string,
  id: string,
  runs: number,
): Promise<Admission> {
  const [program, ...words] = await prepareAdmission(folder, bundle, id);
  const times = Array.from({ length: runs }, () => JSON.parse(run(program, words)) as Times);
  const of = (pick: (time: Times) => number) => median(times.map(pick));
  return {
    runs,
    readMs: of(({ readMs }) => readMs),
    judgeMs: of(({ judgeMs }) => judgeMs),
    totalMs: of(({ readMs, judgeMs }) => readMs + judgeMs),
  };
}

/** @returns the command that judges the bundle, once. */
export async function prepareAdmission(
  folder: string,
  bundle: string,
  id: string,
): Promise<[string, ...string[]]> {
  const lib = join(folder, "admission");
  mkdirSync(lib);
  symlinkSync(LOCKC_NODE, join(lib, "node"));
  symlinkSync(LOCKC_KOFFI, join(lib, "koffi.node"));
  await bundleCompiled("bench/measure/admit-once.ts", lib, true);
  const policies = readPolicies([join(import.meta.dirname, "../../policy")]).map(compile);
  const text = (policy: Policy) => JSON.stringify({ ...policy, kernel: { rules: 0 } });
  const loaded = join(folder, "policies.json");
  writeFileSync(
    loaded,
    JSON.stringify({
      settings: completeSettings({}),
      policies: Object.fromEntries(policies.map((policy) => [policy.name, text(policy)])),
    }),
  );
  return [join(lib, "node"), ...nodeFlags(), join(lib, "shim.cjs"), bundle, id, loaded];
}
