// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl events`. */
import { LockcError } from "../../core/errors.ts";
import type { Event } from "../../core/generated/event.ts";
import { findNearest } from "../../core/suggest.ts";
import { readRunning } from "../container/containers.ts";
import {
  findMeant,
  findTold,
  gatherKnown,
  isCalled,
  isSame,
  type Known,
  unknownContainer,
} from "../container/naming.ts";
import { type EventFilter, formatEvent, isWanted, parseSince } from "../event/filter.ts";
import { isServiceRunning, readJournal } from "../event/journal.ts";
import { followRing, isRead, lockReader, peek } from "../event/reader.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb, ExitStatus } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { requireRoot } from "../kernel/change.ts";
import { openMaps, readHeldRules } from "../kernel/pins.ts";
import { readValidPolicies } from "../policy/sources.ts";
import { endedBy } from "../screen/ended.ts";
import * as log from "../screen/log.ts";
import { pause, type Write, writerTo } from "../screen/output.ts";
import { readTerminal, visible } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "show what was refused, and what was only audited",
  explanation: `Prints what the kernel and lockc-runc told of: a line for each refusal, each act
that was let through since its rule is only audited, each container that was
not created, each change of a container's policy. A refusal that comes again and
again has a line each second, with its count. On a terminal a line has the
number that lockctl why takes.

A name means the container that has it now, or had it last: what an earlier one of
that name was refused is shown for its ID or key. A container or policy of which
nobody knows is an error; with --follow it is waited for.

Where lockc-events.service runs, everything is in the journal and comes from
there. Without it the kernel keeps what was told last, in a buffer that holds
some hundred events: it is shown, again and again, until it is full or somebody
follows. With --follow the events are taken out of that buffer, so there can be
one such reader. What was lost, since nobody read it in time, is told, and
lockctl status counts every refusal, read or not.

The fields of a line of JSON: /usr/share/lockc/schemas/event.schema.json. Needs
root.`,
  options: {
    follow: { meaning: "go on with what comes, until it is ended" },
    since: {
      value: "WHEN",
      meaning:
        'nothing older: 30s, 10m, 2h, 1d, a day (2026-03-01), "2026-03-01 12:00" or an RFC 3339 time',
    },
    container: {
      value: "CONTAINER",
      meaning: "only that one's, by name, key, ID or how the ID begins",
    },
    policy: { value: "POLICY", meaning: "only of containers under this policy" },
    debug: {
      meaning: "also containers that come and go, if lockc.yaml says events: debug: true",
    },
    json: { meaning: "a line of JSON each, as it is where this is no terminal" },
    text: { meaning: "a line of text each, as it is on a terminal" },
  },
  operands: [],

  read(asked) {
    if (asked.json && asked.text) {
      throw usage("events are shown as --json or as --text", { about: "events" });
    }
    return asked;
  },
  run: (question) => events(hostPlaces(), question),
});

export interface EventsQuestion {
  readonly follow: boolean;
  readonly since: string | undefined;
  readonly container: string | undefined;
  readonly policy: string | undefined;
  readonly debug: boolean;
  /** Lines of JSON on a terminal too, or of text elsewhere too; neither: as it fits. */
  readonly json: boolean;
  readonly text: boolean;
}

type Tell = (events: readonly Event[]) => Promise<boolean>;

/**
 * Prints what was refused: what there is, or as it comes.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_USAGE, LOCKC_E_NOT_LOADED, LOCKC_E_READER,
 *   LOCKC_E_CONTAINER, LOCKC_E_POLICY
 */
export async function events(places: Places, question: EventsQuestion): Promise<ExitStatus> {
  requireRoot("read events");
  const sinceMs = question.since === undefined ? undefined : parseSince(question.since, Date.now());
  using ended = endedBy("SIGINT", "SIGTERM");
  const { signal } = ended;
  const isInJournal = isRead(places) && isServiceRunning();
  const look = isInJournal ? pastOf(sinceMs, signal) : presentOf(places);
  const isMeant = await chooseContainer(places, question, look);
  const printed = await printer({ ...question, sinceMs, isMeant }, question, signal);
  const { tell } = printed;
  const options = { sinceMs, follow: question.follow };
  if (isInJournal) {
    const status = await tellJournal(options, tell, signal);
    if (!question.follow && printed.count() === 0) requirePolicy(places, question.policy);
    return status;
  }
  if (question.follow) return await follow(places, tell, signal);
  await tellPresent(places, tell);
  if (printed.count() === 0) requirePolicy(places, question.policy);
  return ExitStatus.OK;
}

