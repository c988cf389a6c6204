// SPDX-License-Identifier: Apache-2.0
/** `lockctl status`. */
import { defineVerb, JSON_FLAG } from "../grammar/verb.ts";
import { hostPlaces } from "../host/places.ts";
import { json, say } from "../screen/print.ts";
import { readTerminal } from "../screen/terminal.ts";
import { formatStatus } from "../status/lines.ts";
import { exitStatusOf, readStatus } from "../status/read.ts";

export const verb = defineVerb({
  summary: "show kernel, programs, policies, containers",
  explanation: `Shows on one screen whether this kernel can run lockc's programs (and if not,
which boot parameter helps), how many are attached, the low-level runtime,
each policy with its mode, how many rules the kernel holds under it and how many
containers it has, the containers with their mode and refusals so far and, where
not all of a policy is enforced, why not, and processes in containers that no
policy holds (there should be none). Those that are not held stand first. Works
before load and without root, and says what it then cannot see. --json has
everything, the rules of each policy too.`,
  options: { json: JSON_FLAG },
  operands: [],

  run({ json: asJson }) {
    const status = readStatus(hostPlaces());
    say(1, asJson ? json(status) : formatStatus(status, readTerminal()));
    return exitStatusOf(status);
  },
});
