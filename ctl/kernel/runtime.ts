// SPDX-License-Identifier: Apache-2.0
/** The low-level runtime that creates become. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { toLockcError } from "../../core/errors.ts";
import { resolveRuntime } from "../../core/runtime.ts";

/**
 * Containers need a runtime, loading does not: the engine may be installed later.
 * @throws LOCKC_E_RUNTIME where the one that the settings name is none.
 */
export function findRuntime(configured: string | undefined): { path?: string; lacking?: string } {
  try {
    return { path: resolveRuntime(configured) };
  } catch (error) {
    const { message, hint } = toLockcError(error);
    if (configured !== undefined) throw error;
    return { lacking: `${message}; ${hint}` };
  }
}

/** Writes the one line that the launcher reads, whole or not at all. Gives back its undoing. */
export function writeRuntime(file: string, runtime: string | undefined): () => void {
  let before: string | undefined;
  try {
    before = readFileSync(file, "utf8");
  } catch {
    before = undefined; // not loaded since boot
  }
  replaceFile(file, runtime === undefined ? undefined : `${runtime}\n`);
  return () => replaceFile(file, before);
}

function replaceFile(file: string, text: string | undefined): void {
  if (text === undefined) {
    rmSync(file, { force: true });
    return;
  }
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, text, { mode: 0o644, flag: "wx" });
  renameSync(fresh, file);
}
