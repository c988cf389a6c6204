// SPDX-License-Identifier: Apache-2.0
/** `lockctl unload`. */
import type { Freed } from "../container/freed.ts";
import { nameOfContainer } from "../container/naming.ts";
import { defineVerb } from "../grammar/verb.ts";
import { hostPlaces } from "../host/places.ts";
import { unload } from "../kernel/unload.ts";
import { tellSentences } from "../screen/print.ts";
import { visible } from "../screen/terminal.ts";

export const verb = defineVerb({
  summary: "take policies and programs out of the kernel",
  explanation: `Detaches the programs and removes everything under /sys/fs/bpf/lockc. Refused
while containers run under lockc; --force names those that run on without any
policy, also after a load, and status and doctor do until they are gone.
Afterwards lockc-runc creates no container until the next load; stop, delete and
the like go on working. Needs root.`,
  options: {
    force: { meaning: "also while containers run under lockc; they run on unprotected" },
  },
  operands: [],

  run({ force }) {
    tellSentences(formatUnloaded(unload(hostPlaces(), force)));
  },
});

function formatUnloaded(freed: readonly Freed[] | undefined): string {
  if (freed === undefined) return "nothing was loaded\n";
  if (freed.length === 0) return "unloaded\n";
  const names = freed.map((one) => visible(`${nameOfContainer(one)} (${one.policy})`));
  return `unloaded; these containers run on without any policy, also after a load, until they are started anew: ${names.join(", ")}\n`;
}
