// SPDX-License-Identifier: Apache-2.0
/** The config's schema as the product has it twice: to say yes or no, and to tell of faults. */
import assert from "node:assert/strict";
import { check } from "../../core/generated/config-check.js";
import { type ValidationError, validate } from "../../core/generated/config-validator.js";

/** What the validator says, which must be what the check says. */
export function validateConfig(value: unknown): boolean {
  const valid = validate(value);
  assert.equal(check(value), valid, `the check says otherwise: ${JSON.stringify(validate.errors)}`);
  return valid;
}

export declare namespace validateConfig {
  export const errors: readonly ValidationError[] | null | undefined;
}
Object.defineProperty(validateConfig, "errors", { get: () => validate.errors });
