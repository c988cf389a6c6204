// SPDX-License-Identifier: Apache-2.0
/** Gathers what `lockctl doctor` judges. Changes nothing; what this user may not see is left out. */
import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { uptime } from "node:os";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Engine } from "../../core/engine/origin.ts";
import { quietly, toLockcError } from "../../core/errors.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { readText } from "../../core/kernel/record.ts";
import { RULE_NAMES } from "../../core/rule/rules.ts";
import type { Rules } from "../../core/rule/values.ts";
import { readLoadedRuntime, resolveRuntime } from "../../core/runtime.ts";
import { readRecords } from "../container/containers.ts";
import { readFreed } from "../container/freed.ts";
import { findLoosened } from "../container/loosened.ts";
import { findStrays } from "../container/strays.ts";
import { readEngines } from "../engine/engines.ts";
import { openObject } from "../ffi/libbpf.ts";
import { findEngineRoots, USUAL_ROOTS, withRealNames } from "../host/engine-roots.ts";
import type { Places } from "../host/places.ts";
import {
  readEventCounts,
  readGuardHits,
  readNewestNs,
  readProgramCounts,
} from "../kernel/counters.ts";
import { readGuardMode } from "../kernel/guard.ts";
import { attachOf, openMaps, readLinks, readPinnedSettings, rulesInUse } from "../kernel/pins.ts";
import { hashOf, isBpffs, probeKernel } from "../kernel/probe.ts";
import { chooseHooks, expectedPrograms } from "../kernel/programs.ts";
import { differences } from "../kernel/put.ts";
import { type Maps, table } from "../kernel/table.ts";
import { isWidest } from "../policy/compare.ts";
import { compileImage } from "../policy/image.ts";
import type { Broken } from "../policy/resolve.ts";
import type { LoadedSettings } from "../policy/settings.ts";
import {
  type HostFacts,
  type Resolved,
  readHostFacts,
  readWritten,
  resolveWritten,
} from "../policy/sources.ts";
import type {
  BrokenPolicy,
  DoctorFacts,
  EventFacts,
  FileFact,
  GuardFacts,
  Hold,
  RuntimeFacts,
  SelectionFacts,
} from "./finding.ts";
import { flawsOf, parseVersion } from "./flaws.ts";

export function readDoctorFacts(places: Places): DoctorFacts {
  const isRoot = process.geteuid?.() === 0;
  const pins = listPins(places);
  using maps = isRoot ? quietly(() => openMaps(places.pins)) : undefined;
  const loaded = maps && readPinnedSettings(maps);
  const own = loaded ? maps : undefined;
  const object = quietly(() => readObject(places.object));
  const written = readAll(places);
  const settings = "host" in written ? written.host.settings : undefined;
  const links = (isRoot && quietly(() => readLinks(places.pins))) || new Map();
  const runtime = readRuntime(places, settings?.runtime ?? loaded?.runtime, maps !== undefined);
  return {
    isRoot,
    kernel: probeKernel(),
    attach: settings?.attach ?? "auto",
    bpffs: isBpffs(places.bpffs) ? factOf(places.bpffs, places.bpffs) : undefined,
    loaded: pins === undefined || !isRoot ? undefined : maps ? (own ? "yes" : "other") : "no",
    programs: {
      expected: quietly(() =>
        expectedPrograms(places.object, attachOf(links) ?? "lsm", own ? rulesInUse(own) : []),
      )?.programs,
      attached: links,
      skips: quietly(() => countSkips(places.pins, links.keys())) ?? 0n,
      current: loaded?.object === object?.hash,
    },
    strays: own && quietly(() => findStrays(own, readRecords(own))),
    freed: readFreed(places),
    loosened: (own && quietly(() => findLoosened(own))) ?? [],
    pins: pins ?? [],
    pinNames: object?.pins ?? [],
    files: listFiles(places, runtime.path),
    runtime,
    engines: readEngines(),
    selection: "host" in written ? readSelection(written) : undefined,
    wrong: "sentence" in written ? written : undefined,
    broken: "host" in written ? readBroken(written.resolved.broken, own) : [],
    stale: own && loaded && "host" in written ? findStale(own, loaded, written) : [],
    roots: readRoots(loaded?.engineRoots),
    sockets: readSockets(settings?.engineSockets ?? loaded?.engineSockets ?? []),
    guard: own && readGuardFacts(own),
    events: own && readEventFacts(own, places),
  };
}

