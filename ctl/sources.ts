// SPDX-License-Identifier: Apache-2.0
/** Reads what people wrote: the settings and the policies. */
import { isUtf8 } from "node:buffer";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import policySchema from "../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../schemas/settings.schema.json" with { type: "json" };
import { LockcError } from "../shim/errors.ts";
import type { Policy as WrittenPolicy } from "../shim/generated/policy.ts";
import { validate as validatePolicy } from "../shim/generated/policy-validator.js";
import type { Settings as WrittenSettings } from "../shim/generated/settings.ts";
import { validate as validateSettings } from "../shim/generated/settings-validator.js";
import { deviceAt } from "../shim/host.ts";
import { isWithin } from "../shim/mountinfo.ts";
import type { AttachSetting, Policy, Settings } from "../shim/policy.ts";
import { looserAt, type Selection } from "../shim/policy.ts";
import { joinAnywhere, listed, type PseudoRule } from "../shim/rules.ts";
import { findNearest } from "../shim/suggest.ts";
import {
  compile,
  compileDevices,
  compilePolicy,
  compilePseudo,
  compileSettings,
  compileSockets,
  completeSettings,
  DEFAULT_SETTINGS,
  type DeviceNodes,
  type Entry,
  keyText,
  parameterPaths,
} from "./compile.ts";
import { type Parsed, parseYaml } from "./document.ts";
import { type EngineRoots, findEngineRoots, withRealNames } from "./engine-roots.ts";
import { locateSockets } from "./engine-sockets.ts";
import { readUnsafeAnnotations } from "./features.ts";
import { withRealHostPaths } from "./host-paths.ts";
import type { Places } from "./places.ts";
import { NoRegularFile, readRegularFile } from "./regular-file.ts";
import {
  type Broken,
  type ResolvedPolicy,
  resolvePolicies,
  type Source,
  unlessBroken,
} from "./resolve.ts";

/** The maps that hold sets of rules, which policies name by their content. */
export const SETS = ["pseudo", "devices"] as const;

/** Everything that load writes into the maps. */
export interface Sources {
  readonly settings: Settings;
  /** By name, sorted. */
  readonly policies: readonly ResolvedPolicy[];
  /** Those that are not valid, and so are not among them. */
  readonly broken: readonly Broken[];
  readonly policyEntries: readonly Entry[];
  readonly sets: Readonly<Record<(typeof SETS)[number], readonly Entry[]>>;
  readonly socketEntries: readonly Entry[];
  /** What the host has now at the paths of devices. */
  readonly nodes: DeviceNodes;
  /** What the engines' own files tell of their roots. */
  readonly found: EngineRoots;
  /** What people who wrote this should know, though nothing is wrong. */
  readonly warnings: readonly string[];
  readonly settingsValue: (object: string) => Uint8Array;
}

/** What is asked of the host beside what people wrote. */
export interface Asked {
  /** What the low-level runtime calls potentially unsafe. */
  readonly unsafeAnnotations: (runtime: string | undefined) => readonly string[];
  /** Where engines keep their containers. */
  readonly engineRoots: () => EngineRoots;
}

const HOST: Asked = { unsafeAnnotations: readUnsafeAnnotations, engineRoots: findEngineRoots };

/**
 * A policy that is not valid is left out and told of in `broken`: whether the rest may be put
 * in force without it is for the caller to decide.
 * @throws LOCKC_E_SETTINGS, naming file, line and column
 */
