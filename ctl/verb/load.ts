// SPDX-License-Identifier: Apache-2.0
/** What `lockctl load` says. */
import type { check, LoadKind, LoadReport } from "../kernel/load.ts";

const DONE: Readonly<Record<LoadKind, string>> = {
  fresh: "loaded",
  replace: "loaded: new programs took the old ones' place",
  refresh: "loaded already: policies and settings brought up to date",
};

export function formatCheck({ attach, facts }: ReturnType<typeof check>): string {
  return `kernel ${facts.release}: the programs can be attached by ${attach}
`;
}

export function formatReport(report: LoadReport): string {
  const { kind, programs, attach, policies, runtime, lacking, guard, warnings } = report;
  return [
    `${DONE[kind]}; ${programs} programs${attach === "lsm" ? "" : ` by ${attach}`}, policies ${policies.join(", ")}`,
    runtime ? `low-level runtime ${runtime}` : `no container can start yet: ${lacking}`,
    ...(guard === "off" ? [] : [`guard: ${guard}`]),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}
