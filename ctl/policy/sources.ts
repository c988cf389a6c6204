// SPDX-License-Identifier: Apache-2.0
/** Reads what people wrote: the settings and the policies. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { LockcError } from "../../core/errors.ts";
import type { Policy as WrittenPolicy } from "../../core/generated/policy.ts";
import { validate as validatePolicy } from "../../core/generated/policy-validator.js";
import type { Settings as WrittenSettings } from "../../core/generated/settings.ts";
import { deviceAt } from "../../core/host/ask.ts";
import { isWithin } from "../../core/path.ts";
import type { Settings } from "../../core/policy/policy.ts";
import { joinAnywhere, MOUNTED_AT } from "../../core/rule/pseudo-files.ts";
import { findNearest } from "../../core/suggest.ts";
import policySchema from "../../schemas/policy.schema.json" with { type: "json" };
import { type EngineRoots, findEngineRoots, withRealNames } from "../host/engine-roots.ts";
import { locateSockets, type SocketPlace } from "../host/engine-sockets.ts";
import type { Places } from "../host/places.ts";
import { readUnsafeAnnotations } from "../host/runtime-features.ts";
import { compile, compilePolicy, type DeviceNodes } from "./compile.ts";
import { type Parsed, parseYaml } from "./document.ts";
import { withRealHostPaths } from "./host-paths.ts";
import { readText, tolerant } from "./read.ts";
import {
  type Broken,
  type ResolvedPolicy,
  resolvePolicies,
  type Source,
  unlessBroken,
} from "./resolve.ts";
import { compileSettings, completeSettings, parseSettings, resolveSettings } from "./settings.ts";

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

/** What people wrote, as far as it is text of its kind. */
interface Written {
  /** Also those that are not valid. */
  readonly policies: readonly Source[];
  readonly settings: Parsed<WrittenSettings>;
}

/** What it comes to. */
export interface Resolved {
  readonly settings: WrittenSettings;
  /** By name, sorted. */
  readonly policies: readonly ResolvedPolicy[];
  /** Those that are not valid, and so are not among them. */
  readonly broken: readonly Broken[];
}

/** What the host says to it. */
export interface HostFacts {
  /** The settings, with what engines and the low-level runtime tell. */
  readonly settings: Settings;
  /** What the host has now at the paths of devices. */
  readonly nodes: DeviceNodes;
  /** Where the engines' sockets are, or will be. */
  readonly sockets: readonly SocketPlace[];
  /** What people who wrote this should know, though nothing is wrong. */
  readonly warnings: readonly string[];
}

/** What is asked of the host beside what people wrote. */
export interface Asked {
  /** What the low-level runtime calls potentially unsafe. */
  readonly unsafeAnnotations: (runtime: string | undefined) => readonly string[];
  /** Where engines keep their containers. */
  readonly engineRoots: () => EngineRoots;
}

const HOST: Asked = { unsafeAnnotations: readUnsafeAnnotations, engineRoots: findEngineRoots };

/** @throws LOCKC_E_SETTINGS, naming file, line and column */
export function readWritten(places: Places): Written {
  return {
    policies: readDirectories(places.policies),
    settings: parseSettings(places.settings),
  };
}

/**
 * A policy that is not valid is left out and told of in `broken`: whether the rest may be put
 * in force without it is for the caller to decide.
 * @throws LOCKC_E_SETTINGS, naming file, line and column
 */
export function resolveWritten({ policies: sources, settings }: Written): Resolved {
  const { policies, broken } = resolveValid(sources);
  const known = { policies: policies.map(compile), broken: broken.map(({ name }) => name) };
  return { settings: resolveSettings(settings, known), policies, broken };
}

/** @throws LOCKC_E_SETTINGS for what does not fit the kernel */
export function readHostFacts({ settings: written, policies }: Resolved, asked = HOST): HostFacts {
  const { roots, faults } = asked.engineRoots();
  const complete = completeSettings(
    written,
    asked.unsafeAnnotations(written.runtime),
    roots.map(({ path }) => path),
  );
  const settings = { ...complete, engineRoots: withRealNames(complete.engineRoots) };
  compileSettings(settings, "0".repeat(64)); // does it fit?
  const paths = devicePaths(policies);
  const nodes: DeviceNodes = new Map(
    paths.flatMap((path) => {
      const node = deviceAt(path);
      return node === undefined ? [] : [[path, node] as const];
    }),
  );
  return {
    settings,
    nodes,
    sockets: locateSockets(settings.engineSockets),
    warnings: [
      ...paths
        .filter((path) => !nodes.has(path))
        .map(
          (path) =>
            `the host has no device ${path}, so no container can open it; when it has, run lockctl policy reload`,
        ),
      ...faults.map(
        (fault) =>
          `engines' roots: ${fault}; if it names one, add that to engineRoots in /etc/lockc/lockc.yaml`,
      ),
    ],
  };
}

/** The paths of devices that policies name, each once. */
function devicePaths(policies: readonly ResolvedPolicy[]): string[] {
  const devices = policies.flatMap(({ rules }) =>
    rules.devices.value === "any" ? [] : rules.devices.value,
  );
  return [...new Set(devices.flatMap((device) => ("path" in device ? [device.path] : [])))];
}