export function readSources(places: Places, asked: Asked = HOST): Sources {
  const { policies, broken } = readValidPolicies(places.policies);
  const written = readSettings(places.settings, policies.map(compile), {
    broken: broken.map(({ name }) => name),
  });
  const found = asked.engineRoots();
  const complete = completeSettings(
    written,
    asked.unsafeAnnotations(written.runtime),
    found.roots.map(({ path }) => path),
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
    policies,
    broken,
    policyEntries: policies.map((policy) => compilePolicy(policy, nodes)),
    sets: {
      pseudo: distinct(
        policies.flatMap(({ rules: { pseudoFiles, sysctls } }) =>
          compilePseudo(pseudoFiles.value, parameterPaths(sysctls)),
        ),
      ),
      devices: distinct(
        policies.flatMap(({ rules }) => compileDevices(rules.devices.value, nodes)),
      ),
    },
    socketEntries: distinct(compileSockets(locateSockets(settings.engineSockets))),
    nodes,
    found,
    warnings: [
      ...paths
        .filter((path) => !nodes.has(path))
        .map(
          (path) =>
            `the host has no device ${path}, so no container can open it; when it has, run lockctl policy reload`,
        ),
      ...found.faults.map(
        (fault) =>
          `engines' roots: ${fault}; if it names one, add that to engineRoots in /etc/lockc/lockc.yaml`,
      ),
    ],
    settingsValue: (object) => compileSettings(settings, object),
  };
}

/** The paths of devices that policies name, each once. */
function devicePaths(policies: readonly ResolvedPolicy[]): string[] {
  const devices = policies.flatMap(({ rules }) =>
    rules.devices.value === "any" ? [] : rules.devices.value,
  );
  return [...new Set(devices.flatMap((device) => ("path" in device ? [device.path] : [])))];
}

