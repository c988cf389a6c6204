// SPDX-License-Identifier: Apache-2.0
/** Entries of hostPaths: what each names, which one counts, which covers another. */
import type { HostPath } from "../generated/policy.ts";
import { isWithin } from "../path.ts";
import { isForAll } from "./kinds.ts";
import type { AnyOf } from "./values.ts";

/**
 * The host's own directories: none is a root file system, but for what engines keep there, and
 * whoever writes in one is root on the host.
 */
export const SYSTEM =
  "/bin /boot /dev /etc /lib /lib32 /lib64 /proc /root /run /sbin /sys /usr /var/cache /var/lib /var/log /var/mail /var/run /var/spool".split(
    " ",
  );

/** Whether it lies in one of the host's own directories, or holds one. */
export function isSystems(path: string): boolean {
  return SYSTEM.some((system) => isWithin(path, system) || isWithin(system, path));
}

/** What each covers; read-all neither covers another nor is covered: no socket is reached by it. */
const HOST_ACCESS: Readonly<Record<HostPath["access"], readonly HostPath["access"][]>> = {
  "read-only": ["read-only"],
  "read-write": ["read-only", "read-write"],
  "read-all": ["read-all"],
};

export function coversPath(wide: HostPath, narrow: HostPath): boolean {
  if (!HOST_ACCESS[wide.access].includes(narrow.access)) return false;
  const [base, strict] = splitPattern(wide.path);
  const [inner, innerStrict] = splitPattern(narrow.path);
  if (!isWithin(inner, base)) return false;
  return !strict || innerStrict || inner !== base;
}

/**
 * The entry of the list by which `path` may be mounted, read-only or not, of several
 * the longest; without one, an entry that lets it be mounted read-only.
 */
export function findHostPath(
  paths: readonly HostPath[],
  path: string,
  readOnly = false,
): HostPath | undefined {
  const matching = paths
    .filter((entry) => {
      const [base, strict] = splitPattern(entry.path);
      return isWithin(path, base) && !(strict && path === base);
    })
    .sort((a, b) => splitPattern(b.path)[0].length - splitPattern(a.path)[0].length);
  return matching.find(({ access }) => readOnly || access === "read-write") ?? matching[0];
}

/**
 * Whether `path` may be mounted with all that lies there: engines' files and sockets, and lockc's
 * own. To look at, so read-only.
 */
export function seesAll(paths: AnyOf<HostPath>, path: string, readOnly: boolean): boolean {
  return readOnly && paths !== "any" && findHostPath(paths.filter(isForAll), path) !== undefined;
}

/** The list without what is only to be looked at: the same one where there is no such entry. */
export function withoutAll(paths: AnyOf<HostPath>): AnyOf<HostPath> {
  return paths === "any" || !paths.some(isForAll) ? paths : paths.filter((it) => !isForAll(it));
}

/** "/home/*" → ["/home", strictly below]; "/srv" → ["/srv", it as well]. */
export function splitPattern(pattern: string): readonly [base: string, strict: boolean] {
  return pattern.endsWith("/*") ? [pattern.slice(0, -2) || "/", true] : [pattern, false];
}
