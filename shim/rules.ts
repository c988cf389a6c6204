// SPDX-License-Identifier: Apache-2.0
/**
 * The rules a policy is made of. One table says of each what it holds, how wide
 * it can be and when one value lets through all that another does; inheritance,
 * comparison and compilation work on the table, so that no rule is forgotten. Pure.
 */
import type { Device, HostPath, Policy as WrittenPolicy } from "./generated/policy.ts";
import { isWithin } from "./mountinfo.ts";

export type Mode = "enforce" | "audit";
export type RuleName = Exclude<keyof WrittenPolicy, "name" | "description" | "extends" | "mode">;

/** "any", or the items that are let through. */
export type AnyOf<T> = "any" | readonly T[];

export interface RequiredPaths {
  readonly paths: readonly string[];
  /** Not needed where the container's root is an ordinary user of the host. */
  readonly unlessUserNamespace: boolean;
}

type Pseudo = NonNullable<NonNullable<WrittenPolicy["pseudoFiles"]>["restrict"]>[number];
export type PseudoRule = Readonly<Pseudo>;

/** What each rule holds once extends is resolved. */
export interface RuleValues {
  privileged: boolean;
  hostNamespaces: AnyOf<string>;
  capabilities: AnyOf<string>;
  hostPaths: AnyOf<HostPath>;
  engineSockets: boolean;
  mountTypes: AnyOf<string>;
  sharedMounts: boolean;
  devices: AnyOf<Device>;
  sysctls: AnyOf<string>;
  seccomp: "always" | "kept" | "never";
  apparmor: "always" | "kept" | "never";
  selinuxTypes: AnyOf<string>;
  maskedPaths: RequiredPaths;
  readonlyPaths: RequiredPaths;
  nonRoot: boolean;
  groups: AnyOf<string>;
  noNewPrivileges: boolean;
  oomScoreAdj: number;
  hooks: "any" | "trusted" | readonly string[];
  hookEnvironment: AnyOf<string>;
  unsafeAnnotations: AnyOf<string>;
  hostFiles: boolean;
  mounting: boolean;
  kernelLog: boolean;
  bpf: boolean;
  otherProcesses: boolean;
  perf: boolean;
  kernelModules: boolean;
  moduleRequests: boolean;
  keyrings: boolean;
  kernelLockdown: boolean;
  filelessPrograms: boolean;
  filelessMappings: boolean;
  setuidFiles: boolean;
  terminalInjection: boolean;
  abstractSockets: boolean;
  serviceAccountToken: boolean;
  userNamespaces: boolean;
  network: "any" | "loopback";
  pseudoFiles: readonly PseudoRule[];
}

export interface Rule<R extends RuleName = RuleName> {
  readonly mode: Mode;
  readonly value: RuleValues[R];
}

/** Every rule of one policy. */
export type Rules = { readonly [R in RuleName]: Rule<R> };

/** A rule as YAML has it. */
export type Written = Readonly<Record<string, unknown>>;

export interface Kind<V> {
  /** Lets everything through. */
  readonly widest: V;
  /** Whether everything that `narrow` lets through, `wide` lets through too. */
  readonly covers: (wide: V, narrow: V) => boolean;
  /** The value that `written` gives, on top of what is inherited. */
  readonly read: (written: Written, inherited: V) => V;
  /** The value as YAML says it, without mode. */
  readonly write: (value: V) => Written;
  /** What `from` lets through and `to` does not, in words; for lists item by item. */
  readonly lost: (from: V, to: V) => string[];
}

function one<V>(key: string, widest: V, covers: Kind<V>["covers"]): Kind<V> {
  return {
    widest,
    covers,
    read: (written, inherited) => (written[key] as V | undefined) ?? inherited,
    write: (value) => ({ [key]: value }),
    lost: (from, to) => (covers(to, from) ? [] : [show(from)]),
  };
}

const ALLOWED = one<boolean>("allow", true, (wide, narrow) => wide || !narrow);
const REQUIRED = one<boolean>("require", false, (wide, narrow) => !wide || narrow);

