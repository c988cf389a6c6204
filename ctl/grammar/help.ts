// SPDX-License-Identifier: Apache-2.0
/** `lockctl --help`, and each verb's. */
import { hang, wrap } from "../screen/terminal.ts";
import { VERBS } from "../verbs.ts";
import { membersOf } from "./find.ts";
import { formsOf } from "./read.ts";
import { EXIT_MEANINGS } from "./verb.ts";

export const PURPOSE = "mandatory access control for containers";

export const INTRODUCTION = `lockc-runc stands where an engine expects runc, decides each container's policy
and hands over to the real runc; programs in the kernel enforce the policy.
lockctl brings those programs into the kernel and works with policies.`;

export const EXAMPLES: Readonly<Record<string, string>> = {
  "lockctl status": "can this host run lockc?",
  "sudo lockctl load": "yes: load it",
  "docker run --runtime lockc …": "a container under the default policy",
  "lockctl policy diff baseline restricted": "what would break there?",
};

export const FILES: Readonly<Record<string, string>> = {
  "/etc/lockc/lockc.yaml": "settings: default policy, low-level runtime",
  "/etc/lockc/policy/NAME.yaml": "policies of your own, beside the built-in ones",
};

/** Where nobody says how wide a line is, and the widest that is read with ease. */
const USUAL = 80;
const WIDEST = 120;

/**
 * @param about a command, the first word of some, or "" for lockctl as a whole.
 * @param width of the terminal in characters; undefined: there is none.
 */
export function formatHelp(about: string, width: number | undefined): string {
  const room = Math.min(width ?? USUAL, WIDEST);
  if (about === "") return overallHelp(room);
  return VERBS[about] === undefined ? groupHelp(about, room) : commandHelp(about, room);
}

function overallHelp(width: number): string {
  return sections(
    wrap(`lockctl: ${PURPOSE}`, width, 2),
    prose(INTRODUCTION, width),
    titled("Commands", {
      ...overview(Object.keys(VERBS)),
      "lockctl help COMMAND": "more about one of them",
    })(width),
    titled("To begin", EXAMPLES)(width),
    titled("Files", FILES)(width),
    titled("Exit status", EXIT_MEANINGS)(width),
  );
}

function groupHelp(group: string, width: number): string {
  const commands = overview(membersOf(group).map((name) => `${group} ${name}`));
  const more = { [`lockctl help ${group} COMMAND`]: "more about one of them" };
  return sections(`lockctl ${group} COMMAND`, titled("Commands", { ...commands, ...more })(width));
}

function commandHelp(name: string, width: number): string {
  const { summary, explanation, operands, options } = VERBS[name]!;
  const forms = formsOf(options);
  const words = forms.map(([, form]) => `[${form}]`);
  const usage = [`lockctl ${name}`, ...words, ...operands].map(unbroken).join(" ");
  const meanings = Object.fromEntries(forms.map(([, form, { meaning }]) => [form, meaning]));
  return sections(
    broken(wrap(`${usage}: ${summary}`, width, 4)),
    prose(explanation, width),
    ...(forms.length > 0 ? [titled("Options", meanings)(width)] : []),
    titled("Exit status", EXIT_MEANINGS)(width),
  );
}

function overview(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`lockctl ${name}`, VERBS[name]!.summary]));
}

/** A flag and its value stay in one line. */
const unbroken = (words: string) => words.replaceAll(" ", "\u00a0");
const broken = (text: string) => text.replaceAll("\u00a0", " ");

function sections(...texts: readonly string[]): string {
  return `${texts.join("\n\n")}\n`;
}

/** Paragraphs that blank lines part; indented lines stay lines, those of two columns too. */
function prose(text: string, width: number): string {
  return text
    .split(/\n\s*\n/)
    .map((part) =>
      /^ {2}/.test(part) ? indented(part, width) : wrap(part.replace(/\s*\n\s*/g, " "), width, 0),
    )
    .join("\n\n");
}

function indented(part: string, width: number): string {
  const lines = part.split("\n").map((line) => {
    const [, left = "", right] = /^( +\S+(?: \S+)* {2,})(\S.*)$/.exec(line) ?? [];
    if (right === undefined) return hang("  ", line.trimStart(), width);
    if (width - left.length >= LEAST) return hang(left, right, width);
    return `${left.trimEnd()}\n${hang("      ", right, width)}`;
  });
  return lines.join("\n");
}

/** What is left of a line is too little to read below so much. */
const LEAST = 28;

/** Two columns; the right one goes below the left one where it would be too narrow. */
function titled(title: string, rows: Readonly<Record<string, string>>): (width: number) => string {
  return (width) => {
    const left = Math.max(...Object.keys(rows).map((text) => text.length));
    const beside = width - left - 4 >= LEAST;
    const lines = Object.entries(rows).map(([term, meaning]) =>
      beside
        ? hang(`  ${term.padEnd(left)}  `, meaning, width)
        : `  ${term}\n${hang("      ", meaning, width)}`,
    );
    return [`${title}:`, ...lines].join("\n");
  };
}
