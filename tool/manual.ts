// SPDX-License-Identifier: Apache-2.0
/**
 * The manual: lockctl's grammar and the schemas → man pages, in the macros of man(7).
 * What no other source says stands here: lockc-runc's page and the examples. Pure.
 */
import { ERRORS } from "../core/errors.ts";
import { firstWords, membersOf } from "../ctl/grammar/find.ts";
import { EXAMPLES, FILES, INTRODUCTION, PURPOSE } from "../ctl/grammar/help.ts";
import { formsOf } from "../ctl/grammar/read.ts";
import { EXIT_MEANINGS, type Verb } from "../ctl/grammar/verb.ts";
import { VERBS } from "../ctl/verbs.ts";
import policySchema from "../schemas/policy.schema.json" with { type: "json" };
import settingsSchema from "../schemas/settings.schema.json" with { type: "json" };

interface Edition {
  readonly version: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** The built-in policies, name → description. */
  readonly policies: Readonly<Record<string, string>>;
}

/** Every page: its path below usr/share/man → its text. */
export function renderManual(edition: Edition): ReadonlyMap<string, string> {
  const pages = [
    lockctlPage(edition),
    ...firstWords().map((word) => wordPage(word, edition)),
    runcPage(edition),
    settingsPage(edition),
    policyPage(edition),
  ];
  return new Map(
    pages.map(({ name, section, text }) => [`man${section}/${name}.${section}`, text]),
  );
}

interface Page {
  readonly name: string;
  readonly section: 1 | 5;
  readonly text: string;
}

const PAGES = ["lockctl(1)", "lockc-runc(1)", "lockc.yaml(5)", "lockc-policy(5)"];

function page(
  name: string,
  section: Page["section"],
  summary: string,
  sections: Readonly<Record<string, string>>,
  { date, version }: Edition,
): Page {
  const others = PAGES.filter((other) => other !== `${name}(${section})`).map((other) => {
    const [, word = "", digit] = /^(.*)(\(\d\))$/.exec(other)!;
    return `.BR ${roff(word)} ${digit}`;
  });
  const bodies = Object.entries({
    NAME: `${roff(name)} \\- ${roff(summary)}`,
    ...sections,
    "SEE ALSO": others.join(" ,\n"),
  });
  const text = [
    '.\\" SPDX-License-Identifier: Apache-2.0',
    `.TH ${name.toUpperCase()} ${section} ${date} "lockc ${version}" lockc`,
    ...bodies.map(([title, body]) => `.SH ${title}\n${body}`),
    "",
  ].join("\n");
  return { name, section, text };
}

function lockctlPage(edition: Edition): Page {
  const commands = Object.entries(VERBS).map(
    ([name, verb]) => `.SS lockctl ${name}\n${command(name, verb)}`,
  );
  const sections = {
    SYNOPSIS: `.B lockctl
.I COMMAND
.RI [ OPTION ]...
.RI [ OPERAND ]...
.br
.B lockctl help
.RI [ COMMAND ]
.br
.B lockctl \\-\\-version`,
    DESCRIPTION: prose(INTRODUCTION),
    COMMANDS: commands.join("\n"),
    "EXIT STATUS": exitStatus(),
    FILES: terms(FILES),
    EXAMPLES: terms(EXAMPLES),
  };
  return page("lockctl", 1, PURPOSE, sections, edition);
}

/** One command, or all that begin with a word: what `man lockctl WORD` shows. */
function wordPage(word: string, edition: Edition): Page {
  const name = `lockctl-${word}`;
  const verb = VERBS[word];
  if (verb !== undefined) {
    const sections = {
      SYNOPSIS: synopsis(word, verb),
      DESCRIPTION: prose(verb.explanation),
      ...(optionTerms(verb) === "" ? {} : { OPTIONS: optionTerms(verb) }),
      "EXIT STATUS": exitStatus(),
    };
    return page(name, 1, verb.summary, sections, edition);
  }
  const members = membersOf(word);
  const sections = {
    SYNOPSIS: members.map((each) => synopsisOf(`${word} ${each}`)).join("\n.br\n"),
    ...Object.fromEntries(
      members.map((each) => [
        `lockctl ${word} ${each}`.toUpperCase(),
        command(`${word} ${each}`, VERBS[`${word} ${each}`]!),
      ]),
    ),
    "EXIT STATUS": exitStatus(),
  };
  return page(name, 1, members.join(", "), sections, edition);
}

const synopsisOf = (name: string) => synopsis(name, VERBS[name]!);

function synopsis(name: string, { options, operands }: Verb): string {
  const words = formsOf(options).map(([option, , { value }]) => `[${term(option, value)}]`);
  return [bold(`lockctl ${name}`), ...words, ...operands.map(italic)].join(" ");
}

function command(name: string, verb: Verb): string {
  const more = optionTerms(verb);
  return [synopsis(name, verb), ".PP", prose(`${capital(verb.summary)}.`), ".PP"]
    .concat(prose(verb.explanation))
    .concat(more === "" ? [] : more)
    .join("\n");
}

