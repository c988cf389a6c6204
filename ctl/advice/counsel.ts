// SPDX-License-Identifier: Apache-2.0
/**
 * The one table of what is said of each rule: what allowing it gives, what never to allow, what
 * to do instead, and how a policy is changed that refused. Pure.
 */
import type { RuleName, Written } from "../../core/rule/values.ts";
import {
  allow,
  allowAny,
  atCreation,
  type Change,
  openCapability,
  openDevice,
  openPseudoFile,
  requireNot,
} from "./change.ts";
import {
  dangerousCapability,
  dangerousDevice,
  dangerousFile,
  dangerousPath,
  dangerousType,
} from "./dangers.ts";
import * as merge from "./merge.ts";

interface Counsel {
  /** What a container can do that has it. */
  readonly gives: string;
  /** Why none should have it, where none should have `written`. */
  readonly never: (written: Written) => string | undefined;
  /** How else what it is for can be had. */
  readonly instead: string;
  /** What is let through by an item that its kind calls lost (core/rule/kinds.ts). */
  readonly lets: (item: string) => string;
  /** What would let an act through that the kernel refused. */
  readonly change: Change;
  /** What several changes come to. */
  readonly merge: merge.Merge;
}

const always = (text: string) => () => text;
const harmless = () => undefined;

/** The first of the items that are added for which there is such a reason. */
function forItems<T>(
  why: (item: T) => string | undefined,
): (written: Written) => string | undefined {
  return ({ add = [] }) => (add as readonly T[]).map(why).find((it) => it !== undefined);
}

const TELL_ROOT = "whoever has it is root on the host";

/** A yes or no that the kernel holds. */
const SWITCH = { change: allow, merge: merge.widest };

/** Items that are let through, judged at creation. */
const LIST = {
  lets: (item: string) => (item === "any" ? "anything that the list does not name" : item),
  change: atCreation,
  merge: merge.items,
};

const PROGRAMS: Readonly<Record<string, string>> = {
  any: "any program",
  trusted: "any program that only root can change",
};

function withoutProfile(item: string): string {
  return item === "never"
    ? "a container without a profile"
    : "a container for which its engine gives no profile";
}

function lacking(item: string, state: string): string {
  return item.startsWith("/")
    ? `a container in which ${item} is not ${state}`
    : `a container with a user namespace of its own in which they are not ${state}`;
}

