// SPDX-License-Identifier: Apache-2.0
/**
 * What is wrong with a config.json that does not follow its schema. A file of its own, read
 * only where there is something to say: it is as much code as half of the shim.
 */
import type { Config } from "../generated/config.ts";
import { type ValidationError, validate } from "../generated/config-validator.js";

/** None: nothing is wrong. */
export function faultsOf(config: unknown): readonly ValidationError[] {
  return validate(config as Config) ? [] : (validate.errors ?? []);
}
