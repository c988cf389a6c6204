// SPDX-License-Identifier: Apache-2.0
/** The value that each rule takes. */
import type { Device, HostPath, Policy as WrittenPolicy } from "../generated/policy.ts";

export type Mode = "enforce" | "audit";
export type RuleName = Exclude<keyof WrittenPolicy, "name" | "description" | "extends" | "mode">;

/** "any", or the items that are let through. */
export type AnyOf<T> = "any" | readonly T[];

export interface RequiredPaths {
  readonly paths: readonly string[];
  /** Not needed where the container's root is an ordinary user of the host. */
  readonly unlessUserNamespace: boolean;
}

type Pseudo = NonNullable<NonNullable<WrittenPolicy["pseudoFiles"]>["restrict"]>[number];
export type PseudoRule = Readonly<Pseudo>;

/** What each rule holds that is more than a yes or no. */
interface Values {
  hostNamespaces: AnyOf<string>;
  capabilities: AnyOf<string>;
  hostPaths: AnyOf<HostPath>;
  mountTypes: AnyOf<string>;
  devices: AnyOf<Device>;
  sysctls: AnyOf<string>;
  seccomp: "always" | "kept" | "never";
  apparmor: "always" | "kept" | "never";
  selinuxTypes: AnyOf<string>;
  maskedPaths: RequiredPaths;
  readonlyPaths: RequiredPaths;
  groups: AnyOf<string>;
  oomScoreAdj: number;
  hooks: "any" | "trusted" | readonly string[];
  hookEnvironment: AnyOf<string>;
  unsafeAnnotations: AnyOf<string>;
  network: "any" | "loopback";
  pseudoFiles: readonly PseudoRule[];
}

/** Rules that are a yes or no. */
export type SwitchName = Exclude<RuleName, keyof Values>;

/** What each rule holds once extends is resolved. */
export type RuleValues = Values & { [R in SwitchName]: boolean };

/** What one policy says of a rule. */
interface Ruling<R extends RuleName = RuleName> {
  readonly mode: Mode;
  readonly value: RuleValues[R];
}

/** Every rule of one policy. */
export type Rules = { readonly [R in RuleName]: Ruling<R> };

/** A rule as YAML has it. */
export type Written = Readonly<Record<string, unknown>>;
