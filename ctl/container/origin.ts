// SPDX-License-Identifier: Apache-2.0
/** Where a container that exists comes from: its engine, bundle, and what its runtime's name permits. */
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readBundle } from "../../core/bundle/read.ts";
import { identifyOrigin, type Origin } from "../../core/engine/origin.ts";
import type { Selection, Settings } from "../../core/policy/policy.ts";
import { selectionFor } from "../../core/policy/select.ts";
import type { ContainerRecord } from "../kernel/pins.ts";

/** Every floor and ceiling that may hold for it: all there are where nobody can tell its engine. */
export function boundsFor(
  settings: Settings,
  origin: Origin | undefined,
): readonly Pick<Selection, "floor" | "ceiling">[] {
  if (origin !== undefined) return [selectionFor(settings, origin).selection];
  return [settings, ...Object.values(settings.engines), ...Object.values(settings.namespaces)];
}

/** Who made it, by the bundle that the runtime has noted; undefined where it has not. */
export function originOf({ root, id }: ContainerRecord): Origin | undefined {
  try {
    const bundle = bundleAt(join(root, id));
    return bundle === undefined
      ? undefined
      : identifyOrigin(realpathSync(bundle), readBundle(bundle).annotations);
  } catch {
    return undefined;
  }
}

/** runc's state.json has the bundle among its labels, crun's status has it as such. */
export function bundleAt(state: string): string | undefined {
  for (const file of ["state.json", "status"]) {
    try {
      const { bundle, config } = JSON.parse(readFileSync(join(state, file), "utf8"));
      const labels: readonly string[] = config?.labels ?? [];
      const path = bundle ?? labels.find((label) => label.startsWith("bundle="))?.slice(7);
      if (typeof path === "string" && path.startsWith("/")) return path;
    } catch {
      // the other runtime's
    }
  }
  return undefined;
}
