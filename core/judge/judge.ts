// SPDX-License-Identifier: Apache-2.0
/**
 * The one decider: which policy a bundle gets, why, and what that policy says to
 * it. Changes nothing. lockc-runc acts on the answer; lockctl explains it.
 */
import { closeSync } from "node:fs";
import { join, relative } from "node:path";
import type { Bundle, MountRequest } from "../bundle/bundle.ts";
import { readDockerFacts } from "../engine/docker.ts";
import { findDataRoot } from "../engine/engine.ts";
import { containerName, identifyOrigin, type Origin } from "../engine/origin.ts";
import type { PodmanFacts } from "../engine/podman.ts";
import { readRecords } from "../engine/records.ts";
import { LockcError } from "../errors.ts";
import { LOCKC_NAME_SIZE } from "../generated/layout.ts";
import { askHost, deviceAt, once } from "../host/ask.ts";
import { type Given, type Located, MountTable, placesOf } from "../host/mounts.ts";
import { hasToken, tokensBelow } from "../host/token.ts";
import { shortId } from "../ids.ts";
import { readLater } from "../later.ts";
import { isWithin } from "../path.ts";
import type { Settings } from "../policy/policy.ts";
import { selectPolicy } from "../policy/select.ts";
import { splitPattern } from "../rule/host-path-entries.ts";
import { admitsBelow } from "../rule/host-paths.ts";
import { isOnlySeen } from "../rule/places.ts";
import type { Policy } from "../rule/policy.ts";
import { findReserved } from "../rule/reserved.ts";
import type { PlaceContext, PlacedMount } from "../rule/subject.ts";
import { isEnginesOwn, reservedIn } from "../rule/vouching.ts";
import { listed } from "../words.ts";
import { type Check, check, describe, type Finding, GRAVEST } from "./admission.ts";
import type { Mounting, Prospect } from "./prospects.ts";

export interface Question {
  readonly id: string;
  readonly bundle: Bundle;
  readonly settings: Settings;
  /** `--lockc-policy`. */
  readonly flag: string | undefined;
  /** argv[0] of lockc-runc. */
  readonly calledAs: string;
  readonly find: (name: string) => Policy | undefined;
  /** What policies are called, to guess which was meant; without it none is. */
  readonly names?: () => readonly string[];
}

export interface Judgement {
  readonly origin: Origin;
  /** What the engine calls the container, where it tells. */
  readonly name: string | undefined;
  readonly policy: Policy;
  /** Why this policy. */
  readonly reasons: readonly string[];
  readonly checks: readonly Check[];
  /** Every place of the host that the container is given, held open. */
  readonly given: Given<Located>;
  /** What may be mounted for it beside config.json; whoever asks closes what they are held open by. */
  readonly prospects: (mounting: Mounting) => Prospect[];
}

/**
 * @throws LOCKC_E_POLICY when no policy can be chosen; LOCKC_E_MOUNT and
 *   LOCKC_E_NAMESPACE when something of config.json is not there to be judged.
 */
export function judge(question: Question): Judgement {
  const { bundle, settings, id } = question;
  const origin = identifyOrigin(bundle.directory, bundle.annotations);
  if (origin === undefined) {
    throw new LockcError(
      "LOCKC_E_POLICY",
      "cannot tell the pod's namespace: its labels contradict what CRI-O wrote",
      "remove labels and annotations that begin with io.kubernetes from the pod",
    );
  }
  const engineRoots = rootsOf(settings, bundle, origin);
  const facts = readDockerFacts(id, origin, engineRoots) ?? readFacts(question, origin);
  const { policy, reasons } = selectPolicy({
    flag: question.flag,
    calledAs: question.calledAs,
    annotations: bundle.annotations,
    labels: facts?.labels,
    origin,
    settings,
    find: question.find,
    ...(question.names && { names: question.names }),
  });
  const table = new MountTable();
  const root = table.locate(bundle.root);
  const context: PlaceContext = {
    id,
    engineRoots,
    origin,
    bundle: bundle.directory,
    rootNames: [root.path, ...root.otherNames],
    records: readRecords((directory) => table.overlaysOf(directory)),
    look: (path) => table.look(path),
    reserved: once(() => findReserved(engineRoots, (path) => table.look(path))),
    superblockOf: (path) => table.look(path)?.device,
    deviceAt,
  };
  const { mounts, given } = locate(table, root, policy, bundle, context);
  const checks = check(policy, {
    bundle,
    context,
    root,
    mounts,
    host: askHost(settings.engineSockets),
    unsafeAnnotations: settings.unsafeAnnotations,
  });
  const name = facts?.name ?? containerName(bundle.annotations, origin);
  const prospects = (mounting: Mounting) =>
    readLater("prospects").locateProspects({
      ...{ policy, table, given: placesOf(given), context, admitsBelow, reservedIn, splitPattern },
      ...mounting,
    });
  return { origin, name, policy, reasons, checks, given, prospects };
}

