// SPDX-License-Identifier: Apache-2.0
/** Policies as people write them → every rule of each, with extends resolved. Pure. */
import { LockcError } from "../../core/errors.ts";
import type { Policy as WrittenPolicy } from "../../core/generated/policy.ts";
import { effective, kindOf, RULE_NAMES } from "../../core/rule/rules.ts";
import type { Mode, RuleName, Rules, Written } from "../../core/rule/values.ts";
import { findNearest } from "../../core/suggest.ts";
import type { Parsed } from "./document.ts";

/** The rules of a policy that refuses nothing. */
export const WIDEST: Rules = Object.fromEntries(
  RULE_NAMES.map((name) => [name, { mode: "enforce", value: kindOf(name).widest }]),
) as Rules;

/** A policy file that follows its schema. */
export interface Source {
  readonly file: string;
  readonly written: WrittenPolicy;
  readonly locate: Parsed<WrittenPolicy>["locate"];
  /** What is wrong with the file; nothing but its name is known of the policy then. */
  readonly fault?: LockcError;
}

/** A policy that nobody can be given: its file, or one that it builds on, is not valid. */
export interface Broken {
  readonly name: string;
  readonly file: string;
  readonly error: LockcError;
}

/** A policy with nothing left open. */
export interface ResolvedPolicy {
  readonly name: string;
  readonly description: string;
  readonly rules: Rules;
  readonly file: string;
  /** The policies it builds on, nearest first. */
  readonly extends: readonly string[];
}

/**
 * @param sources in the order in which directories are read: of two policies of one
 *   name the later wins, and may extend the earlier by that name. One that is not valid takes
 *   that place too: what it would have refused, an earlier one might let through.
 * @param onBroken is told of a policy that is not valid; without it the first such is thrown.
 * @throws LOCKC_E_SETTINGS with file, line and column
 */
export function resolvePolicies(
  sources: readonly Source[],
  onBroken: (broken: Broken) => void = ({ error }) => {
    throw error;
  },
): ResolvedPolicy[] {
  const versions = versionsOf(sources);
  const last = [...versions.values()].map((same) => same.at(-1)!);
  return last
    .flatMap((source) => {
      const { file, written } = source;
      return unlessBroken({ name: written.name, file }, onBroken, () =>
        resolve(source, versions, []),
      );
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What `make` gives, as a list; none when the policy is not valid. */
export function unlessBroken<T>(
  { name, file }: { readonly name: string; readonly file: string },
  onBroken: (broken: Broken) => void,
  make: () => T,
): T[] {
  try {
    return [make()];
  } catch (error) {
    if (!(error instanceof LockcError) || error.code !== "LOCKC_E_SETTINGS") throw error;
    onBroken({ name, file, error });
    return [];
  }
}

/**
 * One of the sources, whatever is wrong with those that it does not build on.
 * @throws LOCKC_E_SETTINGS with file, line and column
 */
export function resolvePolicy(source: Source, sources: readonly Source[]): ResolvedPolicy {
  return resolve(source, versionsOf(sources), []);
}

/**
 * A policy's file and those that it builds on, nearest first: where each of its rules is written.
 * @returns none when no source has that name.
 * @throws LOCKC_E_SETTINGS with file, line and column
 */
export function chainOf(name: string, sources: readonly Source[]): readonly Source[] {
  const versions = versionsOf(sources);
  const chain: Source[] = [];
  let next = versions.get(name)?.at(-1);
  while (next !== undefined) {
    const { extends: base } = next.written;
    const children = [...chain];
    chain.push(next);
    next = base === undefined ? undefined : findParent(next, base, versions, children);
  }
  return chain;
}

function versionsOf(sources: readonly Source[]): ReadonlyMap<string, readonly Source[]> {
  const versions = new Map<string, Source[]>();
  for (const source of sources) {
    const { name } = source.written;
    versions.set(name, [...(versions.get(name) ?? []), source]);
  }
  return versions;
}

function resolve(
  source: Source,
  versions: ReadonlyMap<string, readonly Source[]>,
  children: readonly Source[],
): ResolvedPolicy {
  const { written, file, locate, fault } = source;
  if (fault !== undefined) throw fault;
  const parent =
    written.extends === undefined
      ? undefined
      : resolve(findParent(source, written.extends, versions, children), versions, [
          ...children,
          source,
        ]);
  const base = parent?.rules ?? WIDEST;
  const rules = RULE_NAMES.map((name) => {
    const own = written[name] as Written | undefined;
    if (own?.add !== undefined && parent === undefined) {
      throw invalid(
        locate([name, "add"]),
        `${name}.add: there is nothing to add to, since the policy extends none`,
        `write "${name === "maskedPaths" || name === "readonlyPaths" ? "require" : name === "pseudoFiles" ? "restrict" : "allow"}" instead of "add", or name a policy with extends`,
      );
    }
    return [name, resolveRule(name, own, base, written.mode)];
  });
  requireReadOnly(source, Object.fromEntries(rules) as Rules);
  return {
    name: written.name,
    description: written.description,
    rules: Object.fromEntries(rules) as Rules,
    file,
    extends: parent === undefined ? [] : [parent.name, ...parent.extends],
  };
}

/**
 * What may be read but for its being mounted read-only, must stay so: who may mount can make it
 * writable.
 */
function requireReadOnly({ written, locate }: Source, rules: Rules): void {
  const { mode, value } = rules.hostPaths;
  const all = mode === "enforce" && value !== "any" ? value : [];
  const entry = all.find(({ access }) => access === "read-all");
  if (entry === undefined || !effective(rules, "mounting")) return;
  throw invalid(
    locate([written.hostPaths === undefined ? "mounting" : "hostPaths"]),
    `hostPaths: "${entry.path}" with access: read-all, while the policy lets containers mount, by which they could make it writable`,
    'write "mounting: { allow: false }", or access: read-only',
  );
}

function resolveRule(
  name: RuleName,
  own: Written | undefined,
  base: Rules,
  policyMode: Mode | undefined,
): Rules[RuleName] {
  const inherited = base[name];
  const kind = kindOf(name);
  return {
    mode: (own?.mode as Mode | undefined) ?? policyMode ?? inherited.mode,
    value: own === undefined ? inherited.value : kind.read(own, inherited.value),
  } as Rules[RuleName];
}

function findParent(
  source: Source,
  name: string,
  versions: ReadonlyMap<string, readonly Source[]>,
  children: readonly Source[],
): Source {
  const where = source.locate(["extends"]);
  const same = versions.get(name) ?? [];
  const parent = name === source.written.name ? same[same.indexOf(source) - 1] : same.at(-1);
  if (parent === undefined && name === source.written.name) {
    throw invalid(
      where,
      `extends: policy "${name}" extends itself`,
      "name another policy; only a built-in one can be extended by one of its own name",
    );
  }
  if (parent === undefined) {
    const others = [...versions.keys()].filter((other) => other !== source.written.name);
    const nearest = findNearest(name, others);
    throw invalid(
      where,
      `extends: no policy is called "${name}"`,
      nearest ? `did you mean "${nearest}"?` : `there are ${others.join(", ")}`,
    );
  }
  if (children.includes(parent) || parent === source) {
    const chain = [...children, source, parent].map(({ written }) => written.name);
    throw invalid(
      where,
      `extends: the policies extend each other: ${chain.join(" → ")}`,
      "let one of them extend none",
    );
  }
  return parent;
}

function invalid(where: string, message: string, hint: string): LockcError {
  return new LockcError("LOCKC_E_SETTINGS", `${where}: ${message}`, hint);
}
