// SPDX-License-Identifier: Apache-2.0
/**
 * What was refused → the smallest change of a policy that lets it through, and what that
 * gives away; or why no policy should. Pure.
 *
 * Everything is said rule by rule, so that none is forgotten (COUNSEL). A change is what a
 * policy that extends the refusing one would say of the rule: `capabilities: {add: [KILL]}`.
 */
import type { Event, EventObject } from "../../core/generated/event.ts";
import { decidingPseudo, type PseudoPlace, splitAnywhere } from "../../core/rule/pseudo-files.ts";
import type { PseudoRule, RuleName, Rules, Written } from "../../core/rule/values.ts";
import { COUNSEL } from "./counsel.ts";

export type Advice =
  | {
      readonly kind: "change";
      readonly rule: RuleName;
      /** What the rule says beside what it inherits. */
      readonly written: Written;
      /** What a container can do that has it. */
      readonly gives: string;
    }
  | {
      readonly kind: "never";
      readonly rule: RuleName;
      readonly why: string;
      readonly instead: string;
    };

/** What the kernel refused, as far as advice depends on it. */
export type Act = Pick<Event, "hook" | "object">;

/**
 * Of what the kernel refused.
 * @param rules those that refused it.
 * @param place of an object that lies on one of the kernel's own file systems.
 */
export function adviseAct(rule: RuleName, act: Act, rules: Rules, place?: PseudoPlace): Advice {
  return advise(rule, changeFor(rule, act, rules, place));
}

/**
 * Of a rule by which lockc-runc refused a container: one for each thing that it refused.
 * @param writings as the event tells them.
 */
export function adviseCreation(rule: RuleName, writings: readonly Written[] | null): Advice[] {
  return writings === null ? [advise(rule, undefined)] : writings.map((it) => advise(rule, it));
}

/** @param written text: why there is no change. */
function advise(rule: RuleName, written: Written | string | undefined): Advice {
  const { gives, never, instead } = COUNSEL[rule];
  if (written === undefined || typeof written === "string") {
    return { kind: "never", rule, why: written ?? NOTHING_LESS, instead };
  }
  const why = never?.(written);
  return why === undefined
    ? { kind: "change", rule, written, gives }
    : { kind: "never", rule, why, instead };
}

const NOTHING_LESS = "nothing short of letting everything through allows it";

/** Of a refusal by the kernel; text: why there is none. */
function changeFor(
  rule: RuleName,
  { hook, object }: Act,
  rules: Rules,
  place: PseudoPlace | undefined,
): Written | string | undefined {
  switch (rule) {
    case "capabilities": {
      const name = object?.name?.replace(/^CAP_/, "");
      return name === undefined || /^\d/.test(name) ? undefined : { add: [name] };
    }
    case "devices":
      return object?.type === "device" ? openDevice(object, hook) : undefined;
    case "pseudoFiles":
      return place === undefined
        ? "nobody can tell any more on which of the kernel's file systems the file lies"
        : openPseudoFile(rules.pseudoFiles.value, place, object, hook);
    case "hooks":
      return "what a hook of the host runs is root there, and the container wrote that";
    case "network":
      return { allow: "any" };
    case "nonRoot":
    case "noNewPrivileges":
      return { require: false };
    default:
      return { allow: true };
  }
}

/** Hooks that only ask about making a node. */
function openDevice(
  { device = "", kind, access }: NonNullable<EventObject>,
  hook: string | null,
): Written | undefined {
  const [major, minor] = device.split(":").map(Number);
  if (major === undefined || minor === undefined) return undefined;
  const wanted = access ?? (hook === "path_mknod" ? "m" : "rw");
  return { add: [{ type: kind === "block" ? "b" : "c", major, minor, access: wanted }] };
}

/** As many components, and as long ones, as a policy's paths can have; no "**". */
const EXPRESSIBLE = /^\/$|^(\/[^/]{1,63}){1,8}$/;

/** Hooks that ask about reading only where `access` says so; all others change something. */
const OPENS = new Set(["file_open", "file_receive"]);

function openPseudoFile(
  rules: readonly PseudoRule[],
  { filesystem, path }: PseudoPlace,
  object: EventObject,
  hook: string | null,
): Written | string {
  const deciding = decidingPseudo(rules, filesystem, path);
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
