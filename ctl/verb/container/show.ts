// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl container show`: everything that is known of one container. */
import { Rule } from "../../../core/generated/layout.ts";
import { namesOfRules } from "../../../core/rule/bits.ts";
import { CAPABILITIES } from "../../../core/rule/capabilities.ts";
import { PROCESS_COLUMNS } from "../../container/columns.ts";
import {
  type ContainerSummary,
  findContainer,
  readRecords,
  summarize,
} from "../../container/containers.ts";
import { findCgroup, type Grant, readGrants } from "../../container/grants.ts";
import { type ProcessSummary, readProcesses } from "../../container/processes.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { type ContainerRecord, withMaps } from "../../kernel/pins.ts";
import { json, say } from "../../screen/print.ts";
import { type Column, chooseColumns, formatTable } from "../../screen/table.ts";
import { readTerminal, type Terminal, visible, wrap } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "show everything that is known of a container",
  explanation: `Takes an ID, its unique beginning, a name or a key. Shows the policy with the rules
that the kernel enforces and audits, the counters of each rule, the container's
cgroup, its processes, and what it was given of the host: mounts, file systems and
open files, by path where one can be told. Needs root.`,
  options: { json: JSON_FLAG },
  operands: ["CONTAINER"],

  run({ json: asJson }, [word]) {
    const container = showContainer(hostPlaces(), word);
    say(1, asJson ? json(container) : formatContainer(container, readTerminal()));
  },
});

/** What --json prints; its keys stay. */
export interface ContainerDetails extends ContainerSummary {
  /** The rules that the kernel enforces, and those that it only audits. */
  readonly enforced: readonly string[];
  readonly audited: readonly string[];
  /** What may be used; null: any. */
  readonly capabilities: readonly string[] | null;
  /** Tasks that its policy holds already; the others are the runtime's. */
  readonly confined: number;
  /** Its first process, on the host; null: there is none yet, or not any more. */
  readonly init: number | null;
  /** Its own on cgroup v2; null: it has none, or its own code has not started. */
  readonly cgroup: { readonly id: string; readonly path: string | null } | null;
  readonly grants: readonly Grant[];
  readonly processes: readonly ProcessSummary[];
}

/** @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER */
export function showContainer(places: Places, word: string): ContainerDetails {
  return withMaps(places, "see containers", (maps) => {
    const records = readRecords(maps);
    const record = findContainer(records, word);
    const all = readProcesses(maps, records);
    const processes = all.filter(({ key }) => key === record.key);
    const witness = findWitness(record, processes);
    const { rules, audit, capabilities, started, cgroup } = record;
    return {
      ...summarize(record),
      enforced: namesOfRules(rules & ~audit),
      audited: namesOfRules(audit),
      capabilities: rules & Rule.CAPABILITY ? namesOfCapabilities(capabilities) : null,
      confined: record.confined,
      init: processes.find(({ pid }) => pid === record.init_tgid)?.pid ?? null,
      cgroup:
        started !== 0 && cgroup !== 0n
          ? { id: String(cgroup), path: findCgroup(cgroup, witness) }
          : null,
      grants: readGrants(maps, record, witness),
      processes,
    };
  });
}

/** A process in the container's mounts: its first, else any that its policy holds. */
function findWitness(
  { init_tgid }: ContainerRecord,
  processes: readonly ProcessSummary[],
): number | undefined {
  const first = processes.find(({ pid }) => pid === init_tgid);
  return (first ?? processes.find(({ phase }) => phase === "confined"))?.pid;
}

function namesOfCapabilities(mask: bigint): string[] {
  return CAPABILITIES.filter((_, number) => (mask >> BigInt(number)) & 1n);
}

/** One screen for people. */
export function formatContainer(it: ContainerDetails, { width, paint }: Terminal): string {
  const { name, id, policy, mode, phase, cgroup, capabilities, init } = it;
  const names = (list: readonly string[]) => list.join(" ") || "none";
  const rows: [string, string][] = [
    ["id", id],
    ...(name ? [["name", name] as [string, string]] : []),
    ["policy", `${policy}, ${mode === "none" ? "the kernel holds no rule of it" : MODES[mode]}`],
    ["phase", phase],
    ["created", it.created],
    ["tasks", `${it.tasks}, of which ${it.confined} are held by the policy`],
    ["init", init === null ? "none" : String(init)],
    ["cgroup", cgroup === null ? "none of its own" : (cgroup.path ?? `number ${cgroup.id}`)],
    ["root", it.root],
    ["key", it.key],
    ["enforced", names(it.enforced)],
    ["audited", names(it.audited)],
    ["capabilities", capabilities === null ? "any" : names(capabilities)],
    ["denials", counts(it.denials, it.rules.denials)],
    ["audits", counts(it.audits, it.rules.audits)],
  ];
  const options = { width: width && width - 2, paint, header: true };
  const grants = formatTable(it.grants, GRANT_COLUMNS, { ...options, empty: "none" });
  const processes = formatTable(it.processes, SHOWN_PROCESS_COLUMNS, { ...options, empty: "none" });
  const block = (title: string, table: string) =>
    `${paint("bold", title)}\n${table.trimEnd().replace(/^/gm, "  ")}\n`;
  return [
    ...rows.map(([key, text]) => `${wrap(`${key.padEnd(12)} ${visible(text)}`, width, 13)}\n`),
    block("grants", grants),
    block("processes", processes),
  ].join("");
}

const GRANT_COLUMNS: readonly Column<Grant>[] = [
  { name: "path", cell: ({ path }) => path ?? undefined, least: 16 },
  { name: "source", cell: ({ source }) => source ?? undefined, shrinks: true, least: 16 },
  { name: "kind", cell: ({ kind }) => kind },
  { name: "from", cell: ({ host }) => (host ? "host" : "engine") },
  { name: "device", cell: ({ device }) => device },
  { name: "inode", cell: ({ inode }) => inode ?? undefined },
];
const SHOWN_PROCESS_COLUMNS = chooseColumns<ProcessSummary>(
  PROCESS_COLUMNS,
  "pid,nspid,uid,threads,command,phase,exe",
  [],
);

const MODES = {
  enforce: "enforced",
  audit: "only audited",
  mixed: "in part only audited",
} as const;

function counts(total: number, byRule: ContainerSummary["rules"]["denials"]): string {
  const rules = Object.entries(byRule).map(([rule, count]) => `${rule} ${count}`);
  return rules.length > 0 ? `${total}: ${rules.join(", ")}` : String(total);
}
