// SPDX-License-Identifier: Apache-2.0
/**
 * Which suite of test/vm belongs to `npm test` (quick) and which to what `npm run test:all` adds
 * (rest), and which releases of it. Each suite stands in one row; so nothing is in both, and
 * test/tool/tiers.test.ts holds that nothing is in neither.
 */
import { isRelease, RELEASES, type Release } from "../vm/releases.ts";

export type TierName = "quick" | "rest";

/** A suite is wholly of one tier, or quick on the releases below and of the rest on the others. */
type Place = TierName | "by release";

/** On which releases a suite that goes by release is quick. */
const QUICK_RELEASES: readonly Release[] = ["bookworm"];

/** The variable that tells a suite that goes by release on which ones it is to run. */
export const CHOICE = "LOCKC_TEST_RELEASES";

/** The suites by the time they take on all their releases, the longest first. */
export const SUITES: Readonly<Record<string, Place>> = {
  membership: "rest",
  lockctl: "rest",
  escapes: "by release",
  builds: "rest",
  software: "rest",
  install: "rest",
  policies: "rest",
  reach: "rest",
  token: "rest",
  inside: "rest",
  docker: "quick",
  examples: "rest",
  notify: "rest",
  "hooked-mounts": "rest",
  confinement: "by release",
  burst: "rest",
  lifecycle: "rest",
  volumes: "rest",
  guard: "rest",
  attach: "rest",
  borrowed: "rest",
  cost: "rest",
  engines: "rest",
  events: "rest",
  failures: "quick",
  filesystems: "rest",
  kernels: "rest",
  mounting: "rest",
  siblings: "rest",
  smoke: "rest",
  snippets: "rest",
  tour: "rest",
};

export const ALL_RELEASES = Object.keys(RELEASES) as readonly Release[];

/** On which releases a tier runs the suites that go by release. */
export function releasesOf(tier: TierName): readonly Release[] {
  return ALL_RELEASES.filter((name) => QUICK_RELEASES.includes(name) === (tier === "quick"));
}

/**
 * On which releases a suite that goes by release runs: those that `choice` names, with blanks
 * between them, in the order of ALL_RELEASES; without it all.
 * @param choice by default the environment's.
 * @throws Error for a name that is none, and when it names none: no suite runs nothing unseen.
 */
export function chosenReleases(choice = process.env[CHOICE]): readonly Release[] {
  if (choice === undefined) return ALL_RELEASES;
  const names = choice.split(" ");
  const wrong = names.find((name) => !isRelease(name));
  if (wrong !== undefined) {
    throw new Error(`${CHOICE} has '${wrong}', which is none of ${ALL_RELEASES.join(", ")}`);
  }
  return ALL_RELEASES.filter((name) => names.includes(name));
}

interface Part {
  readonly suite: string;
  /** Undefined: it goes by no release, and is run whole. */
  readonly releases?: readonly Release[];
}

/** What a tier runs, in the order in which it begins. */
export function partsOf(tier: TierName): Part[] {
  return Object.entries(SUITES)
    .filter(([, place]) => place === tier || place === "by release")
    .map(([suite, place]) =>
      place === "by release" ? { suite, releases: releasesOf(tier) } : { suite },
    );
}

/** The place of a suite in the order: as above, or behind all of them. */
export function rankOf(suite: string): number {
  const place = Object.keys(SUITES).indexOf(suite);
  return place < 0 ? Object.keys(SUITES).length : place;
}
