// SPDX-License-Identifier: Apache-2.0
/** lockctl: words in, exit status out. */
import { once } from "node:events";
import { type ErrorCode, toLockcError } from "../shim/errors.ts";
import { type Address, formatAddress, isLocal } from "./address.ts";
import { changePolicy, formatChange } from "./change-policy.ts";
import { type Command, ExitStatus, type Listing, parseCommandLine } from "./command-line.ts";
import { CONTAINER_COLUMNS, listContainers, USUAL_CONTAINER_COLUMNS } from "./containers.ts";
import { examine, formatFindings } from "./doctor.ts";
import { readDoctorFacts } from "./doctor-facts.ts";
import { events } from "./events.ts";
import { explain, formatExplanations, isUnsure } from "./explain.ts";
import type { Freed } from "./freed.ts";
import { formatHelp } from "./help.ts";
import { formatLearned, type LearnRequest, learn } from "./learn.ts";
import { listen } from "./listener.ts";
import { check, type LoadKind, type LoadReport, load, requireRoot } from "./load.ts";
import { readMetrics } from "./metrics.ts";
import { nameOfContainer } from "./naming.ts";
import { FORMATS } from "./openmetrics.ts";
import { asWriteFault, writeAll } from "./output.ts";
import { hostPlaces } from "./places.ts";
import {
  comparePolicies,
  findPolicy,
  formatDifference,
  formatPolicy,
  listPolicies,
  type PolicySummary,
  type Validity,
  validateFiles,
  writePolicy,
} from "./policies.ts";
import { listProcesses, PROCESS_COLUMNS, USUAL_PROCESS_COLUMNS } from "./processes.ts";
import { type ReloadReport, reload } from "./reload.ts";
import { formatReport as formatWholeReport, readReport, writeReport } from "./report.ts";
import { formatContainer, showContainer } from "./show-container.ts";
import { isWhole, readStatus, type Status } from "./status.ts";
import { formatStatus } from "./status-lines.ts";
import { type Column, chooseColumns, formatTable, wholeColumns } from "./table.ts";
import {
  escapeUnseen,
  hang,
  readErrorWidth,
  readTerminal,
  visible,
  visibleLines,
  wrapLines,
} from "./terminal.ts";
import { unload } from "./unload.ts";
import { VERSION } from "./version.ts";
import { watch } from "./watch.ts";
import { formatReasons, why } from "./why.ts";

/** Errors that have an exit status of their own; any other is FAILED. */
const STATUS_OF: Partial<Record<ErrorCode, ExitStatus>> = {
  LOCKC_E_USAGE: ExitStatus.USAGE,
  LOCKC_E_PRIVILEGE: ExitStatus.PRIVILEGE,
  LOCKC_E_BUSY: ExitStatus.BUSY,
};

/** Runs one command and tells how it went; some go on until somebody ends them. */
export async function main(words: readonly string[]): Promise<ExitStatus> {
  try {
    return await run(parseCommandLine(words));
  } catch (thrown) {
    const error = toLockcError(asWriteFault(thrown));
    tell(2, `lockctl: ${error.message}\n  ${error.hint} [${error.code}]\n`);
    if (error.code === "LOCKC_E_BUG" && error.cause instanceof Error) {
      tell(2, `${error.cause.stack}\n`);
    }
    return STATUS_OF[error.code] ?? ExitStatus.FAILED;
  }
}

