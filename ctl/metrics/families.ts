// SPDX-License-Identifier: Apache-2.0
/** The families of metrics, and where their values come from. */
import { LockcError } from "../../core/errors.ts";
import { LOCKC_ABI } from "../../core/generated/layout.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import { findStrays } from "../container/strays.ts";
import type { ProgramCounts } from "../ffi/libbpf.ts";
import type { Places } from "../host/places.ts";
import { VERSION } from "../host/version.ts";
import {
  hasProgramStatistics,
  readEventCounts,
  readGuardHits,
  readProgramCounts,
  readTotals,
  type Total,
} from "../kernel/counters.ts";
import {
  attachOf,
  type ContainerRecord,
  openMaps,
  readContainers,
  readHeldRules,
  readLinks,
  readPinnedSettings,
  rulesInUse,
} from "../kernel/pins.ts";
import { probeKernel, whyUnsound } from "../kernel/probe.ts";
import { expectedPrograms } from "../kernel/programs.ts";
import type { Maps } from "../kernel/table.ts";
import { type Family, type Format, formatFamilies, type Sample } from "./openmetrics.ts";

/** What is counted, before it has names. */
interface MetricFacts {
  /** Whether lockc-runc finds maps that are its own. */
  readonly loaded: boolean;
  readonly sound: boolean;
  readonly attached: number;
  readonly expected: number;
  /** The policies in force, with the kernel's rules (enum lockc_rule bits). */
  readonly policies: readonly { policy: string; rules: number; audit: number }[];
  readonly containers: readonly { policy: string; tasks: number }[];
  /** undefined: nothing of this version is loaded, or others' processes may not be looked at. */
  readonly strays: number | undefined;
  readonly totals: readonly Total[];
  /** These two are unknown when nothing of this version is loaded. */
  readonly guard: { readonly denials: bigint; readonly audits: bigint } | undefined;
  readonly events:
    | { readonly sequence: bigint; readonly dropped: bigint; readonly merged: bigint }
    | undefined;
  readonly programs: ReadonlyMap<string, ProgramCounts>;
  /** Whether `programs` has times. */
  readonly timed: boolean;
}

/** The metrics as text, read now. */
export function readMetrics(places: Places, format: Format): string {
  return formatFamilies(familiesOf(readFacts(places)), format);
}

/** Instead of no maps, or of another version's. */
const NOTHING: Maps = new Map();

function readFacts(places: Places): MetricFacts {
  using maps = openMaps(places.pins);
  const links = readLinks(places.pins);
  const own = maps && readPinnedSettings(maps) !== undefined ? maps : NOTHING;
  const attach = attachOf(links) ?? "lsm";
  const containers = readContainers(own) ?? [];
  return {
    loaded: own.size > 0,
    sound: links.size === 0 || whyUnsound(probeKernel(), attach) === undefined,
    attached: links.size,
    expected: expectedPrograms(places.object, attach, rulesInUse(own)).programs.length,
    policies: readHeldRules(own),
    containers,
    strays: countStrays(own, containers),
    totals: readTotals(own),
    guard: readGuardHits(own),
    events: readEventCounts(own),
    programs: readProgramCounts(places.pins, links.keys()),
    timed: hasProgramStatistics(),
  };
}

function countStrays(maps: Maps, containers: readonly ContainerRecord[]): number | undefined {
  if (maps === NOTHING) return undefined;
  try {
    return findStrays(maps, containers).length;
  } catch (error) {
    if (error instanceof LockcError && error.code === "LOCKC_E_PRIVILEGE") return undefined;
    throw error;
  }
}

