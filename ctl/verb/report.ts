// SPDX-License-Identifier: Apache-2.0
/**
 * The story of `lockctl report`: all that helps to find out what is wrong with lockc on a
 * host, for somebody who has no access to it. Names, versions, counts, policies and settings;
 * never what a variable, an argument or a file has in it, and nothing that looks like a secret.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { keysOf } from "../../core/ffi/bpf.ts";
import type { Event } from "../../core/generated/event.ts";
import { LOCKC_ABI } from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { readPolicy } from "../../core/kernel/pins.ts";
import { examine } from "../doctor/checks.ts";
import { readDoctorFacts } from "../doctor/facts.ts";
import { formatFindings } from "../doctor/lines.ts";
import { isServiceRunning, readJournal } from "../event/journal.ts";
import { isRead, peek } from "../event/reader.ts";
import { libbpfVersion } from "../ffi/libbpf.ts";
import { closing } from "../ffi/opened.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { readRegularFile } from "../host/regular-file.ts";
import { VERSION } from "../host/version.ts";
import { requireRoot } from "../kernel/change.ts";
import { readProgramCounts } from "../kernel/counters.ts";
import { openMaps, type PinnedMaps, readLinks, readPinnedSettings } from "../kernel/pins.ts";
import { probeKernel } from "../kernel/probe.ts";
import { table } from "../kernel/table.ts";
import { readMetrics } from "../metrics/families.ts";
import * as log from "../screen/log.ts";
import { writeFault } from "../screen/output.ts";
import { say, tell } from "../screen/print.ts";
import { redact, redactValue, withoutComments } from "../screen/redact.ts";
import { escapeUnseen, PLAIN, visibleLines } from "../screen/terminal.ts";
import { type Entry, writeArchive } from "../screen/ustar.ts";
import { formatStatus } from "../status/lines.ts";
import { readStatus } from "../status/read.ts";

export const verb = defineVerb({
  summary: "gather what helps to find out what is wrong",
  explanation: `Prints, or with --bundle writes into an archive that only root can read: versions
of lockc, kernel, runtimes, engines and libbpf, status and doctor's findings, the
security modules, the version of cgroups, programs and maps with their counts,
metrics, policies and settings as they are loaded and as they are written (without
comments), the last 500 events of the last day, and the last lines of lockc's units.

Not in it: what variables and files have in them, arguments of processes,
config.json of containers, the host's name. What looks like a secret (passwords,
tokens, keys) is replaced. The names and IDs of containers, and the paths that they
were refused, are in it: read it before you send it. What cannot be read is left
out and named. Needs root.`,
  options: {
    bundle: { meaning: "write it as a compressed archive, lockc-report-TIME.tar.gz, here" },
    output: { value: "FILE", meaning: "write the archive there; it must not be there yet" },
  },
  operands: [],

  read({ bundle, output }) {
    if (output !== undefined && !bundle)
      throw usage("--output is for --bundle", { about: "report" });
    return { bundle, output };
  },
  async run({ bundle, output }) {
    const report = await readReport(hostPlaces());
    if (!bundle) {
      say(1, formatReport(report));
      return;
    }
    const file = writeReport(report, output, Date.now());
    const count = report.entries.length;
    tell(1, `${file}: ${count} files, for root alone; read them before you send it\n`);
    for (const text of report.missing) log.info(`left out: ${text}`);
  },
});

interface Report {
  /** Safe to show on a terminal. */
  readonly entries: readonly Entry[];
  /** What could not be read, in words. */
  readonly missing: readonly string[];
}

/** The last so many. */
const EVENTS_KEPT = 500;
const LATELY_MS = 86_400_000;

/**
 * Gathers everything; what cannot be read is left out and said.
 * @throws LOCKC_E_PRIVILEGE
 */
