// SPDX-License-Identifier: Apache-2.0
/** What standard output is, and text made fit for it. */
import { isatty } from "node:tty";
import { styleText } from "node:util";
import { eastAsianWidth } from "get-east-asian-width";
import { UNSEEN, visible } from "../../core/visible.ts";

export { visible };

export type Colour = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "cyan";

/** Colours the text, or gives it back as it is where there are no colours. */
export type Paint = (colour: Colour | undefined, text: string) => string;

export interface Terminal {
  readonly isTerminal: boolean;
  /** Characters in a line; undefined: nobody said, so nothing is cut. */
  readonly width: number | undefined;
  /** Lines on the screen; undefined where it is no terminal. */
  readonly height: number | undefined;
  readonly paint: Paint;
}

/** What we ask of a stream such as process.stdout. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** No terminal: nothing is cut or coloured. */
export const PLAIN: Terminal = {
  isTerminal: false,
  width: undefined,
  height: undefined,
  paint: (_, text) => text,
};

/** Standard output as it is now: a terminal may change its size. */
export function readTerminal(): Terminal {
  // process.stdout would change a pipe's flags, so it is only looked at where it is a terminal.
  return describeTerminal(isatty(1) ? process.stdout : {}, process.env);
}

/** How wide standard error is; undefined: it is no terminal. */
export function readErrorWidth(): number | undefined {
  return isatty(2) ? process.stderr.columns || 80 : undefined;
}

/** A terminal's own width counts; COLUMNS only where there is none. Colours: no-color.org. */
export function describeTerminal(screen: Screen, env: NodeJS.ProcessEnv): Terminal {
  const isTerminal = screen.isTTY === true;
  const width = screen.columns || naturalNumber(env.COLUMNS) || (isTerminal ? 80 : undefined);
  const height = screen.rows || naturalNumber(env.LINES) || 24;
  const coloured = isTerminal && !env.NO_COLOR && (env.TERM ?? "dumb") !== "dumb";
  return { isTerminal, width, height: isTerminal ? height : undefined, paint: painter(coloured) };
}

function naturalNumber(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,4}$/.test(text ?? "") ? Number(text) : undefined;
}

export function painter(coloured: boolean): Paint {
  // Whether there are colours was asked already, of the stream that gets them.
  return (colour, text) =>
    coloured && colour !== undefined && text !== ""
      ? styleText(colour, text, { validateStream: false })
      : text;
}

/** Whether `visible` would leave it as it is. */
export function isVisible(text: string): boolean {
  return text.search(UNSEEN) < 0;
}

/** The same for text of several lines. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/** The same for JSON, whose meaning stays; its own ends of lines do too. */
export function escapeUnseen(json: string): string {
  return json.replace(UNSEEN, (character) => (character === "\n" ? "\n" : escaped(character)));
}

function escaped(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16));
  return units.map((hex) => `\\u${hex.padStart(4, "0")}`).join("");
}

/**
 * The same for YAML whose scalars are double-quoted wherever they have such a character;
 * its ends of lines stay.
 */
export function escapeYaml(yaml: string): string {
  return yaml.replace(UNSEEN, (character) => {
    if (character === "\n") return "\n";
    const hex = character.codePointAt(0)!.toString(16);
    if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
    return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });
}

/** Words on lines of at most `width` places, the later ones moved in. */
export function wrap(text: string, width: number | undefined, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= (width ?? Infinity)) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(last === undefined ? word : `${" ".repeat(indent)}${word}`);
    }
  }
  return lines.join("\n");
}

/** Each line of a text by itself, going on two further in than it began. */
export function wrapLines(text: string, width: number | undefined): string {
  const indentOf = (line: string) => line.length - line.trimStart().length + 2;
  return text
    .split("\n")
    .map((line) => wrap(line, width, indentOf(line)))
    .join("\n");
}

/** Text behind a visible prefix that nothing breaks; its later lines stand below its first one. */
export function hang(prefix: string, text: string, width: number | undefined): string {
  const indent = widthOf(prefix);
  const room = width === undefined ? undefined : Math.max(1, width - indent);
  return `${prefix}${wrap(text, room, 0).replaceAll("\n", `\n${" ".repeat(indent)}`)}`;
}

/** Each line of a text by itself, going on below what stands behind its blanks, or its first word and some. */
export function hangLines(text: string, width: number | undefined): string {
  return text
    .split("\n")
    .map((line) => {
      const prefix = /^ *(\S+ {2,})?/.exec(line)![0];
      return hang(prefix, line.slice(prefix.length), width);
    })
    .join("\n");
}

/** A file's name as a shell takes it for one word, and no command for a flag. */
export function shellWord(path: string): string {
  const name = path.startsWith("-") ? `./${path}` : path;
  return /^[\w./@%+,=:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** They take no place: they stand on the character before them. */
const COMBINING = /[\p{Mn}\p{Me}\u1160-\u11ff]/u;

/** How many places visible text takes on a terminal. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...text].reduce((width, character) => width + placesOf(character), 0);
}

function placesOf(character: string): number {
  return COMBINING.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
}

/** Visible text in at most `width` places, with a "…" where something is left out. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let rest = width - 1;
  let kept = "";
  for (const character of text) {
    rest -= placesOf(character);
    if (rest < 0) break;
    kept += character;
  }
  return width < 1 ? "" : `${kept}…`;
}
