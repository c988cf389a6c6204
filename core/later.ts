// SPDX-License-Identifier: Apache-2.0

/** What lies beside the shim and is read only where it is needed. */
interface Later {
  readonly faults: typeof import("./bundle/faults.ts");
  readonly podman: typeof import("./engine/podman.ts");
  readonly prospects: typeof import("./judge/prospects.ts");
  readonly reading: typeof import("./bundle/reading.ts");
}

declare const LOCKC_VERSION: string | undefined;

/** Where each one's source stands, from here; a build lays them all beside the shim. */
const SOURCES: { readonly [N in keyof Later]: string } = {
  faults: "./bundle/faults.ts",
  podman: "./engine/podman.ts",
  prospects: "./judge/prospects.ts",
  reading: "./bundle/reading.ts",
};

/** The module of that name, loaded at its first use. */
export function readLater<const N extends keyof Later>(name: N): Later[N] {
  const { createRequire } = process.getBuiltinModule("node:module");
  return createRequire(import.meta.filename)(
    typeof LOCKC_VERSION === "undefined" ? SOURCES[name] : `./${name}.cjs`,
  ) as Later[N];
}
