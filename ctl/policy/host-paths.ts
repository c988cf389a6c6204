// SPDX-License-Identifier: Apache-2.0
/**
 * Entries of hostPaths that name a symbolic link. What a container mounts is known by its
 * name without links, so an entry gets that name as well; as far as root alone decides
 * where the link leads, for anybody else could let an entry mean another place.
 */
import { lstatSync, readlinkSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { HostPath } from "../../core/generated/policy.ts";
import { splitPattern } from "../../core/rule/host-path-entries.ts";
import type { ResolvedPolicy, Source } from "./resolve.ts";

/** Where a path leads; or the link on the way that others than root can turn elsewhere. */
type Led = { readonly real: string; readonly isThere: boolean } | { readonly link: string };

/** As many links as the kernel follows (path_resolution(7)). */
const MAX_LINKS = 40;
const S_ISVTX = 0o1000;

function follow(path: string): Led {
  const left = split(path);
  let at = "/";
  let rootsWord = true;
  for (let links = 0; left.length > 0; ) {
    const next = join(at, left.shift()!);
    const found = lstatSync(next, { throwIfNoEntry: false });
    if (found === undefined) return { real: join(next, ...left), isThere: false };
    const { uid, mode } = found;
    if (!found.isSymbolicLink()) {
      at = next;
      const open = (mode & 0o022) !== 0 && (mode & S_ISVTX) === 0;
      rootsWord &&= uid === 0 && !open;
      continue;
    }
    // Links in /proc lead elsewhere for each process.
    if (!rootsWord || uid !== 0 || ++links > MAX_LINKS || next.startsWith("/proc/")) {
      return { link: next };
    }
    const target = readlinkSync(next);
    left.unshift(...split(target));
    if (isAbsolute(target)) at = "/";
  }
  return { real: at, isThere: true };
}

function split(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}

/** A file on the way that is no directory leads nowhere. */
function lead(path: string): Led {
  try {
    return follow(path);
  } catch {
    return { real: path, isThere: false };
  }
}

/** The policy with the real names of its hostPaths, each behind its own. */
export function withRealHostPaths(policy: ResolvedPolicy): ResolvedPolicy {
  const { mode, value } = policy.rules.hostPaths;
  if (value === "any") return policy;
  const entries = value.flatMap((entry) => [entry, ...realEntry(entry)]);
  const isFirst = ({ path, access }: HostPath, index: number) =>
    entries.findIndex((other) => other.path === path && other.access === access) === index;
  const hostPaths = { mode, value: entries.filter(isFirst) };
  return { ...policy, rules: { ...policy.rules, hostPaths } };
}

function realEntry({ path, access }: HostPath): HostPath[] {
  const [base, strict] = splitPattern(path);
  const led = lead(base);
  if ("link" in led || led.real === base) return [];
  return [{ path: strict ? `${led.real === "/" ? "" : led.real}/*` : led.real, access }];
}

/** What whoever wrote these entries should know, with where each stands. */
export function warnOfHostPaths({ written, locate }: Source): string[] {
  const { hostPaths } = written;
  return (["allow", "add"] as const).flatMap((list) => {
    const entries = hostPaths?.[list];
    if (entries === undefined || entries === "any") return [];
    return entries.flatMap(({ path }, index) => {
      const key = ["hostPaths", list, index, "path"] as const;
      const led = lead(splitPattern(path)[0]);
      const where = `${locate(key)}: hostPaths.${list}[${index}].path: "${path}"`;
      if ("link" in led) {
        return [
          `${where} leads through ${led.link}, a link that others than root can turn elsewhere, so it allows nothing behind it; write where it should lead`,
        ];
      }
      return led.isThere ? [] : [`${where} leads nowhere on this host`];
    });
  });
}
