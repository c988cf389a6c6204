// SPDX-License-Identifier: Apache-2.0
/** Which policy holds for a container, and why. Pure. */
import type { Origin } from "../engine/origin.ts";
import { LockcError } from "../errors.ts";
import { matchesName } from "../rule/kinds.ts";
import type { Policy } from "../rule/policy.ts";
import { coversRule, RULE_NAMES } from "../rule/rules.ts";
import type { RuleName } from "../rule/values.ts";
import { findNearest } from "../suggest.ts";
import { listed } from "../words.ts";
import type { Requests, Selection, Settings } from "./policy.ts";

type Texts = Readonly<Record<string, string>>;

export interface PolicyRequest {
  /** `--lockc-policy`: the engine's administrator. */
  readonly flag: string | undefined;
  /** The name that lockc-runc was called by: the engine's administrator too. */
  readonly calledAs: string;
  /** What config.json has; org.lockc.policy is the word of whoever starts the container. */
  readonly annotations: Texts;
  /** What Docker or Podman has; org.lockc.policy is the word of whoever starts it, or made its image. undefined: nobody knows. */
  readonly labels: Texts | undefined;
  readonly origin: Origin;
  readonly settings: Settings;
  /** Policy by name, undefined when there is none. */
  readonly find: (name: string) => Policy | undefined;
  /** What policies are called, to guess which was meant; without it none is. */
  readonly names?: () => readonly string[];
}

interface Selected {
  readonly policy: Policy;
  /** How it came to that, one sentence for each step. */
  readonly reasons: readonly string[];
}

/** Key of the annotation and of the label (Docker, Podman). */
export const POLICY_KEY = "org.lockc.policy";

/**
 * The policy for one container, most specific first: flag, the name called by,
 * the default of the Kubernetes namespace, of the engine, of the host; then what
 * the container asks for by annotation or label, as far as the settings let it;
 * all within floor and ceiling.
 * @throws LOCKC_E_POLICY for a name that no policy has, for a request that is
 * looser than what the administrator set or cannot be read, and outside floor and ceiling.
 */
export function selectPolicy(request: PolicyRequest): Selected {
  requireNamespace(request);
  const { selection, from } = selectionFor(request.settings, request.origin);
  const set = administratorsChoice(request, selection.defaultPolicy, from);
  const asked = requested(request, selection);
  const reasons = [`${set.from} selects policy "${set.policy.name}"`];
  let { policy } = set;
  if (asked !== undefined) {
    const { policy: wanted, from: who } = asked;
    reasons.push(
      `${who} asks for "${wanted.name}", which it may (${permit(asked, policy, selection)})`,
    );
    policy = wanted;
  }
  return { policy, reasons: [...reasons, ...requireWithin(request, selection, policy)] };
}

/** Whether the settings list the policy as one that may be asked for though it is looser. */
export function listsPolicy(requests: Requests, name: string): boolean {
  return (
    typeof requests === "object" && requests.also.some((pattern) => matchesName(pattern, name))
  );
}

/**
 * @returns by which setting it may be asked for.
 * @throws LOCKC_E_POLICY where it may not.
 */
function permit({ policy, from }: Choice, set: Policy, { requests }: Selection): string {
  if (requests === "any") return "requests: any";
  if (listsPolicy(requests, policy.name)) return "requests.also lists it";
  const tightens = typeof requests !== "object" || requests.tighten !== false;
  const looser = looserAt(policy, set);
  if (tightens && looser.length === 0) return "requests: tighten";
  const fault = tightens
    ? `is looser than "${set.name}" (it allows more at ${listed(looser, 3)})`
    : "the settings do not list";
  throw new LockcError(
    "LOCKC_E_POLICY",
    `${from} asks for policy "${policy.name}", which ${fault}`,
    `leave it out, or let the administrator list it under requests.also in /etc/lockc/lockc.yaml (requests: { also: [${policy.name}] }) or pass --lockc-policy ${policy.name}`,
  );
}

/** The settings that hold for an origin, and whose default they carry. Pure. */
export function selectionFor(
  settings: Settings,
  { engine, namespace }: Origin,
): { readonly selection: Selection; readonly from: string } {
  const pattern = namespace === undefined ? undefined : findNamespace(settings, namespace);
  const ofNamespace = pattern === undefined ? {} : settings.namespaces[pattern]!;
  const ofEngine = settings.engines[engine] ?? {};
  const { defaultPolicy, floor, ceiling, requests } = settings;
  const selection = { defaultPolicy, floor, ceiling, requests, ...ofEngine, ...ofNamespace };
  const where =
    ofNamespace.defaultPolicy !== undefined
      ? `namespaces.${pattern}.defaultPolicy`
      : ofEngine.defaultPolicy !== undefined
        ? `engines.${engine}.defaultPolicy`
        : "defaultPolicy";
  return { selection, from: `${where} in /etc/lockc/lockc.yaml` };
}

/** The key of `namespaces` that fits best: the name itself, else the longest prefix. */
function findNamespace({ namespaces }: Settings, name: string): string | undefined {
  if (Object.hasOwn(namespaces, name)) return name;
  return Object.keys(namespaces)
    .filter((pattern) => pattern.endsWith("*") && matchesName(pattern, name))
    .sort((a, b) => b.length - a.length)[0];
}

interface Choice {
  readonly policy: Policy;
  readonly from: string;
}

/** What links to lockc-runc are called before the name of a policy. */
const NAMES_POLICY = "lockc-runc-";

