// SPDX-License-Identifier: Apache-2.0
/** What lockc-runc would say to the containers of a file, as far as the file decides it. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import { factsOf } from "../../core/bundle/facts.ts";
import { readRecords } from "../../core/engine/records.ts";
import { LockcError, quietly } from "../../core/errors.ts";
import { askHost, deviceAt, once } from "../../core/host/ask.ts";
import { MountTable } from "../../core/host/mounts.ts";
import { type Check, check } from "../../core/judge/admission.ts";
import type { Judgement } from "../../core/judge/judge.ts";
import type { Settings } from "../../core/policy/policy.ts";
import { type PolicyRequest, selectPolicy } from "../../core/policy/select.ts";
import { findReserved } from "../../core/rule/reserved.ts";
import type { Place, PlaceContext, Subject } from "../../core/rule/subject.ts";
import type { RuleName } from "../../core/rule/values.ts";
import { findNearest } from "../../core/suggest.ts";
import type { Places } from "../host/places.ts";
import { NoRegularFile, readRegularFile } from "../host/regular-file.ts";
import { type ComposeHost, type Runtime, readCompose } from "./compose.ts";
import { readPods } from "./pod.ts";
import { configOf, type Foreseen } from "./wanted.ts";

/** @throws LOCKC_E_USAGE for a file that is none, has no such service, or none at all. */
export function readComposeFile(
  places: Places,
  file: string,
  service: string | undefined,
): Foreseen[] {
  const [document, ...others] = readYaml(file);
  if (others.length > 0) throw unusable(file, "it has several documents", "give one compose file");
  const host = { deviceAt: deviceOnHost, ...readDocker(places.docker) };
  const found = readCompose(file, document, service, host);
  if (found.length > 0) return found;
  const names = readCompose(file, document, undefined, host).map(({ name }) => name);
  if (service === undefined) throw unusable(file, "it has no services", "give a compose file");
  const nearest = findNearest(service, names);
  const help = nearest ? `did you mean "${nearest}"?` : `there are ${names.join(", ") || "none"}`;
  throw unusable(file, `it has no service "${service}"`, help);
}

/** @throws LOCKC_E_USAGE for a file that is none, or from which no pods come. */
export function readPodFile(file: string): Foreseen[] {
  const { pods, notes } = readPods(readYaml(file));
  if (pods.length === 0) {
    const why = notes.unread[0] ?? "it has no pods, and nothing that makes pods";
    throw unusable(file, why, "give the manifest of a Pod, Deployment, Job or the like");
  }
  return pods.map((pod) => ({
    ...pod,
    notes: { ...pod.notes, unread: [...new Set([...notes.unread, ...pod.notes.unread])] },
  }));
}