/** Facts of containers that Docker did not make; undefined: their labels cannot be told. */
function readFacts({ bundle }: Question, { engine }: Origin): Partial<PodmanFacts> | undefined {
  switch (engine) {
    case "docker":
      return undefined;
    case "podman":
      // Others keep bundles like this too, and have no labels that lockc knows of.
      return bundle.annotations["io.container.manager"] === "libpod"
        ? readLater("podman").readPodmanFacts(bundle.directory)
        : { labels: {} };
    default:
      return { labels: {} };
  }
}

/** Those of the settings, and where its engine keeps this very container. */
function rootsOf({ engineRoots }: Settings, bundle: Bundle, origin: Origin): readonly string[] {
  const told = findDataRoot(bundle, origin);
  const known = told === undefined || engineRoots.some((configured) => isWithin(told, configured));
  return known ? engineRoots : [...engineRoots, told];
}

/** Everything that was found, refusals first, and of these what matters most. */
export function findingsOf({ checks }: Judgement): Finding[] {
  const findings = checks.flatMap(({ findings }) => findings);
  const place = ({ verdict, rule }: Finding) => {
    const gravity = GRAVEST.indexOf(rule);
    if (verdict !== "deny") return GRAVEST.length + 1;
    return gravity === -1 ? GRAVEST.length : gravity;
  };
  return findings.toSorted((a, b) => place(a) - place(b));
}

/**
 * The first refusal as the error that stops the container; undefined when there is none.
 * @param id by which lockctl finds it where its engine told no name.
 */
export function refusalOf(judgement: Judgement, id: string): LockcError | undefined {
  const [first, ...others] = findingsOf(judgement).filter(({ verdict }) => verdict === "deny");
  if (first === undefined) return undefined;
  const rules = new Set(others.map(({ rule }) => rule));
  rules.delete(first.rule);
  const also =
    rules.size === 0
      ? ""
      : `; the ${rules.size === 1 ? "rule" : "rules"} ${listed([...rules])} ${rules.size === 1 ? "refuses" : "refuse"} it too`;
  const more = `; more: lockctl why ${wordFor(judgement.name, id)}`;
  const hint = `${first.remedy}${also}${more}`;
  return new LockcError(first.code, describe(judgement.policy, first), hint);
}

/**
 * As a shell takes it for one word: names are others' text. A pod that is refused is tried again
 * with another ID, and whoever tells of that merges what is said in the same words; so its name,
 * NAMESPACE/POD/CONTAINER, goes before the ID where events have room for all of it.
 */
function wordFor(name: string | undefined, id: string): string {
  const isWord = name !== undefined && /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/.test(name);
  return isWord && name.length < LOCKC_NAME_SIZE ? name : shortId(id);
}

function locate(
  table: MountTable,
  root: Located,
  policy: Policy,
  bundle: Bundle,
  context: PlaceContext,
): { readonly given: Given<Located>; readonly mounts: PlacedMount[] } {
  const tokens: Located[] = [];
  const engines = [root, ...bundle.deviceBinds.flatMap((path) => table.locateIfPresent(path))];
  const written: Located[] = [];
  const read: Located[] = [];
  const seen: Located[] = [];
  const mounts = bundle.mounts.map((request) => {
    const place = request.bind ? table.locate(request.source) : undefined;
    if (place === undefined) return { request, place };
    const below = request.recursive ? locateBelow(table, policy, request, place, context) : [];
    const { destination } = request;
    const add = (each: Located, at: string, readOnly: boolean) => {
      const isSeen = isOnlySeen(policy, { ...request, readOnly }, each, context);
      const hosts = isSeen ? seen : readOnly ? read : written;
      if (hasToken(each, at)) tokens.push(each);
      else (isEnginesOwn(each, destination, readOnly, context) ? engines : hosts).push(each);
    };
    add(place, destination, request.readOnly);
    for (const each of below) {
      const at = join(destination, relative(place.path, each.path));
      add(each, at, request.readOnlyBelow);
    }
    tokens.push(...locateTokens(table, place, destination));
    return { request, place };
  });
  return { mounts, given: { engines, tokens, written, read, seen } };
}

/** Directories for a token in what is mounted on a parent; a mount there comes along by itself. */
function locateTokens(table: MountTable, place: Located, destination: string): Located[] {
  return tokensBelow(destination)
    .flatMap((rest) => table.locateIfPresent(`${place.path}/${rest}`))
    .filter((found) => {
      // A link that leads out leads elsewhere inside the container.
      const inside = found.mountpoint === place.mountpoint && isWithin(found.path, place.path);
      if (!inside) closeSync(found.fd);
      return inside;
    });
}

/** What a recursive bind carries along, as far as the policy lets the container have it. */
function locateBelow(
  table: MountTable,
  policy: Policy,
  mount: MountRequest,
  place: Located,
  context: PlaceContext,
): Located[] {
  return table.locateBelow(place.path).filter((below) => {
    const admitted = admitsBelow(policy, mount, below, context);
    if (!admitted) closeSync(below.fd);
    return admitted;
  });
}