/** Every rule, in the order of RULES (core/rule/rules.ts). */
export const COUNSEL: { readonly [R in RuleName]: Counsel } = {
  privileged: {
    gives: "everything that the host's root can do",
    never: always("a privileged container can do what the host's root can"),
    instead: "start it without --privileged, with the capabilities and devices that it needs",
    lets: always("privileged containers"),
    change: atCreation,
    merge: merge.widest,
  },
  hostNamespaces: {
    ...LIST,
    gives: "it sees what the host and its other containers have there",
    never: harmless,
    instead: "leave out --pid=host and the like",
  },
  capabilities: {
    ...LIST,
    gives: "it may use them, as far as its other rules and the container's own namespaces go",
    never: forItems(dangerousCapability),
    instead: "run what needs it on the host, or under policy privileged",
    change: openCapability,
  },
  hostPaths: {
    ...LIST,
    gives: "it reads these files of the host, and with read-write changes them",
    never: forItems(dangerousPath),
    instead: "use a volume, or mount just the file that is needed, read-only",
  },
  engineSockets: {
    ...SWITCH,
    gives: "it starts any container, a privileged one as well",
    never: always(`it is the engine: ${TELL_ROOT}`),
    instead: "run what must talk to the engine on the host, or under policy privileged",
    lets: always("mounting an engine's socket"),
  },
  mountTypes: {
    ...LIST,
    gives: "the runtime mounts such a file system for it, and the kernel reads what is in it",
    never: forItems(dangerousType),
    instead: "mount it on the host, and give the container the directory",
  },
  sharedMounts: {
    gives: "mounts that are made inside appear on the host",
    never: harmless,
    instead: "use rslave (mountPropagation: HostToContainer)",
    lets: always("shared mounts"),
    change: atCreation,
    merge: merge.widest,
  },
  devices: {
    ...LIST,
    gives: "it uses the device as a driver of the host does",
    never: forItems(dangerousDevice),
    instead: "give it the files that it needs, not the device below them",
    change: openDevice,
    merge: merge.devices,
  },
  sysctls: {
    ...LIST,
    gives: "it is started with another value of the parameter",
    never: harmless,
    instead: "set it on the host",
  },
  seccomp: {
    gives: "every system call, whose faults are then its own way out",
    never: harmless,
    instead: "give it a filter with the calls that it needs",
    lets: withoutProfile,
    change: atCreation,
    merge: merge.widest,
  },
  apparmor: {
    gives: "no profile of AppArmor holds it, only this policy",
    never: harmless,
    instead: "give it a profile of its own",
    lets: withoutProfile,
    change: atCreation,
    merge: merge.widest,
  },
  selinuxTypes: {
    ...LIST,
    gives: "it runs as this type, with all that the host's SELinux policy gives it",
    never: forItems<string>((type) =>
      /unconfined|spc_t/.test(type) ? "SELinux then holds nothing of it" : undefined,
    ),
    instead: "leave out --security-opt label",
  },
  maskedPaths: {
    gives: "these files are there, as far as pseudoFiles lets them be opened",
    never: harmless,
    instead: "leave out systempaths=unconfined (procMount: Unmasked)",
    lets: (item) => lacking(item, "hidden"),
    change: atCreation,
    merge: merge.keptPaths,
  },
  readonlyPaths: {
    gives: "these files are not mounted read-only; pseudoFiles still says what can be written",
    never: harmless,
    instead: "leave out systempaths=unconfined (procMount: Unmasked)",
    lets: (item) => lacking(item, "read-only"),
    change: atCreation,
    merge: merge.keptPaths,
  },
  nonRoot: {
    gives: "its processes may be the host's user 0, as far as capabilities go",
    never: harmless,
    instead: "run it as another user (--user, USER in the image)",
    lets: always("running as user 0"),
    change: requireNot,
    merge: merge.widest,
  },
  groups: {
    ...LIST,
    gives: "what belongs to the group, on all that the container was given",
    never: forItems<string>((group) =>
      group === "engine" ? "who may write to an engine's socket is root on the host" : undefined,
    ),
    instead: "leave out --group-add of it",
  },
  noNewPrivileges: {
    gives: "set-user-ID programs inside give more than their caller has",
    never: harmless,
    instead: "start it as the user that it needs to be",
    lets: always("gaining privileges by setuid programs"),
    change: requireNot,
    merge: merge.widest,
  },
  oomScoreAdj: {
    gives: "others are killed before it when memory is short",
    never: harmless,
    instead: "give it a memory reservation",
    lets: (item) => `values as low as ${item}`,
    change: atCreation,
    merge: merge.least,
  },
  hooks: {
    gives: "the program runs on the host as root each time",
    never: harmless,
    instead: "let root alone own and write it and what it loads, outside of the container's files",
    lets: (item) => PROGRAMS[item] ?? item,
    change: always("what a hook of the host runs is root there, and the container wrote that"),
    merge: merge.wholeLists,
  },
  hookEnvironment: {
    ...LIST,
    gives: "whoever chooses the variable steers the hook, which runs on the host as root",
    never: harmless,
    instead: 'give the hook an environment of its own ("env" in its own file)',
  },
  unsafeAnnotations: {
    ...LIST,
    gives: "the runtime does on the host what the annotation says, whoever wrote it",
    never: harmless,
    instead: "leave the annotation out",
  },
  hostFiles: {
    ...SWITCH,
    gives: "every file of the host that it gets hold of",
    never: always("by it any file that leaks from the host can be used, its root directory too"),
    instead:
      "mount what it needs, by the engine or by a hook of the host's, and allow the host's path in hostPaths (read-write, where the mount is not read-only)",
    lets: always("files of mounts that the container was not given"),
  },
  mounting: {
    ...SWITCH,
    gives: "mounts of what it has, in mount namespaces where it has CAP_SYS_ADMIN",
    never: harmless,
    instead: "have the engine make the mount when it starts the container",
    lets: always("making and changing mounts"),
  },
  kernelLog: {
    ...SWITCH,
    gives: "it reads what the kernel says of the host and other containers, and clears it",
    never: harmless,
    instead: "read the log on the host",
    lets: always("reading the kernel log"),
  },
  bpf: {
    ...SWITCH,
    gives: "programs in the kernel",
    never: always("by bpf(2) a program gets into the kernel, and lockc itself can be taken off"),
    instead: "run what needs it on the host",
    lets: always("the bpf system call"),
  },
  otherProcesses: {
    ...SWITCH,
    gives: "it traces, signals and changes the host's processes",
    never: always(`through a process of the host, ${TELL_ROOT}`),
    instead: "let a service of the host do it, or share the PID namespace of that container",
    lets: always("tracing, signalling and changing processes of others"),
  },
  perf: {
    ...SWITCH,
    gives: "it counts and samples what the processors do, other containers' code included",
    never: harmless,
    instead: "profile from the host",
    lets: always("performance counters"),
  },
  kernelModules: {
    ...SWITCH,
    gives: "code in the kernel",
    never: always("code in the kernel can do anything"),
    instead: "load the module on the host before",
    lets: always("loading code into the kernel"),
  },
  moduleRequests: {
    ...SWITCH,
    gives: "it makes the kernel load modules that exist but nobody uses, well tested or not",
    never: harmless,
    instead: "load the module on the host before",
    lets: always("making the kernel load modules that it misses"),
  },
  keyrings: {
    ...SWITCH,
    gives: "it uses the keys of its user, whatever container put them there",
    never: harmless,
    instead: "leave out what caches secrets in the kernel",
    lets: always("the kernel's keyrings"),
  },
  kernelLockdown: {
    ...SWITCH,
    gives: "memory, ports and whatever else a locked kernel forbids",
    never: always("what kernel_lockdown(7) lists reaches the kernel's memory"),
    instead: "run what needs it on the host",
    lets: always("raw memory and ports, and what else a locked kernel forbids"),
  },
  filelessPrograms: {
    ...SWITCH,
    gives: "programs run that lie in no file, where nobody finds them afterwards",
    never: harmless,
    instead: "run it from a file",
    lets: always("executing files that have no name"),
  },
  filelessMappings: {
    ...SWITCH,
    gives: "code is mapped that lies in no file, as just-in-time compilers do",
    never: harmless,
    instead: "have it write its code to a file",
    lets: always("mapping files that have no name as code"),
  },
  setuidFiles: {
    ...SWITCH,
    gives: "set-user-ID and set-group-ID files in the host's directories, for its users to run",
    never: always(
      "a set-user-ID program that it leaves on the host gives its rights to every user there",
    ),
    instead: "use a volume, where the engine keeps users of the host out",
    lets: always("leaving set-user-ID files in directories of the host"),
  },
  terminalInjection: {
    ...SWITCH,
    gives: "it types into its terminal",
    never: always("what it types, the one who started it types: a command for the host's shell"),
    instead: "run it without a terminal",
    lets: always("typing into terminals"),
  },
  abstractSockets: {
    ...SWITCH,
    gives:
      "services of the host and of other containers that listen on abstract sockets or AF_VSOCK",
    never: always("engines' own services listen there (CVE-2020-15257)"),
    instead: "give it a network namespace of its own, or the service a socket with a path",
    lets: always(
      "abstract sockets of others in the host's network, and sockets without a network namespace",
    ),
  },
  serviceAccountToken: {
    ...SWITCH,
    gives: "it asks Kubernetes' API for all that its service account may do there",
    never: harmless,
    instead:
      "set automountServiceAccountToken: false; the cluster's certificate is also in the ConfigMap kube-root-ca.crt, the namespace in the downward API",
    lets: always("opening the token of its Kubernetes service account"),
  },
  userNamespaces: {
    ...SWITCH,
    gives: "it becomes root in a namespace of its own, which opens much of the kernel to it",
    never: harmless,
    instead: "run it without a sandbox of its own",
    lets: always("making user namespaces"),
  },
  network: {
    gives: "sockets reach as far as its network namespace does",
    never: harmless,
    instead: "connect to it through a UNIX socket in a volume",
    lets: always("any network"),
    change: allowAny,
    merge: merge.widest,
  },
  pseudoFiles: {
    ...LIST,
    gives: "it opens this file, and what is below it",
    never: forItems(dangerousFile),
    instead: "read or set it on the host",
    change: openPseudoFile,
    merge: merge.pseudoFiles,
  },
};
