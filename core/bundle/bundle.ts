// SPDX-License-Identifier: Apache-2.0
/** What a container's config.json asks for, as far as a rule or the kernel half looks at it. */
import type { OverlayLayer } from "../engine/layers.ts";
import type { IoPriority, Rlimit, Scheduler } from "../generated/config.ts";

export interface MountRequest {
  readonly destination: string;
  /** File system type; for binds it says nothing. */
  readonly type: string;
  /** As config.json has it. */
  readonly source: string;
  readonly bind: boolean;
  /** Whether the bind carries along what is mounted below its source. */
  readonly recursive: boolean;
  readonly readOnly: boolean;
  /** Whether what it carries along is read-only too. */
  readonly readOnlyBelow: boolean;
  /** Whether mounts made there travel to the host. */
  readonly shared: boolean;
  /** The directories that an overlay is made of, where it tells of all that it shows. */
  readonly layers?: readonly OverlayLayer[] | undefined;
}

interface NamespaceRequest {
  readonly type: string;
  readonly path?: string | null;
}

export interface DeviceRequest {
  readonly path: string;
  /** c, u, b or p. */
  readonly type: string;
  readonly major: number;
  readonly minor: number;
}

/** A rule of the device cgroup; what is left out stands for all. */
export interface DeviceRule {
  readonly allow: boolean;
  readonly type?: string | null;
  readonly major?: number | null;
  readonly minor?: number | null;
  readonly access?: string | null;
}

interface HookRequest {
  readonly stage: string;
  readonly path: string;
  /**
   * Whether it runs on the host with the container's environment, and in its root file system.
   * runc's init has both by createContainer (libcontainer, rootfs_linux.go); Go passes its own
   * environment on where the list is none, and which of them tell none from an empty one is not
   * for us to know.
   */
  readonly inherits: boolean;
}

/** Kinds of namespaces: name in config.json → file in /proc/PID/ns. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  mount: "mnt",
  pid: "pid",
  network: "net",
  ipc: "ipc",
  uts: "uts",
  cgroup: "cgroup",
  user: "user",
  time: "time",
};

/** What config.json asks for; what it leaves out has the value that the runtime gives it. */
export interface Bundle {
  /** Absolute, without symbolic links. */
  readonly directory: string;
  /** Absolute path of the root file system. */
  readonly root: string;
  readonly mounts: readonly MountRequest[];
  readonly namespaces: readonly NamespaceRequest[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Absolute host paths of device nodes that the runtime may bind rather than make. */
  readonly deviceBinds: readonly string[];
  readonly devices: readonly DeviceRequest[];
  readonly deviceRules: readonly DeviceRule[];
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids: readonly number[];
  /** Whether it has a user namespace. */
  readonly userNamespace: boolean;
  /** The host's user that the first process is. */
  readonly runsAs: number;
  /** Whether somebody in the container is the host's root. */
  readonly hasHostRoot: boolean;
  /** All five sets together, and the bounding set alone. */
  readonly capabilities: readonly string[];
  readonly bounding: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly apparmorProfile: string;
  /** Labels of process and mounts, without those that are not set. */
  readonly selinuxLabels: readonly string[];
  /** undefined: as the engine's own. */
  readonly oomScoreAdj: number | undefined;
  readonly rlimits: readonly Rlimit[];
  /** undefined: as the runtime's own, both of them. */
  readonly scheduler: Scheduler | undefined;
  readonly ioPriority: IoPriority | undefined;
  readonly rootPropagation: string;
  readonly sysctls: readonly string[];
  /** Whether there is a system call filter that denies anything. */
  readonly filtersCalls: boolean;
  /** The socket of the program that decides calls for the filter; empty: there is none. */
  readonly seccompListener: string;
  /** Names of the host's network devices that it takes over. */
  readonly netDevices: readonly string[];
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
  readonly hooks: readonly HookRequest[];
  /** What its processes get, NAME=VALUE each. */
  readonly environment: readonly string[];
  /** Whether it is meant for Windows as well. */
  readonly windows: boolean;
}
