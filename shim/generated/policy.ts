// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/policy.schema.json by `npm run generate`. Do not edit.

/**
 * A lockc policy: what a container is admitted with, and what the kernel refuses its user code. One file per policy, NAME.yaml, in /etc/lockc/policy or among the built-in ones.
 */
export interface Policy {
  /**
   * The policy's name, the same as its file's: lower-case letters, digits and dashes, at most 63.
   */
  name: string;
  /**
   * One sentence that says what the policy is for.
   */
  description: string;
  /**
   * What the kernel refuses the container's user code, at any time and whoever started it: true refuses.
   */
  confine: {
    /**
     * Files of mounts that the container was not given, however it gets at them.
     */
    files: boolean;
    /**
     * Making, moving, changing and removing mounts.
     */
    mounts: boolean;
    /**
     * Reading and changing the kernel log (dmesg).
     */
    kernelLog: boolean;
    /**
     * The bpf system call and files of bpffs, through which lockc itself could be taken off.
     */
    bpf: boolean;
  };
  /**
   * Which of the host's files may be mounted into the container, beyond what the engine itself keeps for it (see engineRoots in the settings): "any", or a list. An empty list admits none.
   */
  hostPaths: "any" | HostPath[];
  /**
   * Which file systems the runtime may mount for the container, by type: "any", or a list such as proc, sysfs, tmpfs. Bind mounts are hostPaths' affair.
   */
  mountTypes: "any" | string[];
  /**
   * "own": the container must have a mount namespace of its own, without which no policy for files can hold. "any": it may share the host's.
   */
  mountNamespace: "own" | "any";
}
/**
 * One place of the host. The mount's source is compared after symbolic links are resolved.
 */
export interface HostPath {
  /**
   * An absolute path without ".", ".." or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself.
   */
  path: string;
  /**
   * read-only: only mounts with the option ro. read-write: both.
   */
  access: "read-only" | "read-write";
}
