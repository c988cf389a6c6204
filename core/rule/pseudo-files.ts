// SPDX-License-Identifier: Apache-2.0
/** The rule pseudoFiles: places in the kernel's own file systems, and which line decides. */
import type { EventObject } from "../generated/event.ts";
import { isWithin } from "../path.ts";
import { type Kind, unique } from "./kinds.ts";
import type { PseudoRule } from "./values.ts";

// ---- where a file lies -------------------------------------------------------

/** Where containers have them mounted, the innermost first. */
const USUAL: readonly (readonly [string, PseudoRule["filesystem"]])[] = [
  ["/proc/sys/fs/binfmt_misc", "binfmt_misc"],
  ["/proc", "proc"],
  ["/sys/fs/cgroup", "cgroup2"],
  ["/sys/fs/fuse/connections", "fusectl"],
  ["/sys/fs/pstore", "pstore"],
  ["/sys/firmware/efi/efivars", "efivarfs"],
  ["/sys/kernel/config", "configfs"],
  ["/sys/kernel/debug/tracing", "tracefs"],
  ["/sys/kernel/debug", "debugfs"],
  ["/sys/kernel/security", "securityfs"],
  ["/sys/kernel/tracing", "tracefs"],
  ["/sys", "sysfs"],
  ["/dev", "devtmpfs"],
];

const FILESYSTEMS: ReadonlySet<string> = new Set([...USUAL.map(([, type]) => type), "cgroup"]);

const isPseudo = (type: string): type is PseudoRule["filesystem"] => FILESYSTEMS.has(type);

/** As a line of /proc/PID/mountinfo tells it (core/host/mountinfo.ts). */
interface Mounted {
  readonly device: string;
  readonly type: string;
  readonly root: string;
  readonly mountpoint: string;
}

/**
 * The file system that a file lies on, and its path inside.
 * @param mounts those of the container's namespace; none: it has ended.
 */
export function placePseudoFile(
  { path, device }: Pick<NonNullable<EventObject>, "path" | "device">,
  mounts: readonly Mounted[],
): PseudoPlace | undefined {
  if (path === undefined || !path.startsWith("/")) return undefined;
  const same = mounts.filter((mount) => mount.device === device);
  const over = same
    .filter(({ mountpoint }) => isWithin(path, mountpoint))
    .sort((a, b) => b.mountpoint.length - a.mountpoint.length)[0];
  const type = (over ?? same[0])?.type;
  if (type !== undefined && !isPseudo(type)) return undefined;
  if (type !== undefined && over === undefined) return placeOn(type, path); // as the file system has it
  if (over !== undefined && type !== undefined) {
    const below = over.mountpoint === "/" ? path : path.slice(over.mountpoint.length);
    return placeOn(type, `${over.root === "/" ? "" : over.root}${below}` || "/");
  }
  const usual = USUAL.find(([mountpoint]) => isWithin(path, mountpoint));
  return usual && placeOn(usual[1], path.slice(usual[0].length) || "/");
}

/** As rules name it: each process's directory is /self, and a cgroup's name lives no longer than it. */
function placeOn(filesystem: PseudoRule["filesystem"], path: string): PseudoPlace {
  if (filesystem === "cgroup" || filesystem === "cgroup2") return { filesystem, path: "/" };
  if (filesystem !== "proc") return { filesystem, path };
  return { filesystem, path: path.replace(/^\/\d+(?=\/|$)/, "/self") };
}

/** <linux/magic.h> */
export const MAGIC: Readonly<Record<PseudoRule["filesystem"], bigint>> = {
  proc: 0x9fa0n,
  sysfs: 0x6265_6572n,
  binfmt_misc: 0x4249_4e4dn,
  cgroup: 0x27_e0ebn,
  cgroup2: 0x6367_7270n,
  configfs: 0x6265_6570n,
  debugfs: 0x6462_6720n,
  devtmpfs: 0x7366_706d_7476_6564n, // lockc's own, bpf/kernel.bpf.h
  efivarfs: 0xde5e_81e4n,
  fusectl: 0x6573_5543n,
  pstore: 0x6165_676cn,
  securityfs: 0x7363_6673n,
  tracefs: 0x7472_6163n,
};

/** Where they are mounted; none has such a path inside. */
export const MOUNTED_AT: Readonly<Record<PseudoRule["filesystem"], string>> = {
  proc: "/proc",
  sysfs: "/sys",
  binfmt_misc: "/proc/sys/fs/binfmt_misc",
  cgroup: "/sys/fs/cgroup",
  cgroup2: "/sys/fs/cgroup",
  configfs: "/sys/kernel/config",
  debugfs: "/sys/kernel/debug",
  devtmpfs: "/dev",
  efivarfs: "/sys/firmware/efi/efivars",
  fusectl: "/sys/fs/fuse/connections",
  pstore: "/sys/fs/pstore",
  securityfs: "/sys/kernel/security",
  tracefs: "/sys/kernel/tracing",
};

/** From the narrowest. */
const ACCESS = ["none", "read-only", "own-cgroup", "read-write"];

/** A path of one of the kernel's file systems. */
export type PseudoPlace = Pick<PseudoRule, "filesystem" | "path">;

/** Between the two stands any way down, none as well. */
const ANYWHERE = "/**/";

