// SPDX-License-Identifier: Apache-2.0
/** Which policy holds for a container, and why. Pure. */
import { LockcError } from "./errors.ts";
import { isWithin } from "./mountinfo.ts";

/** A host directory that containers may be given. "/srv": it and below; "/home/*": strictly below. */
export interface HostPath {
  readonly path: string;
  readonly access: "read-only" | "read-write";
}

/** A policy as lockctl load left it in the `policies` map. */
export interface Policy {
  readonly name: string;
  /** enum lockc_rule bits. */
  readonly rules: number;
  readonly hostPaths: "any" | readonly HostPath[];
  readonly mountTypes: "any" | readonly string[];
  readonly mountNamespace: "own" | "any";
}

/** What /etc/lockc/lockc.yaml says that a create needs. */
export interface Settings {
  readonly runtime?: string;
  readonly defaultPolicy: string;
  readonly annotations: "tighten" | "any" | "ignore";
  readonly engineRoots: readonly string[];
}

export interface PolicyRequest {
  /** `--lockc-policy`: the engine's administrator. */
  readonly flag: string | undefined;
  /** Annotation org.lockc.policy: whoever starts the container. */
  readonly annotation: string | undefined;
  readonly settings: Settings;
  /** Policy by name, undefined when there is none. */
  readonly find: (name: string) => Policy | undefined;
}

export const POLICY_ANNOTATION = "org.lockc.policy";

/**
 * The policy for one container: the administrator's flag, else the default of
 * the settings; then the annotation, as far as the settings let it choose.
 * @throws LOCKC_E_POLICY for a name that no policy has, and for an annotation
 * that asks for less than the administrator set.
 */
export function selectPolicy(request: PolicyRequest): Policy {
  const { flag, annotation, settings } = request;
  const set =
    flag !== undefined
      ? named(request, flag, "--lockc-policy")
      : named(request, settings.defaultPolicy, "defaultPolicy in /etc/lockc/lockc.yaml");
  if (annotation === undefined || settings.annotations === "ignore") return set;

  const asked = named(request, annotation, `annotation ${POLICY_ANNOTATION}`);
  if (settings.annotations === "any" || isAtLeastAsStrict(asked, set)) return asked;
  throw new LockcError(
    "LOCKC_E_POLICY",
    `annotation ${POLICY_ANNOTATION} asks for policy "${asked.name}", which is looser than "${set.name}"`,
    `leave the annotation out, or let the administrator pass --lockc-policy ${asked.name} or set annotations: any`,
  );
}

function named(request: PolicyRequest, name: string, from: string): Policy {
  const policy = request.find(name);
  if (policy !== undefined) return policy;
  throw new LockcError(
    "LOCKC_E_POLICY",
    `policy "${name}" (${from}) does not exist`,
    "see the names in lockctl status",
  );
}

/** Whether nothing that `one` allows is refused by `other`. */
export function isAtLeastAsStrict(one: Policy, other: Policy): boolean {
  return (
    (one.rules & other.rules) === other.rules &&
    (other.mountNamespace === "any" || one.mountNamespace === "own") &&
    isSubset(one.mountTypes, other.mountTypes, (type, types) => types.includes(type)) &&
    isSubset(one.hostPaths, other.hostPaths, (path, paths) =>
      paths.some((wider) => covers(wider, path)),
    )
  );
}

function isSubset<T>(
  one: "any" | readonly T[],
  other: "any" | readonly T[],
  includes: (item: T, all: readonly T[]) => boolean,
): boolean {
  if (other === "any") return true;
  if (one === "any") return false;
  return one.every((item) => includes(item, other));
}

function covers(wider: HostPath, path: HostPath): boolean {
  if (wider.access === "read-only" && path.access === "read-write") return false;
  const [base, strict] = splitPattern(wider.path);
  const [inner, innerStrict] = splitPattern(path.path);
  if (!isWithin(inner, base)) return false;
  return !strict || innerStrict || inner !== base;
}

/** The entry of the list that allows `path`, the most generous one first. */
export function findHostPath(paths: readonly HostPath[], path: string): HostPath | undefined {
  const matching = paths.filter((entry) => {
    const [base, strict] = splitPattern(entry.path);
    return isWithin(path, base) && !(strict && path === base);
  });
  return matching.find((entry) => entry.access === "read-write") ?? matching[0];
}

/** "/home/*" → ["/home", strictly below]; "/srv" → ["/srv", it as well]. */
export function splitPattern(pattern: string): readonly [base: string, strict: boolean] {
  return pattern.endsWith("/*") ? [pattern.slice(0, -2) || "/", true] : [pattern, false];
}
