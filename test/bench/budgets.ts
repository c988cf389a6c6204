// SPDX-License-Identifier: Apache-2.0
/** The budgets of budgets.json: instructions, calls, files and bytes, each at most. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Costs } from "../../bench/measure/kernel-guest.ts";
import type { Release } from "../../vm/guest.ts";

export interface Budgets {
  /** Instructions in user mode, beyond those of Node with an empty script. */
  readonly create: {
    readonly instructions: number;
    readonly calls: number;
    readonly opens: number;
  };
  readonly admissionUnderCallgrind: { readonly instructions: number };
  readonly state: { readonly calls: number; readonly opens: number };
  /** How large files of an installation are. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Instructions that a kernel's verifier walks through before all programs are loaded. */
  readonly verified: Readonly<Record<Release, number>>;
  /** Instructions of a system call, beyond those without lockc in the same place. */
  readonly guest: { readonly contained: Costs; readonly uncontained: Costs };
}

export const BUDGETS: Budgets = JSON.parse(
  readFileSync(join(import.meta.dirname, "budgets.json"), "utf8"),
);
