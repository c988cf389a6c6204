// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
import type { Config } from "./config.ts";

/** Whether `value` follows the schema; config-validator.js can tell where it does not. */
export declare const check: (value: unknown) => value is Config;