/** Words from the widest to the narrowest. */
function ordered<const V extends string>(key: string, ...words: readonly V[]): Kind<V> {
  return one<V>(key, words[0]!, (wide, narrow) => words.indexOf(wide) <= words.indexOf(narrow));
}

const sameItem = <T>(wide: T, narrow: T) => wide === narrow;

/** A list under `allow`, or "any"; `add` goes on top of what is inherited. */
function anyOf<T>(coversItem: (wide: T, narrow: T) => boolean = sameItem): Kind<AnyOf<T>> {
  const missing = (from: AnyOf<T>, to: AnyOf<T>): readonly (T | "any")[] => {
    if (to === "any") return [];
    if (from === "any") return ["any"];
    return from.filter((item) => !to.some((other) => coversItem(other, item)));
  };
  return {
    widest: "any",
    covers: (wide, narrow) => missing(narrow, wide).length === 0,
    read: (written, inherited) => {
      const base = (written.allow as AnyOf<T> | undefined) ?? inherited;
      const added = (written.add as readonly T[] | undefined) ?? [];
      return base === "any" ? base : unique([...base, ...added]);
    },
    write: (value) => ({ allow: value }),
    lost: (from, to) => missing(from, to).map(show),
  };
}

const UNLESS_USER_NAMESPACE = "unlessUserNamespace";

/** Paths that have to be listed in config.json: the more, the narrower. */
function requiredPaths(): Kind<RequiredPaths> {
  const missing = (wide: RequiredPaths, narrow: RequiredPaths) => [
    ...wide.paths.filter((path) => !narrow.paths.some((other) => isWithin(path, other))),
    ...(narrow.unlessUserNamespace && !wide.unlessUserNamespace && wide.paths.length > 0
      ? [UNLESS_USER_NAMESPACE]
      : []),
  ];
  return {
    widest: { paths: [], unlessUserNamespace: false },
    covers: (wide, narrow) => missing(wide, narrow).length === 0,
    read: (written, inherited) => ({
      paths: unique([
        ...((written.require as readonly string[] | undefined) ?? inherited.paths),
        ...((written.add as readonly string[] | undefined) ?? []),
      ]),
      unlessUserNamespace:
        (written.unlessUserNamespace as boolean | undefined) ?? inherited.unlessUserNamespace,
    }),
    write: ({ paths, unlessUserNamespace }) => ({
      require: paths,
      ...(unlessUserNamespace ? { unlessUserNamespace } : {}),
    }),
    lost: (from, to) => missing(to, from),
  };
}

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

