// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl learn`: what containers were refused, or would have been, becomes the
 * policy that lets them run. A container that is to be watched while nothing stops it has
 * its rules only audited meanwhile; whatever ends the watch, it gets them back.
 */
import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LockcError } from "../../core/errors.ts";
import { nameOfContainer } from "../../core/ids.ts";
import { namesOfRules } from "../../core/rule/bits.ts";
import type { KernelRules } from "../../core/rule/policy.ts";
import { RULE_NAMES } from "../../core/rule/rules.ts";
import { compose, concerns, type Learned, type Subject } from "../advice/compose.ts";
import { findWritten, floorsFor, type Ground, LATELY_MS, readGround } from "../advice/ground.ts";
import { formatRoad } from "../advice/road.ts";
import { findContainer, readRecords } from "../container/containers.ts";
import { collapse, lookAtRefusals, type Refusal, readRefusals } from "../event/refusals.ts";
import { parseDuration } from "../grammar/duration.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { changeRules, openApply, sameRules } from "../kernel/apply.ts";
import { exclusively, requireRoot } from "../kernel/change.ts";
import { type ContainerRecord, withMaps } from "../kernel/pins.ts";
import { compileKernelRules } from "../policy/compile.ts";
import { endedBy } from "../screen/ended.ts";
import { writeFault } from "../screen/output.ts";
import { say, tell } from "../screen/print.ts";
import { readErrorWidth, visible, visibleLines, wrapLines } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "write the policy that containers need",
  explanation: `Writes a policy that extends the present one and lets through what was refused,
or would have been where rules are only audited. Each addition has a comment: who
needed it, for what, how often. What no policy should allow, or the floor of the
settings refuses, stands there as a comment too, with the reason. Read it before
you use it: a container that was broken into needs more than it should get. The
commands that put it in place are told on standard error, as lockctl why does.

With --for a container is watched, and --force lets its rules be only audited
meanwhile, all but those that a floor holds: it is then held by nothing else. It
gets them back at the end, and when lockctl is interrupted; if lockctl is killed
outright, lockctl policy reload --running gives them back. Containers under
--policy are left as they are: write "mode: audit" into the policy first. What is
judged when a container is created counts too, so start it anew while you watch.
Needs root.`,
  options: {
    policy: { value: "NAME", meaning: "from all containers under this policy" },
    for: { value: "DURATION", meaning: "watch so long: 30s, 10m, 2h or 1d" },
    output: { value: "FILE", meaning: "write the policy there; it takes the file's name" },
    force: { meaning: "let a container do what it is refused while it is watched" },
  },
  operands: ["[ID]"],

  read({ policy, for: duration, output, force }, [container]) {
    if ((container === undefined) === (policy === undefined)) {
      throw usage("learn takes either a container or --policy NAME", { about: "learn" });
    }
    const forMs = duration === undefined ? undefined : parseDuration(duration);
    return { container, policy, forMs, output, force };
  },
  /** Interrupted, it writes what it has learned so far, and gives back what it took. */
  async run(request) {
    using ended = endedBy("SIGINT", "SIGTERM", "SIGHUP");
    const learned = await learn(hostPlaces(), request, ended.signal);
    if (request.output === undefined) tell(1, learned.text);
    say(2, formatLearned(learned, request.output, readErrorWidth()));
  },
});

export interface LearnRequest {
  /** A container as people call it; or all under a policy. */
  readonly container: string | undefined;
  readonly policy: string | undefined;
  /** How long to watch; undefined: only what is known already. */
  readonly forMs: number | undefined;
  readonly output: string | undefined;
  /** A container's rules may be only audited meanwhile. */
  readonly force: boolean;
}

/** Where refusals come from. */
interface Sight {
  /** What is at hand at the moment; asked again and again. */
  readonly look: () => readonly Refusal[];
  /** Everything since then; asked in the end. */
  readonly lookBack: (sinceMs: number) => Promise<readonly Refusal[]>;
}

function sightOf(places: Places): Sight {
  return {
    look: () => lookAtRefusals(places),
    lookBack: (sinceMs) => readRefusals(places, sinceMs),
  };
}

/**
 * @param signal ends the watch early; what was seen until then counts.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER, LOCKC_E_POLICY, LOCKC_E_WRITE
 */
export async function learn(
  places: Places,
  request: LearnRequest,
  signal: AbortSignal,
  sight: Sight = sightOf(places),
): Promise<Learned> {
  requireRoot("learn a policy");
  const { output, forMs } = request;
  if (output !== undefined) requireNew(output);
  const subject = choose(places, request);
  const watched = forMs === undefined ? undefined : loosen(places, subject, request.force);
  const sinceMs = Date.now() - (forMs === undefined ? LATELY_MS : 0);
  let seen: readonly Refusal[];
  try {
    seen = await watch(sight, forMs ?? 0, signal);
  } finally {
    watched?.restore();
  }
  const all = collapse([...seen, ...(await sight.lookBack(sinceMs))]);
  const learned = compose(
    subject,
    all.filter(({ event }) => concerns(event, subject)),
    output,
  );
  if (output !== undefined) writeNew(output, learned.text);
  return { ...learned, notes: [...learned.notes, ...(watched?.notes() ?? [])] };
}

/**
 * Told before anything is watched: an hour of it would be lost.
 * @throws LOCKC_E_USAGE, LOCKC_E_WRITE
 */
