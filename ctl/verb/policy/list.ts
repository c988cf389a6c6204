// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy list`. */
import { defineVerb, ExitStatus, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import type { Broken } from "../../policy/resolve.ts";
import { readValidPolicies } from "../../policy/sources.ts";
import * as log from "../../screen/log.ts";
import { json, tell } from "../../screen/print.ts";
import { hang, readTerminal } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "list the policies of this host",
  explanation: `Lists the policies as they are written (built in, then /etc/lockc/policy), with
the policy that each extends, its file and what it is for. What is wrong with
those that are not valid is told behind, and the exit status is 1 then.`,
  options: { json: JSON_FLAG },
  operands: [],

  run({ json: asJson }) {
    const { policies, broken } = listPolicies(hostPlaces());
    tell(1, asJson ? json(policies) : formatList(policies, readTerminal().width));
    for (const { name, error } of broken) log.error(error, `policy "${name}" is not valid: `);
    return broken.length === 0 ? ExitStatus.OK : ExitStatus.FAILED;
  },
});

function formatList(policies: readonly PolicySummary[], width: number | undefined): string {
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
interface PolicySummary {
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