function administratorsChoice(request: PolicyRequest, fallback: string, from: string): Choice {
  const { flag, calledAs } = request;
  if (flag !== undefined) return named(request, flag, "--lockc-policy");
  const name = calledAs.slice(calledAs.lastIndexOf("/") + 1);
  const byName = name.startsWith(NAMES_POLICY) ? name.slice(NAMES_POLICY.length) : "";
  if (byName !== "") return named(request, byName, `the name ${name}`);
  return named(request, fallback, from);
}

/** Where namespaces choose, a pod of none that we know must not get what is left for all others. */
function requireNamespace({ origin, settings }: PolicyRequest): void {
  const { engine, namespace } = origin;
  const chosen = Object.keys(settings.namespaces).length > 0;
  if (engine !== "kubernetes" || namespace !== undefined || !chosen) return;
  throw new LockcError(
    "LOCKC_E_POLICY",
    "cannot tell the pod's namespace, by which /etc/lockc/lockc.yaml chooses policies: its engine wrote none into config.json",
    "update containerd or CRI-O, or take namespaces out of the settings",
  );
}

/** What is meant for lockc, rightly spelt or not. */
const OURS = /^org\.lockc(?![a-z0-9])/i;

function requested(request: PolicyRequest, { requests }: Selection): Choice | undefined {
  if (requests === "ignore") return undefined;
  const { annotations, labels } = request;
  if (labels === undefined && request.origin.engine === "podman") {
    throw new LockcError(
      "LOCKC_E_POLICY",
      "cannot tell which policy the container's labels ask for: no database of libpod's that can be read (db.sql, bolt_state.db) is in Podman's graph root",
      "take static_dir out of containers.conf, or set requests: ignore for podman under engines in /etc/lockc/lockc.yaml",
    );
  }
  if (labels === undefined) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      "cannot tell which policy the container's labels ask for: Docker's config.v2.json of it is in none of the directories where engines keep their containers",
      "run lockctl policy reload if Docker's data-root was changed, or add it to engineRoots in /etc/lockc/lockc.yaml; lockctl status shows those that are known",
    );
  }
  const misspelt = [...Object.keys(annotations), ...Object.keys(labels)].find(
    (name) => OURS.test(name) && name !== POLICY_KEY,
  );
  if (misspelt !== undefined) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `the annotation or label "${misspelt}" is none that lockc knows`,
      `did you mean "${POLICY_KEY}"? write that, or leave it out`,
    );
  }
  const annotation = textAt(annotations, POLICY_KEY);
  const label = textAt(labels, POLICY_KEY);
  const byLabel = label === undefined ? undefined : named(request, label, `label ${POLICY_KEY}`);
  if (annotation === undefined) return byLabel;
  const byAnnotation = named(request, annotation, `annotation ${POLICY_KEY}`);
  if (byLabel !== undefined && !isAtLeastAsStrict(byAnnotation.policy, byLabel.policy)) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `${byAnnotation.from} asks for policy "${annotation}", and the label of that name for "${label}", which is stricter at ${listed(looserAt(byAnnotation.policy, byLabel.policy), 3)}`,
      "leave one of them out",
    );
  }
  return byAnnotation;
}

function textAt(texts: Texts, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

type Lookup = Pick<PolicyRequest, "find" | "names">;

function named({ find, names }: Lookup, name: string, from: string): Choice {
  const policy = find(name);
  if (policy !== undefined) return { policy, from };
  const nearest = findNearest(name, names?.() ?? []);
  throw new LockcError(
    "LOCKC_E_POLICY",
    `policy "${name}" (${from}) does not exist or is not valid`,
    `${nearest === undefined ? "" : `did you mean "${nearest}"? `}see lockctl policy list`,
  );
}

/**
 * @returns which bounds it keeps to, one sentence for each.
 * @throws LOCKC_E_POLICY for a policy outside floor and ceiling, and for bounds that no policy has.
 */
export function requireWithin(
  lookup: Lookup,
  { floor, ceiling }: Pick<Selection, "floor" | "ceiling">,
  policy: Policy,
): string[] {
  const reasons: string[] = [];
  const bound = (name: string, key: string) =>
    named(lookup, name, `${key} in /etc/lockc/lockc.yaml`).policy;
  if (floor !== undefined) {
    hold(policy, `looser than the floor "${floor}"`, looserAt(policy, bound(floor, "floor")));
    reasons.push(`it is at least as strict as the floor "${floor}"`);
  }
  if (ceiling !== undefined) {
    const at = looserAt(bound(ceiling, "ceiling"), policy);
    hold(policy, `stricter than the ceiling "${ceiling}"`, at);
    reasons.push(`it is at most as strict as the ceiling "${ceiling}"`);
  }
  return reasons;
}

function hold(policy: Policy, what: string, at: readonly string[]): void {
  if (at.length === 0) return;
  throw new LockcError(
    "LOCKC_E_POLICY",
    `policy "${policy.name}" is ${what} that /etc/lockc/lockc.yaml sets (at ${listed(at, 3)})`,
    "choose another policy, or let the administrator change floor and ceiling",
  );
}

/** Whether nothing that `one` lets through is refused by `other`. */
export function isAtLeastAsStrict(one: Policy, other: Policy): boolean {
  return looserAt(one, other).length === 0;
}

/** The rules at which `one` lets through what `other` refuses. */
export function looserAt(one: Policy, other: Policy): RuleName[] {
  return RULE_NAMES.filter((name) => !coversRule(other.rules, one.rules, name));
}
