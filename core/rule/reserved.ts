// SPDX-License-Identifier: Apache-2.0
/**
 * What no directory of a policy's hostPaths brings along: whoever writes there decides
 * which runtime and policy other containers get, or what lockc itself does. Pure; where
 * each place leads is asked.
 */
import { join } from "node:path";
import { isWithin } from "../path.ts";

/** Where a name led on the host, as far as it matters here (mounts.ts, Located). */
interface Identity {
  readonly path: string;
  readonly device: string;
  readonly inside: string;
}

export interface Reserved {
  /** As the settings or this file have it. */
  readonly path: string;
  /** Completes "which is". */
  readonly what: string;
  /** Where it leads; undefined: nothing is there yet. */
  readonly place: Identity | undefined;
}

/** The bundle's folder; CommonJS, thus only the bundle, has __dirname. */
const LIB = typeof __dirname === "string" ? __dirname : "/usr/lib/lockc";

const LOCKC = [
  "/etc/lockc",
  "/run/lockc",
  "/var/lib/lockc",
  LIB,
  ...["share/lockc", "bin/lockc-runc", "bin/lockctl"].map((name) => join(LIB, "../..", name)),
];

const CONFIGURATION =
  "/etc/buildkit /etc/cdi /etc/cni /etc/containerd /etc/containers /etc/crio /etc/default/docker /etc/docker /etc/kubernetes /etc/sysconfig/docker /usr/share/containers".split(
    " ",
  );

/** Where the units are of lockc, of the engines, and of all else that root runs. */
const UNITS = ["/etc/systemd/system", "/usr/lib/systemd/system"];

export function findReserved(
  engineRoots: readonly string[],
  look: (path: string) => Identity | undefined,
): Reserved[] {
  const reserve = (what: string, paths: readonly string[]) =>
    paths.map((path): Reserved => ({ path, what, place: lookSafely(path, look) }));
  return [
    ...reserve("an engine's own", engineRoots),
    ...reserve("lockc's own", LOCKC),
    ...reserve("an engine's configuration", CONFIGURATION),
    ...reserve("where the host's services are kept", UNITS),
  ];
}

/** What vanishes in between counts by its name. */
function lookSafely(path: string, look: (path: string) => Identity | undefined) {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}

/** How a mount of `place` would touch something reserved. */
interface Touch {
  readonly how: "lies in" | "holds";
  /** What of it would be shown, by all its spellings: a place in there, or all of it. */
  readonly names: readonly string[];
}

/**
 * Compared by identity, and by name for what is mounted inside either of them.
 * @returns undefined when the two have nothing in common.
 */
export function touches(
  place: Identity & { readonly otherNames: readonly string[] },
  reserved: Reserved,
): Touch | undefined {
  const { path, place: found } = reserved;
  const spellings = [...new Set(found === undefined ? [path] : [path, found.path])];
  const same = found !== undefined && found.device === place.device;
  if (same && isWithin(place.inside, found.inside)) {
    const rest = place.inside.slice(found.inside === "/" ? 0 : found.inside.length);
    return {
      how: "lies in",
      names: spellings.map((spelling) => `${spelling}${rest === "/" ? "" : rest}`),
    };
  }
  // Before its own name: a volume in there may show a directory that all of it lies in.
  const names = [place.path, ...place.otherNames];
  const holds =
    (same && isWithin(found.inside, place.inside)) ||
    names.some((name) => spellings.some((spelling) => isWithin(spelling, name)));
  if (holds) return { how: "holds", names: spellings };
  return spellings.some((spelling) => isWithin(place.path, spelling))
    ? { how: "lies in", names: [place.path] }
    : undefined;
}
