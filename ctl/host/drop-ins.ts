// SPDX-License-Identifier: Apache-2.0
/** Directories of drop-ins that their engine reads whole. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { quietly } from "../../core/errors.ts";

/**
 * Every file below a directory, whatever it is called, in the order in which CRI-O reads its
 * drop-ins (cri-o, pkg/config, UpdateFromPath): a later one's values win.
 * @param base where the host's root directory is.
 * @returns paths of the host; none where there is no such directory.
 */
export function filesBelow(directory: string, base = "/"): string[] {
  const entries = quietly(() => readdirSync(join(base, directory), { withFileTypes: true })) ?? [];
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path, base) : [path];
    });
}
