// SPDX-License-Identifier: Apache-2.0
/**
 * One cold admission, in a process of its own as in a create: reads, validates and
 * judges the bundle argv[2] of container argv[3] with the policies in argv[4], as
 * compiled JSON. Prints what it took after Node had started, in milliseconds.
 * Registering is left out: it is what a kernel does, and not admission.
 */
import { closeSync, readFileSync } from "node:fs";
import { readBundle } from "../../core/bundle/read.ts";
import { koffi } from "../../core/ffi/koffi.ts";
import { placesOf } from "../../core/host/mounts.ts";
import { judge, refusalOf } from "../../core/judge/judge.ts";
import type { Settings } from "../../core/policy/policy.ts";
import type { Policy } from "../../core/rule/policy.ts";

interface Loaded {
  readonly settings: Settings;
  /** As the map holds them: text until one is asked for. */
  readonly policies: Readonly<Record<string, string>>;
}

const [directory, id, file] = process.argv.slice(2) as [string, string, string];
const { settings, policies } = JSON.parse(readFileSync(file, "utf8")) as Loaded;
koffi(); // in a create it is there by now: the maps are open
const start = performance.now();
const bundle = readBundle(directory);
const read = performance.now();
const judgement = judge({
  id,
  bundle,
  settings,
  flag: undefined,
  calledAs: "lockc-runc",
  find: (name) => JSON.parse(policies[name]!) as Policy,
});
const refusal = refusalOf(judgement, id);
const judged = performance.now();
for (const { fd } of placesOf(judgement.given)) closeSync(fd);
if (refusal !== undefined) throw refusal;
process.stdout.write(JSON.stringify({ readMs: read - start, judgeMs: judged - read }));
