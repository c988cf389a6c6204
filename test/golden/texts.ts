// SPDX-License-Identifier: Apache-2.0
/** Texts that people read, each as a file in texts/: what changes there is seen by who reviews it. */
import { COMMANDS, membersOf } from "../../ctl/command-line.ts";
import { formatHelp } from "../../ctl/help.ts";
import { readPolicies } from "../../ctl/sources.ts";
import { renderManual } from "../../tool/manual.ts";

export const WIDTHS = [60, 80, 120] as const;

/** Every text: its path below texts/ → what stands there. */
export function renderTexts(): ReadonlyMap<string, string> {
  return new Map([...manual(), ...WIDTHS.flatMap(screens)]);
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
  return [[`help-${width}.txt`, help(width)]];
}

/** All that `lockctl help` can be asked about. */
function help(width: number): string {
  const names = Object.keys(COMMANDS);
  const groups = new Set(names.map((name) => name.split(" ")[0]!));
  const topics = ["", ...[...groups].filter((word) => membersOf(word).length > 0), ...names];
  return topics
    .map((about) => `$ lockctl help${about && " "}${about}\n${formatHelp(about, width)}`)
    .join("\n");
}
