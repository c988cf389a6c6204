// SPDX-License-Identifier: Apache-2.0
/** What is said of each rule: what allowing it gives, what never to allow, what to do instead. */
import type { Device } from "../../core/generated/policy.ts";
import { isWithin } from "../../core/path.ts";
import type { PseudoPlace } from "../../core/rule/pseudo-files.ts";
import type { PseudoRule, RuleName, Written } from "../../core/rule/values.ts";

interface Counsel {
  /** What a container can do that has it. */
  readonly gives: string;
  /** Why none should have it, where none should have `written`. */
  readonly never?: (written: Written) => string | undefined;
  /** How else what it is for can be had. */
  readonly instead: string;
}

// ---- what is given away --------------------------------------------------------

const always = (why: string) => () => why;

/** The items that are added. */
const added = (written: Written) => (written.add ?? []) as readonly never[];

/** The first of the items that has such a reason. */
function forItems<T>(
  why: (item: T) => string | undefined,
): (written: Written) => string | undefined {
  return (written) => (added(written) as readonly T[]).map(why).find((it) => it !== undefined);
}

const TELL_ROOT = "whoever has it is root on the host";

/** Capabilities that no other rule makes harmless, or that another rule refuses all the same. */
const DANGEROUS: Readonly<Record<string, string>> = {
  SYS_MODULE:
    "it loads code into the kernel, which can do anything; the rule kernelModules refuses that too",
  SYS_RAWIO: "it reaches memory and ports of the machine; the rule kernelLockdown refuses that too",
  MAC_ADMIN: "it changes the host's AppArmor, SELinux or Smack policy",
  MAC_OVERRIDE: "it passes over the host's mandatory access control",
  BPF: "it is for bpf(2), which the rule bpf refuses whatever capabilities there are",
};

/** Host directories that nobody may write in without being root there. */
const SYSTEM =
  "/bin /boot /dev /etc /lib /lib32 /lib64 /proc /root /run /sbin /sys /usr /var/cache /var/lib /var/log /var/run /var/spool".split(
    " ",
  );
/** Those that tell secrets, or hold sockets, even when they are read. */
const SECRET = "/boot /dev /proc /root /run /sys /var/lib /var/log /var/run /var/spool".split(" ");

function dangerousPath({ path, access }: { path: string; access: string }): string | undefined {
  const system = SYSTEM.find((it) => isWithin(path, it) || isWithin(it, path));
  if (system === undefined) return undefined;
  if (access === "read-write") {
    return `${path} belongs to the host's own system: whoever writes there is root on the host`;
  }
  const secret = SECRET.find((it) => isWithin(path, it) || isWithin(it, path));
  if (secret !== undefined || path === "/etc" || /^\/etc\/(g?shadow|ssh|ssl\/private)/.test(path)) {
    return `${path} tells the host's secrets, or has sockets of its services`;
  }
  return undefined;
}

/** Of mem(4) and its like all but what every container has. */
function dangerousDevice(device: Device): string | undefined {
  if ("path" in device) return undefined;
  const { type, major, minor } = device;
  if (type === "b")
    return "a disk, or part of one: its file systems are read and written past every permission";
  if (minor === "any") return "it is every device of that kind";
  if (major === 1 && [1, 2, 4].includes(minor))
    return "it is the memory or the ports of the machine";
  if (major === 1 && minor === 11)
    return "it is the kernel log, which tells of all that the host does";
  if (major === 4 || (major === 5 && minor === 1)) return "it is a terminal of the host's";
  return undefined;
}

/** Kernel file systems that show the host, whoever mounts them. */
const SHOWING = new Set(
  "overlay aufs ecryptfs debugfs tracefs securityfs bpf configfs efivarfs devtmpfs pstore binfmt_misc fusectl".split(
    " ",
  ),
);

interface Danger {
  readonly filesystem: PseudoRule["filesystem"];
  readonly path: string;
  /** Reading is one as well. */
  readonly read: boolean;
  readonly why: string;
}

const RUNS = "what is written there, the kernel runs as the host's root";

