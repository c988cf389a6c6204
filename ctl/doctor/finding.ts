// SPDX-License-Identifier: Apache-2.0
/** What doctor is told, and what a check says. */
import type { Freed } from "../container/freed.ts";
import type { Loosened } from "../container/loosened.ts";
import type { Stray } from "../container/strays.ts";
import type { EngineFacts, EngineName } from "../engine/engines.ts";
import type { EngineRoot } from "../host/engine-roots.ts";
import type { Attach } from "../kernel/attach.ts";
import type { KernelFacts } from "../kernel/probe.ts";
import type { RuntimeName } from "./flaws.ts";

export type Level = "ok" | "warning" | "fault";

export interface DoctorFacts {
  readonly isRoot: boolean;
  readonly kernel: KernelFacts;
  /** What the settings say of attaching. */
  readonly attach: "auto" | Attach;
  /** undefined: nothing of that kind is mounted there. */
  readonly bpffs: FileFact | undefined;
  /** other: maps of another version; undefined: not for this user to see. */
  readonly loaded: "no" | "yes" | "other" | undefined;
  readonly programs: {
    /** undefined: the object file cannot be read. */
    readonly expected: readonly string[] | undefined;
    readonly attached: ReadonlyMap<string, Attach | undefined>;
    /** How often the kernel passed one over. */
    readonly skips: bigint;
    /** Whether they are of the object file that is installed. */
    readonly current: boolean;
  };
  /** Processes in containers that no policy holds; undefined: they cannot be looked for. */
  readonly strays: readonly Stray[] | undefined;
  /** What `unload --force` left without a policy, and still runs. */
  readonly freed: readonly Freed[];
  /** Containers for which something is only audited that their policy refuses. */
  readonly loosened: readonly Loosened[];
  /** What is below lockc's directory of pins, itself included, by paths from there. */
  readonly pins: readonly FileFact[];
  /** The names that pins may have: maps/NAME and links/NAME. */
  readonly pinNames: readonly string[];
  /** lockc's own files, its settings, the low-level runtime, and all directories that lead there. */
  readonly files: readonly FileFact[];
  readonly runtime: RuntimeFacts;
  readonly engines: readonly EngineFacts[];
  /** What default runtimes come to; undefined: settings or policies do not tell. */
  readonly selection: SelectionFacts | undefined;
  /** What is wrong with policies or settings as they are written. */
  readonly wrong: { readonly sentence: string; readonly remedy: string } | undefined;
  /** Policies that are not valid as they are written, alone or by what they build on. */
  readonly broken: readonly BrokenPolicy[];
  /** Policies, settings … that are written otherwise than they were loaded. */
  readonly stale: readonly string[];
  /** Where engines keep their containers. */
  readonly roots: {
    /** In force; when nothing is loaded, what a load would take. */
    readonly known: readonly string[];
    readonly found: readonly EngineRoot[];
    /** What is there and tells nothing, in words. */
    readonly faults: readonly string[];
    /** Those of `found` that are not in force. */
    readonly missing: readonly EngineRoot[];
  };
  /** Engines' sockets that somebody listens at, and those that the settings leave out. */
  readonly sockets: { readonly found: readonly string[]; readonly uncovered: readonly string[] };
  readonly guard: GuardFacts | undefined;
  readonly events: EventFacts | undefined;
}

export interface BrokenPolicy {
  readonly name: string;
  readonly sentence: string;
  readonly remedy: string;
  /** As an earlier load found it. */
  readonly inForce: boolean;
}

export interface SelectionFacts {
  /** What a container under each policy is refused. */
  readonly policies: ReadonlyMap<string, Hold>;
  /** The policy of a container of that engine for which nothing else selects one. */
  readonly defaults: Readonly<Partial<Record<EngineName, string>>>;
}

/** audits: it looks at everything and refuses nothing. */
export type Hold = "holds" | "audits" | "nothing";

export interface FileFact {
  readonly path: string;
  readonly uid: number;
  /** Permissions, with the sticky bit and the like. */
  readonly mode: number;
}

export interface RuntimeFacts {
  /** undefined: `why` says why there is none. */
  readonly path: string | undefined;
  readonly why: string | undefined;
  readonly remedy: string | undefined;
  /** undefined: it did not say. */
  readonly version: { readonly name: RuntimeName; readonly version: string } | undefined;
  /** The distribution's package that it comes from. */
  readonly package: PackageFacts | undefined;
  /** Whether the launcher finds the same one; undefined when nothing is loaded. */
  readonly told: boolean | undefined;
}

interface PackageFacts {
  /** Name and version. */
  readonly name: string;
  /** CVEs that its changelog names; undefined when there is none to read. */
  readonly mended: readonly string[] | undefined;
}

export interface GuardFacts {
  readonly mode: "off" | "audit" | "enforce";
  readonly denials: bigint;
  readonly audits: bigint;
  /** Who was the last; empty: nobody. */
  readonly comm: string;
}

export interface EventFacts {
  readonly made: bigint;
  readonly dropped: bigint;
  /** Whether `lockctl events --follow` runs. */
  readonly isRead: boolean;
  /** When the newest was told, before now; negative: after. */
  readonly newestAgeMs: number | undefined;
}

/** What a check says. */
export interface Said {
  readonly level: Level;
  /** One sentence, without its full stop. */
  readonly sentence: string;
  /** What to do; null when nothing is to be done. */
  readonly remedy: string | null;
}

export const ok = (sentence: string): Said => ({ level: "ok", sentence, remedy: null });
export const warning = (sentence: string, remedy: string): Said => ({
  level: "warning",
  sentence,
  remedy,
});
export const fault = (sentence: string, remedy: string): Said => ({
  level: "fault",
  sentence,
  remedy,
});

/** What to do where the programs do not run as they should. */
export const LOAD = "run lockctl load";
