// SPDX-License-Identifier: Apache-2.0
/** The bytes of a config.json, read as both runtimes read them, or refused. */
import { isUtf8 } from "node:buffer";
import { LockcError } from "../errors.ts";
import type { Config } from "../generated/config.ts";
import { check as isConfig } from "../generated/config-check.js";
import { ALL_NAMES } from "../generated/config-names.ts";
import { readLater } from "../later.ts";
import { listed } from "../words.ts";
import type { Bundle } from "./bundle.ts";
import { factsOf } from "./facts.ts";
import { fold } from "./fold.ts";
import { describeFault } from "./schema-fault.ts";

/**
 * The text of a config.json → what it says, to runc and to crun.
 * @throws LOCKC_E_CONFIG
 */
export function parseConfig(file: string, bytes: Uint8Array): Config {
  if (!isUtf8(bytes)) throw notJson(file, "it is not UTF-8");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notJson(file, (cause as Error).message, cause);
  }
  if (isUnusual(text, value)) return parseUnusual(file, text);
  if (isConfig(value)) return value;
  throw invalid(file, value);
}

function notJson(file: string, reason: string, cause?: unknown): LockcError {
  return fault(file, `is not JSON: ${reason}`, "let the engine write it again", { cause });
}

function invalid(file: string, value: unknown): LockcError {
  const { faultsOf } = readLater("faults");
  return fault(file, describeFault(faultsOf(value), value), "correct it there");
}

/**
 * runc's reading of a text that is written otherwise than engines write it. The low-level
 * runtime may be crun, so what both read must come to the same, as far as anything of it is
 * judged.
 */
function parseUnusual(file: string, text: string): Config {
  const read = readLater("reading").readUnusual(text);
  if ("reason" in read) throw fault(file, read.reason, read.hint);
  const { go, goBefore, crun, oddities } = read;
  if (!isConfig(go)) throw invalid(file, go);
  for (const earlier of goBefore) if (!isConfig(earlier)) throw invalid(file, earlier);
  const different = crun.flatMap((other) => differencesOf(go, other));
  if (different.length === 0) return go;
  throw fault(
    file,
    `has ${listed(oddities, 3)}, so that runc and crun would read ${listed([...new Set(different)])} differently`,
    "let each name stand once, as the specification spells it",
  );
}

/** The facts in which crun's reading differs, or where it is not valid. */
function differencesOf(go: Config, crun: unknown): string[] {
  if (!isConfig(crun)) return [readLater("faults").faultsOf(crun)[0]?.instancePath || "/"];
  const [ours, theirs] = [factsOf("/", go), factsOf("/", crun)];
  return Object.keys(ours).filter((name) => {
    const fact = name as keyof Bundle;
    return JSON.stringify(ours[fact]) !== JSON.stringify(theirs[fact]);
  });
}

/** What of a JSON text stands outside strings; of a text that is none, anything. */
function withoutStrings(text: string): string {
  const unescaped = text.includes("\\") ? text.replace(/\\./g, "") : text;
  const parts = unescaped.split('"');
  let outside = "";
  for (let at = 0; at < parts.length; at += 2) outside += parts[at];
  return outside;
}

const EXACT: ReadonlySet<string> = new Set(ALL_NAMES.split(" "));
const FOLDED: ReadonlySet<string> = new Set(fold(ALL_NAMES).split(" "));

/** No engine nests deeper than some fifteen levels. */
const USUAL_DEPTH = 100;

/**
 * Whether a runtime's decoder may read the text otherwise than JavaScript does: a name twice
 * (then it has more colons than the value has properties) or in another spelling, null, a
 * number with a fraction or an exponent, below zero or beyond 64 bits. It sees each of a
 * thousand values, so it makes nothing on the way.
 */
function isUnusual(text: string, value: unknown): boolean {
  let properties = 0;
  const look = (member: unknown, depth: number): boolean => {
    if (typeof member === "number") return Math.abs(member) >= 2 ** 63;
    if (typeof member !== "object") return false;
    if (member === null || depth > USUAL_DEPTH) return true;
    if (Array.isArray(member)) {
      for (let at = 0; at < member.length; at++) {
        if (typeof member[at] !== "string" && look(member[at], depth + 1)) return true;
      }
      return false;
    }
    for (const key in member) {
      properties++;
      if (!EXACT.has(key) && FOLDED.has(fold(key))) return true;
      if (look((member as Record<string, unknown>)[key], depth + 1)) return true;
    }
    return false;
  };
  if (look(value, 0)) return true;
  const bare = withoutStrings(text);
  if (properties !== bare.split(":").length - 1) return true;
  // To look for four strings takes next to nothing.
  const digits = bare.replaceAll("true", "").replaceAll("false", "");
  return [".", "e", "E", "-0"].some((sign) => digits.includes(sign));
}

export function fault(
  file: string,
  reason: string,
  hint: string,
  options?: { cause: unknown },
): LockcError {
  return new LockcError("LOCKC_E_CONFIG", `"${file}" ${reason}`, hint, options);
}
