// SPDX-License-Identifier: Apache-2.0
/** Containers to be judged: what an engine asked for, changed a little, on a host of the test's making. */
import { join } from "node:path";
import { factsOf } from "../../core/bundle/facts.ts";
import { parseConfig } from "../../core/bundle/parse.ts";
import { type EngineRecords, identifyOrigin, type Origin } from "../../core/engine/origin.ts";
import type { Capabilities, Config, Linux, Mount, Process } from "../../core/generated/config.ts";
import { type Check, check, type Finding } from "../../core/judge/admission.ts";
import { refusalOf } from "../../core/judge/judge.ts";
import type { Policy } from "../../core/rule/policy.ts";
import { findReserved } from "../../core/rule/reserved.ts";
import type { Host, Place, PlaceContext, Subject } from "../../core/rule/subject.ts";
import type { RuleName, Rules, RuleValues } from "../../core/rule/values.ts";
import { compile, compileKernelRules } from "../../ctl/policy/compile.ts";
import { DEFAULT_SETTINGS } from "../../ctl/policy/settings.ts";
import { readPolicies } from "../../ctl/policy/sources.ts";
import { type Fixture, index, readFixture } from "../fixtures/configs/index.ts";

/** The policies that lockc comes with, and the examples. */
export const POLICIES: ReadonlyMap<string, Policy> = new Map(
  readPolicies(["policy", "policy/examples"].map((it) => join(import.meta.dirname, "../..", it)))
    .map(compile)
    .map((policy) => [policy.name, policy]),
);

export const LEVELS = ["privileged", "baseline", "restricted", "offline"] as const;
export type Level = (typeof LEVELS)[number];

/** The policy, with every rule reported instead of refused. */
export function audited(policy: Policy): Policy {
  const rules = Object.entries(policy.rules).map(([name, rule]) => [
    name,
    { ...rule, mode: "audit" },
  ]);
  return withRules(policy, Object.fromEntries(rules));
}

/** The policy with other values of some rules. */
export function withValues(policy: Policy, values: Partial<RuleValues>): Policy {
  const rules = Object.entries(policy.rules).map(([name, rule]) => [
    name,
    { ...rule, ...(name in values ? { value: values[name as RuleName] } : {}) },
  ]);
  return withRules({ ...policy, name: "own" }, Object.fromEntries(rules));
}

/** The policy with these rules in their place, for the kernel as well. */
export function withRules(policy: Policy, rules: Rules): Policy {
  return { ...policy, rules, kernel: compileKernelRules(rules) };
}

/** A config.json with the parts that every engine writes. */
export type Draft = Config & {
  process: Process & { user: object; capabilities: Capabilities };
  mounts: Mount[];
  annotations: Record<string, string>;
  linux: Linux & {
    namespaces: NonNullable<Linux["namespaces"]>;
    resources: { devices: Record<string, unknown>[] };
    maskedPaths: string[];
    readonlyPaths: string[];
    sysctl: Record<string, string>;
    uidMappings?: { containerID: number; hostID: number; size: number }[];
  };
};

export function fixture(file: string): Fixture {
  const entry = index.find((candidate) => candidate.file === file);
  if (entry === undefined) throw new Error(`no fixture ${file}`);
  return readFixture(entry);
}

interface RawNumbers {
  rawJSON(text: string): unknown;
}