/** Which file it is, and every pin that it can have, whatever this host needs of it. */
function readObject(file: string) {
  using object = openObject(file, chooseHooks({ attach: "fmod_ret", rules: ~0 }));
  return {
    hash: hashOf(readFileSync(file)),
    pins: [
      ...object.maps.map(({ name }) => `maps/${name}`),
      ...object.programs.map((name) => `links/${name}`),
    ],
  };
}

function countSkips(pins: string, programs: Iterable<string>): bigint {
  const counts = [...readProgramCounts(pins, programs).values()];
  return counts.reduce((sum, { skips }) => sum + skips, 0n);
}

function factOf(file: string, path = file): FileFact | undefined {
  const found = quietly(() => statSync(file));
  return found && { path, uid: found.uid, mode: found.mode & 0o7777 };
}

/** undefined: not for this user to see; none when there is no such directory. */
function listPins({ bpffs, pins }: Places): FileFact[] | undefined {
  const seen = quietly(() => lstatSync(pins));
  if (seen === undefined) {
    const hidden = quietly(() => lstatSync(bpffs)) && !quietly(() => readdirSync(bpffs));
    return hidden ? undefined : [];
  }
  const names = quietly(() => readdirSync(pins, { recursive: true, encoding: "utf8" }));
  return names && ["", ...names.sort()].flatMap((name) => factOf(join(pins, name), name) ?? []);
}

/** All that runs as root, or tells what does, with every directory above it. */
function listFiles(places: Places, runtime: string | undefined): FileFact[] {
  const library = dirname(places.object);
  const below = (folder: string) =>
    (quietly(() => readdirSync(folder)) ?? []).map((name) => join(folder, name));
  const named = [
    ...places.entrances,
    ...below(library),
    ...places.policies.flatMap(below),
    places.settings,
    ...(runtime === undefined ? [] : [runtime]),
  ];
  const real = named.flatMap((path) => quietly(() => realpathSync(path)) ?? []);
  const all = new Set([...named, ...real].flatMap(withAncestors));
  return [...all].sort().flatMap((path) => factOf(path) ?? []);
}

function withAncestors(path: string): string[] {
  return path === "/" ? ["/"] : [path, ...withAncestors(dirname(path))];
}

function readRuntime(
  places: Places,
  configured: string | undefined,
  isLoaded: boolean,
): RuntimeFacts {
  try {
    const path = resolveRuntime(configured);
    const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 5000 });
    const version = parseVersion(stdout ?? "");
    const isFlawed = version !== undefined && flawsOf(version.name, version.version).length > 0;
    return {
      path,
      version,
      package: isFlawed ? findPackage(path) : undefined,
      told: isLoaded ? readLoadedRuntime(places.runtime) === path : undefined,
      why: undefined,
      remedy: undefined,
    };
  } catch (error) {
    const { message, hint } = toLockcError(error);
    return {
      path: undefined,
      version: undefined,
      package: undefined,
      told: undefined,
      why: message,
      remedy: hint,
    };
  }
}

/** The Debian package that a file belongs to, and what its changelog names. */
function findPackage(path: string): RuntimeFacts["package"] {
  const ask = (...words: string[]) =>
    spawnSync("dpkg-query", words, { encoding: "utf8", timeout: 5000 }).stdout ?? "";
  const [, name] = /^([^:,\s]+).*: \//m.exec(ask("--search", realpathSync(path))) ?? [];
  if (name === undefined) return undefined;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own form
  const version = ask("--show", "--showformat=${Version}", name);
  const changelog = quietly(() =>
    gunzipSync(readFileSync(`/usr/share/doc/${name}/changelog.Debian.gz`)).toString(),
  );
  return { name: `${name} ${version}`, mended: changelog?.match(/CVE-\d{4}-\d{4,}/g) ?? undefined };
}

/** What people wrote, and what the host says to it. */
interface All {
  readonly resolved: Resolved;
  readonly host: HostFacts;
}

function readAll(places: Places): All | { readonly sentence: string; readonly remedy: string } {
  try {
    const resolved = resolveWritten(readWritten(places));
    return { resolved, host: readHostFacts(resolved) };
  } catch (error) {
    const { message, hint } = toLockcError(error);
    return { sentence: message, remedy: hint };
  }
}

