// SPDX-License-Identifier: Apache-2.0
/** Texts that people read, each as a file in texts/: what changes there is seen by who reviews it. */
import { CONTAINER_COLUMNS } from "../../ctl/container/columns.ts";
import type { ContainerSummary } from "../../ctl/container/containers.ts";
import { formatWatched } from "../../ctl/container/rates.ts";
import { formatFindings } from "../../ctl/doctor/lines.ts";
import { formatEvent } from "../../ctl/event/filter.ts";
import { membersOf } from "../../ctl/grammar/find.ts";
import { formatHelp } from "../../ctl/grammar/help.ts";
import { readPolicies } from "../../ctl/policy/sources.ts";
import { recordsTo } from "../../ctl/screen/log.ts";
import { json } from "../../ctl/screen/print.ts";
import { chooseColumns, formatTable } from "../../ctl/screen/table.ts";
import { escapeUnseen, PLAIN } from "../../ctl/screen/terminal.ts";
import { formatStatus } from "../../ctl/status/lines.ts";
import { USUAL_CONTAINER_COLUMNS } from "../../ctl/verb/container/list.ts";
import { formatExplanations } from "../../ctl/verb/policy/explain.ts";
import { formatReasons } from "../../ctl/verb/why.ts";
import { VERBS } from "../../ctl/verbs.ts";
import { renderManual } from "../../tool/manual.ts";
import { ANSWERS } from "./answers.ts";
import {
  CONTAINERS,
  EVENTS,
  EXPLANATIONS,
  FINDINGS,
  REASONS,
  STATUS,
  WATCHED,
} from "./subjects.ts";

process.env.TZ = "UTC"; // events are told in the host's own time

export const WIDTHS = [60, 80, 120] as const;

/** Every text: its path below texts/ → what stands there. */
export async function renderTexts(): Promise<ReadonlyMap<string, string>> {
  return new Map([...manual(), ...WIDTHS.flatMap(screens), ...(await answers())]);
}

/** A manual of no version and no day, so that only its words change. */
function manual(): [string, string][] {
  const policies = readPolicies([`${import.meta.dirname}/../../policy`]);
  const edition = {
    version: "0.0.0",
    date: "2026-01-01",
    policies: Object.fromEntries(policies.map(({ name, description }) => [name, description])),
  };
  return [...renderManual(edition)].map(([path, text]) => [path, text]);
}

function screens(width: number): [string, string][] {
  const look = { ...PLAIN, width };
  const columns = chooseColumns<ContainerSummary>(
    CONTAINER_COLUMNS,
    undefined,
    USUAL_CONTAINER_COLUMNS,
  );
  const texts = {
    help: help(width),
    status: formatStatus(STATUS, look),
    doctor: formatFindings(FINDINGS, look),
    why: formatReasons(REASONS, look),
    explain: formatExplanations(EXPLANATIONS, width),
    watch: `${formatWatched(WATCHED, look).join("\n")}\n`,
    events: EVENTS.map((event) => formatEvent(event, look)).join(""),
    "container-list": formatTable(CONTAINERS, columns, { ...look, header: true, empty: "" }),
  };
  return Object.entries(texts).map(([name, text]) => [`${name}-${width}.txt`, text]);
}

/** What programs read. */
async function answers(): Promise<[string, string][]> {
  let records = "";
  const tell = await recordsTo(async (text) => {
    records += text;
    return "all";
  });
  await tell(EVENTS);
  const whole = Object.entries(ANSWERS).map(([words, answer]) => [words, json(answer)] as const);
  const lines = [
    ["events", records],
    ["watch", `${escapeUnseen(JSON.stringify(WATCHED))}\n`],
  ] as const;
  return [...whole, ...lines].map(([words, text]) => [
    `json/${words.replace(" ", "-")}.json`,
    text,
  ]);
}

/** All that `lockctl help` can be asked about. */
function help(width: number): string {
  const names = Object.keys(VERBS);
  const groups = new Set(names.map((name) => name.split(" ")[0]!));
  const topics = ["", ...[...groups].filter((word) => membersOf(word).length > 0), ...names];
  return topics
    .map((about) => `$ lockctl help${about && " "}${about}\n${formatHelp(about, width)}`)
    .join("\n");
}
