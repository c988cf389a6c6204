// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/settings.schema.json by `npm run generate`. Do not edit.

/**
 * /etc/lockc/lockc.yaml: what the host's admin decides for every container. Every property has a default, and so has a missing file. Takes effect with `lockctl load`.
 */
export interface Settings {
  /**
   * Absolute path of the low-level runtime (runc or crun) that lockc-runc becomes. Without it, the first that is found in the usual places.
   */
  runtime?: string;
  /**
   * The policy of containers for which nothing else selects one.
   */
  defaultPolicy?: string;
  /**
   * What the OCI annotation org.lockc.policy, which whoever starts a container may set, can do. tighten: select a policy at least as strict as the one selected without it. any: select any policy. ignore: nothing.
   */
  annotations?: "tighten" | "any" | "ignore";
  /**
   * Absolute directories that engines keep for their containers: what an engine mounts from there (root file systems, volumes, resolv.conf) is its own, not the user's.
   */
  engineRoots?: string[];
}
