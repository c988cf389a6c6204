// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl status`: everything there is to see, and what cannot be seen. */
import { LockcError, toLockcError } from "../../core/errors.ts";
import { Rule } from "../../core/generated/layout.ts";
import type { Settings } from "../../core/policy/policy.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import { resolveRuntime } from "../../core/runtime.ts";
import { type ContainerSummary, readRecords, summarize } from "../container/containers.ts";
import { type Freed, readFreed } from "../container/freed.ts";
import { findLoosened, type Loosened } from "../container/loosened.ts";
import { findStrays, type Stray } from "../container/strays.ts";
import { ExitStatus } from "../grammar/verb.ts";
import type { Places } from "../host/places.ts";
import { VERSION } from "../host/version.ts";
import type { Attach } from "../kernel/attach.ts";
import {
  attachOf,
  type ContainerRecord,
  openMaps,
  readHeldRules,
  readLinks,
  readPinnedSettings,
  rulesInUse,
} from "../kernel/pins.ts";
import {
  type BpfLsm,
  judgeKernel,
  type Preemption,
  preemptionOf,
  probeKernel,
  whyUnsound,
} from "../kernel/probe.ts";
import { expectedPrograms } from "../kernel/programs.ts";
import type { Maps } from "../kernel/table.ts";
import { compile } from "../policy/compile.ts";
import type { Broken } from "../policy/resolve.ts";
import { completeSettings, DEFAULT_SETTINGS, readSettings } from "../policy/settings.ts";
import { readValidPolicies } from "../policy/sources.ts";
import {
  describePolicy,
  type GuardStatus,
  guardOf,
  isVisible,
  loadedPolicies,
  type PolicyRules,
  type PolicyStatus,
} from "./loaded.ts";

export function exitStatusOf(status: Status): ExitStatus {
  if (status.loaded === null) return ExitStatus.PRIVILEGE;
  if (!status.loaded) return ExitStatus.NOT_LOADED;
  return isWhole(status) ? ExitStatus.OK : ExitStatus.FAILED;
}

/** What --json prints; its keys stay. */
export interface Status {
  readonly version: string;
  readonly kernel: {
    readonly release: string;
    readonly btf: boolean;
    readonly bpfLsm: BpfLsm;
    /** Active security modules; null when they cannot be read. */
    readonly lsm: readonly string[] | null;
    readonly preemption: Preemption;
    /** How a load would attach the programs; null where none can. */
    readonly attach: Attach | null;
    readonly why: string | null;
    readonly remedy: string | null;
  };
  /** null: not for this user to see. */
  readonly loaded: boolean | null;
  readonly programs: {
    readonly attached: number | null;
    readonly expected: number | null;
    readonly missing: readonly string[];
    /** How they are attached; null when they are not, or not for this user to see. */
    readonly attach: Attach | null;
    /** Why they do not hold although they are attached; null when nothing speaks against it. */
    readonly unsound: string | null;
    /** For hooks that this kernel does not have; not among the expected. */
    readonly lacking: readonly string[];
  };
  readonly defaultPolicy: string;
  readonly policies: readonly PolicyStatus[];
  /** Policies whose file, or one that they build on, is not valid now. */
  readonly broken: readonly BrokenStatus[];
  readonly containers: readonly ContainerStatus[] | null;
  readonly runtime: string | null;
  /** Where engines keep their containers, as loaded; null: not loaded, or not for this user to see. */
  readonly engineRoots: readonly string[] | null;
  /** null: not loaded, or not for this user to see. */
  readonly guard: GuardStatus | null;
  /** Processes in containers that no policy holds; null: not loaded, or they cannot be looked for. */
  readonly strays: readonly Stray[] | null;
  /** What `unload --force` left without a policy, and still runs. */
  readonly freed: readonly Freed[];
  /** Containers for which something is only audited that their policy refuses. */
  readonly loosened: readonly Loosened[];
  /** What could not be seen, or is wrong, in words. */
  readonly notes: readonly string[];
}

export interface BrokenStatus {
  readonly name: string;
  readonly file: string;
  readonly why: string;
  /** As an earlier load found it; false: whoever asks for it is refused. */
  readonly inForce: boolean;
}

export interface ContainerStatus extends ContainerSummary {
  /** Why not all that its policy says is enforced, in words; null: it is. */
  readonly whyNot: string | null;
}

