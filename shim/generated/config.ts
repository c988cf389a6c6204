// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.

/**
 * A user or group ID, or a mask: an unsigned 32-bit integer.
 */
export type Id = number;
/**
 * A list of names.
 */
export type Names = string[];
/**
 * Hooks of one stage, run in this order.
 */
export type Hooks1 = Hook[];

/**
 * The parts of a bundle's config.json (OCI runtime specification, config.md and config-linux.md) that lockc reads. Other properties are the runtime's affair and may be anything.
 */
export interface Config {
  /**
   * Version of the specification that the bundle follows (config.md, Specification version).
   */
  ociVersion?: string;
  root: Root;
  process?: Process;
  /**
   * Host name inside the container (config.md, Hostname).
   */
  hostname?: string;
  /**
   * Mounts beyond the root file system, made in this order (config.md, Mounts).
   */
  mounts?: Mount[];
  hooks?: Hooks;
  /**
   * Metadata by name (config.md, Annotations).
   */
  annotations?: {
    [k: string]: string;
  };
  linux?: Linux;
}
/**
 * The container's root file system (config.md, Root).
 */
export interface Root {
  /**
   * Absolute, or relative to the bundle.
   */
  path: string;
  /**
   * Whether the root file system is read-only inside the container.
   */
  readonly?: boolean;
}
/**
 * The container's first process (config.md, Process).
 */
export interface Process {
  /**
   * Whether a terminal is attached to the process.
   */
  terminal?: boolean;
  user?: User;
  /**
   * The program and its arguments.
   */
  args?: string[];
  /**
   * The environment, NAME=VALUE each.
   */
  env?: string[];
  /**
   * Working directory, absolute inside the container.
   */
  cwd?: string;
  capabilities?: Capabilities;
  /**
   * Whether the process can gain no privileges by exec (PR_SET_NO_NEW_PRIVS).
   */
  noNewPrivileges?: boolean;
  /**
   * AppArmor profile of the process.
   */
  apparmorProfile?: string;
  /**
   * SELinux label of the process.
   */
  selinuxLabel?: string;
  /**
   * The process's oom_score_adj.
   */
  oomScoreAdj?: number;
}
/**
 * Whom the process runs as, inside the container (config.md, User).
 */
export interface User {
  uid?: Id;
  gid?: Id;
  umask?: Id;
  /**
   * Further groups of the process.
   */
  additionalGids?: Id[];
}
/**
 * The five capability sets of the process, by names such as CAP_CHOWN (config.md, Linux Process).
 */
export interface Capabilities {
  bounding?: Names;
  effective?: Names;
  inheritable?: Names;
  permitted?: Names;
  ambient?: Names;
}
/**
 * One mount (config.md, Mounts).
 */
export interface Mount {
  /**
   * Where it is mounted, a path inside the container.
   */
  destination: string;
  /**
   * Type of the file system; with the option bind or rbind it says nothing.
   */
  type?: string;
  /**
   * A device, a name for a file system without one, or for a bind mount a path, absolute or relative to the bundle.
   */
  source?: string;
  /**
   * Mount options as in fstab(5), and bind, rbind, shared, rprivate, idmap, tmpcopyup and the like.
   */
  options?: string[];
}
/**
 * Programs of the host run at stages of the container's life (config.md, POSIX-platform Hooks).
 */
export interface Hooks {
  prestart?: Hooks1;
  createRuntime?: Hooks1;
  createContainer?: Hooks1;
  startContainer?: Hooks1;
  poststart?: Hooks1;
  poststop?: Hooks1;
}
/**
 * One hook (config.md, POSIX-platform Hooks).
 */
export interface Hook {
  /**
   * Absolute path of the program, on the host.
   */
  path: string;
  /**
   * Its arguments, the program's name first.
   */
  args?: string[];
  /**
   * Its environment, NAME=VALUE each.
   */
  env?: string[];
  /**
   * Seconds after which it is ended.
   */
  timeout?: number;
}
/**
 * What only Linux has (config-linux.md).
 */
export interface Linux {
  /**
   * The namespaces the container gets; a type that is not listed is shared with the runtime (config-linux.md, Namespaces).
   */
  namespaces?: Namespace[];
  /**
   * Mount propagation of the root file system.
   */
  rootfsPropagation?: string;
  /**
   * Device nodes the container gets (config-linux.md, Devices).
   */
  devices?: Device[];
}
/**
 * One namespace (config-linux.md, Namespaces).
 */
export interface Namespace {
  /**
   * Which kind of namespace.
   */
  type: "pid" | "network" | "mount" | "ipc" | "uts" | "user" | "cgroup" | "time";
  /**
   * A namespace to join; without it, or empty, a new one is made.
   */
  path?: string;
}
/**
 * One device node (config-linux.md, Devices).
 */
export interface Device {
  /**
   * Absolute path of the node inside the container.
   */
  path: string;
  /**
   * c and u: character device, b: block device, p: fifo.
   */
  type?: string;
}
