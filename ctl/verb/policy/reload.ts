// SPDX-License-Identifier: Apache-2.0
/** `lockctl policy reload`. */
import { defineVerb } from "../../grammar/verb.ts";
import { hostPlaces } from "../../host/places.ts";
import { type ReloadReport, reload } from "../../kernel/reload.ts";
import { tellSentences } from "../../screen/print.ts";
import { visible } from "../../screen/terminal.ts";

export const verb = defineVerb({
  summary: "put changed policies and settings in force",
  explanation: `Compiles policies and settings and swaps them in as a whole; a broken file
changes nothing. Containers that run keep the rules they were started with,
unless --running is given: then the kernel half of their policy changes under
them at once. What was judged when they were created is not judged again.
Needs root.`,
  options: {
    running: { meaning: "containers that run get their policy's new rules too" },
  },
  operands: [],

  run({ running }) {
    tellSentences(formatReload(reload(hostPlaces(), running)));
  },
});

function formatReload({ policies, changed, kept, warnings }: ReloadReport): string {
  return [
    `in force: policies ${policies.join(", ")}`,
    ...(changed.length > 0
      ? [`running containers with new rules: ${changed.map(visible).join(", ")}`]
      : []),
    ...(kept.length > 0
      ? [`running containers that keep their old rules: ${kept.map(visible).join(", ")}`]
      : []),
    ...warnings.map((text) => `note: ${text}`),
    "",
  ].join("\n");
}
