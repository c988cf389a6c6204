// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl container policy`: another policy for a container that runs. */
import { LockcError } from "../../../core/errors.ts";
import * as MAPS from "../../../core/generated/maps.ts";
import { nameOfContainer } from "../../../core/ids.ts";
import { readPolicy } from "../../../core/kernel/pins.ts";
import { looserAt, requireWithin } from "../../../core/policy/select.ts";
import { namesOfRules } from "../../../core/rule/bits.ts";
import type { Policy } from "../../../core/rule/policy.ts";
import type { RuleName } from "../../../core/rule/values.ts";
import { listed } from "../../../core/words.ts";
import { findContainer, readRecords } from "../../container/containers.ts";
import { boundsFor, originOf } from "../../container/origin.ts";
import { type ProcessSummary, readProcesses } from "../../container/processes.ts";
import { defineVerb, JSON_FLAG } from "../../grammar/verb.ts";
import { hostPlaces, type Places } from "../../host/places.ts";
import { changeRules, openApply, sameRules } from "../../kernel/apply.ts";
import { exclusively, requireRoot } from "../../kernel/change.ts";
import { type ContainerRecord, readPinnedSettings, withMaps } from "../../kernel/pins.ts";
import { type Maps, table } from "../../kernel/table.ts";
import { json, tell, tellSentences } from "../../screen/print.ts";
import { visible } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "give a running container another policy",
  explanation: `The kernel half of the policy holds at once for every process of the container:
for what they do from then on. What was judged when the container was created
(mounts, namespaces, capabilities that config.json asks for) is not judged again,
and what a process holds already, such as open files, it keeps.

The policy must be loaded, and lie within floor and ceiling of the settings. One
that lets through more than the present one needs --force; the message names the
rules. The change is told among the events, and lasts as long as the container. A
note names processes that run as user 0 under a policy that refuses it (nonRoot):
they go on, and every program that they or docker exec start as that user fails.
Needs root.`,
  options: {
    force: { meaning: "also a policy that is looser than the present one" },
    json: JSON_FLAG,
  },
  operands: ["CONTAINER", "POLICY"],

  run({ force, json: asJson }, [container, policy]) {
    const change = changePolicy(hostPlaces(), { container, policy, force });
    if (asJson) tell(1, json(change));
    else tellSentences(formatChange(change));
  },
});

export interface ChangeRequest {
  /** The container, as people call it. */
  readonly container: string;
  readonly policy: string;
  /** A looser policy too. */
  readonly force: boolean;
}

/** What --json prints; its keys stay. */
export interface PolicyChange {
  readonly key: string;
  readonly id: string;
  readonly name: string | null;
  readonly from: string;
  readonly to: string;
  /** The rules that let through more than before. */
  readonly looser: readonly RuleName[];
  /** false: it had that policy, and its rules, already. */
  readonly changed: boolean;
  /** Whether its own code runs; until then no policy holds. */
  readonly started: boolean;
  /** What of it contradicts the policy already, and what comes of that. */
  readonly warnings: readonly string[];
}

/**
 * Policies are those that are loaded; what config.json asked for is not judged again.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER, LOCKC_E_POLICY for a policy
 *   that is not loaded, outside floor and ceiling, or looser without force; nothing has changed then.
 */
export function changePolicy(places: Places, request: ChangeRequest): PolicyChange {
  const act = "change the policy of a container";
  requireRoot(act);
  return exclusively(places, () => withMaps(places, act, (maps) => change(maps, places, request)));
}

