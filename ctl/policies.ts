// SPDX-License-Identifier: Apache-2.0
/** Policies as they are written: checked, listed, shown, compared. */
import { realpathSync } from "node:fs";
import { basename, dirname } from "node:path";
import { LockcError, toLockcError } from "../shim/errors.ts";
import {
  effective,
  type Kind,
  RULE_NAMES,
  RULES,
  type RuleName,
  type Rules,
  type Written,
} from "../shim/rules.ts";
import { resolveRuntime } from "../shim/runtime.ts";
import { findNearest } from "../shim/suggest.ts";
import { compile, compilePolicy } from "./compile.ts";
import { warnOfHostPaths, withRealHostPaths } from "./host-paths.ts";
import type { Places } from "./places.ts";
import { type Broken, type ResolvedPolicy, resolvePolicy, type Source } from "./resolve.ts";
import { readPolicyFile, readPolicySources, readSettings, readValidPolicies } from "./sources.ts";
import { writeYaml } from "./yaml.ts";

/** What `policy list --json` prints for each. */
export interface PolicySummary {
  readonly name: string;
  readonly description: string;
  /** The policies it builds on, nearest first. */
  readonly extends: readonly string[];
  readonly file: string;
}

/** What became of one file. */
export interface Validity {
  readonly file: string;
  /** What is wrong, undefined when nothing is. */
  readonly error: LockcError | undefined;
  /** What is not wrong, but may not be what was meant. */
  readonly warnings: readonly string[];
}

/** Checks each file by itself and among the host's policies; one fault hides no other file's. */
export function validateFiles(places: Places, files: readonly string[]): Validity[] {
  return files.map((file) => {
    try {
      return { file, error: undefined, warnings: validateFile(places, file) };
    } catch (error) {
      return { file, error: toLockcError(error), warnings: [] };
    }
  });
}

/** @returns warnings */
function validateFile(places: Places, file: string): string[] {
  if (basename(file) === basename(places.settings)) {
    const { policies, broken } = readValidPolicies(places.policies);
    const { runtime } = readSettings(file, policies.map(compile), {
      mustExist: true,
      broken: broken.map(({ name }) => name),
    });
    if (runtime !== undefined) resolveRuntime(runtime);
    return broken.map(({ name, error }) => `policy "${name}" is not valid: ${error.message}`);
  }
  const source = readPolicyFile(file);
  const faults: unknown[] = [];
  const sources = putAmong(
    readPolicySources(places.policies, (fault) => faults.push(fault)),
    source,
    places,
  );
  let policy: ResolvedPolicy;
  try {
    policy = resolvePolicy(source, sources);
  } catch (error) {
    throw faults[0] ?? error; // what it extends may be there, but broken
  }
  compilePolicy(withRealHostPaths(policy)); // does it fit?
  return warnOfHostPaths(source);
}

/** The host's policies with the file in its own place, or in that of administrators' policies. */
function putAmong(sources: readonly Source[], source: Source, { policies }: Places): Source[] {
  const own = realpathSync(source.file);
  if (sources.some(({ file }) => realpathSync(file) === own)) {
    return sources.map((other) => (realpathSync(other.file) === own ? source : other));
  }
  const replaced = (other: Source) =>
    other.written.name === source.written.name && dirname(other.file) === policies.at(-1);
  return [...sources.filter((other) => !replaced(other)), source];
}

/** Those that are valid, and those that are not. */
export function listPolicies(places: Places): {
  readonly policies: readonly PolicySummary[];
  readonly broken: readonly Broken[];
} {
  const { policies, broken } = readValidPolicies(places.policies);
  const summaries = policies.map(({ name, description, extends: bases, file }) => ({
    name,
    description,
    extends: bases,
    file,
  }));
  return { policies: summaries, broken };
}

/**
 * @throws LOCKC_E_POLICY when no policy has that name, LOCKC_E_SETTINGS when it is not valid;
 *   what is wrong with others does not matter.
 */
export function findPolicy(places: Places, name: string): ResolvedPolicy {
  const { policies, broken } = readValidPolicies(places.policies);
  const policy = policies.find((candidate) => candidate.name === name);
  if (policy !== undefined) return policy;
  const fault = broken.find((candidate) => candidate.name === name);
  if (fault !== undefined) throw fault.error;
  const names = policies.map((candidate) => candidate.name);
  const nearest = findNearest(name, names);
  throw new LockcError(
    "LOCKC_E_POLICY",
    `no policy is called "${name}"`,
    nearest ? `did you mean "${nearest}"?` : `there are ${names.join(", ")}`,
  );
}

/** A policy with everything it inherits, as a policy file of its own would say it. */
export function writePolicy({ name, description, rules }: ResolvedPolicy): Record<string, unknown> {
  const restricting = RULE_NAMES.filter((rule) => !isWidest(rules, rule));
  const written = restricting.map((rule) => [rule, writeRule(rules, rule)]);
  return { name, description, ...Object.fromEntries(written) };
}

