// SPDX-License-Identifier: Apache-2.0
/**
 * lockctl's log: sentences for people on standard error, records for programs as lines of JSON
 * by pino. Levels mean the same in both. Why sentences do not go through pino:
 * docs/decisions/013-one-log.md.
 */
import type { LockcError } from "../../core/errors.ts";
import type { Event } from "../../core/generated/event.ts";
import type { Write, Written } from "./output.ts";
import { tell } from "./print.ts";
import { escapeUnseen, visible } from "./terminal.ts";

/** Something that is good to know beside what was asked for. Never throws, nor do the others. */
export function info(sentence: string): void {
  tell(2, `lockctl: ${visible(sentence)}\n`);
}

/** Something that works as it was asked to, and may not be what was meant. */
export function warn(sentence: string): void {
  tell(2, `lockctl: warning: ${visible(sentence)}\n`);
}

/**
 * Something that failed, and what to do about it; of a bug also where it is.
 * @param about what failed, where the error does not say it: the beginning of the sentence.
 */
export function error({ message, hint, code, cause }: LockcError, about = ""): void {
  tell(2, `lockctl: ${about}${message}\n  ${hint} [${code}]\n`);
  if (code === "LOCKC_E_BUG" && cause instanceof Error) tell(2, `${cause.stack}\n`);
}

/** Writes a line for each record, and waits until all are taken. */
export type Records = (events: readonly Event[]) => Promise<Written>;

/**
 * Lines of JSON just as schemas/event.schema.json has them. The journal shows these lines to
 * terminals (journalctl -o cat), so what a container wrote into them cannot steer one.
 * pino is loaded here: no other command pays for it.
 * @param write gets what pino wrote of the records that came together, at once.
 */
export async function recordsTo(write: Write): Promise<Records> {
  const { pino } = await import("pino");
  let lines = "";
  const destination = {
    write(line: string) {
      lines += escapeUnseen(line);
    },
  };
  const options = {
    base: null,
    level: "debug",
    timestamp: false, // the record's own
    formatters: { level: (level: string) => ({ level }) },
  };
  const log = pino(options, destination);
  return (events) => {
    for (const { level, msg, ...fields } of events) log[level](fields, msg);
    const text = lines;
    lines = "";
    return write(text);
  };
}
