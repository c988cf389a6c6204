// SPDX-License-Identifier: Apache-2.0
/** Refusals as the kernel remembers them, in the real map. */
import { u32Key, update } from "../../core/ffi/bpf.ts";
import {
  EVENT,
  EventKind,
  Hook,
  Object as ObjectKind,
  RECENT,
  Rule,
} from "../../core/generated/layout.ts";
import * as MAPS from "../../core/generated/maps.ts";
import { encode, type Values } from "../../core/kernel/record.ts";
import { CAPABILITIES } from "../../core/rule/capabilities.ts";
import { map } from "./loaded.ts";

export type Raw = Partial<Values<typeof EVENT>>;

let remembered = 0;

/** The next is the first. */
export function forget(): void {
  remembered = 0;
}

/** Writes what the kernel would have remembered: by default of the container shop under policy web. */
export function remember(raw: Raw, path = "", total = 1n): void {
  remembered += 1;
  const event: Raw = {
    sequence: BigInt(remembered),
    time_ns: 1n,
    container: 7n,
    count: 1n,
    object: BigInt(remembered),
    kind: EventKind.DENIED,
    pid: 100,
    comm: "tool",
    policy: "web",
    id: "c0ffee",
    name: "shop",
    ...raw,
  };
  const value = encode(RECENT, { total, path, event: [...encode(EVENT, event)] });
  update(map(MAPS.recent), u32Key(remembered), value);
}

export const capability = (name: string): Raw => ({
  rule: Rule.CAPABILITY,
  hook: Hook.CAPABLE,
  what: ObjectKind.CAPABILITY,
  number: BigInt(CAPABILITIES.indexOf(name)),
});