const DANGERS: readonly Danger[] = [
  { filesystem: "proc", path: "/kcore", read: true, why: "it is the kernel's memory" },
  { filesystem: "proc", path: "/kpagecgroup", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/kpagecount", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/kpageflags", read: true, why: "it tells of all memory" },
  { filesystem: "proc", path: "/keys", read: true, why: "it lists other containers' keys" },
  { filesystem: "proc", path: "/sys/fs/binfmt_misc", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/core_pattern", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/hotplug", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/modprobe", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/poweroff_cmd", read: false, why: RUNS },
  { filesystem: "proc", path: "/sys/kernel/usermodehelper", read: false, why: RUNS },
  { filesystem: "proc", path: "/sysrq-trigger", read: true, why: "it halts or spoils the host" },
  { filesystem: "proc", path: "/", read: false, why: "it changes the whole host's kernel" },
  { filesystem: "sysfs", path: "/kernel/uevent_helper", read: false, why: RUNS },
  { filesystem: "sysfs", path: "/kernel/notes", read: true, why: "it tells where the kernel lies" },
  {
    filesystem: "sysfs",
    path: "/kernel/vmcoreinfo",
    read: true,
    why: "it tells where the kernel lies",
  },
  { filesystem: "sysfs", path: "/", read: false, why: "it changes the host's kernel and devices" },
  { filesystem: "binfmt_misc", path: "/", read: false, why: RUNS },
  { filesystem: "cgroup", path: "/", read: false, why: `its release_agent: ${RUNS}` },
  {
    filesystem: "cgroup2",
    path: "/",
    read: false,
    why: "it changes limits: those the container was given, and those of others",
  },
  { filesystem: "configfs", path: "/", read: false, why: "it makes the host's kernel objects" },
  { filesystem: "debugfs", path: "/", read: true, why: "it opens the inside of the kernel" },
  {
    filesystem: "devtmpfs",
    path: "/",
    read: false,
    why: "it makes and removes the host's devices",
  },
  { filesystem: "efivarfs", path: "/", read: false, why: "it can keep the machine from starting" },
  { filesystem: "pstore", path: "/", read: true, why: "it has what kernels said as they crashed" },
  {
    filesystem: "securityfs",
    path: "/",
    read: false,
    why: "it changes the host's security modules",
  },
  { filesystem: "tracefs", path: "/", read: true, why: "it watches everything that the host does" },
];

/**
 * Parts of what DANGERS names that are nobody's but the container's: its own processes, and
 * parameters that the kernel keeps for each namespace.
 */
const HARMLESS: readonly PseudoPlace[] = [
  { filesystem: "proc", path: "/self" },
  { filesystem: "proc", path: "/sys/kernel/domainname" },
  { filesystem: "proc", path: "/sys/kernel/hostname" },
  { filesystem: "proc", path: "/sys/kernel/msgmax" },
  { filesystem: "proc", path: "/sys/kernel/msgmnb" },
  { filesystem: "proc", path: "/sys/kernel/msgmni" },
  { filesystem: "proc", path: "/sys/kernel/sem" },
  { filesystem: "proc", path: "/sys/kernel/shm_rmid_forced" },
  { filesystem: "proc", path: "/sys/kernel/shmall" },
  { filesystem: "proc", path: "/sys/kernel/shmmax" },
  { filesystem: "proc", path: "/sys/kernel/shmmni" },
  { filesystem: "proc", path: "/sys/fs/mqueue" },
  { filesystem: "proc", path: "/sys/net" },
  { filesystem: "proc", path: "/sys/user" },
];

function dangerousFile({ filesystem, path, access }: PseudoRule): string | undefined {
  const lies = (place: PseudoPlace) =>
    place.filesystem === filesystem && isWithin(path, place.path);
  if (HARMLESS.some(lies)) return undefined;
  return DANGERS.find((danger) => lies(danger) && (danger.read || access === "read-write"))?.why;
}

