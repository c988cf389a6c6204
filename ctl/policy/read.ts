// SPDX-License-Identifier: Apache-2.0
/** Files that an administrator wrote. */
import { isUtf8 } from "node:buffer";
import { LockcError } from "../../core/errors.ts";
import type { Policy } from "../../core/rule/policy.ts";
import { NoRegularFile, readRegularFile } from "../host/regular-file.ts";

export interface Known {
  readonly policies: readonly Policy[];
  readonly broken: readonly string[];
}

export function readText(file: string): string {
  const text = readTextIfThere(file);
  if (text !== undefined) return text;
  throw new LockcError("LOCKC_E_SETTINGS", `${file}: it does not exist`, "correct the path");
}

/** Control characters that YAML 1.2 does not take (5.1, Character Set). */
const NO_TEXT = /[^\P{Cc}\t\n\r\u0085]/u;

export function readTextIfThere(file: string): string | undefined {
  const bytes = tolerant(() => readRegularFile(file), file);
  if (bytes === undefined) return undefined;
  const text = bytes.toString("utf8");
  if (isUtf8(bytes) && !NO_TEXT.test(text)) return text;
  throw new LockcError(
    "LOCKC_E_SETTINGS",
    `${file}: it is not text`,
    "give it a policy or the settings, as YAML in UTF-8",
  );
}

/** undefined for what does not exist; anything else that keeps it from being read is told. */
export function tolerant<T>(read: () => T, file: string): T | undefined {
  try {
    return read();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    const why = cause instanceof NoRegularFile ? cause.message : `it cannot be read (${code})`;
    const hint = "see its owner, mode and kind (ls -ld)";
    throw new LockcError("LOCKC_E_SETTINGS", `${file}: ${why}`, hint, { cause });
  }
}
