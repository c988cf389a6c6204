// SPDX-License-Identifier: Apache-2.0
/** What a rule is asked about: a container to be made, on this host, under a policy. */
import type { Bundle, MountRequest } from "../bundle/bundle.ts";
import type { EngineContext } from "../engine/origin.ts";
import type { ErrorCode } from "../errors.ts";
import type { Policy } from "./policy.ts";
import type { Reserved } from "./reserved.ts";
import type { Written } from "./values.ts";

/** Where a name led on the host (mounts.ts, Located). */
export interface Place {
  readonly path: string;
  readonly mountpoint: string;
  readonly otherNames: readonly string[];
  readonly filesystem: string;
  readonly options: string;
  readonly device: string;
  readonly inside: string;
  readonly mountedFrom: string;
  readonly image: string | undefined;
}

/** What places are judged in; the functions ask the host, where an answer matters. */
export interface PlaceContext extends EngineContext {
  /** What directories of hostPaths do not bring along. */
  readonly reserved: () => readonly Reserved[];
  /** The superblock that a path of the host lies on, as "major:minor"; undefined: nothing is there. */
  readonly superblockOf: (path: string) => string | undefined;
  /** Where a path of the host leads; undefined: nothing is there. */
  readonly look: (path: string) => Place | undefined;
  readonly deviceAt: Host["deviceAt"];
}

/** What lies at a path, as far as it matters for what one can do instead. */
export type FileKind = "directory" | "socket" | "device" | "file";

export interface DeviceNumbers {
  readonly type: "b" | "c";
  readonly major: number;
  readonly minor: number;
}

/** What the judges ask of the host. Each is asked only where config.json makes it matter. */
export interface Host {
  readonly exists: (path: string) => boolean;
  readonly deviceAt: (path: string) => DeviceNumbers | undefined;
  /** What is not there any more counts as a directory. */
  readonly kindAt: (path: string) => FileKind;
  /** Whether the namespace at `path` is the host's or the runtime's own. */
  readonly isHostNamespace: (type: string, path: string) => boolean;
  /** Why a hook is not to be trusted: somebody but root can change it. undefined: it is. */
  readonly distrust: (program: string, rootfs: string) => string | undefined;
  /** Why what lies at a path may be a container's or another user's; undefined: it is root's, or nothing is there. */
  readonly distrustPlace: (path: string, rootfs: string) => string | undefined;
  /** The engines' sockets that exist, without symbolic links. */
  readonly engineSockets: () => readonly { readonly path: string; readonly gid: number }[];
  /** Whether engines can give containers an AppArmor profile here. */
  readonly apparmor: () => boolean;
  readonly selinux: () => boolean;
}

/** A mount with where it leads. */
export interface PlacedMount {
  readonly request: MountRequest;
  /** What a bind mounts; undefined for any other mount. */
  readonly place: Place | undefined;
}

/** Everything that is judged. */
export interface Subject {
  readonly bundle: Bundle;
  readonly context: PlaceContext;
  readonly root: Place;
  readonly mounts: readonly PlacedMount[];
  readonly host: Host;
  /** What the runtime itself calls potentially unsafe: names, or prefixes with a dot. */
  readonly unsafeAnnotations: readonly string[];
}

export type RefusalCode = Extract<
  ErrorCode,
  "LOCKC_E_MOUNT" | "LOCKC_E_NAMESPACE" | "LOCKC_E_ADMISSION"
>;

export interface Violation {
  readonly what: string;
  readonly remedy: string;
  readonly code?: RefusalCode;
  readonly allowedBy?: Written | undefined;
}

/** What a rule with this value refuses. */
export type Judge<V> = (value: V, subject: Subject, policy: Policy) => readonly Violation[];
