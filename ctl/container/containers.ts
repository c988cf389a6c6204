// SPDX-License-Identifier: Apache-2.0
/** The containers that are registered: listed, and found by what people call them. */
import { readDockerFacts } from "../../core/engine/docker.ts";
import { readPodmanFactsIn } from "../../core/engine/podman.ts";
import { LockcError, quietly } from "../../core/errors.ts";
import { isEnginesId } from "../../core/ids.ts";
import { countsByRule } from "../../core/rule/bits.ts";
import type { RuleName } from "../../core/rule/values.ts";
import type { Places } from "../host/places.ts";
import {
  type ContainerRecord,
  openMaps,
  readContainers,
  readPinnedSettings,
} from "../kernel/pins.ts";
import type { Maps } from "../kernel/table.ts";
import { findMeant, unknownContainer } from "./naming.ts";

/** What becomes of what its policy forbids; none: the kernel holds no rule of it. */
export type ContainerMode = "enforce" | "audit" | "mixed" | "none";

/** How far it has come: only the runtime runs, its own code waits for `start`, its code runs. */
type ContainerPhase = "creating" | "created" | "running";

/** What --json prints for each; its keys stay. */
export interface ContainerSummary {
  /** Names it for the host's uptime, whatever its ID: 16 hexadecimal digits. */
  readonly key: string;
  readonly id: string;
  /** What its engine calls it; null: nothing that lockc knows of. */
  readonly name: string | null;
  /** The runtime's --root. */
  readonly root: string;
  readonly policy: string;
  readonly mode: ContainerMode;
  readonly phase: ContainerPhase;
  readonly tasks: number;
  readonly denials: number;
  /** What would have been refused, but for a rule that is only audited; at creation as well. */
  readonly audits: number;
  /** What the kernel counted, by rule; rules without a count are left out. */
  readonly rules: {
    readonly denials: Partial<Record<RuleName, number>>;
    readonly audits: Partial<Record<RuleName, number>>;
  };
  /** Whether its own code has started. */
  readonly started: boolean;
  /** ISO 8601; earlier than true by the time that the host slept since. */
  readonly created: string;
}

/**
 * The records of all containers, the oldest first, each under the name that it has now.
 * @throws LOCKC_E_NOT_LOADED
 */
export function readRecords(maps: Maps): NamedRecord[] {
  const records = readContainers(maps);
  if (records !== undefined) {
    const roots = readPinnedSettings(maps)?.engineRoots ?? [];
    return records
      .sort((a, b) => Number(a.created_ns - b.created_ns) || (a.key < b.key ? -1 : 1))
      .map((record) => followRename(record, roots));
  }
  throw new LockcError(
    "LOCKC_E_NOT_LOADED",
    "another version of lockc is loaded; its containers cannot be read",
    "run lockctl load",
  );
}

/** A record whose name may be another than when the container was created. */
export interface NamedRecord extends ContainerRecord {
  readonly formerName?: string;
}

/**
 * Docker and Podman rename containers that run (docker rename, podman rename), and the
 * kernel's record keeps the old name.
 */
function followRename(record: ContainerRecord, engineRoots: readonly string[]): NamedRecord {
  if (record.name === "" || !isEnginesId(record.id)) return record;
  const name = quietly(() => readName(record.id, engineRoots));
  if (name === undefined || name === record.name) return record;
  return { ...record, name, formerName: record.name };
}

/** What its engine calls it now; undefined where no engine's file tells. */
function readName(id: string, engineRoots: readonly string[]): string | undefined {
  const docker = { engine: "docker", sandbox: false } as const;
  const facts = readDockerFacts(id, docker, engineRoots);
  if (facts !== undefined) return facts.name;
  for (const root of engineRoots) {
    const name = readPodmanFactsIn(root, id)?.name;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Those that run, where records of this version are loaded; else none. */
export function readRunning(places: Places): NamedRecord[] {
  using maps = openMaps(places.pins);
  return maps && readContainers(maps) ? readRecords(maps) : [];
}

export function summarize(record: ContainerRecord): ContainerSummary {
  const { key, id, root, policy, tasks, started } = record;
  const rules = { denials: countsByRule(record.denials), audits: countsByRule(record.audits) };
  return {
    key,
    id,
    name: record.name || null,
    root,
    policy,
    mode: modeOf(record),
    phase: started !== 0 ? "running" : record.init_tgid !== 0 ? "created" : "creating",
    tasks,
    denials: sum(rules.denials),
    audits: sum(rules.audits) + Number(record.admitted),
    rules,
    started: started !== 0,
    created: timeOf(record.created_ns),
  };
}

export function modeOf({ rules, audit }: Pick<ContainerRecord, "rules" | "audit">): ContainerMode {
  if (rules === 0) return "none";
  if (audit === 0) return "enforce";
  return audit === rules ? "audit" : "mixed";
}

function sum(counts: Partial<Record<RuleName, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** A time of CLOCK_MONOTONIC as people tell it, to the second. */
function timeOf(ns: bigint): string {
  const agoMs = Number((process.hrtime.bigint() - ns) / 1_000_000n);
  return new Date(Date.now() - agoMs).toISOString().replace(/\.\d+/, "");
}

/**
 * The container that a person means: by its ID, key or name, else by an ID's beginning.
 * @throws LOCKC_E_CONTAINER when there is none or more than one.
 */
export function findContainer(records: readonly NamedRecord[], word: string): NamedRecord {
  const meant = findMeant(records, word);
  if (meant === undefined) throw unknownContainer(records, word);
  return meant;
}