function requireNew(output: string): void {
  if (existsSync(output)) {
    throw new LockcError("LOCKC_E_USAGE", `"${output}" exists already`, "give another --output");
  }
  try {
    const directory = dirname(output);
    accessSync(directory, constants.W_OK | constants.X_OK);
    if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  } catch (error) {
    throw writeFault(`"${output}"`, error);
  }
}

/** Whole or not at all: half a policy would be one that means something else. */
function writeNew(output: string, text: string): void {
  let made = false;
  try {
    writeFileSync(output, "", { flag: "wx", mode: 0o644 });
    made = true;
    writeFileSync(output, text);
  } catch (error) {
    if (made) rmSync(output, { force: true });
    throw writeFault(`"${output}"`, error);
  }
}

function choose(places: Places, { container, policy }: LearnRequest): Subject {
  return withMaps(places, "learn a policy", (maps) => {
    const ground = readGround(places, maps);
    const record =
      container === undefined ? undefined : findContainer(readRecords(maps), container);
    const name = record?.policy ?? policy!;
    if (findWritten(name, ground.sources) === undefined) {
      throw new LockcError(
        "LOCKC_E_POLICY",
        `policy "${name}" is in no file that can be read`,
        "see lockctl policy list and lockctl policy validate",
      );
    }
    return { record, policy: name, ground };
  });
}

// ---- watching --------------------------------------------------------------------

interface Watched {
  /** Gives the container its rules back, unless somebody gave it others meanwhile. */
  readonly restore: () => void;
  readonly notes: () => readonly string[];
}

/**
 * Has a container's rules only audited, all but those that a floor of the settings holds.
 * @returns undefined when nothing has to change.
 */
function loosen(places: Places, subject: Subject, force: boolean): Watched | undefined {
  const { record, ground } = subject;
  if (record === undefined) {
    requireAudited(subject);
    return undefined;
  }
  const watching = audited(record, heldByFloors(ground, record));
  if (watching.audit === record.audit) return undefined;
  const loosened = namesOfRules(watching.audit & ~record.audit);
  if (!force) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `while it is watched, container "${visible(nameOfContainer(record))}" would be let through what it is refused now (${loosened.join(", ")})`,
      "--force does it all the same; without --for only what was refused so far counts",
    );
  }
  const notes: string[] = [];
  replaceRules(places, record, watching);
  return {
    restore: () => {
      const present = withMaps(places, "learn a policy", readRecords).find(
        ({ key }) => key === record.key,
      );
      if (present === undefined) notes.push("the container ended meanwhile");
      else if (present.policy !== record.policy || !sameRules(present, watching)) {
        notes.push("somebody gave the container other rules meanwhile; it keeps those");
      } else replaceRules(places, record, record);
    },
    notes: () => notes,
  };
}

/** Containers under a policy are not changed, so its rules have to be audited already. */
function requireAudited({ policy, ground }: Subject): void {
  const { rules } = findWritten(policy, ground.sources)!;
  if (RULE_NAMES.some((name) => rules[name].mode === "audit")) return;
  throw new LockcError(
    "LOCKC_E_POLICY",
    `policy "${policy}" only refuses, and what was refused is rarely all that is needed`,
    'write "mode: audit" into it and run lockctl policy reload --running, or learn one container by its ID with --force',
  );
}

/** The rules that the floors hold in any way. */
function heldByFloors(ground: Ground, record: ContainerRecord): number {
  return floorsFor(ground, record).reduce((held, { rules }) => {
    const { rules: bits, audit } = compileKernelRules(rules);
    return held | (bits & ~audit);
  }, 0);
}

function audited(record: ContainerRecord, held: number): KernelRules {
  const { rules, audit, capabilities, pseudo, devices } = record;
  return { rules, audit: audit | (rules & ~held), capabilities, pseudo, devices };
}

function replaceRules(places: Places, record: ContainerRecord, rules: KernelRules): void {
  exclusively(places, () => {
    using program = openApply(places);
    const { audit, capabilities, pseudo, devices } = rules;
    const kernel = { rules: rules.rules, audit, capabilities, pseudo, devices };
    changeRules(program, record, record.policy, kernel);
  });
}

const LOOK_MS = 250;

/** Everything that is seen meanwhile. */
async function watch(
  { look }: Sight,
  forMs: number,
  signal: AbortSignal,
): Promise<readonly Refusal[]> {
  const endMs = performance.now() + forMs;
  let seen: readonly Refusal[] = [];
  for (;;) {
    seen = collapse([...seen, ...look()]);
    const leftMs = endMs - performance.now();
    if (leftMs <= 0 || signal.aborted) return seen;
    await setTimeout(Math.min(LOOK_MS, leftMs), undefined, { signal }).catch(() => {});
  }
}

/**
 * For people, beside the policy.
 * @param width sentences are wrapped to it; commands never are.
 */
export function formatLearned(
  { name, refusals, left, notes, road }: Learned,
  output: string | undefined,
  width: number | undefined,
): string {
  const where = output === undefined ? "" : ` in ${output}`;
  const some = refusals === 1 ? "one refusal" : `${refusals} refusals`;
  const not = left === 0 ? "" : `; ${left} not let through, see the comments at its end`;
  const lines = [`lockctl: policy ${name}${where}, from ${some}${not}`, ...notes];
  const told = `${wrapLines(visibleLines(lines.join("\nnote: ")), width)}\n`;
  return road === null ? told : `${told}${visibleLines(formatRoad(road, width))}`;
}