function pseudoFiles(): Kind<readonly PseudoRule[]> {
  function* lost(from: readonly PseudoRule[], to: readonly PseudoRule[]) {
    if (from === to) return;
    for (const { filesystem, path } of tellingPaths(from, to)) {
      const before = pseudoAccess(from, filesystem, path);
      const after = pseudoAccess(to, filesystem, path);
      if (ACCESS.indexOf(before) <= ACCESS.indexOf(after)) continue;
      yield { filesystem, path, access: before };
    }
  }
  return {
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
}

function hooks(): Kind<RuleValues["hooks"]> {
  const covers: Kind<RuleValues["hooks"]>["covers"] = (wide, narrow) => {
    if (wide === "any") return true;
    if (narrow === "any") return false;
    if (wide === "trusted") return true;
    return narrow !== "trusted" && narrow.every((path) => wide.includes(path));
  };
  return one("allow", "any" as RuleValues["hooks"], covers);
}

/** Every rule, in the order in which config.json is judged and documents list them. */
export const RULES: { readonly [R in RuleName]: Kind<RuleValues[R]> } = {
  privileged: ALLOWED,
  hostNamespaces: anyOf(),
  capabilities: anyOf(),
  hostPaths: anyOf(coversPath),
  engineSockets: ALLOWED,
  mountTypes: anyOf(),
  sharedMounts: ALLOWED,
  devices: anyOf(coversDevice),
  sysctls: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  seccomp: ordered("require", "never", "kept", "always"),
  apparmor: ordered("require", "never", "kept", "always"),
  selinuxTypes: anyOf(),
  maskedPaths: requiredPaths(),
  readonlyPaths: requiredPaths(),
  nonRoot: REQUIRED,
  groups: anyOf(),
  noNewPrivileges: REQUIRED,
  oomScoreAdj: one<number>("min", -1000, (wide, narrow) => wide <= narrow),
  hooks: hooks(),
  hookEnvironment: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  unsafeAnnotations: anyOf((wide: string, narrow: string) => matchesName(wide, narrow)),
  hostFiles: ALLOWED,
  mounting: ALLOWED,
  kernelLog: ALLOWED,
  bpf: ALLOWED,
  otherProcesses: ALLOWED,
  perf: ALLOWED,
  kernelModules: ALLOWED,
  moduleRequests: ALLOWED,
  keyrings: ALLOWED,
  kernelLockdown: ALLOWED,
  filelessPrograms: ALLOWED,
  filelessMappings: ALLOWED,
  setuidFiles: ALLOWED,
  terminalInjection: ALLOWED,
  abstractSockets: ALLOWED,
  serviceAccountToken: ALLOWED,
  userNamespaces: ALLOWED,
  network: ordered("allow", "any", "loopback"),
  pseudoFiles: pseudoFiles(),
};

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/** What a rule refuses in effect: one that is only audited refuses nothing. */
export function effective<R extends RuleName>(rules: Rules, name: R): RuleValues[R] {
  const { mode, value } = rules[name];
  return mode === "audit" ? (RULES[name].widest as RuleValues[R]) : value;
}

/** Whether everything that `narrow` lets through at this rule, `wide` lets through too. */
export function coversRule(wide: Rules, narrow: Rules, name: RuleName): boolean {
  const covers = RULES[name].covers as (wide: unknown, narrow: unknown) => boolean;
  return covers(effective(wide, name), effective(narrow, name));
}

/** What each covers; read-all neither covers another nor is covered: no socket is reached by it. */
const HOST_ACCESS: Readonly<Record<HostPath["access"], readonly HostPath["access"][]>> = {
  "read-only": ["read-only"],
  "read-write": ["read-only", "read-write"],
  "read-all": ["read-all"],
};

function coversPath(wide: HostPath, narrow: HostPath): boolean {
  if (!HOST_ACCESS[wide.access].includes(narrow.access)) return false;
  const [base, strict] = splitPattern(wide.path);
  const [inner, innerStrict] = splitPattern(narrow.path);
  if (!isWithin(inner, base)) return false;
  return !strict || innerStrict || inner !== base;
}

function coversDevice(wide: Device, narrow: Device): boolean {
  if (![...narrow.access].every((letter) => wide.access.includes(letter))) return false;
  if ("path" in wide || "path" in narrow) {
    return "path" in wide && "path" in narrow && wide.path === narrow.path;
  }
  return (
    wide.type === narrow.type &&
    wide.major === narrow.major &&
    (wide.minor === "any" || wide.minor === narrow.minor)
  );
}

/** "net.ipv4.*" fits all that begin with "net.ipv4."; any other pattern only itself. */
export function matchesName(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
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

const isForAll = ({ access }: HostPath) => access === "read-all";

/** The list without what is only to be looked at: the same one where there is no such entry. */
export function withoutAll(paths: AnyOf<HostPath>): AnyOf<HostPath> {
  return paths === "any" || !paths.some(isForAll) ? paths : paths.filter((it) => !isForAll(it));
}

/** "/home/*" → ["/home", strictly below]; "/srv" → ["/srv", it as well]. */
export function splitPattern(pattern: string): readonly [base: string, strict: boolean] {
  return pattern.endsWith("/*") ? [pattern.slice(0, -2) || "/", true] : [pattern, false];
}

function unique<T>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return !seen.has(key) && seen.add(key);
  });
}

function show(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(show).join(", ");
  return Object.values(value).map(String).join(" ");
}

/** "a, b, c and 4 more": for sentences. */
export function listed(items: readonly string[], most = 6): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
