// SPDX-License-Identifier: Apache-2.0
/** Two looks at the host → what `lockctl watch` shows. Pure. */
import type { Event } from "../../core/generated/event.ts";
import { nameOfContainer } from "../../core/ids.ts";
import { type Column, formatTable } from "../screen/table.ts";
import { cut, type Terminal } from "../screen/terminal.ts";
import type { ContainerSummary } from "./containers.ts";

/** One look. */
export interface Sample {
  /** Nanoseconds of a clock that only goes forward. */
  readonly timeNs: bigint;
  readonly containers: readonly ContainerSummary[];
  /** The last refusal of each container that has one, by its key. */
  readonly newest: ReadonlyMap<string, Event>;
  /** Events that were lost so far. */
  readonly dropped: number;
}

/** What --json prints in one line; its keys stay. */
export interface Watched {
  /** ISO 8601. */
  readonly time: string;
  /** Between the two looks; null: this is the first. */
  readonly seconds: number | null;
  /** Events that were lost since lockc was loaded, as nobody read them in time. */
  readonly dropped: number;
  /** The ones with most refusals per second first, then by name. */
  readonly containers: readonly WatchedContainer[];
}

interface WatchedContainer extends ContainerSummary {
  /** null: not known from one look. */
  readonly denialsPerSecond: number | null;
  readonly auditsPerSecond: number | null;
  /** Its last refusal, or what would have been one; null: none that is still remembered. */
  readonly newest: Event | null;
}

/** @param time when `now` was, in milliseconds since 1970. */
export function compare(before: Sample | undefined, now: Sample, time: number): Watched {
  const seconds = before === undefined ? null : Number(now.timeNs - before.timeNs) / 1e9;
  const earlier = new Map(before?.containers.map((one) => [one.key, one]));
  const rate = (count: number, counted: number | undefined) =>
    seconds === null ? null : round((count - (counted ?? 0)) / seconds);
  const containers = now.containers.map((one): WatchedContainer => {
    const known = earlier.get(one.key); // one that is new since has counted since
    return {
      ...one,
      denialsPerSecond: rate(one.denials, known?.denials),
      auditsPerSecond: rate(one.audits, known?.audits),
      newest: now.newest.get(one.key) ?? null,
    };
  });
  return {
    time: new Date(time).toISOString(),
    seconds,
    dropped: now.dropped,
    containers: containers.sort(
      (a, b) =>
        (b.denialsPerSecond ?? 0) - (a.denialsPerSecond ?? 0) ||
        (nameOfContainer(a) < nameOfContainer(b)
          ? -1
          : nameOfContainer(a) > nameOfContainer(b)
            ? 1
            : a.key < b.key
              ? -1
              : 1),
    ),
  };
}

/** What is small with a decimal. */
function round(rate: number): number {
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
}

/** What happens to a container, and why, stays where there is little room; the head has all rates. */
function watchColumns(time: string): readonly Column<WatchedContainer>[] {
  return [
    { name: "container", cell: nameOfContainer, least: 12 },
    { name: "policy", cell: ({ policy }) => policy, least: 10 },
    {
      name: "mode",
      cell: ({ mode }) => mode,
      colour: ({ mode }) => (mode === "enforce" ? undefined : mode === "none" ? "dim" : "yellow"),
    },
    { name: "tasks", cell: ({ tasks }) => tasks, spare: 2 },
    {
      name: "denials",
      cell: ({ denials }) => denials,
      colour: ({ denials }) => (denials > 0 ? "red" : undefined),
    },
    {
      name: "den/s",
      number: true,
      spare: 3,
      cell: ({ denialsPerSecond }) => denialsPerSecond ?? undefined,
      colour: ({ denialsPerSecond }) => (denialsPerSecond ? "red" : undefined),
    },
    {
      name: "audits",
      spare: 4,
      cell: ({ audits }) => audits,
      colour: ({ audits }) => (audits > 0 ? "yellow" : undefined),
    },
    {
      name: "aud/s",
      number: true,
      spare: 1,
      cell: ({ auditsPerSecond }) => auditsPerSecond ?? undefined,
      colour: ({ auditsPerSecond }) => (auditsPerSecond ? "yellow" : undefined),
    },
    {
      name: "newest",
      cell: ({ newest }) => (newest === null ? undefined : inShort(newest, Date.parse(time))),
      shrinks: true,
      least: 16,
    },
  ];
}

/** "4s hostFiles /etc/shadow": how long ago, and what. */
function inShort({ time, rule, object, hook }: Event, now: number): string {
  const { path, name, address, socket, device, pid } = object ?? {};
  const what = path ?? name ?? address ?? socket ?? device ?? pid ?? hook;
  return [age(now - Date.parse(time)), rule, what].filter((word) => word != null).join(" ");
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86400)}d`;
}

type Look = Pick<Terminal, "width" | "height" | "paint">;

/** Lines without their ends, no more than the screen has. */
export function formatWatched(
  watched: Watched | undefined,
  { width, height, paint }: Look,
): string[] {
  if (watched === undefined) return [cut("lockc is not loaded", width ?? Infinity)];
  const { containers, time, dropped } = watched;
  const tasks = containers.reduce((sum, one) => sum + one.tasks, 0);
  const total = (of: "denialsPerSecond" | "auditsPerSecond") =>
    round(containers.reduce((sum, one) => sum + (one[of] ?? 0), 0));
  const head = [
    time.slice(11, 19),
    `containers ${containers.length}`,
    `tasks ${tasks}`,
    ...(watched.seconds === null
      ? []
      : [`denials/s ${total("denialsPerSecond")}`, `audits/s ${total("auditsPerSecond")}`]),
    ...(dropped > 0 ? [`events lost ${dropped}`] : []),
  ].join("  ");
  const room = height === undefined ? containers.length : Math.max(1, height - HEAD_LINES);
  const shown = containers.length > room ? containers.slice(0, Math.max(1, room - 1)) : containers;
  const table = formatTable(shown, watchColumns(time), {
    width,
    paint,
    header: true,
    empty: cut("no container runs under lockc", width ?? Infinity),
  });
  const more = containers.length - shown.length;
  const lines = [
    cut(head, width ?? Infinity),
    "",
    ...table.trimEnd().split("\n"),
    ...(more > 0 ? [cut(`… and ${more} more`, width ?? Infinity)] : []),
  ];
  return height === undefined ? lines : lines.slice(0, height);
}

/** Above the rows: what there is in all, nothing, and the titles. */
const HEAD_LINES = 3;
