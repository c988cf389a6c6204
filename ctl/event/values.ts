// SPDX-License-Identifier: Apache-2.0
/** Values that events share. */

/** Rules of no policy, as who refused. */
export const OF_THE_HOST: Readonly<Record<string, string>> = {
  guard: "the guard",
  entry: "it would enter a container that is over, or that nobody can tell",
};
