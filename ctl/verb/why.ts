// SPDX-License-Identifier: Apache-2.0
/** The story of `lockctl why`: each refusal with where its rule is written, and what would allow it. */
import { isEnginesId, shortId } from "../../core/ids.ts";
import { explainRefusals, type Reason } from "../advice/explain.ts";
import { LATELY_MS, readGround } from "../advice/ground.ts";
import { formatRoad, sentence, withoutComments } from "../advice/road.ts";
import type { NamedRecord } from "../container/containers.ts";
import { findTold, gatherKnown, isCalled, isSame, unknownContainer } from "../container/naming.ts";
import { numbersOf, type Refusal, readRefusals } from "../event/refusals.ts";
import { defineVerb, JSON_FLAG } from "../grammar/verb.ts";
import { hostPlaces, type Places } from "../host/places.ts";
import { withMaps } from "../kernel/pins.ts";
import * as log from "../screen/log.ts";
import { json, say } from "../screen/print.ts";
import { type Paint, readTerminal, visible, wrap } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "say why something was refused, and what would allow it",
  explanation: `Takes a container (its ID or how that begins, its name or key) or the number of
an event; without one it takes the last 20 refusals of all. For each it says which
rule refused, in which line of which policy file that is written, and the smallest
change that would allow it: a policy of your own that extends the present one.
Then come the commands that put it in place, to be copied as they stand: one writes
the policy's file, one lists it in lockc.yaml as one that may be asked for
(requests.also), one puts both in force, and where the container still runs one gives
it the policy at once. Where no policy should allow it, or the floor of the settings
does not let one, it says why and what to do instead.

It knows what the kernel remembers, containers that were not created included,
and where lockc-events.service runs also what went to the journal in the last
day. Needs root.`,
  options: { json: JSON_FLAG },
  operands: ["[ID|EVENT]"],

  async run({ json: asJson }, [word]) {
    const reasons = await why(hostPlaces(), word, log.info);
    say(1, asJson ? json(reasons) : formatReasons(reasons, readTerminal()));
  },
});

/**
 * @param word a container as people call it, or the number of an event; without it the last
 *   refusals of all.
 * @param note is told of others of that name, whose refusals are not among them.
 * @throws LOCKC_E_PRIVILEGE, LOCKC_E_NOT_LOADED, LOCKC_E_CONTAINER
 */
export async function why(
  places: Places,
  word: string | undefined,
  note: (text: string) => void = () => {},
): Promise<Reason[]> {
  const ground = withMaps(places, "see what was refused", (maps) => readGround(places, maps));
  const refusals = await readRefusals(places, Date.now() - LATELY_MS);
  const meant =
    word === undefined ? refusals.slice(-LAST) : chosen(word, refusals, ground.records, note);
  return explainRefusals(meant, ground);
}

/** So many of all: more than fit on a screen help nobody. */
const LAST = 20;

/**
 * Those of a container, or of an event by its number. Whole names come first; then numbers, as
 * the beginning of an ID may look like one.
 * @throws LOCKC_E_CONTAINER
 */
function chosen(
  word: string,
  refusals: readonly Refusal[],
  records: readonly NamedRecord[],
  note: (text: string) => void,
): readonly Refusal[] {
  const told = refusals.flatMap(({ event: { container } }) =>
    container === null ? [] : { ...container, name: container.name ?? null },
  );
  const known = gatherKnown(records, told);
  const called = known.filter((one) => isCalled(one, word));
  const numbered = refusals.findLast((one) => numbersOf(one).includes(Number(word)));
  if (called.length === 0 && /^\d+$/.test(word) && numbered) return [numbered];
  const meant = findTold(known, word);
  if (meant === undefined) {
    const message = `nothing is known of "${visible(word)}": it is neither a container under lockc nor the number of a refusal`;
    throw unknownContainer(known, word, message);
  }
  for (const other of called) {
    if (isSame(other, meant, word)) continue;
    const { id, key } = other;
    const precise = isEnginesId(id) ? shortId(id) : key;
    note(
      `another container "${visible(word)}" was refused something too: lockctl why ${visible(precise)}`,
    );
  }
  return refusals.filter(
    ({ event: { container } }) => container !== null && isSame(container, meant, word),
  );
}

// ---- for people ------------------------------------------------------------------

/** Refusals with the same remedy stand together. */
export function formatReasons(reasons: readonly Reason[], { width, paint }: Form): string {
  if (reasons.length === 0) return "nothing was refused, as far as the kernel remembers\n";
  const groups = Map.groupBy(reasons, ({ event: _e, total: _t, road: _r, ...remedy }) =>
    JSON.stringify({ ...remedy, change: withoutComments(remedy.change ?? "") }),
  );
  const several = [...groups.values()].filter(([first]) => first!.change !== null).length > 1;
  const told = [...groups.values()].map((group) => formatGroup(group, several, { width, paint }));
  return [...told, ...formatRoads(reasons, width)].join("\n");
}

interface Form {
  readonly width: number | undefined;
  readonly paint: Paint;
}

/** @param several whether there are other changes, so that what puts it in place has more than this. */
function formatGroup(group: readonly Reason[], several: boolean, { width, paint }: Form): string {
  const { written, change, gives, never, instead, note } = group[0]!;
  const lines = group.map(({ event, total }) => {
    const colour = event.level === "warn" ? "red" : "yellow";
    const times = total > event.count ? ` (${total} times in all)` : "";
    const text = wrap(`${event.event} ${event.sequence}: ${visible(event.msg)}${times}`, width, 4);
    return `${paint(colour, event.event)}${text.slice(event.event.length)}`;
  });
  const say = (title: string, text: string | null) =>
    text === null ? [] : [sentence(`${title} ${visible(text)}`, width)];
  return [
    ...lines,
    ...say("written at", written),
    ...(change === null || !several ? [] : ["", ...indented(change), ""]),
    ...say("allows:", gives),
    ...say("not to be allowed:", never),
    ...say("instead:", instead),
    ...say("note:", note),
    "",
  ].join("\n");
}

/** One for all, or the way to each: two of them would write one file. */
function formatRoads(reasons: readonly Reason[], width: number | undefined): string[] {
  const roads = new Map(
    reasons.flatMap(({ road }) => (road ? [[JSON.stringify(road), road]] : [])),
  );
  if (roads.size > 1) {
    const text = "what puts a change in place, for one container at a time: lockctl why CONTAINER";
    return [`${sentence(text, width)}\n`];
  }
  return [...roads.values()].map((road) => formatRoad(road, width));
}

/** The change as a file, with where it goes. */
function indented(change: string): string[] {
  const name = /^name: (.*)$/m.exec(change)?.[1];
  const lines = withoutComments(change).trimEnd().split("\n");
  return [`  /etc/lockc/policy/${name}.yaml`, ...lines.map((line) => `      ${line}`.trimEnd())];
}
