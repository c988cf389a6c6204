// SPDX-License-Identifier: Apache-2.0
/** What the kernel holds, as `status` and others tell it. */
import { existsSync, readdirSync } from "node:fs";
import * as MAPS from "../../core/generated/maps.ts";
import { readPolicy } from "../../core/kernel/pins.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import type { Policy } from "../../core/rule/policy.ts";
import { type ContainerMode, modeOf } from "../container/containers.ts";
import type { Places } from "../host/places.ts";
import { readGuardHits } from "../kernel/counters.ts";
import { readGuardMode } from "../kernel/guard.ts";
import { type Maps, table } from "../kernel/table.ts";

export interface GuardStatus {
  readonly mode: "off" | "audit" | "enforce";
  /** Executions of a low-level runtime that did not come through lockc-runc. */
  readonly denials: number;
  readonly audits: number;
  /** Who tried last. */
  readonly last: { readonly comm: string; readonly pid: number } | null;
}

export interface PolicyStatus {
  readonly name: string;
  readonly description: string;
  /** The rules that the kernel holds under it. */
  readonly confines: readonly string[];
  /** What becomes of what these forbid; none: there are none. */
  readonly mode: ContainerMode;
  /** How many run under it; null: not for this user to see. */
  readonly containers: number | null;
}

/** Whether this user may look at the pins, or see that there are none. */
export function isVisible(places: Places): boolean {
  if (!existsSync(places.bpffs)) return true;
  const seen = existsSync(places.pins) ? places.pins : places.bpffs;
  try {
    readdirSync(seen);
    return true;
  } catch {
    return false;
  }
}

export type PolicyRules = Omit<PolicyStatus, "containers">;

export function describePolicy({ name, description, kernel }: Policy): PolicyRules {
  return { name, description, confines: namesOfRules(kernel.rules), mode: modeOf(kernel) };
}

export function loadedPolicies(maps: Maps): PolicyRules[] {
  const rows = table(maps, MAPS.policies)?.rows() ?? [];
  return rows
    .map(({ value }) => describePolicy(readPolicy(value)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** undefined: the maps are another version's. */
export function guardOf(maps: Maps): GuardStatus | undefined {
  const hits = readGuardHits(maps);
  const mode = readGuardMode(maps);
  if (hits === undefined || mode === undefined) return undefined;
  const { denials, audits, pid, comm } = hits;
  return {
    mode,
    denials: Number(denials),
    audits: Number(audits),
    last: pid === 0 ? null : { comm, pid },
  };
}
