// SPDX-License-Identifier: Apache-2.0
/** A rule's value in words. */
import type { RuleName } from "../../core/rule/values.ts";

/** What a switch of a policy lets through, since "true" would tell nobody anything. */
const MEANINGS: Readonly<Partial<Record<RuleName, string>>> = {
  privileged: "privileged containers",
  engineSockets: "mounting an engine's socket",
  sharedMounts: "shared mounts",
  nonRoot: "running as user 0",
  noNewPrivileges: "gaining privileges by setuid programs",
  hostFiles: "files of mounts that the container was not given",
  mounting: "making and changing mounts",
  kernelLog: "reading the kernel log",
  bpf: "the bpf system call",
  otherProcesses: "tracing, signalling and changing processes of others",
  perf: "performance counters",
  kernelModules: "loading code into the kernel",
  moduleRequests: "making the kernel load modules that it misses",
  keyrings: "the kernel's keyrings",
  kernelLockdown: "raw memory and ports, and what else a locked kernel forbids",
  filelessPrograms: "executing files that have no name",
  filelessMappings: "mapping files that have no name as code",
  setuidFiles: "leaving set-user-ID files in directories of the host",
  terminalInjection: "typing into terminals",
  abstractSockets:
    "abstract sockets of others in the host's network, and sockets without a network namespace",
  serviceAccountToken: "opening the token of its Kubernetes service account",
  userNamespaces: "making user namespaces",
};

const HOOKS: Readonly<Record<string, string>> = {
  any: "any program",
  trusted: "any program that only root can change",
};

export function meaning(rule: RuleName, item: string): string {
  if (item === "true" || item === "false") return MEANINGS[rule] ?? item;
  if (rule === "network") return "any network";
  if (rule === "hooks") return HOOKS[item] ?? item;
  if (item === "any") return "anything that the list does not name";
  switch (rule) {
    case "maskedPaths":
    case "readonlyPaths": {
      const state = rule === "maskedPaths" ? "hidden" : "read-only";
      return item.startsWith("/")
        ? `a container in which ${item} is not ${state}`
        : `a container with a user namespace of its own in which they are not ${state}`;
    }
    case "seccomp":
    case "apparmor":
      return item === "never"
        ? "a container without a profile"
        : "a container for which its engine gives no profile";
    case "oomScoreAdj":
      return `values as low as ${item}`;
    default:
      return item;
  }
}
