// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.

/**
 * /etc/lockc/lockc.yaml: what the host's admin decides for every container. Every property has a default, and so has a missing file. Takes effect with `lockctl load` or `lockctl policy reload`.
 */
export interface Settings {
  /**
   * Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.
   */
  runtime?: string;
  /**
   * How the kernel half gets to the kernel's decisions. lsm: through the security module bpf, which the kernel must have started. fmod_ret: before the kernel's functions that ask its security modules, where that is sound: only in a kernel whose tasks are not preempted (preempt=none or voluntary, up to 6.x). auto: lsm if the module runs, else fmod_ret if that is sound. What is not sound is refused. Takes effect with `lockctl load`.
   */
  attach?: "auto" | "lsm" | "fmod_ret";
  /**
   * The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.
   */
  defaultPolicy?: string;
  /**
   * Every container is held at least as strictly as this policy says, whoever asks for less.
   */
  floor?: string;
  /**
   * No container is held more strictly than this policy says, whoever asks for more.
   */
  ceiling?: string;
  /**
   * What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing. A mapping { tighten: true, also: [shop, team-*] }: beside stricter policies those that it lists, though they are looser. Labels come from images too: an image can choose what its user can.
   */
  requests?:
    | ("tighten" | "any" | "ignore")
    | {
        /**
         * Whether policies that are at least as strict may be asked for without being listed; true without it.
         */
        tighten?: boolean;
        /**
         * Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.
         *
         * @minItems 1
         * @maxItems 64
         */
        also: [string, ...string[]];
      };
  engines?: Engines;
  /**
   * Other values for the pods of a Kubernetes namespace, by its name; team-* means all that begin so, of several the longest decides. They go before those of engines.
   */
  namespaces?: {
    [k: string]: Selection;
  };
  /**
   * What becomes of a low-level runtime that is executed past lockc-runc, by an engine that nobody told or by a user. off: nothing. audit: it is counted (lockctl status). enforce: it is refused with EPERM. Guarded are `runtime`, runc and crun in the usual places, and guardedRuntimes.
   */
  guard?: "off" | "audit" | "enforce";
  /**
   * Absolute paths of further low-level runtimes for `guard`, such as those that Kubernetes distributions bring along.
   *
   * @maxItems 32
   */
  guardedRuntimes?: string[];
  events?: EventSettings;
  /**
   * Further absolute directories that engines keep for their containers: what an engine mounts from there (root file systems, volumes, resolv.conf) is its own, not the user's, and no directory of a policy's hostPaths brings it along. The usual ones are known, and `lockctl load` reads others from the engines' own files, units and command lines; `lockctl status` shows all.
   */
  engineRoots?: string[];
  /**
   * Absolute paths of the engines' sockets, for the rules engineSockets and groups of policies.
   */
  engineSockets?: string[];
}
/**
 * Other values for the containers of one engine, which is told by where it keeps the bundle.
 */
export interface Engines {
  docker?: Selection;
  plugin?: Selection;
  buildkit?: Selection;
  podman?: Selection;
  buildah?: Selection;
  containerd?: Selection;
  kubernetes?: Selection;
  other?: Selection;
}
/**
 * How the policy is chosen; what is left out is as outside.
 */
export interface Selection {
  /**
   * The policy of containers for which nothing else selects one, by its name: lower-case letters, digits and dashes.
   */
  defaultPolicy?: string;
  /**
   * Every container is held at least as strictly as this policy says, whoever asks for less.
   */
  floor?: string;
  /**
   * No container is held more strictly than this policy says, whoever asks for more.
   */
  ceiling?: string;
  /**
   * What whoever starts a container may do with the annotation or the label org.lockc.policy (Docker, Podman). tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing. A mapping { tighten: true, also: [shop, team-*] }: beside stricter policies those that it lists, though they are looser. Labels come from images too: an image can choose what its user can.
   */
  requests?:
    | ("tighten" | "any" | "ignore")
    | {
        /**
         * Whether policies that are at least as strict may be asked for without being listed; true without it.
         */
        tighten?: boolean;
        /**
         * Policies that may be asked for though they are looser, by name; team-* means all that begin so. Floor and ceiling hold for them too.
         *
         * @minItems 1
         * @maxItems 64
         */
        also: [string, ...string[]];
      };
}
/**
 * What is told by `lockctl events` beside what was refused, audited or changed.
 */
export interface EventSettings {
  /**
   * Whether also that a container was registered, started, entered or released; false without it.
   */
  debug?: boolean;
}
