// SPDX-License-Identifier: Apache-2.0
/** What lies beside the shim and is read only where it is needed. */
interface Later {
  readonly faults: typeof import("./faults.ts");
  readonly podman: typeof import("./podman.ts");
  readonly prospects: typeof import("./prospects.ts");
  readonly reading: typeof import("./reading.ts");
}

declare const LOCKC_VERSION: string | undefined;
const LATER = typeof LOCKC_VERSION === "undefined" ? "ts" : "cjs";

/** The module of that name, loaded at its first use. */
export function readLater<const N extends keyof Later>(name: N): Later[N] {
  const { createRequire } = process.getBuiltinModule("node:module");
  return createRequire(import.meta.filename)(`./${name}.${LATER}`) as Later[N];
}