export function formatPolicy(policy: ResolvedPolicy): string {
  const bases = policy.extends.length > 0 ? `, extends ${policy.extends.join(", ")}` : "";
  return `# ${policy.file}${bases}\n${writeYaml(writePolicy(policy), { lineWidth: 100, flowCollectionPadding: true })}`;
}

/** Whether the rule lets everything through. */
export function isWidest(rules: Rules, rule: RuleName): boolean {
  const { covers, widest } = RULES[rule] as Kind<unknown>;
  return covers(rules[rule].value, widest);
}

function writeRule(rules: Rules, rule: RuleName): Written {
  const { mode, value } = rules[rule];
  const { write } = RULES[rule] as Kind<unknown>;
  return { ...(mode === "audit" ? { mode } : {}), ...write(value) };
}

/** One rule at which two policies differ. */
export interface RuleDifference {
  readonly rule: RuleName;
  /** What the first lets through and the second refuses. */
  readonly refused: readonly string[];
  /** What the second lets through and the first refuses. */
  readonly allowed: readonly string[];
}

/** Rule by rule; a rule that is only audited lets everything through. Pure. */
export function comparePolicies(from: ResolvedPolicy, to: ResolvedPolicy): RuleDifference[] {
  return RULE_NAMES.flatMap((rule) => {
    const { lost } = RULES[rule] as Kind<unknown>;
    const before = effective(from.rules, rule);
    const after = effective(to.rules, rule);
    const refused = lost(before, after);
    const allowed = lost(after, before);
    return refused.length + allowed.length > 0 ? [{ rule, refused, allowed }] : [];
  });
}

/** What a switch of a policy lets through, since "true" would tell nobody anything. */
const MEANINGS: Readonly<Partial<Record<RuleName, string>>> = {
  privileged: "privileged containers",
  engineSockets: "mounting an engine's socket",
  sharedMounts: "shared mounts",
  nonRoot: "running as user 0",
  noNewPrivileges: "gaining privileges by setuid programs",
  hostFiles: "files of mounts that the container was not given",
  mounting: "making and changing mounts",
  kernelLog: "reading the kernel log",
  bpf: "the bpf system call",
  otherProcesses: "tracing, signalling and changing processes of others",
  perf: "performance counters",
  kernelModules: "loading code into the kernel",
  moduleRequests: "making the kernel load modules that it misses",
  keyrings: "the kernel's keyrings",
  kernelLockdown: "raw memory and ports, and what else a locked kernel forbids",
  filelessPrograms: "executing files that have no name",
  filelessMappings: "mapping files that have no name as code",
  setuidFiles: "leaving set-user-ID files in directories of the host",
  terminalInjection: "typing into terminals",
  abstractSockets:
    "abstract sockets of others in the host's network, and sockets without a network namespace",
  serviceAccountToken: "opening the token of its Kubernetes service account",
  userNamespaces: "making user namespaces",
};

export function formatDifference(
  from: ResolvedPolicy,
  to: ResolvedPolicy,
  differences: readonly RuleDifference[],
): string {
  const part = (title: string, pick: (difference: RuleDifference) => readonly string[]) => {
    const lines = differences.flatMap((difference) => {
      const { rule } = difference;
      const told = gather(pick(difference).map((item) => meaning(rule, item)));
      return told.map((text) => `  ${rule.padEnd(17)} ${text}`);
    });
    return lines.length > 0 ? [title, ...lines, ""] : [];
  };
  const lines = [
    ...part(`"${to.name}" refuses what "${from.name}" lets through:`, ({ refused }) => refused),
    ...part(`"${to.name}" lets through what "${from.name}" refuses:`, ({ allowed }) => allowed),
  ];
  if (lines.length === 0) return `"${from.name}" and "${to.name}" let the same through\n`;
  return `${lines.slice(0, -1).join("\n")}\n`;
}

/** Single words share a line, as far as it goes; anything longer has one of its own. */
function gather(items: readonly string[]): string[] {
  const width = 70;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const single = last !== undefined && !/[^,] /.test(last) && !item.includes(" ");
    if (!single || last.length + item.length + 2 > width) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  return lines;
}

const HOOKS: Readonly<Record<string, string>> = {
  any: "any program",
  trusted: "any program that only root can change",
};

function meaning(rule: RuleName, item: string): string {
  if (item === "true" || item === "false") return MEANINGS[rule] ?? item;
  if (rule === "network") return "any network";
  if (rule === "hooks") return HOOKS[item] ?? item;
  if (item === "any") return "anything that the list does not name";
  switch (rule) {
    case "maskedPaths":
    case "readonlyPaths": {
      const state = rule === "maskedPaths" ? "hidden" : "read-only";
      return item.startsWith("/")
        ? `a container in which ${item} is not ${state}`
        : `a container with a user namespace of its own in which they are not ${state}`;
    }
    case "seccomp":
    case "apparmor":
      return item === "never"
        ? "a container without a profile"
        : "a container for which its engine gives no profile";
    case "oomScoreAdj":
      return `values as low as ${item}`;
    default:
      return item;
  }
}