function run(command: Command): ExitStatus | Promise<ExitStatus> {
  switch (command.verb) {
    case "help":
      say(1, formatHelp(command.about, readTerminal().width));
      return ExitStatus.OK;
    case "version":
      say(1, `lockctl ${VERSION}\n`);
      return ExitStatus.OK;
    case "load":
      if (!command.check) return tellLoaded(load(hostPlaces()));
      tell(1, formatCheck(check(hostPlaces())));
      return ExitStatus.OK;
    case "unload":
      tell(1, formatUnloaded(unload(hostPlaces(), command.force)));
      return ExitStatus.OK;
    case "policy validate":
      return tellValidity(validateFiles(hostPlaces(), command.files));
    case "policy list": {
      const { policies, broken } = listPolicies(hostPlaces());
      tell(1, command.json ? json(policies) : formatList(policies, readTerminal().width));
      for (const { name, error } of broken) {
        tell(
          2,
          `lockctl: policy "${name}" is not valid: ${error.message}\n  ${error.hint} [${error.code}]\n`,
        );
      }
      return broken.length === 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }
    case "policy show": {
      const policy = findPolicy(hostPlaces(), command.name);
      tell(1, command.json ? json(writePolicy(policy)) : formatPolicy(policy));
      return ExitStatus.OK;
    }
    case "policy diff": {
      const from = findPolicy(hostPlaces(), command.from);
      const to = findPolicy(hostPlaces(), command.to);
      const differences = comparePolicies(from, to);
      tell(1, command.json ? json(differences) : formatDifference(from, to, differences));
      return ExitStatus.OK;
    }
    case "policy explain": {
      const explained = explain(hostPlaces(), command);
      const single = ["bundle", "container"].includes(command.subject.kind);
      tell(
        1,
        command.json ? json(single ? explained[0] : explained) : formatExplanations(explained),
      );
      if (explained.some(({ verdict }) => verdict === "refused")) return ExitStatus.FAILED;
      return explained.some(isUnsure) ? ExitStatus.UNSURE : ExitStatus.OK;
    }
    case "policy reload":
      tell(1, formatReload(reload(hostPlaces(), command.running)));
      return ExitStatus.OK;
    case "container list": {
      const show = tableOf(CONTAINER_COLUMNS, USUAL_CONTAINER_COLUMNS, command);
      say(1, show(listContainers(hostPlaces()), "no container runs under lockc"));
      return ExitStatus.OK;
    }
    case "container show": {
      const container = showContainer(hostPlaces(), command.container);
      say(1, command.json ? json(container) : formatContainer(container, readTerminal()));
      return ExitStatus.OK;
    }
    case "container policy": {
      const change = changePolicy(hostPlaces(), command);
      tell(1, command.json ? json(change) : formatChange(change));
      return ExitStatus.OK;
    }
    case "process list": {
      const show = tableOf(PROCESS_COLUMNS, USUAL_PROCESS_COLUMNS, command);
      const processes = listProcesses(hostPlaces(), command.container);
      say(1, show(processes, "no process belongs to a container"));
      return ExitStatus.OK;
    }
    case "doctor": {
      const findings = examine(readDoctorFacts(hostPlaces()));
      say(1, command.json ? json(findings) : formatFindings(findings, readTerminal()));
      return findings.some(({ level }) => level === "fault") ? ExitStatus.FAILED : ExitStatus.OK;
    }
    case "metrics":
      requireRoot("read lockc's counters");
      if (command.listen !== undefined) return serveMetrics(command.listen);
      say(1, readMetrics(hostPlaces(), command.textfile ? "textfile" : "openmetrics"));
      return ExitStatus.OK;
    case "report":
      return tellReport(command.bundle, command.output);
    case "watch":
      return watch(hostPlaces(), command).then(() => ExitStatus.OK);
    case "events":
      return events(hostPlaces(), command);
    case "why":
      return tellWhy(command.word, command.json);
    case "learn":
      return tellLearned(command);
    case "status": {
      const status = readStatus(hostPlaces());
      say(1, command.json ? json(status) : formatStatus(status, readTerminal()));
      return exitStatusOf(status);
    }
  }
}

/** Policies that are left out are told where the journal of a boot has them. */
function tellLoaded(report: LoadReport): ExitStatus {
  tell(1, formatReport(report));
  for (const { name, error } of report.broken) {
    tell(
      2,
      `lockctl: policy "${name}" is left out, and every container that would get it is refused: ${error.message}\n  ${error.hint} [${error.code}]\n`,
    );
  }
  return report.broken.length === 0 ? ExitStatus.OK : ExitStatus.LEFT_OUT;
}

/** Until somebody ends it. */
async function serveMetrics(address: Address): Promise<ExitStatus> {
  if (!isLocal(address)) {
    say(
      2,
      `lockctl: warning: ${formatAddress(address)} is not loopback: whoever reaches it can read the metrics, without a password and without encryption\n`,
    );
  }
  const listener = await listen(
    address,
    "/metrics",
    (accept) => {
      const format = accept.includes("application/openmetrics-text") ? "openmetrics" : "textfile";
      return { type: FORMATS[format], text: readMetrics(hostPlaces(), format) };
    },
    (error) => tell(2, `lockctl: ${toLockcError(error).message}\n`),
  );
  const where = formatAddress(listener.address);
  say(2, `lockctl: metrics are at ${"path" in address ? where : `http://${where}/metrics`}\n`);
  await untilEnded();
  await listener.close();
  return ExitStatus.OK;
}

async function untilEnded(): Promise<void> {
  const heard = new AbortController();
  const signals = ["SIGTERM", "SIGINT"].map((name) => once(process, name, heard));
  await Promise.race(signals).finally(() => heard.abort());
}

async function tellWhy(word: string | undefined, asJson: boolean): Promise<ExitStatus> {
  const reasons = await why(hostPlaces(), word, (text) => tell(2, `lockctl: ${text}\n`));
  say(1, asJson ? json(reasons) : formatReasons(reasons, readTerminal()));
  return ExitStatus.OK;
}

/** Interrupted, it writes what it has learned so far, and gives back what it took. */
async function tellLearned(request: LearnRequest): Promise<ExitStatus> {
  const stop = new AbortController();
  const end = () => stop.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, end);
  try {
    const learned = await learn(hostPlaces(), request, stop.signal);
    if (request.output === undefined) tell(1, learned.text);
    tell(2, formatLearned(learned, request.output));
    return ExitStatus.OK;
  } finally {
    for (const name of signals) process.off(name, end);
  }
}