export async function readReport(places: Places): Promise<Report> {
  requireRoot("gather a report");
  const missing: string[] = [];
  const entries: Entry[] = [];
  const add = async (path: string, read: () => string | Promise<string>) => {
    try {
      entries.push({ path, text: await read() });
    } catch (error) {
      missing.push(harmless(`${path}: ${reasonOf(error)}`).replaceAll("\n", "; "));
    }
  };
  await add("versions.json", () => json(readVersions()));
  await add("kernel.json", () => json({ ...probeKernel(), cgroup: cgroupVersion() }));
  const status = readStatus(places);
  await add("status.json", () => json(status));
  await add("status.txt", () => harmless(formatStatus(status, PLAIN)));
  const facts = readDoctorFacts(places);
  const findings = examine(facts);
  await add("doctor.json", () => json(findings));
  await add("doctor.txt", () => harmless(formatFindings(findings, PLAIN)));
  await add("engines.json", () => json(facts.engines));
  await add("programs.json", () => json(readPrograms(places)));
  await add("maps.json", () => json(readMaps(places)));
  await add("metrics.txt", () => harmless(readMetrics(places, "openmetrics")));
  await add("policies/loaded.json", () => json(withLoaded(places, readLoadedPolicies)));
  await add("settings/loaded.json", () => json(withLoaded(places, readPinnedSettings)));
  await add("settings/lockc.yaml", () => readWritten(places.settings));
  for (const [index, folder] of places.policies.entries()) {
    const of = index === 0 ? "built-in" : "own";
    for (const name of listYaml(folder)) {
      await add(`policies/${of}/${name}`, () => readWritten(join(folder, name)));
    }
  }
  await add("events.jsonl", async () => (await readLastEvents(places)).map(line).join(""));
  for (const unit of ["lockc.service", "lockc-metrics.service"]) {
    await add(`journal/${unit}.txt`, () => readUnit(unit));
  }
  const head = { path: "README.txt", text: readme(entries, missing) };
  return { entries: [head, ...entries], missing };
}

/**
 * Everything in one file for its owner alone, which must not be there yet.
 * @returns where it is.
 * @throws LOCKC_E_WRITE
 */
export function writeReport(
  { entries }: Report,
  output: string | undefined,
  timeMs: number,
): string {
  const time = new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, "");
  const directory = `lockc-report-${time}`;
  const file = output ?? `${directory}.tar.gz`;
  const bytes = gzipSync(writeArchive(directory, entries, timeMs));
  let made = false;
  try {
    const fd = openSync(file, "wx", 0o600); // through no link, and over nothing
    made = true;
    using opened = closing(fd);
    writeFileSync(opened.fd, bytes);
    fsyncSync(opened.fd);
  } catch (error) {
    if (made) rmSync(file, { force: true });
    throw writeFault(`"${file}"`, error);
  }
  return file;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The same as one text, to be read before it is sent. */
export function formatReport({ entries }: Report): string {
  return entries.map(({ path, text }) => `==> ${path} <==\n${text}`).join("\n");
}

function readme(entries: readonly Entry[], missing: readonly string[]): string {
  return `lockctl report of lockc ${VERSION}

Versions, status, doctor's findings, programs and maps with their counts, policies and
settings as they are loaded and as they are written (without comments), the last ${EVENTS_KEPT}
events, the last lines of lockc's units. Not in it: what variables and files have in them,
arguments of processes, config.json of containers, the host's name. What looks like a
secret is "[redacted]". Names and IDs of containers and the paths that they were
refused are in it: read it before you send it.

${entries.map(({ path }) => `  ${path}\n`).join("")}${missing.length > 0 ? `\nCould not be read:\n${missing.map((text) => `  ${text}\n`).join("")}` : ""}`;
}

/** No text of it steers a terminal, and none is a secret. */
function harmless(text: string): string {
  return visibleLines(redact(text));
}

function json(value: unknown): string {
  return `${escapeUnseen(JSON.stringify(plain(value) ?? null, null, 2))}\n`;
}

function line(event: Event): string {
  return `${escapeUnseen(JSON.stringify(plain(event)))}\n`;
}

