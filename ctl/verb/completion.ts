// SPDX-License-Identifier: Apache-2.0
/** `lockctl completion`. */
import { findNearest } from "../../core/suggest.ts";
import { SCRIPTS } from "../grammar/shells.ts";
import { usage } from "../grammar/usage.ts";
import { defineVerb } from "../grammar/verb.ts";
import { say } from "../screen/print.ts";

export const verb = defineVerb({
  summary: "print what has a shell complete lockctl's words",
  explanation: `Prints a script for bash, zsh or fish, which has the Tab key complete commands,
options and the names of policies, containers and files. The installation places all
three where these shells look for them; for a shell that looks elsewhere:

  bash  source <(lockctl completion bash)
  zsh   lockctl completion zsh >FOLDER/_lockctl, for a FOLDER of $fpath
  fish  lockctl completion fish | source

Names of containers are for root alone.`,
  options: {},
  operands: ["bash|zsh|fish"],

  read: (_values, [shell]) => {
    if (isShell(shell)) return shell;
    const nearest = findNearest(shell, Object.keys(SCRIPTS));
    throw usage(`there is no completion for "${shell}"`, { nearest, about: "completion" });
  },
  run(shell) {
    say(1, SCRIPTS[shell]);
  },
});

function isShell(word: string): word is keyof typeof SCRIPTS {
  return Object.hasOwn(SCRIPTS, word);
}
