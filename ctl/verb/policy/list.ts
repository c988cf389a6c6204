// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy list`. */
import type { Places } from "../../host/places.ts";
import type { Broken } from "../../policy/resolve.ts";
import { readValidPolicies } from "../../policy/sources.ts";
import { hang } from "../../screen/terminal.ts";

export function formatList(policies: readonly PolicySummary[], width: number | undefined): string {
  const left = Math.max(...policies.map(({ name }) => name.length));
  return policies
    .map(({ name, description, extends: bases, file }) => {
      const base = bases.length > 0 ? ` (extends ${bases.join(", ")})` : "";
      const said = hang(`${name.padEnd(left)}  `, `${description}${base}`, width);
      return `${said}\n${" ".repeat(left)}  ${file}\n`;
    })
    .join("");
}

/** What `policy list --json` prints for each. */
export interface PolicySummary {
  readonly name: string;
  readonly description: string;
  /** The policies it builds on, nearest first. */
  readonly extends: readonly string[];
  readonly file: string;
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