function optionTerms({ options }: Verb): string {
  return formsOf(options)
    .map(
      ([option, , { value, meaning }]) =>
        `.TP\n${term(option, value)}\n${prose(`${capital(meaning)}.`)}`,
    )
    .join("\n");
}

/** An option and what it takes. */
const term = (option: string, value: string | undefined) =>
  value === undefined ? bold(option) : `${bold(option)} ${italic(value)}`;

function exitStatus(): string {
  const rows = Object.entries(EXIT_MEANINGS);
  return rows
    .map(([status, meaning]) => `.TP\n.B ${status}\n${prose(`${capital(meaning)}.`)}`)
    .join("\n");
}

function terms(rows: Readonly<Record<string, string>>): string {
  return Object.entries(rows)
    .map(([term, meaning]) => `.TP\n${bold(term)}\n${prose(meaning)}`)
    .join("\n");
}

// ---- lockc-runc(1) -----------------------------------------------------------

function runcPage(edition: Edition): Page {
  const selection = `The administrator's word comes first: \`--lockc-policy\`, else the name that it is
called by (\`lockc-runc-restricted\` selects the policy restricted; make a link for a
policy of your own), else \`defaultPolicy\` of lockc.yaml(5), of the pod's namespace, of
the engine or of the host.

Whoever starts the container may then ask for another policy with the OCI annotation or
the label \`org.lockc.policy\` (Docker, Podman): for one that is at least as strict, unless the
settings say otherwise. The result must lie between the settings' floor and ceiling.`;
  const sections = {
    SYNOPSIS: `.B lockc\\-runc
.RB [ \\-\\-lockc\\-policy
.IR NAME ]
.RI [ GLOBAL ]...
.I COMMAND
.RI [ WORD ]...`,
    DESCRIPTION:
      prose(`lockc-runc stands where an engine expects runc and takes runc's command line. Commands
that start a container (\`create\`, \`run\`, \`restore\`) are judged: it reads the bundle's
config.json, chooses a policy, refuses what the policy forbids with one sentence,
registers the container in the kernel and becomes the real runtime. Every other command
goes to the real runtime as it is; \`--help\` begins with the option below.

It creates no container while lockc is not loaded (lockctl(1)), or when anything about
the container or its policy is not clear.`),
    OPTIONS: `.TP
.BI \\-\\-lockc\\-policy " NAME"
${prose("Hold the container to this policy. It stands before the command, among runc's global options; in Docker's daemon.json it goes to runtimeArgs.")}`,
    "HOW THE POLICY IS CHOSEN": prose(selection),
    "EXIT STATUS": prose("1 when it refuses, else as the runtime does."),
    ERRORS: `${prose("A refusal is one sentence, where the engine looks for runc's: what, why, what to do, and a code.")}
${terms(ERRORS)}`,
    FILES: terms({
      "/etc/lockc/lockc.yaml": "settings, lockc.yaml(5)",
      "/etc/lockc/policy/NAME.yaml": "policies of your own, lockc-policy(5)",
      "/run/lockc/runtime": "the runtime that it becomes, as lockctl load found it",
    }),
    EXAMPLES: `${prose("A runtime of Docker's for containers that get another policy, in /etc/docker/daemon.json:")}
.PP
${example(`{ "runtimes": { "lockc-privileged": {
    "path": "/usr/bin/lockc-runc", "runtimeArgs": ["--lockc-policy", "privileged"] } } }`)}
.PP
${prose("A container of Podman's:")}
.PP
${example("podman --runtime /usr/bin/lockc-runc run …")}`,
  };
  return page("lockc-runc", 1, "runc, with mandatory access control", sections, edition);
}

// ---- files, from their schemas -------------------------------------------------

/** The parts of a JSON schema that the pages are made of. */
interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Examples of the pages; a test holds them against the schemas. */
export const SETTINGS_EXAMPLE = `defaultPolicy: baseline
engines:
  podman: { defaultPolicy: restricted }
  kubernetes: { floor: baseline }
namespaces:
  kube-system: { floor: privileged, defaultPolicy: privileged }
  "team-*": { defaultPolicy: restricted }
`;

export const POLICY_EXAMPLE = `name: shop
description: The shop's front end.
extends: restricted
capabilities:
  add: [CHOWN]
hostPaths:
  add:
    - { path: /srv/shop/static, access: read-only }
mounting: { allow: false, mode: audit }
network: { allow: any }
`;

function settingsPage(edition: Edition): Page {
  const { properties, definitions, description } = settingsSchema as Schema;
  const { selection } = definitions!;
  const keys = Object.entries(properties!).map(([key, schema]) => entry(key, schema, definitions));
  const sections = {
    DESCRIPTION: prose(description!),
    KEYS: keys.join("\n"),
    "KEYS OF AN ENGINE OR A NAMESPACE": `${prose(selection!.description!)}
${Object.keys(selection!.properties!)
  .map((key) => `.TP\n${bold(key)}\n${prose("As above.")}`)
  .join("\n")}`,
    EXAMPLES: example(SETTINGS_EXAMPLE),
  };
  return page("lockc.yaml", 5, "lockc's settings", sections, edition);
}

