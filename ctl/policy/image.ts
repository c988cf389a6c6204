// SPDX-License-Identifier: Apache-2.0
/** What people wrote and what the host says to it → all that load writes into the maps. Pure. */
import { Guard } from "../../core/generated/layout.ts";
import {
  devices,
  engine_sockets,
  event_debug,
  guard,
  policies,
  pseudo,
  runtimes,
  settings,
} from "../../core/generated/maps.ts";
import type { Settings } from "../../core/policy/policy.ts";
import {
  compileDevices,
  compilePolicy,
  compilePseudo,
  compileSockets,
  parameterPaths,
} from "./compile.ts";
import { distinct, type Entry, numberOf } from "./entry.ts";
import { compileSettings } from "./settings.ts";
import type { HostFacts, Resolved } from "./sources.ts";

/** The maps that load fills. */
export const IMAGE = {
  pseudo,
  devices,
  engine_sockets,
  policies,
  settings,
  event_debug,
  runtimes,
  guard,
} as const;

export type ImageMap = keyof typeof IMAGE;

/** The elements of each of these maps, all of them. */
export type Image = Readonly<Record<ImageMap, readonly Entry[]>>;

/** How the map `guard` has the settings' word. */
export const GUARD_MODES: Readonly<Record<Settings["guard"], Guard>> = {
  off: Guard.OFF,
  audit: Guard.AUDIT,
  enforce: Guard.ENFORCE,
};

/** What is neither written nor the host's own. */
interface Programs {
  /** SHA-256 of the object file that the programs come from, in hexadecimal. */
  readonly object: string;
  /** The elements of `runtimes`: binaries that the guard knows, as the kernel identifies them. */
  readonly binaries: readonly Entry[];
}

/** @throws LOCKC_E_SETTINGS when policies or settings are too large for their place in the kernel */
export function compileImage(
  written: Resolved,
  host: HostFacts,
  { object, binaries }: Programs,
): Image {
  const rules = written.policies.map((policy) => policy.rules);
  const { events, guard: mode } = host.settings;
  return {
    pseudo: distinct(
      rules.flatMap(({ pseudoFiles, sysctls }) =>
        compilePseudo(pseudoFiles.value, parameterPaths(sysctls)),
      ),
    ),
    devices: distinct(rules.flatMap((each) => compileDevices(each.devices.value, host.nodes))),
    engine_sockets: distinct(compileSockets(host.sockets)),
    policies: written.policies.map((policy) => compilePolicy(policy, host.nodes)),
    settings: [cell(compileSettings(host.settings, object))],
    event_debug: [cell(numberOf(events.debug ? 1 : 0))],
    runtimes: binaries,
    guard: [cell(numberOf(GUARD_MODES[mode]))],
  };
}

/** The one element of a map that has one. */
function cell(value: Uint8Array): Entry {
  return { key: numberOf(0), value };
}
