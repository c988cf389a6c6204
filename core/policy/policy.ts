// SPDX-License-Identifier: Apache-2.0
/** Which policy a container gets: the settings, as `lockctl load` leaves them in the maps. */
import type { Engine } from "../engine/origin.ts";

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
