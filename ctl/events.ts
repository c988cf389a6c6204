// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl events`. */
import { LockcError, quietly } from "../shim/errors.ts";
import type { Event } from "../shim/generated/event.ts";
import { ExitStatus } from "./command-line.ts";
import { keysOfRenamed } from "./containers.ts";
import { type EventFilter, formatEvent, isWanted, parseSince } from "./event-lines.ts";
import { isServiceRunning, readJournal } from "./journal.ts";
import { requireRoot } from "./load.ts";
import { pause, writeAll, writerTo } from "./output.ts";
import type { Places } from "./places.ts";
import { followRing, isRead, lockReader, peek } from "./reader.ts";
import { escapeUnseen, readTerminal, visible } from "./terminal.ts";

export interface EventsQuestion {
  readonly follow: boolean;
  readonly since: string | undefined;
  readonly container: string | undefined;
  readonly policy: string | undefined;
  readonly debug: boolean;
  readonly json: boolean;
}

type Tell = (events: readonly Event[]) => Promise<boolean>;

/**
 * Prints what was refused: what there is, or as it comes.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_USAGE, LOCKC_E_NOT_LOADED, LOCKC_E_READER
 */
export async function events(places: Places, question: EventsQuestion): Promise<ExitStatus> {
  requireRoot("read events");
  const sinceMs = question.since === undefined ? undefined : parseSince(question.since, Date.now());
  const stop = new AbortController();
  const end = () => stop.abort();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, end);
  try {
    const { container, json } = question;
    const renamed = container === undefined ? [] : keysOfRenamed(places, container);
    const tell = await printer({ ...question, sinceMs, renamed }, json, stop.signal);
    const options = { sinceMs, follow: question.follow };
    if (isRead(places) && isServiceRunning()) return await tellJournal(options, tell, stop.signal);
    return question.follow
      ? await follow(places, tell, stop.signal)
      : await tellPresent(places, tell);
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, end);
  }
}

/** Writes those events that are wanted; false when nobody reads them, or the signal came. */
async function printer(filter: EventFilter, json: boolean, signal: AbortSignal): Promise<Tell> {
  const write = writerTo(1, signal);
  const { isTerminal, paint } = readTerminal();
  const format =
    json || !isTerminal ? await jsonLines() : (event: Event) => formatEvent(event, paint);
  return async (events) => {
    const text = events.flatMap((event) => (isWanted(event, filter) ? format(event) : [])).join("");
    return (await write(text)) === "all";
  };
}

/**
 * One line of JSON for each event, just as the schema has it. The journal shows these lines
 * to terminals (journalctl -o cat), so what a container wrote into them cannot steer one.
 */
async function jsonLines(): Promise<(event: Event) => string> {
  const { pino } = await import("pino");
  const lines: string[] = [];
  const log = pino(
    {
      base: null,
      level: "debug",
      timestamp: false, // the event's own
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line: string) => void lines.push(line) },
  );
  return ({ level, msg, ...fields }) => {
    log[level](fields, msg);
    return escapeUnseen(lines.pop() ?? "");
  };
}

async function tellPresent(places: Places, tell: Tell): Promise<ExitStatus> {
  const present = peek(places);
  if (present === undefined) throw notLoaded();
  await tell(present.events);
  if (present.lost > 0) {
    note(
      `${present.lost} events were lost since lockctl load, since the buffer was full; refusals are counted all the same (lockctl status)`,
    );
  }
  return ExitStatus.OK;
}

async function tellJournal(
  options: Parameters<typeof readJournal>[0],
  tell: Tell,
  signal: AbortSignal,
): Promise<ExitStatus> {
  const failure = await readJournal(options, tell, signal);
  if (failure === undefined) return ExitStatus.OK;
  note(`cannot read the journal: ${failure}`);
  return ExitStatus.FAILED;
}

const LOCK_TRIES = 5;
const LOCK_RETRY_MS = 50;
const LOADED_AGAIN_MS = 500;

async function follow(places: Places, tell: Tell, signal: AbortSignal): Promise<ExitStatus> {
  let lock = lockReader(places);
  for (let tries = LOCK_TRIES; !lock && tries > 0 && !signal.aborted; tries--) {
    await pause(LOCK_RETRY_MS, signal); // it may be somebody who only looks whether it is taken
    lock = lockReader(places);
  }
  if (lock === undefined) {
    throw new LockcError(
      "LOCKC_E_READER",
      "cannot follow the events: another lockctl events --follow does",
      "end that one, or let lockc-events.service read them, so that everybody can",
    );
  }
  let wasLoaded = false; // who follows stays for an unload and a load, as the service has to
  try {
    for (;;) {
      const end = await followRing(places, lock, tell, signal);
      switch (end) {
        case undefined:
          if (!wasLoaded) throw notLoaded();
          if (signal.aborted || !(await tell([]))) return ExitStatus.OK; // or nobody listens any more
          await pause(LOADED_AGAIN_MS, signal);
          continue;
        case "ended":
          return ExitStatus.OK;
        case "unloaded":
          note("lockc was unloaded: events go on after the next lockctl load");
          break;
        case "replaced":
          note("lockctl load has put new programs and maps in place; their events follow");
      }
      wasLoaded = true;
    }
  } finally {
    lock.release();
  }
}

function notLoaded(): LockcError {
  return new LockcError(
    "LOCKC_E_NOT_LOADED",
    "cannot read events: lockc is not loaded",
    "run lockctl load",
  );
}

function note(text: string): void {
  quietly(() => writeAll(2, `lockctl: ${visible(text)}\n`));
}
