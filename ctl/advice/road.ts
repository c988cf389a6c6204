// SPDX-License-Identifier: Apache-2.0
/**
 * From a policy that was advised to a container that has it: the commands that place it, let
 * containers ask for it and put it in force. Pure.
 */
import { dirname, join } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { Requests } from "../../core/policy/policy.ts";
import { listsPolicy, POLICY_KEY } from "../../core/policy/select.ts";
import type { Places } from "../host/places.ts";
import { wrap } from "../screen/terminal.ts";

/** What --json of lockctl why has under `road`; its keys stay. */
export interface Road {
  /** For root's shell, one after the other, as they stand. */
  readonly commands: readonly string[];
  /** What must be done by hand where no command can; most often nothing. */
  readonly byHand: readonly string[];
  /** How a container asks for the policy then. */
  readonly start: string;
  /** Other ways to choose it. */
  readonly otherwise: readonly string[];
}

interface Destination {
  readonly name: string;
  /** The command that puts the policy's file in place; none where it lies there. */
  readonly place: readonly string[];
  /** A container that runs and shall have it at once, as lockctl takes its name. */
  readonly running: string | undefined;
}

export interface RoadGround {
  readonly places: Pick<Places, "policies" | "settings">;
  /** The settings' file as it is; undefined: there is none. */
  readonly settingsText: string | undefined;
}

export function roadTo(to: Destination, { places, settingsText }: RoadGround): Road {
  const { name, place, running } = to;
  const { settings } = places;
  const permission = permit(name, settings, settingsText);
  return {
    commands: [
      ...place,
      ...permission.commands,
      "lockctl policy reload",
      ...(running === undefined ? [] : [`lockctl container policy ${running} ${name} --force`]),
    ],
    byHand: permission.byHand,
    start: `--label ${POLICY_KEY}=${name}`,
    otherwise: [
      `for every container: defaultPolicy: ${name} in ${settings}`,
      `by a runtime of its own, which no label chooses: lockctl engine register docker --policy ${name}, then docker run --runtime lockc-${name}; podman, containerd and crio are registered alike`,
    ],
  };
}

/** Where a policy of one's own goes. */
export function placeOfPolicy(name: string, { policies }: RoadGround["places"]): string {
  return join(policies.at(-1)!, `${name}.yaml`);
}

/** A shell's command that writes the policy's text, of which no line is "EOF". */
export function placeByText(name: string, text: string, places: RoadGround["places"]): string[] {
  const file = placeOfPolicy(name, places);
  return [`mkdir -p ${dirname(file)}`, `cat >${file} <<'EOF'\n${text.trimEnd()}\nEOF`];
}

/** A container's name or ID that needs no quotes in a shell, nor is taken for a flag. */
export function plainWord(...words: readonly (string | null | undefined)[]): string | undefined {
  return words.find((word) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(word ?? "")) ?? undefined;
}

// ---- letting containers ask for it -------------------------------------------------

type Permission = Pick<Road, "commands" | "byHand">;

const NOTHING: Permission = { commands: [], byHand: [] };

function permit(name: string, file: string, text: string | undefined): Permission {
  const lines = new LineCounter();
  const document = parseDocument(text ?? "", { lineCounter: lines, stringKeys: true });
  const { contents } = document;
  if (document.errors.length > 0 || (contents !== null && !isMap(contents))) {
    return byHand(`let requests.also in ${file} list ${name}, once that file is in order`);
  }
  const elsewhere = ownRequests(contents).map(
    (key) => `where ${key} in ${file} holds, let that list ${name} under also`,
  );
  const top = permitTop(name, file, text ?? "", contents, (offset) => lines.linePos(offset).line);
  return { commands: top.commands, byHand: [...top.byHand, ...elsewhere] };
}

const byHand = (...sentences: readonly string[]): Permission => ({
  commands: [],
  byHand: sentences,
});