/** Policies with the same rules, by inheritance most often, share one set. */
function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((each) => [keyText(each.key), each])).values()];
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
export function readValidPolicies(directories: readonly string[]): {
  readonly policies: readonly ResolvedPolicy[];
  readonly broken: readonly Broken[];
} {
  const broken: Broken[] = [];
  const note = (each: Broken) => void broken.push(each);
  const policies = resolvePolicies(readDirectories(directories), note).flatMap((resolved) => {
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

/** Of two files with one policy (a.yaml, a.yml) nobody knows which is meant. */
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

/** Where they are mounted; none has such a path inside. */
const MOUNTED_AT: Readonly<Record<PseudoRule["filesystem"], string>> = {
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

/**
 * The settings; none when the file is missing, unless it must exist.
 * @param broken policies that are there and not valid: whoever would get one is refused.
 * @throws LOCKC_E_SETTINGS, also where a policy that they name does not exist or
 *   a default lies outside its floor and ceiling.
 */
export function readSettings(
  file: string,
  policies: readonly Policy[],
  { mustExist = false, broken = [] }: { mustExist?: boolean; broken?: readonly string[] } = {},
): WrittenSettings {
  const text = mustExist ? readText(file) : (readTextIfThere(file) ?? "");
  const parsed = parseYaml<WrittenSettings>(file, text, validateSettings, settingsSchema, {});
  const settings = completeSettings(parsed.value);
  const { defaultPolicy, floor, ceiling, requests } = settings;
  const host: Selection = { defaultPolicy, floor, ceiling, requests };
  const known: Known = { policies, broken };
  requireSelection(parsed, [], host, known);
  for (const [name, engine] of Object.entries(settings.engines)) {
    requireSelection(parsed, ["engines", name], { ...host, ...engine }, known);
  }
  for (const [name, namespace] of Object.entries(settings.namespaces)) {
    const outer = { ...host, ...settings.engines.kubernetes };
    requireSelection(parsed, ["namespaces", name], { ...outer, ...namespace }, known);
  }
  return parsed.value;
}

/**
 * What the settings say of attaching; the rest of them need not be in order.
 * @throws LOCKC_E_SETTINGS
 */
export function readAttach(file: string): AttachSetting {
  const text = readTextIfThere(file) ?? "";
  const { value } = parseYaml<WrittenSettings>(file, text, validateSettings, settingsSchema, {});
  return value.attach ?? DEFAULT_SETTINGS.attach;
}

interface Known {
  readonly policies: readonly Policy[];
  readonly broken: readonly string[];
}

/** Of what requests.also of this level lists, what is no pattern must be a policy. */
function requireListed(
  { value, locate }: Parsed<WrittenSettings>,
  path: readonly string[],
  { policies, broken }: Known,
): void {
  const level = path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], value);
  const { requests } = level as Partial<Selection>;
  const names = [...policies.map(({ name }) => name), ...broken];
  for (const [index, name] of (typeof requests === "object" ? requests.also : []).entries()) {
    if (name.endsWith("*") || names.includes(name)) continue;
    const at = [...path, "requests", "also", index];
    throw new LockcError(
      "LOCKC_E_SETTINGS",
      `${locate(at)}: ${[...path, "requests", "also"].join(".")}[${index}]: ${noSuchPolicy(name, names)}`,
      "correct the file and try again",
    );
  }
}

function noSuchPolicy(name: string, names: readonly string[]): string {
  const nearest = findNearest(name, names);
  const help = nearest ? `did you mean "${nearest}"?` : `there are ${names.join(", ")}`;
  return `no policy is called "${name}"; ${help}`;
}

function requireSelection(
  { value, locate }: Parsed<WrittenSettings>,
  path: readonly string[],
  selection: Selection,
  { policies, broken }: Known,
): void {
  const wrong = (key: keyof Selection, message: string) =>
    new LockcError(
      "LOCKC_E_SETTINGS",
      `${locate([...path, key])}: ${[...path, key].join(".")}: ${message}`,
      "correct the file and try again",
    );
  const find = (key: "defaultPolicy" | "floor" | "ceiling") => {
    const name = selection[key];
    const policy = policies.find((candidate) => candidate.name === name);
    if (policy !== undefined || name === undefined || broken.includes(name)) return policy;
    const names = policies.map((candidate) => candidate.name);
    throw wrong(key, noSuchPolicy(name, names));
  };
  requireListed({ value, locate }, path, { policies, broken });
  /** At this level; what is not comes from outside, and is not what is wrong here. */
  const isWritten = (key: keyof Selection) => {
    const own = path.reduce<unknown>(
      (part, name) => (part as Record<string, unknown>)[name],
      value,
    );
    return Object.hasOwn(own as object, key);
  };
  const chosen = find("defaultPolicy");
  const floor = find("floor");
  const ceiling = find("ceiling");
  const hold = (key: "floor" | "ceiling", bound: Policy, word: string, at: readonly string[]) => {
    if (at.length === 0) return;
    const where = `(at ${listed(at)})`;
    throw isWritten("defaultPolicy")
      ? wrong(
          "defaultPolicy",
          `"${chosen?.name}" is ${word} than the ${key} "${bound.name}" ${where}`,
        )
      : wrong(key, `the default policy "${chosen?.name}" is ${word} than "${bound.name}" ${where}`);
  };
  if (chosen && floor) hold("floor", floor, "looser", looserAt(chosen, floor));
  if (chosen && ceiling) hold("ceiling", ceiling, "stricter", looserAt(ceiling, chosen));
}

function readText(file: string): string {
  const text = readTextIfThere(file);
  if (text !== undefined) return text;
  throw new LockcError("LOCKC_E_SETTINGS", `${file}: it does not exist`, "correct the path");
}

/** Control characters that YAML 1.2 does not take (5.1, Character Set). */
const NO_TEXT = /[^\P{Cc}\t\n\r\u0085]/u;

function readTextIfThere(file: string): string | undefined {
  const bytes = tolerant(() => readRegularFile(file), file);
  if (bytes === undefined) return undefined;
  const text = bytes.toString("utf8");
  if (isUtf8(bytes) && !NO_TEXT.test(text)) return text;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${file}: it is not text`,
    "give it a policy or the settings, as YAML in UTF-8",
  );
}

/** undefined for what does not exist; anything else that keeps it from being read is told. */
function tolerant<T>(read: () => T, file: string): T | undefined {
  try {
    return read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    const why = cause instanceof NoRegularFile ? cause.message : `it cannot be read (${code})`;
    const hint = "see its owner, mode and kind (ls -ld)";
    throw new LockcError("LOCKC_E_SETTINGS", `${file}: ${why}`, hint, { cause });
  }
}
