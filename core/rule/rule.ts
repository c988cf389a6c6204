// SPDX-License-Identifier: Apache-2.0
/** What has to be said of a rule: its row of the table (rules.ts). */
import type { Rule as Bit } from "../generated/layout.ts";
import { ALLOWED, type Kind } from "./kinds.ts";
import type { Judge } from "./subject.ts";

interface Row<V> {
  /** What values it takes, how they are read and compared. */
  readonly kind: Kind<V>;
  /** What it refuses when a container is created; undefined: config.json does not decide it. */
  readonly judge: Judge<V> | undefined;
  /** The control of the Pod Security Standards that it answers; undefined: none. */
  readonly control: string | undefined;
  /**
   * Whether a Kubernetes sandbox is judged by it. That runs the pause program with the
   * runtime's defaults, whatever its pod asks for.
   */
  readonly sandboxes: "judged" | "spared";
  /** What the kernel holds it by at run time, bpf/lockc.h; undefined: the kernel does not. */
  readonly bit: Bit | undefined;
}

/** Somebody must hold it: the judge, the kernel, or both. */
export type Rule<V> = Row<V> & ({ readonly judge: Judge<V> } | { readonly bit: Bit });

/** A rule that is decided when a container is created, and by the kernel where it has a bit. */
export function judged<V>(
  kind: Kind<V>,
  judge: Judge<V>,
  sandboxes: Row<V>["sandboxes"],
  bit: Bit | undefined,
  control: string | undefined,
): Rule<V> {
  return { kind, judge, sandboxes, bit, control };
}

/** A rule of which config.json says nothing, so that only the kernel holds it. */
export function held<V>(kind: Kind<V>, bit: Bit): Rule<V> {
  return { kind, judge: undefined, sandboxes: "spared", bit, control: undefined };
}

/** The same, of one that says yes or no to one thing. */
export function allowed(bit: Bit): Rule<boolean> {
  return held(ALLOWED, bit);
}
