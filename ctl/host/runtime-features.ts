// SPDX-License-Identifier: Apache-2.0
/** What the low-level runtime says of itself. */
import { spawnSync } from "node:child_process";
import type { Features } from "../../core/generated/features.ts";
import { validate as validateFeatures } from "../../core/generated/features-validator.js";
import { resolveRuntime } from "../../core/runtime.ts";

/** How long a runtime may take to answer. */
const PATIENCE_MS = 5000;

/** `runc features`; undefined from a runtime that has no such command, or another idea of it. */
function readFeatures(runtime: string): Features | undefined {
  const { status, stdout } = spawnSync(runtime, ["features"], {
    encoding: "utf8",
    timeout: PATIENCE_MS,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (status !== 0) return undefined;
  try {
    const value: unknown = JSON.parse(stdout);
    return validateFeatures(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The annotations that the runtime calls potentially unsafe (features.md); none when it is silent. */
export function readUnsafeAnnotations(configured: string | undefined): readonly string[] {
  try {
    const runtime = resolveRuntime(configured);
    return readFeatures(runtime)?.potentiallyUnsafeConfigAnnotations ?? [];
  } catch {
    return []; // no runtime yet: load says so itself
  }
}
