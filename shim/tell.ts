// SPDX-License-Identifier: Apache-2.0
/**
 * Puts among the kernel's events what lockc-runc refused or only let through: by the
 * program lockc_report (bpf/event/report.bpf.h), which adds who asked and when. Nothing here is
 * loaded or opened for a container that is in order, and a failure changes nothing.
 */
import { closeSync } from "node:fs";
import { callProgram, openPin } from "../core/ffi/bpf.ts";
import {
  EVENT,
  type EventKind,
  LOCKC_PATH_SIZE,
  Object as ObjectKind,
  REPORT,
} from "../core/generated/layout.ts";
import { decode, encode, type Values } from "../core/kernel/record.ts";
import type { Written } from "../core/rule/values.ts";

const PROGRAM = "/sys/fs/bpf/lockc/links/lockc_report";

/** What became of whose create. */
export interface Told {
  readonly kind: EventKind;
  /** Its ID, and as far as they are known by then name, policy and key. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly policy?: string | undefined;
  readonly key?: bigint | undefined;
  /** The rule that refuses it or would; without one it failed for another reason. */
  readonly rule?: string | undefined;
  readonly sentence: string;
  /** What would allow it, by rule; null: nothing. */
  readonly allowedBy?: Readonly<Record<string, readonly Written[] | null>> | undefined;
}

/** So much of the text's room may be what would allow it; the rest is the sentence's. */
const ALLOWED_BY_SIZE = LOCKC_PATH_SIZE / 2;

/** Best effort: whoever asked for the container gets the sentence in any case. */
export function tell(told: Told): void {
  try {
    const program = openPin(PROGRAM);
    if (program === undefined) return;
    callProgram(program, encodeReport(told));
    closeSync(program);
  } catch {
    // The counters and the sentence itself remain.
  }
}

/**
 * struct lockc_report. Its text: what would allow it, as JSON on a line of its own, then
 * the rule's name and a colon, then the sentence. Others' words are in the sentence only,
 * and what is cut is its end. Pure.
 */
export function encodeReport(told: Told): Uint8Array {
  const { kind, id, name, policy, key, rule, sentence, allowedBy } = told;
  const json = allowedBy === undefined ? "" : `${JSON.stringify(allowedBy)}\n`;
  const first = Buffer.byteLength(json) > ALLOWED_BY_SIZE ? "" : json;
  const said = `${rule === undefined ? "" : `${rule}: `}${sentence}`.replaceAll("\0", " ");
  const text = `${first}${said}`;
  const clean = (value = "") => value.replaceAll("\0", " ");
  const report = encode(REPORT, { path: text });
  const { path } = decode(REPORT, report); // cut where a character ends
  const event: Partial<Values<typeof EVENT>> = {
    kind,
    what: ObjectKind.NAME,
    container: key ?? 0n,
    id: clean(id),
    name: clean(name),
    policy: clean(policy),
    length: Buffer.byteLength(path) + 1,
  };
  report.set(encode(EVENT, event), REPORT.fields.event.offset);
  return report;
}