/** Hands on the events that there are. */
type Look = (tell: (events: readonly Event[]) => void) => Promise<void>;

const presentOf =
  (places: Places): Look =>
  async (tell) => {
    const present = peek(places);
    if (present === undefined) throw notLoaded();
    tell(present.events);
  };

const pastOf =
  (sinceMs: number | undefined, signal: AbortSignal): Look =>
  async (tell) => {
    const take = async (events: readonly Event[]) => {
      tell(events);
      return true;
    };
    await readJournal({ sinceMs, follow: false }, take, signal);
  };

/**
 * Which containers' events are asked for. One that runs is known at once; of one that is over,
 * or was not created, only events tell.
 * @throws LOCKC_E_CONTAINER when nobody is called so, unless somebody may be yet.
 */
async function chooseContainer(
  places: Places,
  { container: word, follow }: EventsQuestion,
  look: Look,
): Promise<EventFilter["isMeant"]> {
  if (word === undefined) return undefined;
  const running = readRunning(places);
  const told = new Map<string, Known>();
  if (findMeant(running, word) === undefined) {
    await look((events) => {
      for (const { container } of events) {
        if (container === null) continue;
        const name = container.name ?? null;
        const identity = `${container.key} ${container.id}`;
        told.delete(identity); // so that the newest is the last
        told.set(identity, { ...container, name });
      }
    });
  }
  const known = gatherKnown(running, told.values());
  const meant = findTold(known, word);
  if (meant !== undefined) return (container) => isSame(container, meant, word);
  const message = `no container under lockc is called "${visible(word)}", and no event tells of one`;
  if (!follow) throw unknownContainer(known, word, message);
  log.info(`${message}; waiting for one`);
  return ({ id, key, name }) =>
    id.startsWith(word) || isCalled({ id, key, name: name ?? null }, word);
}

/**
 * For where nothing was told: a policy of which events tell may be gone since.
 * @throws LOCKC_E_POLICY when no policy is called so
 */
function requirePolicy(places: Places, policy: string | undefined): void {
  if (policy === undefined) return;
  const { policies, broken } = readValidPolicies(places.policies);
  const names = [...policies, ...broken].map(({ name }) => name);
  if ([...names, ...readLoadedNames(places)].includes(policy)) return;
  const nearest = findNearest(policy, names);
  throw new LockcError(
    "LOCKC_E_POLICY",
    `no policy is called "${visible(policy)}", and no event tells of one`,
    nearest ? `did you mean "${nearest}"?` : "see lockctl policy list",
  );
}

function readLoadedNames(places: Places): string[] {
  using maps = openMaps(places.pins);
  return maps === undefined ? [] : readHeldRules(maps).map(({ policy }) => policy);
}

interface Printer {
  /** Writes those events that are wanted; false when nobody reads them, or the signal came. */
  readonly tell: Tell;
  /** How many it wrote. */
  readonly count: () => number;
}

async function printer(
  filter: EventFilter,
  { json, text: asText }: EventsQuestion,
  signal: AbortSignal,
): Promise<Printer> {
  const write = writerTo(1, signal);
  const isText = asText || (!json && readTerminal().isTerminal);
  const show = isText ? sentencesTo(write) : await log.recordsTo(write);
  let count = 0;
  const tell: Tell = async (events) => {
    const wanted = events.filter((event) => isWanted(event, filter));
    count += wanted.length;
    return (await show(wanted)) === "all";
  };
  return { tell, count: () => count };
}

/** A line of text for each event. */
function sentencesTo(write: Write): log.Records {
  return (events) => {
    const terminal = readTerminal(); // it may have another size by now
    return write(events.map((event) => formatEvent(event, terminal)).join(""));
  };
}

async function tellPresent(places: Places, tell: Tell): Promise<ExitStatus> {
  const present = peek(places);
  if (present === undefined) throw notLoaded();
  await tell(present.events);
  if (present.lost > 0) {
    log.info(
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
  log.info(`cannot read the journal: ${failure}`);
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
        log.info("lockc was unloaded: events go on after the next lockctl load");
        break;
      case "replaced":
        log.info("lockctl load has put new programs and maps in place; their events follow");
    }
    wasLoaded = true;
  }
}

function notLoaded(): LockcError {
  return new LockcError(
    "LOCKC_E_NOT_LOADED",
    "cannot read events: lockc is not loaded",
    "run lockctl load",
  );
}
