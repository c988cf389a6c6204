// SPDX-License-Identifier: Apache-2.0
/** `lockctl engine list`. */

import { type EngineFacts, readEngines } from "../../engine/engines.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { json, tell } from "../../screen/print.ts";

export const verb = defineVerb({
  summary: "list this host's engines, and the runtimes of lockc that they know",
  explanation: `Reads the files of Docker, containerd, Podman and CRI-O, where they are installed:
which of their runtimes are lockc-runc, by whatever name, which policy each of these
selects, and which runtime containers get that name none. Works without root.`,
  options: { json: JSON_FLAG },
  operands: [],

  run({ json: asJson }) {
    const engines = summarizeEngines(readEngines());
    tell(1, asJson ? json(engines) : formatEngines(engines));
  },
});

/** What `engine list --json` prints for each. */
interface EngineSummary {
  readonly engine: string;
  readonly version: string | null;
  /** What it calls its runtimes that are lockc-runc, and the policy that some of them select. */
  readonly runtimes: readonly { readonly name: string; readonly policy: string | null }[];
  /** The runtime of containers that name none; null: its own choice. */
  readonly default: string | null;
  /** Whether that one is lockc-runc. */
  readonly contained: boolean;
  /** A file of its own that cannot be read or understood. */
  readonly unreadable: string | null;
}

/** The kubelet starts nothing by itself. */
export function summarizeEngines(engines: readonly EngineFacts[]): EngineSummary[] {
  return engines
    .filter(({ name }) => name !== "kubelet")
    .map(({ name, version, registered, selects, usual, unreadable }) => ({
      engine: name,
      version: version ?? null,
      runtimes: registered.map((one) => ({ name: one, policy: selects?.[one] ?? null })),
      default: usual ?? null,
      contained: usual !== undefined && registered.includes(usual),
      unreadable: unreadable ?? null,
    }));
}

function formatEngines(engines: readonly EngineSummary[]): string {
  if (engines.length === 0) return "no engine that lockctl knows is installed here\n";
  const left = Math.max(...engines.map(({ engine }) => engine.length));
  return engines.map((one) => `${one.engine.padEnd(left)}  ${sentenceOf(one)}\n`).join("");
}

function sentenceOf({ engine, runtimes, default: usual, unreadable }: EngineSummary): string {
  if (unreadable !== null) return `${unreadable} cannot be read or understood`;
  const word = engine.toLowerCase().replace("-", "");
  if (runtimes.length === 0) return `does not know lockc-runc: lockctl engine register ${word}`;
  const names = runtimes.map(({ name, policy }) =>
    policy === null ? name : `${name} (policy ${policy})`,
  );
  return `${names.join(", ")}; default: ${usual ?? "its own choice"}`;
}
