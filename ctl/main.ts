// SPDX-License-Identifier: Apache-2.0
/** lockctl: words in, exit status out. */
import { type ErrorCode, toLockcError } from "../core/errors.ts";
import { answerShell } from "./complete.ts";
import { formatHelp } from "./grammar/help.ts";
import { type Command, parseCommandLine } from "./grammar/parse.ts";
import { ExitStatus } from "./grammar/verb.ts";
import { VERSION } from "./host/version.ts";
import * as log from "./screen/log.ts";
import { asWriteFault } from "./screen/output.ts";
import { say } from "./screen/print.ts";
import { readTerminal } from "./screen/terminal.ts";
import { VERBS } from "./verbs.ts";

/** Errors that have an exit status of their own; any other is FAILED. */
const STATUS_OF: Partial<Record<ErrorCode, ExitStatus>> = {
  LOCKC_E_USAGE: ExitStatus.USAGE,
  LOCKC_E_PRIVILEGE: ExitStatus.PRIVILEGE,
  LOCKC_E_BUSY: ExitStatus.BUSY,
};

/** Runs one command and tells how it went; some go on until somebody ends them. */
export async function main(words: readonly string[]): Promise<ExitStatus> {
  try {
    return await run(parseCommandLine(words));
  } catch (thrown) {
    const error = toLockcError(asWriteFault(thrown));
    log.error(error);
    return STATUS_OF[error.code] ?? ExitStatus.FAILED;
  }
}

async function run(command: Command): Promise<ExitStatus> {
  switch (command.kind) {
    case "help":
      say(1, formatHelp(command.about, readTerminal().width));
      return ExitStatus.OK;
    case "version":
      say(1, `lockctl ${VERSION}\n`);
      return ExitStatus.OK;
    case "complete":
      say(1, answerShell(command.words));
      return ExitStatus.OK;
    case "verb":
      return (await VERBS[command.name]!.run(command.request)) ?? ExitStatus.OK;
  }
}
