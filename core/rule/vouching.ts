// SPDX-License-Identifier: Apache-2.0
/** Whose word it is that a place of the host may be mounted: its engine's, or the policy's. */

import type { MountRequest } from "../bundle/bundle.ts";
import {
  findEngineManaged,
  findVouched,
  isEngineStaging,
  isPluginsOfHost,
} from "../engine/engine.ts";
import type { EngineContext } from "../engine/origin.ts";
import type { HostPath } from "../generated/policy.ts";
import { isWithin } from "../path.ts";
import { showsOthers } from "./filesystems.ts";
import { findHostPath, seesAll, splitPattern } from "./host-path-entries.ts";
import { type Reserved, touches } from "./reserved.ts";
import type { Place, PlaceContext } from "./subject.ts";
import type { AnyOf, RuleValues } from "./values.ts";

/** Whose word it is that a path may be mounted, and up to which directory. */
export interface Voucher {
  readonly by: "engine" | "policy";
  readonly directory: string;
  /** What an engine vouches for (engine.ts, Vouched). */
  readonly passage?: boolean;
  /** What the policy's list says. */
  readonly access?: HostPath["access"];
}

export type Allowed = RuleValues["hostPaths"];

export interface Refusal {
  /** "it lies outside …" */
  readonly reason: string;
  /** Where it is not what is said of any other place. */
  readonly remedy?: string;
  /** The same, but the administrator may still allow it as it is. */
  readonly instead?: string;
}

/** The directory by whose permission `path` is allowed; `subject` begins the refusal's sentence. */
export function findVoucher(
  allowed: Allowed,
  mount: MountRequest,
  path: string,
  subject: string,
  context: PlaceContext,
): Voucher | Refusal {
  const engine = findVouched(path, mount.destination, context, mount);
  if (engine !== undefined) return { by: "engine", ...engine };
  if (isPluginsOfHost(mount, context.origin)) return { by: "engine", directory: path };
  if (allowed === "any") return { by: "policy", directory: "/" };
  const entry = findHostPath(allowed, path, mount.readOnly);
  if (entry === undefined) return { reason: `${subject} is outside the policy's host directories` };
  if (entry.access !== "read-write" && !mount.readOnly) {
    return {
      reason: `${subject} may only be mounted read-only`,
      instead: "mount it read-only (-v SOURCE:TARGET:ro, readOnly: true)",
    };
  }
  return { by: "policy", directory: splitPattern(entry.path)[0], access: entry.access };
}

/**
 * Whether the place is the engine's own (its files for the container, a volume) and not
 * a directory of the host, which a volume may show as well.
 */
export function isEnginesOwn(
  place: Place,
  destination: string,
  readOnly: boolean,
  context: EngineContext,
): boolean {
  const vouched = findVouched(place.path, destination, context, { readOnly });
  if (vouched === undefined) return false;
  if (!isInner(place, vouched.directory)) return true;
  if (vouched.passage) {
    return namesBehind(place, destination, context).every(
      (name) => findEngineManaged(name, destination, context) !== undefined,
    );
  }
  return (
    !showsOthers(place) &&
    place.image === undefined &&
    place.otherNames.every(
      (name) =>
        isEngineStaging(name, context) ||
        findEngineManaged(name, destination, context) !== undefined,
    )
  );
}

/** Whether it lies on a mount that was made inside the directory. */
export function isInner({ mountpoint }: Place, directory: string): boolean {
  return mountpoint !== directory && isWithin(mountpoint, directory);
}

/** What a passage's mount shows: the place's other names, but for those in passages. */
export function namesBehind(place: Place, destination: string, context: EngineContext): string[] {
  return place.otherNames.filter((name) => !findVouched(name, destination, context)?.passage);
}

/**
 * Finds what the place holds that is reserved and has no entry of hostPaths: all else of it may be
 * mounted.
 * @param allowed where `place` is named.
 * @returns undefined when the place itself lies in something reserved.
 */
export function reservedIn(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  context: PlaceContext,
): Reserved[] | undefined {
  const held: Reserved[] = [];
  for (const reserved of allowed === "any" ? [] : context.reserved()) {
    const touch = touches(place, reserved);
    if (touch?.names.some((name) => isWrittenFor(allowed, mount, name, reserved)) ?? true) continue;
    if (touch?.how === "lies in") return undefined;
    held.push(reserved);
  }
  return held;
}

/** Entries vouch for what is reserved only where they are written for it, or for all that is there. */
export function judgeReserved(
  allowed: AnyOf<HostPath>,
  mount: MountRequest,
  place: Place,
  subject: string,
  context: PlaceContext,
): Refusal | undefined {
  const isEngines = (name: string) =>
    isEngineStaging(name, context) ||
    findEngineManaged(name, mount.destination, context) !== undefined;
  if (seesAll(allowed, place.path, mount.readOnly)) return undefined;
  for (const reserved of context.reserved()) {
    const touch = touches(place, reserved);
    if (touch === undefined) continue;
    const { how, names } = touch;
    if (how === "lies in" && names.some(isEngines)) continue;
    if (names.some((name) => isWrittenFor(allowed, mount, name, reserved))) continue;
    return {
      reason: `${subject} ${how} "${reserved.path}", which is ${reserved.what}`,
      remedy:
        "use a volume, or another directory; what manages engines or lockc belongs under policy privileged",
    };
  }
  return undefined;
}

/** Whether an entry that is itself, or lies in, something reserved allows `name` there. */
function isWrittenFor(
  allowed: AnyOf<HostPath>,
  { readOnly }: MountRequest,
  name: string,
  { path, place }: Reserved,
): boolean {
  if (allowed === "any") return true;
  return allowed.some((entry) => {
    const [base, strict] = splitPattern(entry.path);
    const written = isWithin(base, path) || (place !== undefined && isWithin(base, place.path));
    const covers = isWithin(name, base) && !(strict && name === base);
    return written && covers && (readOnly || entry.access === "read-write");
  });
}
