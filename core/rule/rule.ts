// SPDX-License-Identifier: Apache-2.0
/** What has to be said of a rule: its row of the table (rules.ts). */
import type { Rule as Bit } from "../generated/layout.ts";
import { ALLOWED, type Kind } from "./kinds.ts";
import type { Judge } from "./subject.ts";

interface Row<V> {
  /** What values it takes, how they are read and compared. */
  readonly kind: Kind<V>;
  /** What it refuses when a container is created; null: config.json does not decide it. */
  readonly judge: Judge<V> | null;
  /** The control of the Pod Security Standards that it answers; null: none. */
  readonly control: string | null;
  /**
   * Whether a Kubernetes sandbox is judged by it. That runs the pause program with the
   * runtime's defaults, whatever its pod asks for.
   */
  readonly sandboxes: "judged" | "spared";
  /** What the kernel holds it by at run time, bpf/lockc.h; null: the kernel does not. */
  readonly bit: Bit | null;
}

/** Somebody must hold it: the judge, the kernel, or both. */
export type Rule<V> = Row<V> & ({ readonly judge: Judge<V> } | { readonly bit: Bit });

/** A rule that is decided when a container is created, and by the kernel where it has a bit. */
export function judged<V>(
  kind: Kind<V>,
  judge: Judge<V>,
  sandboxes: Row<V>["sandboxes"],
  bit: Bit | null,
  control: string | null,
): Rule<V> {
  return { kind, judge, sandboxes, bit, control };
}

/** A rule of which config.json says nothing, so that only the kernel holds it; a yes or no, or `kind`. */
export function held(bit: Bit): Rule<boolean>;
export function held<V>(bit: Bit, kind: Kind<V>): Rule<V>;
export function held(bit: Bit, kind: unknown = ALLOWED): unknown {
  const row = { kind, judge: null, sandboxes: "spared", bit, control: null };
  return row satisfies Record<keyof Row<unknown>, unknown>;
}
