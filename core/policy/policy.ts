// SPDX-License-Identifier: Apache-2.0
/** Policies and settings as `lockctl load` leaves them in the maps. */
import type { Engine } from "../engine/origin.ts";
import type { Rules } from "../rule/values.ts";

/** A policy as lockctl load left it in the `policies` map. */
export interface Policy {
  readonly name: string;
  readonly description: string;
  readonly rules: Rules;
  readonly kernel: KernelRules;
}

/** What a policy makes the kernel do (struct lockc_policy). */
export interface KernelRules {
  /** enum lockc_rule bits. */
  readonly rules: number;
  /** Which of them are only audited. */
  readonly audit: number;
  /** Bit n: capability n may be used. */
  readonly capabilities: bigint;
  /** The set of `pseudo` that holds; 0: none. */
  readonly pseudo: bigint;
  /** The set of `devices` that holds; 0: none. */
  readonly devices: bigint;
}

/** How a policy is chosen. */
export interface Selection {
  readonly defaultPolicy: string;
  readonly floor?: string | undefined;
  readonly ceiling?: string | undefined;
  readonly requests: Requests;
}

/** What containers may ask for. */
export type Requests =
  | "tighten"
  | "any"
  | "ignore"
  | {
      /** Whether stricter policies need not be listed; true without it. */
      readonly tighten?: boolean;
      /** Names, and prefixes ("team-*"), of policies that may be looser. */
      readonly also: readonly string[];
    };

/** How the programs are to be attached; ctl/kernel/probe.ts says what auto comes to. */
export type AttachSetting = "auto" | "lsm" | "fmod_ret";

/** What /etc/lockc/lockc.yaml says. */
export interface Settings extends Selection {
  readonly attach: AttachSetting;
  readonly runtime?: string;
  readonly engines: Readonly<Partial<Record<Engine, Partial<Selection>>>>;
  /** By name or prefix ("team-*") of a Kubernetes namespace. */
  readonly namespaces: Readonly<Record<string, Partial<Selection>>>;
  readonly guard: "off" | "audit" | "enforce";
  /** Beside `runtime` and those in the usual places. */
  readonly guardedRuntimes: readonly string[];
  readonly events: { readonly debug?: boolean };
  readonly engineRoots: readonly string[];
  readonly engineSockets: readonly string[];
  /** What the low-level runtime calls potentially unsafe (its `features`). */
  readonly unsafeAnnotations: readonly string[];
}