/** What lists of rules are made of: definition → title. */
const PARTS: Readonly<Record<string, string>> = {
  hostPath: "A place in hostPaths",
  device: "A device in devices",
  pseudoFile: "A file in pseudoFiles",
};

function policyPage(edition: Edition): Page {
  const { properties, definitions, description } = policySchema as Schema;
  const isRule = ({ properties: keys }: Schema) => keys !== undefined;
  const all = Object.entries(properties!);
  const heads = all.filter(([, schema]) => !isRule(schema));
  const rules = all.filter(([, schema]) => isRule(schema));
  const rulesText = rules.map(([name, rule]) => {
    const keys = Object.entries(rule.properties!).filter(([key]) => key !== "mode");
    return [
      `.SS ${roff(name)}`,
      prose(rule.description!),
      ...keys.map(([key, schema]) => entry(key, schema, definitions, rule.properties!.allow)),
    ].join("\n");
  });
  const parts = Object.entries(PARTS).flatMap(([name, title]) => {
    const part = definitions![name]!;
    const shapes = (part.oneOf ?? [part]).map((shape) => {
      const keys = Object.entries(shape.properties!);
      const entries = keys.map(([key, schema]) => entry(key, schema, definitions));
      return [prose(shape.description!), ...entries].join("\n");
    });
    return [`.SS ${title}`, shapes.join("\n.PP\n")];
  });
  const sections = {
    DESCRIPTION: `${prose(description!)}
.PP
${prose("These are built in:")}
${terms(edition.policies)}`,
    KEYS: heads.map(([key, schema]) => entry(key, schema, definitions)).join("\n"),
    RULES: `${prose("Each may have a mode of its own:")}
${entry("mode", definitions!.mode!, definitions)}
${rulesText.join("\n")}`,
    "PARTS OF RULES": parts.join("\n"),
    EXAMPLES: `${prose("/etc/lockc/policy/shop.yaml, in force after lockctl policy reload:")}
.PP
${example(POLICY_EXAMPLE)}`,
  };
  return page("lockc-policy", 5, "what containers may do", sections, edition);
}

/**
 * A key of a file with its meaning and its values.
 * @param same a key whose values need not be told twice.
 */
function entry(
  key: string,
  schema: Schema,
  definitions: Schema["definitions"],
  same?: Schema,
): string {
  const known = deref(schema, definitions);
  const said = values(known, definitions);
  const repeated = same !== undefined && same !== schema && values(same, definitions) === said;
  const sentences = [
    known.description ?? "",
    said === "" || repeated ? "" : `${capital(said)}.`,
    known.default === undefined ? "" : `Default: ${show(known.default)}.`,
  ];
  return `.TP\n${bold(key)}\n${prose(sentences.filter(Boolean).join("\n"))}`;
}

/** What a value may be, where the description does not say it already. */
function values(schema: Schema, definitions: Schema["definitions"]): string {
  const { enum: words, type, items, minimum, maximum, description = "", oneOf } = schema;
  if (words !== undefined) {
    const told = words.every((word) => new RegExp(`\\b${word}\\b`).test(description));
    return told ? "" : `known are ${words.join(", ")}`;
  }
  if (type === "boolean") return "true or false";
  if (type === "integer" && !description.includes(String(maximum))) {
    return `a number from ${minimum} to ${maximum}`;
  }
  const list = items ?? oneOf?.find((each) => each.items !== undefined)?.items;
  return list === undefined ? "" : values(deref(list, definitions), definitions);
}

function deref(schema: Schema, definitions: Schema["definitions"]): Schema {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  return name === undefined ? schema : definitions![name]!;
}

/** A value of JSON in words. */
function show(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Array.isArray(value)
    ? value.map(show)
    : Object.entries(value).map(([key, part]) => `${key}: ${show(part)}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

// ---- roff ----------------------------------------------------------------------

/** Paragraphs that blank lines part; `code` is bold; indented lines stay as they are. */
function prose(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => (/^ {2}/.test(paragraph) ? example(paragraph) : filled(paragraph)))
    .join("\n.PP\n");
}

function filled(paragraph: string): string {
  const parts = paragraph.replace(/\s*\n\s*/g, " ").split("`");
  const text = parts.map((part, index) => (index % 2 === 0 ? roff(part) : bold(part))).join("");
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > LINE) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map(guarded).join("\n");
}

/** Lines of the sources; how wide a page is shown is the reader's affair. */
const LINE = 76;

function example(text: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return [".RS 4", ".nf", ...lines.map((each) => guarded(roff(each))), ".fi", ".RE"].join("\n");
}

/** At the start of a line these two begin a request. */
const guarded = (text: string) => text.replace(/^(?=[.'])/, "\\&");

const bold = (text: string) => `\\fB${roff(text)}\\fR`;
const italic = (text: string) => `\\fI${roff(text)}\\fR`;

const NAMED: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

function roff(text: string): string {
  return text.replace(/[\\\-'`^~]|[^ -~\n]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return NAMED[character] ?? `\\[u${code}]`;
  });
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
