// SPDX-License-Identifier: Apache-2.0
/** Which events are wanted, and one as a line on a terminal. Pure. */
import { LockcError } from "../shim/errors.ts";
import type { Event } from "../shim/generated/event.ts";
import { type Colour, type Paint, visible } from "./terminal.ts";

export interface EventFilter {
  readonly sinceMs: number | undefined;
  /** An ID, a key or a name, or how one begins. */
  readonly container: string | undefined;
  /** Keys of those that are called so now, whatever they were called when they were created. */
  readonly renamed?: readonly string[];
  readonly policy: string | undefined;
  /** Also what containers do that is no refusal. */
  readonly debug: boolean;
}

/** Whether the event is wanted. That some were lost concerns everybody. */
export function isWanted(
  event: Event,
  { sinceMs, container, renamed = [], policy, debug }: EventFilter,
): boolean {
  if (sinceMs !== undefined && Date.parse(event.time) < sinceMs) return false;
  if (event.event === "lost") return true;
  if (!debug && event.level === "debug") return false;
  if (policy !== undefined && event.policy !== policy) return false;
  if (container === undefined) return true;
  const { id = "", name, key = "" } = event.container ?? {};
  return renamed.includes(key) || [id, key, name ?? ""].some((one) => one.startsWith(container));
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * --since: "10m" is ten minutes before `nowMs`.
 * @throws LOCKC_E_USAGE
 */
export function parseSince(text: string, nowMs: number): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return nowMs - Number(amount) * UNITS[unit as keyof typeof UNITS];
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new LockcError(
    "LOCKC_E_USAGE",
    `--since does not know the time "${text}"`,
    "write how long ago, 30s, 10m, 2h or 1d, or when: 2026-03-01T12:00:00Z",
  );
}

const COLOURS: Partial<Record<Event["event"], Colour>> = {
  denied: "red",
  refused: "red",
  lost: "red",
  audited: "yellow",
  tolerated: "yellow",
  changed: "cyan",
};

/** The host's own time, what it is, and the sentence, which no text of a container can break. */
export function formatEvent({ time, event, msg }: Event, paint: Paint): string {
  const kind = paint(COLOURS[event] ?? "dim", event.padEnd(10));
  return `${paint("dim", localTime(new Date(time)))}  ${kind}  ${visible(msg)}\n`;
}

function localTime(time: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
