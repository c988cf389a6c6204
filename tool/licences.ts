// SPDX-License-Identifier: Apache-2.0
/** The licences of others' programs that a bundle carries, by what esbuild says went into it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** A package of which a bundle has code, and its folder, from the top of the tree. */
export interface Carried {
  readonly name: string;
  readonly folder: string;
}

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** Packages of which at least a byte is in a bundle, each once. */
export function carriedBy({ outputs }: Metafile): Carried[] {
  const carried = new Map<string, Carried>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [beginning, name] = PACKAGE.exec(path) ?? [];
      if (name === undefined || bytesInOutput === 0) continue;
      carried.set(beginning!, { name, folder: beginning!.slice(0, -1) });
    }
  }
  return [...carried.values()];
}

/**
 * The file with a package's licence, whatever it is called.
 * @param top where the folder of `carried` begins.
 * @throws Error where there is none: what has no licence is not given to others.
 */
export function licenceOf({ name, folder }: Carried, top: string): string {
  const names = readdirSync(join(top, folder)).sort();
  const found = names.find((file) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(file));
  if (found === undefined) {
    throw new Error(`${name} is in a bundle, and ${folder} has no licence: leave the package out`);
  }
  return join(top, folder, found);
}

/** What the licence is called where it is installed. */
export function licenceName({ name }: Carried): string {
  return `${name.replaceAll("/", "-")}.txt`;
}