async function tellReport(bundle: boolean, output: string | undefined): Promise<ExitStatus> {
  const report = await readReport(hostPlaces());
  if (!bundle) {
    say(1, formatWholeReport(report));
    return ExitStatus.OK;
  }
  const file = writeReport(report, output, Date.now());
  tell(
    1,
    `${file}: ${report.entries.length} files, for root alone; read them before you send it\n`,
  );
  for (const text of report.missing) tell(2, `lockctl: note: left out: ${text}\n`);
  return ExitStatus.OK;
}

function exitStatusOf(status: Status): ExitStatus {
  if (status.loaded === null) return ExitStatus.PRIVILEGE;
  if (!status.loaded) return ExitStatus.NOT_LOADED;
  return isWhole(status) ? ExitStatus.OK : ExitStatus.FAILED;
}

/** Also on a terminal harmless, whatever containers call themselves. */
function json(value: unknown): string {
  return `${escapeUnseen(JSON.stringify(value, null, 2))}\n`;
}

/** How a list is to be shown; a wrong --format is told before anything is read. */
function tableOf<Row>(
  columns: readonly Column<Row>[],
  usual: readonly string[],
  listing: Listing,
): (rows: readonly Row[], empty: string) => string {
  const shown = listing.whole ? wholeColumns(columns) : columns;
  const chosen = chooseColumns(shown, listing.format, usual);
  const { width, paint } = readTerminal();
  return (rows, empty) =>
    listing.json
      ? json(rows)
      : formatTable(rows, chosen, { width, paint, header: listing.header, empty });
}

/** Valid files are named as well, so that nobody wonders whether one was looked at. */
function tellValidity(files: readonly Validity[]): ExitStatus {
  for (const { file, error, warnings } of files) {
    for (const text of warnings) tell(2, `note: ${text}\n`);
    if (error === undefined) tell(1, `${file}: valid\n`);
    else tell(2, `${error.message}\n  ${error.hint} [${error.code}]\n`);
  }
  return files.every(({ error }) => error === undefined) ? ExitStatus.OK : ExitStatus.FAILED;
}

function formatList(policies: readonly PolicySummary[], width: number | undefined): string {
  const left = Math.max(...policies.map(({ name }) => name.length));
  return policies
    .map(({ name, description, extends: bases, file }) => {
      const base = bases.length > 0 ? ` (extends ${bases.join(", ")})` : "";
      const said = hang(`${name.padEnd(left)}  `, `${description}${base}`, width);
      return `${said}\n${" ".repeat(left)}  ${file}\n`;
    })
    .join("");
}

function formatReload({ policies, changed, kept, warnings }: ReloadReport): string {
  return [
    `in force: policies ${policies.join(", ")}`,
    ...(changed.length > 0
      ? [`running containers with new rules: ${changed.map(visible).join(", ")}`]
      : []),
    ...(kept.length > 0
      ? [`running containers that keep their old rules: ${kept.map(visible).join(", ")}`]
      : []),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}

const DONE: Readonly<Record<LoadKind, string>> = {
  fresh: "loaded",
  replace: "loaded: new programs took the old ones' place",
  refresh: "loaded already: policies and settings brought up to date",
};

function formatUnloaded(freed: readonly Freed[] | undefined): string {
  if (freed === undefined) return "nothing was loaded\n";
  if (freed.length === 0) return "unloaded\n";
  const names = freed.map((one) => visible(`${nameOfContainer(one)} (${one.policy})`));
  return `unloaded; these containers run on without any policy, also after a load, until they are started anew: ${names.join(", ")}\n`;
}

function formatCheck({ attach, facts }: ReturnType<typeof check>): string {
  return `kernel ${facts.release}: the programs can be attached by ${attach}
`;
}

function formatReport(report: LoadReport): string {
  const { kind, programs, attach, policies, runtime, lacking, guard, warnings } = report;
  return [
    `${DONE[kind]}; ${programs} programs${attach === "lsm" ? "" : ` by ${attach}`}, policies ${policies.join(", ")}`,
    runtime ? `low-level runtime ${runtime}` : `no container can start yet: ${lacking}`,
    ...(guard === "off" ? [] : [`guard: ${guard}`]),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}

/** @throws LOCKC_E_WRITE where it is standard output that takes nothing. */
function say(fd: 1 | 2, text: string): void {
  try {
    writeAll(fd, text);
  } catch (error) {
    if (fd === 1) throw error;
    // There is nowhere left to tell it.
  }
}

/** The same for text without colours, in which a terminal is to find nothing to obey. */
function tell(fd: 1 | 2, text: string): void {
  const lines = visibleLines(text);
  say(fd, fd === 2 ? wrapLines(lines, readErrorWidth()) : lines);
}