/**
 * The policies of all directories, each with its extends resolved and its hostPaths under
 * their real names too; a missing directory has none.
 * @throws LOCKC_E_SETTINGS for the first that is not valid
 */
export function readPolicies(directories: readonly string[]): ResolvedPolicy[] {
  return resolvePolicies(readDirectories(directories)).map(withRealHostPaths);
}

/** The same without those that are not valid, or do not fit into what the kernel holds. */
export function readValidPolicies(
  directories: readonly string[],
): Pick<Resolved, "policies" | "broken"> {
  return resolveValid(readDirectories(directories));
}

function resolveValid(sources: readonly Source[]): Pick<Resolved, "policies" | "broken"> {
  const broken: Broken[] = [];
  const note = (each: Broken) => void broken.push(each);
  const policies = resolvePolicies(sources, note).flatMap((resolved) => {
    const policy = withRealHostPaths(resolved);
    return unlessBroken(policy, note, () => {
      compilePolicy(policy);
      return policy;
    });
  });
  return { policies, broken };
}

/**
 * The policies of all directories as they are written.
 * @param onFault is told of a file that cannot be read; without it the first such is thrown.
 */
export function readPolicySources(
  directories: readonly string[],
  onFault: (error: unknown) => void = (error) => {
    throw error;
  },
): Source[] {
  return readDirectories(directories).filter(({ fault }) => {
    if (fault !== undefined) onFault(fault);
    return fault === undefined;
  });
}

/** Also those that are not valid, which have nothing but their name and a fault. */
function readDirectories(directories: readonly string[]): Source[] {
  return directories.flatMap((directory) => {
    const names = tolerant(() => readdirSync(directory), directory) ?? [];
    const files = names.filter((file) => /\.ya?ml$/.test(file)).sort();
    return requireSingle(files.map((name) => readWhatIsThere(join(directory, name))));
  });
}

function readWhatIsThere(file: string): Source {
  try {
    return readPolicyFile(file);
  } catch (error) {
    if (error instanceof LockcError) return faulty(file, error);
    throw error;
  }
}

function faulty(file: string, fault: LockcError): Source {
  const written = { name: nameOf(file), description: "" };
  return { file, written, locate: () => file, fault };
}

/** Nobody knows which of two files with one policy (a.yaml, a.yml) is meant. */
function requireSingle(sources: readonly Source[]): Source[] {
  return sources.map((source) => {
    const { file, written } = source;
    const twin = sources.find((other) => other !== source && other.written.name === written.name);
    if (twin === undefined) return source;
    const [first, second] = [file, twin.file].sort() as [string, string];
    return faulty(
      file,
      new LockcError(
        "LOCKC_E_SETTINGS",
        `${second}: policy "${written.name}" is in ${basename(first)} already`,
        "remove one of them",
      ),
    );
  });
}

/** The policy that a file is to hold. */
function nameOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/, "");
}

/**
 * One policy as it is written.
 * @throws LOCKC_E_SETTINGS, naming file, line and column
 */
export function readPolicyFile(file: string): Source {
  return parsePolicy(file, readText(file));
}

/**
 * A policy's text, as if it were in that file.
 * @throws LOCKC_E_SETTINGS, naming file, line and column
 */
export function parsePolicy(file: string, text: string): Source {
  const { value, locate } = parseYaml<WrittenPolicy>(file, text, validatePolicy, policySchema);
  const expected = nameOf(file);
  if (value.name !== expected) {
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `${locate(["name"])}: name: "${value.name}" is not the file's, "${expected}"`,
      "name the file and the policy alike",
    );
  }
  requirePseudoFiles(value, locate);
  return { file, written: value, locate };
}

/** @throws LOCKC_E_SETTINGS for a path that would restrict nothing, such as one as a container sees it, and for a cgroup that nobody could tell */
function requirePseudoFiles({ pseudoFiles }: WrittenPolicy, locate: Source["locate"]): void {
  for (const list of ["restrict", "add"] as const) {
    for (const [index, { filesystem, path, access }] of (pseudoFiles?.[list] ?? []).entries()) {
      if (access === "own-cgroup" && filesystem !== "cgroup2") {
        const key = ["pseudoFiles", list, index, "access"];
        throw new LockcError(
          "LOCKC_E_SETTINGS",
          `${locate(key)}: pseudoFiles.${list}[${index}].access: only cgroup2 has cgroups whose owner the kernel can tell`,
          `write "read-only"`,
        );
      }
      if (filesystem === "proc" && path === joinAnywhere("/", "self")) {
        const key = ["pseudoFiles", list, index, "path"];
        throw new LockcError(
          "LOCKC_E_SETTINGS",
          `${locate(key)}: pseudoFiles.${list}[${index}].path: "${path}" stands for no process's directory, which is only found as /self`,
          `write "/self"`,
        );
      }
      const outer = MOUNTED_AT[filesystem];
      if (!isWithin(path, outer)) continue;
      const key = ["pseudoFiles", list, index, "path"];
      throw new LockcError(
        "LOCKC_E_SETTINGS",
        `${locate(key)}: pseudoFiles.${list}[${index}].path: "${path}" is meant inside ${filesystem}, which has no such file`,
        `write "${path.slice(outer.length) || "/"}"`,
      );
    }
  }
}