/** Pure: every metric that lockc has, with its samples. */
export function familiesOf(facts: MetricFacts): Family[] {
  const { policies, containers, programs, guard, events } = facts;
  const names = [...new Set([...policies, ...containers].map(({ policy }) => policy))].sort();
  const held = (policy: string) => containers.filter((container) => container.policy === policy);
  const byPolicy = (value: (policy: string) => number) =>
    names.map((policy) => ({ labels: { policy }, value: value(policy) }));
  const counts = [...programs.values()];
  const families: Family[] = [
    {
      name: "lockc_build",
      type: "info",
      help: "Version of lockctl, and of the layout that it shares with the kernel half.",
      samples: [{ labels: { version: VERSION, abi: String(LOCKC_ABI) }, value: 1 }],
    },
    {
      name: "lockc_loaded",
      type: "gauge",
      help: "1 when lockc is loaded; else lockc-runc creates no container.",
      samples: [{ value: Number(facts.loaded) }],
    },
    {
      name: "lockc_programs_attached",
      type: "gauge",
      help: "Programs that are pinned in the kernel.",
      samples: [{ value: facts.attached }],
    },
    {
      name: "lockc_programs_expected",
      type: "gauge",
      help: "Programs that this kernel can run.",
      samples: [{ value: facts.expected }],
    },
    {
      name: "lockc_programs_sound",
      type: "gauge",
      help: "0 when programs attached by fmod_ret can be passed over, since tasks are preempted.",
      samples: [{ value: Number(facts.sound) }],
    },
    {
      name: "lockc_program_skips",
      type: "counter",
      help: "How often the kernel passed a program over, since it ran on that processor already; opens nothing while lockc_programs_sound is 1.",
      samples: [{ value: counts.reduce((sum, { skips }) => sum + skips, 0n) }],
    },
    {
      name: "lockc_containers",
      type: "gauge",
      help: "Containers that are registered.",
      samples: byPolicy((policy) => held(policy).length),
    },
    {
      name: "lockc_tasks",
      type: "gauge",
      help: "Tasks in these containers.",
      samples: byPolicy((policy) => held(policy).reduce((sum, { tasks }) => sum + tasks, 0)),
    },
    {
      name: "lockc_stray_tasks",
      type: "gauge",
      help: "Processes in containers that no policy holds; there should be none.",
      samples: facts.strays === undefined ? [] : [{ value: facts.strays }],
    },
    ...totalFamilies(facts),
    {
      name: "lockc_guard_hits",
      type: "counter",
      help: "Low-level runtimes executed past lockc-runc.",
      samples: guard
        ? [
            { labels: { verdict: "denied" }, value: guard.denials },
            { labels: { verdict: "audited" }, value: guard.audits },
          ]
        : [],
    },
    ...eventFamilies(events),
  ];
  return facts.timed ? [...families, ...programFamilies(programs)] : families;
}

function totalFamilies({ policies, totals }: MetricFacts): Family[] {
  const create = (verdict: "denials" | "audits") =>
    settle(
      policies.map(({ policy }) => ({ policy })),
      totals
        .filter(({ rule }) => rule === 0)
        .map(({ policy, [verdict]: value }) => ({ labels: { policy }, value })),
    );
  /** Rules that could be counted start at 0, so that the first count is seen as a rise. */
  const byRule = (verdict: "denials" | "audits") =>
    settle(
      policies.flatMap(({ policy, rules, audit }) =>
        namesOfRules(verdict === "audits" ? rules & audit : rules & ~audit).map((rule) => ({
          policy,
          rule,
        })),
      ),
      totals
        .filter(({ rule, [verdict]: value }) => rule !== 0 && value > 0n)
        .map(({ policy, rule, [verdict]: value }) => ({
          labels: { policy, rule: namesOfRules(rule)[0] ?? String(rule) },
          value,
        })),
    );
  return [
    {
      name: "lockc_denials",
      type: "counter",
      help: "What containers were refused at run time.",
      samples: byRule("denials"),
    },
    {
      name: "lockc_audits",
      type: "counter",
      help: "What was let through since the rule is only audited.",
      samples: byRule("audits"),
    },
    {
      name: "lockc_creates_refused",
      type: "counter",
      help: "Containers that lockc-runc did not create.",
      samples: create("denials"),
    },
    {
      name: "lockc_creates_tolerated",
      type: "counter",
      help: "What lockc-runc let through at creation since the rule is only audited.",
      samples: create("audits"),
    },
  ];
}

/** The counted samples, and a zero for each set of labels that was not counted yet. */
function settle(labels: readonly Sample["labels"][], counted: readonly Sample[]): Sample[] {
  const samples = [...labels.map((each) => ({ labels: each!, value: 0 })), ...counted];
  const byLabels = new Map(samples.map((sample) => [JSON.stringify(sample.labels), sample]));
  return [...byLabels.keys()].sort().map((key) => byLabels.get(key)!);
}

function eventFamilies(events: MetricFacts["events"]): Family[] {
  const one = (value: bigint | undefined) => (value === undefined ? [] : [{ value }]);
  return [
    {
      name: "lockc_events",
      type: "counter",
      help: "Events that the kernel half made.",
      samples: one(events?.sequence),
    },
    {
      name: "lockc_events_dropped",
      type: "counter",
      help: "Events that were lost, since nobody read in time.",
      samples: one(events?.dropped),
    },
    {
      name: "lockc_events_merged",
      type: "counter",
      help: "Refusals that became part of an earlier event.",
      samples: one(events?.merged),
    },
  ];
}

function programFamilies(programs: MetricFacts["programs"]): Family[] {
  const of = (value: (counts: ProgramCounts) => number | bigint) =>
    [...programs].map(([program, counts]) => ({ labels: { program }, value: value(counts) }));
  return [
    {
      name: "lockc_program_runs",
      type: "counter",
      help: "How often a program ran while kernel.bpf_stats_enabled was set.",
      samples: of(({ runs }) => runs),
    },
    {
      name: "lockc_program_run_seconds",
      type: "counter",
      help: "How long that took.",
      samples: of(({ runNs }) => Number(runNs) / 1e9),
    },
  ];
}
