// SPDX-License-Identifier: Apache-2.0
/** Which events are wanted, and one as a line on a terminal. Pure. */

import { LockcError } from "../../core/errors.ts";
import type { Event } from "../../core/generated/event.ts";
import { UNITS } from "../grammar/duration.ts";
import { type Colour, type Terminal, visible, wrap } from "../screen/terminal.ts";

export interface EventFilter {
  readonly sinceMs: number | undefined;
  /** Whether a container is the one that is asked for; undefined: all are. */
  readonly isMeant: ((container: NonNullable<Event["container"]>) => boolean) | undefined;
  readonly policy: string | undefined;
  /** Also what containers do that is no refusal. */
  readonly debug: boolean;
}

/** Whether the event is wanted. That some were lost concerns everybody. */
export function isWanted(event: Event, { sinceMs, isMeant, policy, debug }: EventFilter): boolean {
  if (sinceMs !== undefined && Date.parse(event.time) < sinceMs) return false;
  if (event.event === "lost") return true;
  if (!debug && event.level === "debug") return false;
  if (policy !== undefined && event.policy !== policy) return false;
  return isMeant === undefined || (event.container !== null && isMeant(event.container));
}

const TIME = /^(\d{4}-\d\d-(\d\d))(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:\d\d)?)?$/;

/**
 * --since: "10m" is ten minutes before `nowMs`; a day begins at midnight, and a time without a
 * zone is the host's own, as it is shown.
 * @throws LOCKC_E_USAGE
 */
export function parseSince(text: string, nowMs: number): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return nowMs - Number(amount) * UNITS[unit as keyof typeof UNITS];
  const time = parseTime(text);
  if (time !== undefined) return time;
  throw new LockcError(
    "LOCKC_E_USAGE",
    `--since does not know the time "${text}"`,
    'write how long ago, 30s, 10m, 2h or 1d, or when: 2026-03-01, "2026-03-01 12:00" or 2026-03-01T12:00:00Z',
  );
}

/** undefined for what is none, the 30th of February too. */
function parseTime(text: string): number | undefined {
  const [, day, ofMonth, time = "00:00", zone = ""] = TIME.exec(text) ?? [];
  if (day === undefined || new Date(day).getUTCDate() !== Number(ofMonth)) return undefined;
  const parsed = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

const COLOURS: Partial<Record<Event["event"], Colour>> = {
  denied: "red",
  refused: "red",
  lost: "red",
  audited: "yellow",
  tolerated: "yellow",
  changed: "cyan",
};

/**
 * The host's own time, the number that `lockctl why` takes, what it is, and the sentence, which
 * no text of a container can break.
 */
export function formatEvent(
  { time, sequence, event, msg }: Event,
  { width, paint }: Pick<Terminal, "width" | "paint">,
): string {
  const when = localTime(new Date(time));
  const number = String(sequence || "-").padStart(NUMBER_WIDTH);
  const head = `${when}  ${number}  `;
  const text = wrap(`${head}${event.padEnd(10)}  ${visible(msg)}`, width, 4);
  const rest = text.slice(head.length + event.length);
  return `${paint("dim", when)}  ${number}  ${paint(COLOURS[event] ?? "dim", event)}${rest}\n`;
}

/** More digits make a line longer. */
const NUMBER_WIDTH = 5;

function localTime(time: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