/** As it is written: what a default runtime would come to at the next load. */
function readSelection({ resolved: { policies }, host: { settings } }: All): SelectionFacts {
  const of = (engine: Engine) => settings.engines[engine]?.defaultPolicy ?? settings.defaultPolicy;
  const kubernetes = of("kubernetes");
  return {
    policies: new Map(policies.map(({ name, rules }) => [name, holdOf(rules)])),
    defaults: {
      Docker: of("docker"),
      Podman: of("podman"),
      containerd: kubernetes,
      "CRI-O": kubernetes,
    },
  };
}

function holdOf(rules: Rules): Hold {
  const restricting = RULE_NAMES.filter((name) => !isWidest(rules, name));
  if (restricting.length === 0) return "nothing";
  return restricting.every((name) => rules[name].mode === "audit") ? "audits" : "holds";
}

function readBroken(broken: readonly Broken[], own: Maps | undefined): BrokenPolicy[] {
  const loaded = new Set(own && table(own, MAPS.policies)?.keys());
  return broken.map(({ name, error }) => ({
    name,
    sentence: error.message,
    remedy: error.hint,
    inForce: loaded.has(name),
  }));
}

/** What a reload would change, in words. */
function findStale(maps: Maps, loaded: LoadedSettings, { resolved, host }: All): string[] {
  // The guard's binaries are not asked for: that takes a program in the kernel.
  const image = compileImage(resolved, host, { object: loaded.object, binaries: [] });
  const { policies, settings, engine_sockets: sockets } = differences(maps, image);
  const broken = new Set(resolved.broken.map(({ name }) => name)); // told by themselves
  const names = policies.map(readText).filter((name) => !broken.has(name));
  return [
    ...names.map((name) => `policy ${name}`),
    ...(settings.length > 0 ? ["settings"] : []),
    ...(sockets.length > 0 ? ["engines' sockets"] : []),
  ];
}

/** What engines tell now, and which of it is not in force. */
function readRoots(loaded: readonly string[] | undefined): DoctorFacts["roots"] {
  const { roots, faults } = findEngineRoots();
  const known = loaded ?? withRealNames([...USUAL_ROOTS, ...roots.map(({ path }) => path)]);
  return {
    known,
    found: roots,
    faults,
    missing: roots.filter(({ path }) => !known.includes(path)),
  };
}

const SOCKET_NAMES =
  /^(docker|containerd|crio|podman|buildkitd|cri-dockerd|k3s|nerdctl)(-\w+)?\.sock$/;

/** Sockets that are called like an engine's and that somebody listens at, against the settings. */
function readSockets(covered: readonly string[]): DoctorFacts["sockets"] {
  const text = quietly(() => readFileSync("/proc/net/unix", "utf8")) ?? "";
  const listening = 0x10000; // __SO_ACCEPTCON
  const paths = text.split("\n").flatMap((line) => {
    const [, flags, path] = /^\S+ \S+ \S+ (\S+) \S+ \S+ +\d+ (\/.*)$/.exec(line) ?? [];
    const isOne = path !== undefined && SOCKET_NAMES.test(basename(path));
    return isOne && Number.parseInt(flags!, 16) & listening ? [settle(path)] : [];
  });
  const known = new Set(covered.map(settle));
  const found = [...new Set(paths)].sort();
  return { found, uncovered: found.filter((path) => !known.has(path)) };
}

/** /var/run is /run. */
function settle(path: string): string {
  return join(quietly(() => realpathSync(dirname(path))) ?? dirname(path), basename(path));
}

function readGuardFacts(maps: Maps): GuardFacts | undefined {
  const hits = readGuardHits(maps);
  const mode = readGuardMode(maps);
  return hits && mode && { ...hits, mode };
}

function readEventFacts(maps: Maps, places: Places): EventFacts | undefined {
  const counts = readEventCounts(maps);
  const newest = readNewestNs(maps);
  if (counts === undefined) return undefined;
  return {
    made: counts.sequence,
    dropped: counts.dropped,
    isRead: isLocked(join(dirname(places.lock), "events.lock")),
    newestAgeMs: newest === undefined ? undefined : uptime() * 1000 - Number(newest / 1_000_000n),
  };
}

/** Whether somebody holds its lock, told without taking it. */
function isLocked(file: string): boolean {
  const found = quietly(() => statSync(file, { bigint: true }));
  const locks = quietly(() => readFileSync("/proc/locks", "utf8"));
  if (found === undefined || locks === undefined) return false;
  return new RegExp(`^\\d+: FLOCK .* \\S+:\\S+:${found.ino} `, "m").test(locks);
}