/** For every rule. */
export const COUNSEL: { readonly [R in RuleName]: Counsel } = {
  privileged: {
    gives: "everything that the host's root can do",
    never: always("a privileged container can do what the host's root can"),
    instead: "start it without --privileged, with the capabilities and devices that it needs",
  },
  hostNamespaces: {
    gives: "it sees what the host and its other containers have there",
    instead: "leave out --pid=host and the like",
  },
  capabilities: {
    gives: "it may use them, as far as its other rules and the container's own namespaces go",
    never: forItems<string>((name) => DANGEROUS[name]),
    instead: "run what needs it on the host, or under policy privileged",
  },
  hostPaths: {
    gives: "it reads these files of the host, and with read-write changes them",
    never: forItems(dangerousPath),
    instead: "use a volume, or mount just the file that is needed, read-only",
  },
  engineSockets: {
    gives: "it starts any container, a privileged one as well",
    never: always(`it is the engine: ${TELL_ROOT}`),
    instead: "run what must talk to the engine on the host, or under policy privileged",
  },
  mountTypes: {
    gives: "the runtime mounts such a file system for it, and the kernel reads what is in it",
    never: forItems<string>((type) =>
      SHOWING.has(type) ? `a mount of type ${type} shows the host` : undefined,
    ),
    instead: "mount it on the host, and give the container the directory",
  },
  sharedMounts: {
    gives: "mounts that are made inside appear on the host",
    instead: "use rslave (mountPropagation: HostToContainer)",
  },
  devices: {
    gives: "it uses the device as a driver of the host does",
    never: forItems(dangerousDevice),
    instead: "give it the files that it needs, not the device below them",
  },
  sysctls: {
    gives: "it is started with another value of the parameter",
    instead: "set it on the host",
  },
  seccomp: {
    gives: "every system call, whose faults are then its own way out",
    instead: "give it a filter with the calls that it needs",
  },
  apparmor: {
    gives: "no profile of AppArmor holds it, only this policy",
    instead: "give it a profile of its own",
  },
  selinuxTypes: {
    gives: "it runs as this type, with all that the host's SELinux policy gives it",
    never: forItems<string>((type) =>
      /unconfined|spc_t/.test(type) ? "SELinux then holds nothing of it" : undefined,
    ),
    instead: "leave out --security-opt label",
  },
  maskedPaths: {
    gives: "these files are there, as far as pseudoFiles lets them be opened",
    instead: "leave out systempaths=unconfined (procMount: Unmasked)",
  },
  readonlyPaths: {
    gives: "these files are not mounted read-only; pseudoFiles still says what can be written",
    instead: "leave out systempaths=unconfined (procMount: Unmasked)",
  },
  nonRoot: {
    gives: "its processes may be the host's user 0, as far as capabilities go",
    instead: "run it as another user (--user, USER in the image)",
  },
  groups: {
    gives: "what belongs to the group, on all that the container was given",
    never: forItems<string>((group) =>
      group === "engine" ? "who may write to an engine's socket is root on the host" : undefined,
    ),
    instead: "leave out --group-add of it",
  },
  noNewPrivileges: {
    gives: "set-user-ID programs inside give more than their caller has",
    instead: "start it as the user that it needs to be",
  },
  oomScoreAdj: {
    gives: "others are killed before it when memory is short",
    instead: "give it a memory reservation",
  },
  hooks: {
    gives: "the program runs on the host as root each time",
    instead: "let root alone own and write it and what it loads, outside of the container's files",
  },
  hookEnvironment: {
    gives: "whoever chooses the variable steers the hook, which runs on the host as root",
    instead: 'give the hook an environment of its own ("env" in its own file)',
  },
  unsafeAnnotations: {
    gives: "the runtime does on the host what the annotation says, whoever wrote it",
    instead: "leave the annotation out",
  },
  hostFiles: {
    gives: "every file of the host that it gets hold of",
    never: always("by it any file that leaks from the host can be used, its root directory too"),
    instead:
      "mount what it needs, by the engine or by a hook of the host's, and allow the host's path in hostPaths (read-write, where the mount is not read-only)",
  },
  mounting: {
    gives: "mounts of what it has, in mount namespaces where it has CAP_SYS_ADMIN",
    instead: "have the engine make the mount when it starts the container",
  },
  kernelLog: {
    gives: "it reads what the kernel says of the host and other containers, and clears it",
    instead: "read the log on the host",
  },
  bpf: {
    gives: "programs in the kernel",
    never: always("by bpf(2) a program gets into the kernel, and lockc itself can be taken off"),
    instead: "run what needs it on the host",
  },
  otherProcesses: {
    gives: "it traces, signals and changes the host's processes",
    never: always(`through a process of the host, ${TELL_ROOT}`),
    instead: "let a service of the host do it, or share the PID namespace of that container",
  },
  perf: {
    gives: "it counts and samples what the processors do, other containers' code included",
    instead: "profile from the host",
  },
  kernelModules: {
    gives: "code in the kernel",
    never: always("code in the kernel can do anything"),
    instead: "load the module on the host before",
  },
  moduleRequests: {
    gives: "it makes the kernel load modules that exist but nobody uses, well tested or not",
    instead: "load the module on the host before",
  },
  keyrings: {
    gives: "it uses the keys of its user, whatever container put them there",
    instead: "leave out what caches secrets in the kernel",
  },
  kernelLockdown: {
    gives: "memory, ports and whatever else a locked kernel forbids",
    never: always("what kernel_lockdown(7) lists reaches the kernel's memory"),
    instead: "run what needs it on the host",
  },
  filelessPrograms: {
    gives: "programs run that lie in no file, where nobody finds them afterwards",
    instead: "run it from a file",
  },
  filelessMappings: {
    gives: "code is mapped that lies in no file, as just-in-time compilers do",
    instead: "have it write its code to a file",
  },
  setuidFiles: {
    gives: "set-user-ID and set-group-ID files in the host's directories, for its users to run",
    never: always(
      "a set-user-ID program that it leaves on the host gives its rights to every user there",
    ),
    instead: "use a volume, where the engine keeps users of the host out",
  },
  terminalInjection: {
    gives: "it types into its terminal",
    never: always("what it types, the one who started it types: a command for the host's shell"),
    instead: "run it without a terminal",
  },
  abstractSockets: {
    gives:
      "services of the host and of other containers that listen on abstract sockets or AF_VSOCK",
    never: always("engines' own services listen there (CVE-2020-15257)"),
    instead: "give it a network namespace of its own, or the service a socket with a path",
  },
  serviceAccountToken: {
    gives: "it asks Kubernetes' API for all that its service account may do there",
    instead:
      "set automountServiceAccountToken: false; the cluster's certificate is also in the ConfigMap kube-root-ca.crt, the namespace in the downward API",
  },
  userNamespaces: {
    gives: "it becomes root in a namespace of its own, which opens much of the kernel to it",
    instead: "run it without a sandbox of its own",
  },
  network: {
    gives: "sockets reach as far as its network namespace does",
    instead: "connect to it through a UNIX socket in a volume",
  },
  pseudoFiles: {
    gives: "it opens this file, and what is below it",
    never: forItems(dangerousFile),
    instead: "read or set it on the host",
  },
};
