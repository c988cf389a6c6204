// SPDX-License-Identifier: Apache-2.0
/** Reads what people wrote: the settings and the policies. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import policySchema from "../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../schemas/settings.schema.json" with { type: "json" };
import { LockcError } from "../shim/errors.ts";
import type { Policy } from "../shim/generated/policy.ts";
import { validate as validatePolicy } from "../shim/generated/policy-validator.js";
import type { Settings } from "../shim/generated/settings.ts";
import { validate as validateSettings } from "../shim/generated/settings-validator.js";
import { compilePolicy, compileSettings, DEFAULT_SETTINGS, type Entry } from "./compile.ts";
import { parseYaml } from "./document.ts";
import type { Places } from "./places.ts";
import { findNearest } from "./suggest.ts";

/** Everything that load writes into the maps. */
export interface Sources {
  readonly settings: Settings;
  /** By name, sorted. */
  readonly policies: readonly Policy[];
  readonly policyEntries: readonly Entry[];
  readonly settingsValue: (object: string) => Uint8Array;
}

/** @throws LOCKC_E_SETTINGS, naming file, line and column */
export function readSources(places: Places): Sources {
  const policies = readPolicies(places.policies);
  const settings = readSettings(
    places.settings,
    policies.map(({ name }) => name),
  );
  compileSettings(settings, "0".repeat(64)); // does it fit?
  return {
    settings,
    policies,
    policyEntries: policies.map(compilePolicy),
    settingsValue: (object) => compileSettings(settings, object),
  };
}

/** The policies of all directories; a missing directory has none. */
export function readPolicies(directories: readonly string[]): Policy[] {
  const byName = new Map<string, Policy>();
  for (const directory of directories) {
    const names = tolerant(() => readdirSync(directory), directory) ?? [];
    for (const name of names.filter((file) => /\.ya?ml$/.test(file)).sort()) {
      const policy = readPolicy(join(directory, name));
      byName.set(policy.name, policy);
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readPolicy(file: string): Policy {
  const text = tolerant(() => readFileSync(file, "utf8"), file) ?? "";
  const { value, locate } = parseYaml<Policy>(file, text, validatePolicy, policySchema);
  const expected = basename(file).replace(/\.ya?ml$/, "");
  if (value.name === expected) return value;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${locate(["name"])}: name: "${value.name}" is not the file's, "${expected}"`,
    "name the file and the policy alike",
  );
}

/** The settings; none when the file is missing. */
export function readSettings(file: string, policyNames: readonly string[]): Settings {
  const text = tolerant(() => readFileSync(file, "utf8"), file) ?? "";
  const { value, locate } = parseYaml<Settings>(file, text, validateSettings, settingsSchema, {});
  const name = value.defaultPolicy ?? DEFAULT_SETTINGS.defaultPolicy;
  if (policyNames.includes(name)) return value;
  const nearest = findNearest(name, policyNames);
  const help = nearest ? `did you mean "${nearest}"?` : `there are ${policyNames.join(", ")}`;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${locate(["defaultPolicy"])}: defaultPolicy: no policy is called "${name}"; ${help}`,
    "correct the file and run lockctl load again",
  );
}

/** undefined for what does not exist; anything else that keeps it from being read is told. */
function tolerant<T>(read: () => T, file: string): T | undefined {
  try {
    return read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    const hint = "see its owner, mode and kind (ls -ld)";
    throw new LockcError("LOCKC_E_SETTINGS", `cannot read "${file}": ${code}`, hint, { cause });
  }
}