/** Reads everything; changes nothing, needs nothing, and says in `notes` what it misses. */
export function readStatus(places: Places): Status {
  const notes: string[] = [];
  const note = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      const { message, hint } = toLockcError(error);
      notes.push(error instanceof LockcError ? `${message}; ${hint}` : message);
      return undefined;
    }
  };
  const facts = probeKernel();
  if (facts.lsm === undefined) {
    notes.push("the active security modules cannot be read: securityfs is not mounted");
  }
  const visible = isVisible(places);
  if (!visible) notes.push("programs and containers are only for root to see: run it with sudo");
  using maps = visible ? note(() => openMaps(places.pins)) : undefined;
  const links = visible ? (note(() => readLinks(places.pins)) ?? new Map()) : new Map();
  const attach = attachOf(links) ?? null;
  const settings = maps && note(() => readPinnedSettings(maps));
  const written = settings ? undefined : note(() => readWritten(places));
  const verdict = judgeKernel(facts, (settings ?? written?.settings)?.attach);
  const rules = maps ? rulesInUse(maps) : (written?.rules ?? []);
  const expected = note(() =>
    expectedPrograms(places.object, attach ?? verdict.attach ?? "lsm", rules),
  );
  const policies = (maps && settings ? note(() => loadedPolicies(maps)) : written?.policies) ?? [];
  const containers = maps ? (note(() => readStatuses(maps)) ?? null) : visible ? [] : null;
  const broken = written?.broken ?? note(() => readValidPolicies(places.policies).broken) ?? [];
  return {
    version: VERSION,
    kernel: {
      release: facts.release,
      btf: facts.btf,
      bpfLsm: verdict.bpfLsm,
      lsm: facts.lsm ?? null,
      preemption: preemptionOf(facts.preemption),
      attach: verdict.attach ?? null,
      why: verdict.why ?? null,
      remedy: verdict.remedy ?? null,
    },
    loaded: visible ? maps !== undefined : null,
    programs: {
      attached: visible ? links.size : null,
      expected: expected?.programs.length ?? null,
      missing: visible && maps ? (expected?.programs ?? []).filter((name) => !links.has(name)) : [],
      lacking: expected?.lacking ?? [],
      attach,
      unsound: (attach !== null && whyUnsound(facts, attach)) || null,
    },
    defaultPolicy: (settings ?? written?.settings ?? DEFAULT_SETTINGS).defaultPolicy,
    policies: policies.map((policy) => ({
      ...policy,
      containers: containers?.filter((one) => one.policy === policy.name).length ?? null,
    })),
    broken: broken.map(({ name, file, error }) => ({
      name,
      file,
      why: error.message,
      inForce: settings !== undefined && policies.some((policy) => policy.name === name),
    })),
    containers,
    runtime: note(() => resolveRuntime(settings?.runtime)) ?? null,
    engineRoots: settings?.engineRoots ?? null,
    guard: (maps && settings && note(() => guardOf(maps))) ?? null,
    strays: (maps && settings && note(() => findStrays(maps, readRecords(maps)))) ?? null,
    freed: readFreed(places),
    loosened: (maps && settings && note(() => findLoosened(maps))) ?? [],
    notes,
  };
}

function readStatuses(maps: Maps): ContainerStatus[] {
  const policies = new Map(readHeldRules(maps).map((held) => [held.policy, held]));
  return readRecords(maps).map((record) => ({
    ...summarize(record),
    whyNot: whyNot(record, policies.get(record.policy)) ?? null,
  }));
}

/**
 * Why a container is not held to all that its policy says; undefined: it is. Pure.
 * @param held its policy's rules as they are loaded now; undefined: it is loaded no more.
 */
export function whyNot(
  {
    policy,
    rules,
    audit,
    started,
  }: Pick<ContainerRecord, "policy" | "rules" | "audit" | "started">,
  held: { readonly rules: number; readonly audit: number } | undefined,
): string | undefined {
  const lost = held === undefined ? 0 : audit & held.rules & ~held.audit;
  if (lost !== 0) {
    return `only audited, though its policy refuses: ${namesOfRules(lost).join(", ")}`;
  }
  const missing = held === undefined ? 0 : held.rules & ~rules & ~Rule.TOKEN; // who has no token
  if (missing !== 0) {
    return `begun before its policy had ${namesOfRules(missing).join(", ")}: lockctl policy reload --running`;
  }
  if (rules === 0) return `policy "${policy}" has the kernel hold nothing`;
  if (audit !== 0) return `its policy only audits ${namesOfRules(audit).join(", ")}`;
  return started === 0 ? "its own program has not started" : undefined;
}

/** What a load would take now. */
function readWritten(places: Places): {
  readonly policies: readonly PolicyRules[];
  readonly settings: Settings;
  readonly rules: readonly number[];
  readonly broken: readonly Broken[];
} {
  const { policies: valid, broken } = readValidPolicies(places.policies);
  const policies = valid.map(compile);
  const names = broken.map(({ name }) => name);
  return {
    broken,
    settings: completeSettings(readSettings(places.settings, policies, { broken: names })),
    rules: policies.map(({ kernel }) => kernel.rules),
    policies: policies.map(describePolicy),
  };
}

/** Whether lockc is loaded as a whole, and holds. */
export function isWhole({ loaded, programs, strays, broken, freed, loosened }: Status): boolean {
  const attached = programs.missing.length === 0 && programs.unsound === null;
  const complete = broken.every(({ inForce }) => inForce);
  const held = !strays?.length && freed.length === 0 && loosened.length === 0;
  return loaded === true && attached && complete && held;
}
