// SPDX-License-Identifier: Apache-2.0
/** lockctl: words in, exit status out. */
import { type ErrorCode, toLockcError } from "../core/errors.ts";
import { CONTAINER_COLUMNS, PROCESS_COLUMNS } from "./container/columns.ts";
import type { Freed } from "./container/freed.ts";
import { nameOfContainer } from "./container/naming.ts";
import { examine } from "./doctor/checks.ts";
import { readDoctorFacts } from "./doctor/facts.ts";
import { formatFindings } from "./doctor/lines.ts";
import { formatEngineReport } from "./engine/report.ts";
import { formatHelp } from "./grammar/help.ts";
import { parseCommandLine } from "./grammar/parse.ts";
import { ExitStatus } from "./grammar/verb.ts";
import { readEngines } from "./host/engines.ts";
import { hostPlaces } from "./host/places.ts";
import { VERSION } from "./host/version.ts";
import { requireRoot } from "./kernel/change.ts";
import { check, type LoadReport, load } from "./kernel/load.ts";
import { reload } from "./kernel/reload.ts";
import { unload } from "./kernel/unload.ts";
import { readMetrics } from "./metrics/families.ts";
import { comparePolicies } from "./policy/compare.ts";
import { findPolicy } from "./policy/sources.ts";
import { asWriteFault } from "./screen/output.ts";
import { json, say, tableOf, tell, tellSentences } from "./screen/print.ts";
import { hangLines, readTerminal, visible } from "./screen/terminal.ts";
import { formatStatus } from "./status/lines.ts";
import { exitStatusOf, readStatus } from "./status/read.ts";
import { listContainers, USUAL_CONTAINER_COLUMNS } from "./verb/container/list.ts";
import { changePolicy, formatChange } from "./verb/container/policy.ts";
import { formatContainer, showContainer } from "./verb/container/show.ts";
import { formatEngines, summarizeEngines } from "./verb/engine/list.ts";
import { register } from "./verb/engine/register.ts";
import { unregister } from "./verb/engine/unregister.ts";
import { events } from "./verb/events.ts";
import { tellLearned } from "./verb/learn.ts";
import { formatCheck, formatReport } from "./verb/load.ts";
import { serveMetrics } from "./verb/metrics.ts";
import { formatDifference } from "./verb/policy/diff.ts";
import { explain, formatExplanations, isUnsure } from "./verb/policy/explain.ts";
import { formatList, listPolicies } from "./verb/policy/list.ts";
import { formatReload } from "./verb/policy/reload.ts";
import { formatPolicy, writePolicy } from "./verb/policy/show.ts";
import { tellValidity, validateFiles } from "./verb/policy/validate.ts";
import { listProcesses, USUAL_PROCESS_COLUMNS } from "./verb/process/list.ts";
import { formatReport as formatWholeReport, readReport, writeReport } from "./verb/report.ts";
import { watch } from "./verb/watch.ts";
import { tellWhy } from "./verb/why.ts";
import type { Command } from "./verbs.ts";

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
      tellSentences(formatCheck(check(hostPlaces())));
      return ExitStatus.OK;
    case "unload":
      tellSentences(formatUnloaded(unload(hostPlaces(), command.force)));
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
    case "engine list": {
      const engines = summarizeEngines(readEngines());
      tell(1, command.json ? json(engines) : formatEngines(engines));
      return ExitStatus.OK;
    }
    case "engine register": {
      const report = register(hostPlaces(), command);
      tell(1, command.json ? json(report) : formatEngineReport(report));
      return ExitStatus.OK;
    }
    case "engine unregister": {
      const report = unregister(hostPlaces(), command);
      tell(1, command.json ? json(report) : formatEngineReport(report));
      return ExitStatus.OK;
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
      tell(
        1,
        command.json
          ? json(differences)
          : hangLines(formatDifference(from, to, differences), readTerminal().width),
      );
      return ExitStatus.OK;
    }
    case "policy explain": {
      const explained = explain(hostPlaces(), command);
      const single = ["bundle", "container"].includes(command.subject.kind);
      tell(
        1,
        command.json
          ? json(single ? explained[0] : explained)
          : formatExplanations(explained, readTerminal().width),
      );
      if (explained.some(({ verdict }) => verdict === "refused")) return ExitStatus.FAILED;
      return explained.some(isUnsure) ? ExitStatus.UNSURE : ExitStatus.OK;
    }
    case "policy reload":
      tellSentences(formatReload(reload(hostPlaces(), command.running)));
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
      if (command.json) tell(1, json(change));
      else tellSentences(formatChange(change));
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
  tellSentences(formatReport(report));
  for (const { name, error } of report.broken) {
    tell(
      2,
      `lockctl: policy "${name}" is left out, and every container that would get it is refused: ${error.message}\n  ${error.hint} [${error.code}]\n`,
    );
  }
  return report.broken.length === 0 ? ExitStatus.OK : ExitStatus.LEFT_OUT;
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

function formatUnloaded(freed: readonly Freed[] | undefined): string {
  if (freed === undefined) return "nothing was loaded\n";
  if (freed.length === 0) return "unloaded\n";
  const names = freed.map((one) => visible(`${nameOfContainer(one)} (${one.policy})`));
  return `unloaded; these containers run on without any policy, also after a load, until they are started anew: ${names.join(", ")}\n`;
}
