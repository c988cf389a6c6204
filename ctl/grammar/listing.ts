// SPDX-License-Identifier: Apache-2.0
/** The flags of verbs that list. */
import type { Listing } from "../screen/table.ts";
import { usage } from "./usage.ts";
import { type Flag, JSON_FLAG } from "./verb.ts";

export const LISTING_FLAGS: Readonly<
  Record<"--json" | "--format" | "--no-header" | "--no-trunc", Flag>
> = {
  "--json": JSON_FLAG,
  "--format": { value: "COLUMN,…", meaning: "these columns, in this order" },
  "--no-header": { meaning: "rows only, for scripts" },
  "--no-trunc": { meaning: "whole IDs, not their first 12 digits" },
};

export function listingOf(flags: ReadonlyMap<string, string>): Listing {
  const ofTables = ["--format", "--no-header", "--no-trunc"].filter((flag) => flags.has(flag));
  if (flags.has("--json") && ofTables.length > 0) {
    throw usage(`--json prints everything: ${ofTables[0]} is for tables`);
  }
  return {
    json: flags.has("--json"),
    format: flags.get("--format"),
    header: !flags.has("--no-header"),
    whole: flags.has("--no-trunc"),
  };
}