function change(maps: Maps, places: Places, request: ChangeRequest): PolicyChange {
  const record = findContainer(readRecords(maps), request.container);
  const find = (name: string) => findLoaded(maps, name);
  const next = find(request.policy);
  const settings = readPinnedSettings(maps);
  if (next === undefined || settings === undefined) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `no policy "${request.policy}" is loaded`,
      "lockctl status lists those that are; lockctl policy reload loads what was written since",
    );
  }
  for (const bounds of boundsFor(settings, originOf(record))) {
    requireWithin({ find }, bounds, next);
  }
  const looser = looserThan(record, find(record.policy), next);
  if (looser.length > 0 && !request.force) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      `policy "${next.name}" is looser than "${record.policy}", under which "${visible(nameOfContainer(record))}" runs (it allows more at ${listed(looser)})`,
      "lockctl policy diff shows what; --force does it all the same",
    );
  }
  const changed = record.policy !== next.name || !sameRules(record, next.kernel);
  if (changed) apply(places, record, next);
  const { key, id, name, policy: from, started } = record;
  const said = { key, id, name: name || null, from, to: next.name };
  const running = readProcesses(maps, [record]).filter((each) => each.key === key);
  const warnings = contradictions(next, running);
  return { ...said, looser, changed, started: started !== 0, warnings };
}

/** So many processes are named. */
const NAMED = 3;

/**
 * What runs goes on; but under nonRoot nobody becomes the host's user 0, and who executes a
 * program as that user does.
 */
function contradictions(
  { name, rules }: Policy,
  processes: readonly Pick<ProcessSummary, "uid" | "command" | "nsPid">[],
): string[] {
  const { value, mode } = rules.nonRoot;
  const roots = processes.filter(({ uid }) => uid === 0);
  if (!value || roots.length === 0) return [];
  const who = listed(
    roots.map(({ command, nsPid }) => `"${visible(command)}" (${nsPid})`),
    NAMED,
  );
  const act = mode === "audit" ? "is reported" : "fails";
  return [
    `processes of it run as the host's user 0, which "${name}" refuses (nonRoot): ${who}; they go on, and every program that they or docker exec start as that user ${act}; start the container anew with --user, or take a policy with nonRoot: { require: false }`,
  ];
}

function apply(places: Places, record: ContainerRecord, { name, kernel }: Policy): void {
  using program = openApply(places);
  if (changeRules(program, record, name, kernel)) return;
  throw new LockcError(
    "LOCKC_E_CONTAINER",
    `container "${visible(nameOfContainer(record))}" has just ended`,
    "see lockctl container list",
  );
}

function findLoaded(maps: Maps, name: string): Policy | undefined {
  const value = table(maps, MAPS.policies)?.get(name);
  return value && readPolicy(value);
}

/**
 * The rules at which `next` lets through what the container was refused until now. Where
 * its policy was reloaded since, only the kernel's half of its rules is known; lists that
 * differ count as looser then, as nobody can tell.
 */
function looserThan(
  record: ContainerRecord,
  current: Policy | undefined,
  next: Policy,
): RuleName[] {
  if (current !== undefined && sameRules(record, current.kernel)) return looserAt(next, current);
  const { kernel } = next;
  const held = record.rules & ~record.audit;
  const lists = [
    ["capabilities", (kernel.capabilities & ~record.capabilities) !== 0n],
    ["pseudoFiles", kernel.pseudo !== record.pseudo],
    ["devices", kernel.devices !== record.devices],
  ] as const;
  const longer = lists.flatMap(([name, more]) => (more ? [name] : []));
  const lost = namesOfRules(held & ~(kernel.rules & ~kernel.audit));
  return namesOfRules(held).filter(
    (name) => lost.includes(name) || longer.some((it) => it === name),
  );
}

/** For people: one line, and what they should know. */
export function formatChange(change: PolicyChange): string {
  const { from, to, looser, changed, started, warnings } = change;
  const who = visible(nameOfContainer(change));
  const warned = warnings.map((text) => `note: ${text}\n`).join("");
  if (!changed) return `${who}: policy ${to}, as before\n${warned}`;
  const how = looser.length > 0 ? ` (looser at ${listed(looser)})` : "";
  const note = started ? "" : "note: it holds once the container's own code starts\n";
  return `${who}: policy ${from} → ${to}${how}\n${note}${warned}`;
}
