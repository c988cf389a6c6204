// SPDX-License-Identifier: Apache-2.0
/** The options of verbs that list. */
import type { Listing } from "../screen/table.ts";
import { usage } from "./usage.ts";
import { JSON_FLAG, type Options, type ValuesOf } from "./verb.ts";

export const LISTING = {
  json: JSON_FLAG,
  format: { value: "COLUMN,…", meaning: "these columns, in this order" },
  "no-header": { meaning: "rows only, for scripts" },
  "no-trunc": { meaning: "whole IDs, not their first 12 digits" },
} as const satisfies Options;

/** @throws LOCKC_E_USAGE */
export function listingOf(values: ValuesOf<typeof LISTING>): Listing {
  const { json, format, "no-header": noHeader, "no-trunc": whole } = values;
  const ofTables = [
    ...(format === undefined ? [] : ["--format"]),
    ...(noHeader ? ["--no-header"] : []),
    ...(whole ? ["--no-trunc"] : []),
  ];
  if (json && ofTables.length > 0) {
    throw usage(`--json prints everything: ${ofTables[0]} is for tables`);
  }
  return { json, format, header: !noHeader, whole };
}
