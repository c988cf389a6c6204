// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.
import type { Settings } from "./settings.ts";

export interface ValidationError {
  /** JSON pointer to the value: "/hostPaths/0/access". */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Whether `value` follows the schema; if not, `errors` says where. */
export declare const validate: {
  (value: unknown): value is Settings;
  errors?: readonly ValidationError[] | null;
};
export default validate;