/** As JSON can have it, and without secrets. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === "bigint" ? String(part) : part,
  );
  return redactValue(JSON.parse(text));
}

// ---- what there is ----------------------------------------------------------------

/** What says its version, and how it is asked. */
const PROGRAMS: Readonly<Record<string, string>> = {
  runc: "--version",
  crun: "--version",
  dockerd: "--version",
  containerd: "--version",
  podman: "--version",
  buildah: "--version",
  crio: "--version",
  kubelet: "--version",
  systemctl: "--version",
};
/** Root's own, whoever has called us. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const PATIENCE_MS = 5000;

function ask(program: string, ...words: string[]): string | undefined {
  const options = {
    encoding: "utf8",
    timeout: PATIENCE_MS,
    env: { PATH, LC_ALL: "C.UTF-8" },
  } as const;
  const { status, stdout } = spawnSync(program, words, options);
  return status === 0 ? stdout : undefined;
}

function readVersions(): object {
  const system = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const programs = Object.entries(PROGRAMS).map(([program, flag]) => [
    program,
    ask(program, flag)?.split("\n")[0] ?? null,
  ]);
  return {
    lockc: { version: VERSION, abi: LOCKC_ABI },
    kernel: readFileSync("/proc/version", "utf8").trim(),
    system: /^PRETTY_NAME="?([^"\n]*)/m.exec(system)?.[1] ?? null,
    libbpf: libbpfVersion(),
    node: process.version,
    ...Object.fromEntries(programs),
  };
}

/** cgroups(7): v2 alone, v2 beside v1's controllers, or v1 alone. */
function cgroupVersion(root = "/sys/fs/cgroup"): string {
  if (existsSync(`${root}/cgroup.controllers`)) return "v2";
  if (existsSync(`${root}/unified/cgroup.procs`)) return "v1 with v2 beside it";
  return existsSync(root) ? "v1" : "not mounted";
}

function readPrograms(places: Places): object {
  const links = readLinks(places.pins);
  const counts = readProgramCounts(places.pins, links.keys());
  return [...links].map(([name, attach]) => ({ name, attach, ...counts.get(name) }));
}

type Maps = PinnedMaps;

/** @returns null where nothing is loaded. */
function withLoaded<T>(places: Places, read: (maps: Maps) => T): T | null {
  using maps = openMaps(places.pins);
  return maps === undefined ? null : read(maps);
}

/** enum bpf_map_type of <linux/bpf.h>: tables whose elements can be counted. */
const TABLES: ReadonlySet<number> = new Set([1, 5, 9, 10, 11]);

function readMaps(places: Places): object | null {
  return withLoaded(places, (maps) =>
    [...maps.values()].map((map) => {
      const { name, type, keySize, valueSize, maxEntries, frozen } = map;
      const elements = TABLES.has(type) ? keysOf(map).length : null;
      return { name, type, keySize, valueSize, maxEntries, elements, frozen };
    }),
  );
}

function readLoadedPolicies(maps: Maps): object {
  const rows = table(maps, MAPS.policies)?.rows();
  if (rows === undefined || readPinnedSettings(maps) === undefined) return [];
  return rows.map(({ value }) => readPolicy(value));
}

function listYaml(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
}

/** @throws what kept it from being read; Error for what is no YAML */
function readWritten(file: string): string {
  if (!existsSync(file)) return "there is none\n";
  const text = withoutComments(readRegularFile(file).toString());
  if (text === undefined) return "it is no YAML, so it is left out: see doctor.txt\n";
  return harmless(text);
}

/** Those that wait in the kernel's buffer or, where the service reads them, the journal's of a day. */
async function readLastEvents(places: Places): Promise<readonly Event[]> {
  if (!isRead(places) || !isServiceRunning()) {
    return (peek(places)?.events ?? []).slice(-EVENTS_KEPT);
  }
  let last: Event[] = [];
  const take = async (events: readonly Event[]) => {
    last.push(...events);
    if (last.length > 2 * EVENTS_KEPT) last = last.slice(-EVENTS_KEPT);
    return true;
  };
  const sinceMs = Date.now() - LATELY_MS;
  const failure = await readJournal({ sinceMs, follow: false }, take, new AbortController().signal);
  if (failure !== undefined) throw new Error(failure);
  return last.slice(-EVENTS_KEPT);
}

function readUnit(unit: string): string {
  const words = ["--unit", unit, "--lines", "100", "--no-pager", "--quiet", "--no-hostname"];
  const told = ask("journalctl", ...words, "--output", "short-iso");
  return harmless(told ?? "journalctl told nothing\n");
}
