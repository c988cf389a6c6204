// SPDX-License-Identifier: Apache-2.0
/** What the kernel refused → what the rule would have to say to let it through. Pure. */
import type { Event } from "../../core/generated/event.ts";
import { decidingPseudo, type PseudoPlace, splitAnywhere } from "../../core/rule/pseudo-files.ts";
import type { Rules, Written } from "../../core/rule/values.ts";

/** What the kernel refused, as far as advice depends on it. */
export type Act = Pick<Event, "hook" | "object">;

/**
 * The least that lets an act through, beside what the rule says.
 * @param rules those that refused it.
 * @param place of an object that lies on one of the kernel's own file systems.
 * @returns text: why there is none; undefined: nothing short of everything.
 */
export type Change = (
  act: Act,
  rules: Rules,
  place: PseudoPlace | undefined,
) => Written | string | undefined;

/** For a rule that only decides at creation, which tells by itself what would have let it through. */
export const atCreation: Change = () => undefined;
export const allow: Change = () => ({ allow: true });
export const allowAny: Change = () => ({ allow: "any" });
export const requireNot: Change = () => ({ require: false });

export function openCapability({ object }: Act): Written | undefined {
  const name = object?.name?.replace(/^CAP_/, "");
  return name === undefined || /^\d/.test(name) ? undefined : { add: [name] };
}

/** Hooks that only ask about making a node. */
export function openDevice({ object, hook }: Act): Written | undefined {
  if (object?.type !== "device") return undefined;
  const { device = "", kind, access } = object;
  const [major, minor] = device.split(":").map(Number);
  if (major === undefined || minor === undefined) return undefined;
  const wanted = access ?? (hook === "path_mknod" ? "m" : "rw");
  return { add: [{ type: kind === "block" ? "b" : "c", major, minor, access: wanted }] };
}

/** As many components, and as long ones, as a policy's paths can have; no "**". */
const EXPRESSIBLE = /^\/$|^(\/[^/]{1,63}){1,8}$/;

/** Hooks that ask about reading only where `access` says so; all others change something. */
const OPENS = new Set(["file_open", "file_receive"]);

export function openPseudoFile(
  { object, hook }: Act,
  rules: Rules,
  place: PseudoPlace | undefined,
): Written | string {
  if (place === undefined) {
    return "nobody can tell any more on which of the kernel's file systems the file lies";
  }
  const { filesystem, path } = place;
  const deciding = decidingPseudo(rules.pseudoFiles.value, filesystem, path);
  // A device's own place may be too long to name; then the rule itself is opened.
  const named = EXPRESSIBLE.test(path) ? path : deciding && anywhereAlone(deciding.path);
  if (named === undefined) {
    return "its path is longer than what a policy can name (8 components of 63 bytes)";
  }
  const now = deciding?.access ?? "read-write";
  const writes =
    object?.access === undefined
      ? now !== "none" || !OPENS.has(hook ?? "")
      : object.access.includes("w");
  return { add: [{ filesystem, path: named, access: writes ? "read-write" : "read-only" }] };
}

const anywhereAlone = (path: string) => (splitAnywhere(path) === undefined ? undefined : path);
