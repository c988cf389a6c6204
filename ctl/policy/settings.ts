// SPDX-License-Identifier: Apache-2.0
/** lockc.yaml: settings as written, completed, and as loaded. */
import { LockcError } from "../../core/errors.ts";
import { LOCKC_ABI, SETTINGS } from "../../core/generated/layout.ts";
import type { Settings as WrittenSettings } from "../../core/generated/settings.ts";
import { validate as validateSettings } from "../../core/generated/settings-validator.js";
import { encode, type Values } from "../../core/kernel/record.ts";
import type { AttachSetting, Selection, Settings } from "../../core/policy/policy.ts";
import { looserAt } from "../../core/policy/select.ts";
import type { Policy } from "../../core/rule/policy.ts";
import { findNearest } from "../../core/suggest.ts";
import { listed } from "../../core/words.ts";
import settingsSchema from "../../schemas/settings.schema.json" with { type: "json" };
import { USUAL_ROOTS } from "../host/engine-roots.ts";
import { fitting } from "./compile.ts";
import { type Parsed, parseYaml } from "./document.ts";
import { type Known, readText, readTextIfThere } from "./read.ts";

/** The settings of a host that has no lockc.yaml; schemas/settings.schema.json says the same. */
export const DEFAULT_SETTINGS = {
  attach: "auto",
  defaultPolicy: "baseline",
  requests: "tighten",
  engines: {},
  namespaces: {},
  guard: "off",
  guardedRuntimes: [],
  events: { debug: false },
  engineRoots: USUAL_ROOTS,
  engineSockets: [
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/docker/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/podman/podman.sock",
    "/run/buildkit/buildkitd.sock",
    "/run/cri-dockerd.sock",
  ],
  unsafeAnnotations: [],
} as const satisfies Settings;

/** What the settings map holds beside the settings: which object file the programs came from. */
export interface LoadedSettings extends Settings {
  /** SHA-256 of the object file, in hexadecimal. */
  readonly object: string;
}

/**
 * What is left out has its default; engines' roots are more than what is written.
 * @param foundRoots what the engines' own files tell (engine-roots.ts).
 */
export function completeSettings(
  written: WrittenSettings,
  unsafeAnnotations: readonly string[] = [],
  foundRoots: readonly string[] = [],
): Settings {
  const { engineRoots = [], ...others } = written;
  return {
    ...DEFAULT_SETTINGS,
    ...(others as Partial<Settings>),
    engineRoots: [...new Set([...USUAL_ROOTS, ...foundRoots, ...engineRoots])],
    unsafeAnnotations,
  };
}

/** @throws LOCKC_E_SETTINGS when the settings are too large for their place in the kernel. */
export function compileSettings(settings: Settings, object: string): Uint8Array {
  const loaded: LoadedSettings = { ...settings, object };
  const document = fitting(loaded, "/etc/lockc/lockc.yaml", "it");
  return encode(SETTINGS, { abi: LOCKC_ABI, size: Buffer.byteLength(document), document });
}

/** The reverse of compileSettings; undefined for an empty map or another ABI's. */
export function readLoadedSettings({
  abi,
  document,
}: Values<typeof SETTINGS>): LoadedSettings | undefined {
  return abi === LOCKC_ABI ? JSON.parse(document) : undefined;
}

/**
 * The settings as they are written; none when the file is missing, unless it must exist.
 * @throws LOCKC_E_SETTINGS
 */
export function parseSettings(file: string, mustExist = false): Parsed<WrittenSettings> {
  const text = mustExist ? readText(file) : (readTextIfThere(file) ?? "");
  return parseYaml<WrittenSettings>(file, text, validateSettings, settingsSchema, {});
}

/**
 * The settings, checked against the policies that they name.
 * @param broken policies that are there and not valid: whoever would get one is refused.
 * @throws LOCKC_E_SETTINGS, also where a policy that they name does not exist or
 *   a default lies outside its floor and ceiling.
 */
export function readSettings(
  file: string,
  policies: readonly Policy[],
  { mustExist = false, broken = [] }: { mustExist?: boolean; broken?: readonly string[] } = {},
): WrittenSettings {
  return resolveSettings(parseSettings(file, mustExist), { policies, broken });
}

/** @throws LOCKC_E_SETTINGS as readSettings does */
export function resolveSettings(parsed: Parsed<WrittenSettings>, known: Known): WrittenSettings {
  const settings = completeSettings(parsed.value);
  const { defaultPolicy, floor, ceiling, requests } = settings;
  const host: Selection = { defaultPolicy, floor, ceiling, requests };
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
  return parseSettings(file).value.attach ?? DEFAULT_SETTINGS.attach;
}

/** Each entry of requests.also of this level that is no pattern must be a policy. */
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
