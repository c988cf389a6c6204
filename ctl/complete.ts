// SPDX-License-Identifier: Apache-2.0
/** `lockctl __complete`: what the scripts of `lockctl completion` ask when somebody presses Tab. */
import { quietly } from "../core/errors.ts";
import { type NamedRecord, readRunning } from "./container/containers.ts";
import { complete, formatOffer, joinBash, type Names, partBash } from "./grammar/complete.ts";
import { hostPlaces } from "./host/places.ts";
import { readValidPolicies } from "./policy/sources.ts";

/** @param words the shell's name, and what is typed behind `lockctl`, the last word in part. */
export function answerShell([shell, ...words]: readonly string[]): string {
  if (shell !== "bash") return formatOffer(complete(words, NAMES));
  return formatOffer(partBash(complete(joinBash(words), NAMES)));
}

const nameOf = ({ name }: { readonly name: string }) => name;
const calledOf = ({ id, name }: NamedRecord) => (name ? [id, name] : [id]);

/** Whoever types is told of no error, as there is nowhere to tell it. */
const NAMES: Names = {
  policies: () =>
    quietly(() => readValidPolicies(hostPlaces().policies).policies.map(nameOf)) ?? [],
  containers: () => quietly(() => readRunning(hostPlaces()).flatMap(calledOf)) ?? [],
};