/** "-" is standard input. */
function readYaml(file: string): unknown[] {
  let text: string;
  try {
    text = file === "-" ? readFileSync(0, "utf8") : readRegularFile(file).toString("utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const unread = code === "ENOENT" ? "it does not exist" : `it cannot be read (${code})`;
    const why = cause instanceof NoRegularFile ? cause.message : unread;
    throw unusable(file, why, "correct the path");
  }
  // merge: compose files share parts by <<.
  const documents = parseAllDocuments(text, { merge: true, prettyErrors: true });
  if (!Array.isArray(documents)) return [];
  const fault = documents.flatMap(({ errors }) => errors)[0];
  if (fault !== undefined) throw unusable(file, fault.message.split("\n")[0]!, "correct the file");
  try {
    return documents.map((document): unknown => document.toJS());
  } catch (error) {
    throw unusable(file, (error as Error).message, "correct the file");
  }
}

function unusable(file: string, why: string, hint: string): LockcError {
  return new LockcError("LOCKC_E_USAGE", `"${file}": ${why}`, hint);
}

function deviceOnHost(path: string) {
  return quietly(() => deviceAt(path));
}

/** Docker's runtimes, by daemon.json. */
function readDocker(file: string): Pick<ComposeHost, "runtimes" | "defaultRuntime"> {
  const config = quietly(() => JSON.parse(readFileSync(file, "utf8")));
  const runtimes = Object.entries(config?.runtimes ?? {}).map(([name, told]): [string, Runtime] => {
    const { path, runtimeArgs } = told as { path?: string; runtimeArgs?: string[] };
    return [name, { path: path ?? "", args: runtimeArgs ?? [] }];
  });
  return { runtimes: new Map(runtimes), defaultRuntime: config?.["default-runtime"] };
}

/** What is judged of a container that is not there. */
type Foresight = Pick<Judgement, "origin" | "policy" | "reasons" | "checks"> & {
  /** What nobody can tell before it is created. */
  readonly elsewhere: readonly string[];
};

/** Rules that the user decides. */
const BY_USER: ReadonlySet<RuleName> = new Set<RuleName>(["nonRoot", "groups"]);

/** @throws LOCKC_E_POLICY when no policy can be chosen. */
export function foresee(
  { origin, wanted, labels, annotations, calledAs, flag, userKnown, notes }: Foreseen,
  settings: Settings,
  lookup: Pick<PolicyRequest, "find" | "names">,
  asked: string | undefined,
): Foresight {
  const request = { calledAs, annotations, labels, origin, settings, ...lookup };
  const { policy, reasons } = selectPolicy({ ...request, flag: asked ?? flag });
  const missing: string[] = [];
  const subject = subjectOf({ origin, wanted, annotations }, settings, missing);
  const checks = check(policy, subject).map((each): Check => {
    const decided = userKnown || !BY_USER.has(each.rule) || each.result === "pass";
    return decided ? each : { rule: each.rule, result: "not judged", findings: [] };
  });
  return { origin, policy, reasons, checks, elsewhere: [...notes.elsewhere, ...missing] };
}

function subjectOf(
  { origin, wanted, annotations }: Pick<Foreseen, "origin" | "wanted" | "annotations">,
  settings: Settings,
  missing: string[],
): Subject {
  // Where no engine keeps anything; a container's own files are not among what a file asks for.
  const directory = "/run/lockc/explained";
  const table = new MountTable();
  const bundle = { ...factsOf(directory, configOf(wanted)), annotations };
  const look = (path: string) => quietly(() => table.look(path));
  const { engineRoots } = settings;
  const context: PlaceContext = {
    id: "explained",
    engineRoots,
    origin,
    bundle: directory,
    rootNames: [bundle.root],
    records: readRecords((path) => table.overlaysOf(path)),
    look,
    reserved: once(() => findReserved(engineRoots, look)),
    superblockOf: (path) => look(path)?.device,
    deviceAt: deviceOnHost,
  };
  const placeOf = (source: string): Place => {
    const there = look(source);
    if (there !== undefined) return there;
    missing.push(
      `what "${source}" is when the container is created: there is nothing now, or nothing that you may see`,
    );
    return placeBelow(source, look);
  };
  const mounts = bundle.mounts.map((each) => ({
    request: each,
    place: each.bind ? placeOf(each.source) : undefined,
  }));
  const host = askHost(settings.engineSockets);
  /** An engine's that is not here or does not run: what is mounted by its name will be it. */
  const socketsToCome = () => {
    const asked = new Set(mounts.flatMap(({ place }) => place?.path ?? []));
    const known = settings.engineSockets.filter((path) => asked.has(path) && !host.exists(path));
    return known.map((path) => ({ path, gid: 0 }));
  };
  return {
    bundle,
    context,
    root: { ...placeBelow("/", look), path: bundle.root, mountpoint: bundle.root, otherNames: [] },
    mounts,
    host: { ...host, engineSockets: () => [...host.engineSockets(), ...socketsToCome()] },
    unsafeAnnotations: settings.unsafeAnnotations,
  };
}

/** Where a directory will be that an engine makes: as the one above it, after its links. */
function placeBelow(source: string, look: (path: string) => Place | undefined): Place {
  for (let above = source; ; above = dirname(above)) {
    const place = look(above);
    if (place === undefined && above !== "/") continue;
    const rest = source.slice(above.length);
    const at = (path: string) => join(path, rest);
    if (place === undefined) throw new Error("the host has no root");
    return {
      ...place,
      path: at(place.path),
      otherNames: place.otherNames.map(at),
      inside: at(place.inside),
    };
  }
}