/** A copy to be changed. Numbers beyond JavaScript's stay as they are written. */
export function draftOf({ text }: Fixture): Draft {
  const { rawJSON } = JSON as unknown as RawNumbers;
  const config = JSON.parse(text, (_name, value, context?: { readonly source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && context?.source
      ? rawJSON(context.source)
      : value,
  );
  config.annotations ??= {};
  return config;
}

export const HOST: Host = {
  exists: () => true,
  deviceAt: () => undefined,
  kindAt: () => "directory",
  isHostNamespace: (_type, path) => path.startsWith("/proc/1/"),
  distrust: () => undefined,
  distrustPlace: () => undefined,
  engineSockets: () => [{ path: "/run/docker.sock", gid: 999 }],
  apparmor: () => true,
  selinux: () => false,
};

/** The superblock of an ordinary host's only file system. */
const DISK = "8:1";

/** A place of an ordinary host; what is mounted by itself and has no other name is of its own. */
export function place(path: string, facts: Partial<Place> = {}): Place {
  const { path: real = path, mountpoint = "/", otherNames = [] } = facts;
  const own = mountpoint === real && otherNames.length === 0;
  return {
    path: real,
    mountpoint,
    otherNames,
    filesystem: "ext4",
    options: "rw",
    device: own ? "0:99" : DISK,
    inside: own ? "/" : (otherNames[0] ?? real),
    mountedFrom: "/dev/sda1",
    image: undefined,
    ...facts,
  };
}

/** What engines say that have written down nothing. */
export const NO_RECORDS: EngineRecords = {
  dockerOwner: () => undefined,
  storageOwner: () => undefined,
  shownAt: () => [],
};

/** Everything that is reserved is there. */
export function contextOf(
  id: string,
  origin: Origin,
  engineRoots: readonly string[] = DEFAULT_SETTINGS.engineRoots,
  more: Partial<PlaceContext> = {},
): PlaceContext {
  return {
    id,
    origin,
    engineRoots,
    bundle: "/run/bundle",
    rootNames: [],
    records: NO_RECORDS,
    reserved: () => findReserved(engineRoots, place),
    superblockOf: () => DISK,
    look: place,
    deviceAt: (path) => {
      const minor = ["/dev/sda1", "/dev/sdb1"].indexOf(path.replace("disk/by-label/data", "sdb1"));
      return minor < 0 ? undefined : { type: "b", major: 8, minor: 16 * minor + 1 };
    },
    ...more,
  };
}

/** Where a container is judged, as far as it matters. */
export interface Setting {
  /** Its bundle and its ID. */
  readonly from: { readonly bundle: string; readonly id: string };
  readonly host?: Partial<Host>;
  /** Where names of the host lead, where not to themselves. */
  readonly places?: Readonly<Record<string, Partial<Place>>>;
  readonly origin?: Origin;
  readonly unsafeAnnotations?: readonly string[];
  readonly engineRoots?: readonly string[];
  readonly records?: Partial<EngineRecords>;
}

/** The subject that judge.ts would make of it. */
export function subjectOf(config: unknown, setting: Setting): Subject {
  const { bundle: directory, id } = setting.from;
  const text = Buffer.from(JSON.stringify(config));
  const bundle = factsOf(directory, parseConfig(`${directory}/config.json`, text));
  const origin = setting.origin ?? identifyOrigin(directory, bundle.annotations);
  if (origin === undefined) throw new Error("contradictory annotations");
  const find = (path: string) => place(path, setting.places?.[path]);
  const root = find(bundle.root);
  return {
    bundle,
    context: contextOf(id, origin, setting.engineRoots, {
      bundle: directory,
      rootNames: [root.path, ...root.otherNames],
      records: { ...NO_RECORDS, ...setting.records },
      look: find,
    }),
    root,
    mounts: bundle.mounts.map((request) => ({
      request,
      place: request.bind ? find(request.source) : undefined,
    })),
    host: { ...HOST, ...setting.host },
    unsafeAnnotations: setting.unsafeAnnotations ?? [],
  };
}

export function findings(checks: readonly Check[]): Finding[] {
  return checks.flatMap((one) => one.findings);
}

/** The rules that are broken, each once. */
export function brokenRules(policy: Policy, subject: Subject): string[] {
  return check(policy, subject)
    .filter((one) => one.findings.length > 0)
    .map(({ rule }) => rule);
}

/** What the engine's user reads; undefined when the container is admitted. */
export function sentence(policy: Policy, subject: Subject): string | undefined {
  const { origin, id } = subject.context;
  const checks = check(policy, subject);
  return refusalOf(
    {
      origin,
      name: undefined,
      policy,
      reasons: [],
      checks,
      given: { engines: [], tokens: [], written: [], read: [], seen: [] },
      prospects: () => [],
    },
    id,
  )?.sentence;
}
