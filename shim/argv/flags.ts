// SPDX-License-Identifier: Apache-2.0
/**
 * The options of the runtimes, runc 1.1–1.5 and crun, by name: the global ones, and those of
 * each command that starts a container.
 */

export const CONTAINER_VERBS = ["create", "run", "restore"] as const;
export type ContainerVerb = (typeof CONTAINER_VERBS)[number];

export interface FlagTable {
  /** Long name → all its names, for flags that take a value. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly switches: Readonly<Record<string, readonly string[]>>;
}

const HELP = { help: ["help", "h"] };

function flagTable(values: string, switches: string): FlagTable {
  const names = (text: string): Record<string, readonly string[]> =>
    Object.fromEntries(
      text
        .split(" ")
        .map((flag) => flag.split(","))
        .map((flag) => [flag[0] as string, flag]),
    );
  return { values: names(values), switches: { ...names(switches), ...HELP } };
}

/** runc's globals, then crun's own; each runtime refuses what it does not know. */
export const GLOBAL_FLAGS = flagTable(
  "root log log-format rootless criu cgroup-manager log-level lockc-policy",
  "debug systemd-cgroup version,v",
);

/** crun's own; runc refuses it. */
export const CONFIG = { config: ["config", "f"] };

export const VERB_FLAGS: Readonly<Record<ContainerVerb, () => FlagTable>> = {
  create: () =>
    flagTable(
      "bundle,b console-socket pidfd-socket pid-file preserve-fds",
      "no-pivot no-new-keyring no-subreaper",
    ),
  run: () =>
    flagTable(
      "bundle,b console-socket pidfd-socket pid-file preserve-fds",
      "detach,d keep no-subreaper no-pivot no-new-keyring",
    ),
  restore: () =>
    flagTable(
      "bundle,b console-socket image-path work-path manage-cgroups-mode pid-file empty-ns lsm-profile lsm-mount-context",
      "tcp-established ext-unix-sk shell-job file-locks detach,d no-subreaper no-pivot auto-dedup lazy-pages",
    ),
};

/** The long name of an option that is spelt `name`, undefined for one that the table lacks. */
export function longName(
  table: Readonly<Record<string, readonly string[]>>,
  name: string,
): string | undefined {
  return Object.keys(table).find((long) => table[long]?.includes(name));
}
