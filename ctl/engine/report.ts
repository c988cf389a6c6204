// SPDX-License-Identifier: Apache-2.0
/** What registering or unregistering did, for machines and people. Pure. */
import { formatDifference } from "../screen/difference.ts";
import type { Change } from "./change.ts";

type Act = "registered" | "would register" | "taken out" | "would take out";

/** What --json prints. */
export interface EngineReport {
  readonly engine: string;
  readonly file: string;
  readonly runtimes: readonly { readonly name: string }[];
  readonly act: Act;
  readonly changed: boolean;
  /** Links to lockc-runc that are made or removed. */
  readonly links: readonly string[];
  readonly difference: string;
  /** The command that puts it in force. */
  readonly next: string | null;
  readonly use: string | null;
  readonly notes: readonly string[];
}

export function reportOf(change: Change, act: Act, isDry: boolean): EngineReport {
  const { engine, file, before, after, runtimes, notes, links, isDefault } = change;
  const changed = before !== after || links.length > 0;
  const [runtime] = runtimes;
  const apply = isDefault ? engine.applyDefault : engine.apply;
  return {
    engine: engine.name,
    file,
    runtimes: runtimes.map((name) => ({ name })),
    act,
    changed,
    links,
    difference: formatDifference(file, before, after),
    next: before !== after && !isDry ? apply : null,
    use: act === "registered" && runtime !== undefined ? engine.use(runtime) : null,
    notes,
  };
}

export function formatEngineReport(report: EngineReport): string {
  const { engine, file, runtimes, act, changed, links, difference, next, use, notes } = report;
  const names = runtimes.map(({ name }) => name).join(", ");
  const isOut = act === "taken out" || act === "would take out";
  const done =
    runtimes.length === 0
      ? `${engine}: nothing of lockc is in ${file}`
      : !changed
        ? `${engine}: ${names} is registered already`
        : `${engine}: ${act}: ${names}`;
  const how = `${act.startsWith("would") ? "would be " : ""}${isOut ? "removed" : "made"}`;
  return [
    ...(difference === "" ? [] : [difference.trimEnd()]),
    done,
    ...links.map((link) => `${how}: the link ${link}`),
    ...(use === null ? [] : [`use it with: ${use}`]),
    ...(next === null ? [] : [`to put it in force: ${next}`]),
    ...notes.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}