/** What engines and namespaces say for themselves goes before what is said for the host. */
function ownRequests(settings: YAMLMap | null): string[] {
  return ["engines", "namespaces"].flatMap((group) => {
    const members = settings?.get(group);
    if (!isMap(members)) return [];
    return members.items.flatMap(({ key, value }) =>
      isMap(value) && value.has("requests") && isScalar(key)
        ? [`${group}.${String(key.value)}.requests`]
        : [],
    );
  });
}

function permitTop(
  name: string,
  file: string,
  text: string,
  settings: YAMLMap | null,
  lineOf: (offset: number) => number,
): Permission {
  const pair = settings?.items.find(({ key }) => isScalar(key) && key.value === "requests");
  if (pair === undefined) {
    if (settings?.flow === true) return byHand(`let requests.also in ${file} list ${name}`);
    const line = `requests: { also: [${name}] }`;
    const whole = text === "" || text.endsWith("\n");
    const write = whole ? `echo '${line}'` : `printf '\\n%s\\n' '${line}'`;
    return { commands: [`${write} >>${file}`], byHand: [] };
  }
  const now = (settings!.toJSON() as { requests: Requests }).requests;
  if (now === "any" || listsPolicy(now, name)) return NOTHING;
  if (now === "ignore") {
    return byHand(
      `${file} says requests: ignore, so that no label chooses: take one of the other ways, or let it say requests: { tighten: false, also: [${name}] }, which refuses whoever asks for another policy`,
    );
  }
  const listed = typeof now === "object" ? now : { also: [] };
  const said = [
    ...(listed.tighten === false ? ["tighten: false"] : []),
    `also: [${[...listed.also, name].map((each) => (each.endsWith("*") ? `"${each}"` : each)).join(", ")}]`,
  ];
  const line = `requests: { ${said.join(", ")} }`;
  const number = lineOf((pair.key as { range: [number] }).range[0]);
  return isAlone(pair.value, number, text, lineOf)
    ? { commands: [`sed -i '${number}s/.*/${line}/' ${file}`], byHand: [] }
    : byHand(`let ${file} say ${line}`);
}

/** Whether nothing else stands on the line of the key: neither a comment nor the value's rest. */
function isAlone(
  value: unknown,
  number: number,
  text: string,
  lineOf: (offset: number) => number,
): boolean {
  const range = (value as { range?: readonly [number, number, number] } | null)?.range;
  if (range === undefined || lineOf(range[1] - 1) !== number) return false;
  return /^requests:[^#]*$/.test(text.split("\n")[number - 1] ?? "");
}

export function sentence(text: string, width: number | undefined): string {
  return `  ${wrap(text, width && width - 2, 4)}`;
}

/** Commands stand at the beginning of their lines and are never broken, to be copied. */
export function formatRoad(road: Road, width: number | undefined): string {
  const { commands, byHand, start, otherwise } = road;
  return [
    sentence("to allow it, as root:", width),
    "",
    ...commands,
    "",
    ...byHand.map((text) => withWords(`and ${text}; then lockctl policy reload`, width)),
    withWords(
      `then start containers that need it with ${start} (Docker, Podman; for others the annotation of that name). Any user of the engine, and any image, may ask for it then.`,
      width,
    ),
    ...otherwise.map((text) => withWords(`or ${text}`, width)),
    "",
  ].join("\n");
}

/** A sentence in which what is to be typed stays on one line, where one is long enough. */
function withWords(text: string, width: number | undefined): string {
  const typed = text.replace(
    /lockctl engine register \w+ --policy [^\s,]+|docker run --\w+ [^\s;]+|--\w+ \S+/g,
    (words) => words.replaceAll(" ", "\u00a0"),
  );
  return sentence(typed, width).replaceAll("\u00a0", " ");
}

/** They repeat the refusals, which stand above. */
export function withoutComments(change: string): string {
  return change.replace(/^ *#.*\n/gm, "");
}