/** A rule's path with "**" → what stands before it and after it; undefined where it has none. */
export function splitAnywhere(path: string): readonly [prefix: string, name: string] | undefined {
  const at = path.indexOf(ANYWHERE);
  return at < 0 ? undefined : [path.slice(0, at) || "/", path.slice(at + ANYWHERE.length)];
}

/** The reverse of splitAnywhere. */
export function joinAnywhere(prefix: string, name: string): string {
  return `${prefix === "/" ? "" : prefix}${ANYWHERE}${name}`;
}

const depthOf = (path: string) => (path === "/" ? 0 : path.split("/").length - 1);

/** Rules with one "**" come after one for the very path, and a longer prefix before a shorter. */
const RANKS = 64;

/**
 * How near a rule comes to a path, as bpf/pseudo.bpf.h decides: first the depth of the component
 * down to which it fits. Undefined where it does not fit; of two alike the later one holds.
 */
export function rankPseudo(rule: string, path: string): number | undefined {
  const anywhere = splitAnywhere(rule);
  if (anywhere === undefined) {
    return isWithin(path, rule) ? depthOf(rule) * RANKS + RANKS - 1 : undefined;
  }
  const [prefix, name] = anywhere;
  if (!isWithin(path, prefix)) return undefined;
  const above = depthOf(prefix);
  const last = path.split("/").lastIndexOf(name);
  return last > above ? last * RANKS + above : undefined;
}

/** The rule that decides what a pseudo file may be used for; undefined where none fits. */
export function decidingPseudo<T extends PseudoPlace>(
  rules: Iterable<T>,
  filesystem: string,
  path: string,
): T | undefined {
  let best: T | undefined;
  let highest = -1;
  for (const rule of rules) {
    if (rule.filesystem !== filesystem) continue;
    const rank = rankPseudo(rule.path, path);
    if (rank === undefined || rank < highest) continue;
    best = rule;
    highest = rank;
  }
  return best;
}

/** What a pseudo file may be used for under these restrictions. */
export function pseudoAccess(
  rules: readonly PseudoRule[],
  filesystem: string,
  path: string,
): PseudoRule["access"] {
  return decidingPseudo(rules, filesystem, path)?.access ?? "read-write";
}

/** The names that rules with "**" look for below a place. */
function namesBelow(rules: readonly PseudoRule[], { filesystem, path }: PseudoPlace): string[] {
  return rules.flatMap((rule) => {
    const [prefix, name] = (rule.filesystem === filesystem && splitAnywhere(rule.path)) || [];
    return prefix !== undefined && isWithin(path, prefix) ? [name!] : [];
  });
}

/**
 * The paths that stand for all: access changes only at those that one of the two mentions and,
 * below them, at the names that either looks for, where one may look for what the other does not.
 */
function* tellingPaths(
  one: readonly PseudoRule[],
  other: readonly PseudoRule[],
): Generator<PseudoPlace> {
  yield* one;
  yield* other;
  for (const { filesystem, path } of [...one, ...other]) {
    const place = { filesystem, path: splitAnywhere(path)?.[0] ?? path };
    const [names, others] = [namesBelow(one, place), namesBelow(other, place)];
    const below = (text: string) => ({ filesystem, path: joinAnywhere(place.path, text) });
    for (const name of new Set([...names, ...others])) yield below(name);
    const pairs = [
      [names, others.filter((name) => !names.includes(name))],
      [others, names.filter((name) => !others.includes(name))],
    ] as const;
    for (const [outer, inner] of pairs) {
      for (const name of outer) yield* inner.map((last) => below(`${name}/${last}`));
    }
  }
}

/** What is told of a name below a path goes without saying for the same name further down. */
function withoutRepeats(rules: readonly PseudoRule[]): PseudoRule[] {
  return rules.filter((rule) => {
    const [prefix, rest] = splitAnywhere(rule.path) ?? [];
    if (prefix === undefined) return true;
    return !rules.some((other) => {
      const [above, same] = splitAnywhere(other.path) ?? [];
      return (
        above !== undefined &&
        above !== prefix &&
        isWithin(prefix, above) &&
        same === rest &&
        other.filesystem === rule.filesystem &&
        other.access === rule.access
      );
    });
  });
}

function* lost(from: readonly PseudoRule[], to: readonly PseudoRule[]) {
  if (from === to) return;
  for (const { filesystem, path } of tellingPaths(from, to)) {
    const before = pseudoAccess(from, filesystem, path);
    const after = pseudoAccess(to, filesystem, path);
    if (ACCESS.indexOf(before) <= ACCESS.indexOf(after)) continue;
    yield { filesystem, path, access: before };
  }
}

/** Restrictions, of which none is the widest; `add` goes on top of what is inherited. */
export const PSEUDO_FILES: Kind<readonly PseudoRule[]> = {
  widest: [],
  covers: (wide, narrow) => lost(narrow, wide).next().done === true,
  read: (written, inherited) => [
    ...((written.restrict as readonly PseudoRule[] | undefined) ?? inherited),
    ...((written.add as readonly PseudoRule[] | undefined) ?? []),
  ],
  write: (value) => ({ restrict: value }),
  lost: (from, to) =>
    unique(
      withoutRepeats([...lost(from, to)]).map(
        ({ filesystem, path, access }) => `${filesystem}:${path} ${access}`,
      ),
    ),
};
