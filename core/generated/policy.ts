// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/policy.schema.json by `npm run generate`. Do not edit.

/**
 * What becomes of what this rule does not allow. enforce: refused. audit: let through, and reported. Default: the policy's mode; where it has none, the mode of the same rule in the policy named by extends; else enforce.
 */
export type Mode = "enforce" | "audit";
/**
 * A device: the one that the host has at a path, or one by its numbers.
 */
export type Device = DeviceByPath | DeviceByNumber;
/**
 * What the container may do with it, some of r (read), w (write), m (make nodes of it), in this order.
 */
export type DeviceAccess = string;

/**
 * A lockc policy: what a container is admitted with, and what the kernel refuses its processes. One file per policy, NAME.yaml, in /etc/lockc/policy or among the built-in ones. A rule that is left out is inherited from the policy named by extends; without one it restricts nothing.
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
   * Another policy, whose rules hold where this one says nothing.
   */
  extends?: string;
  /**
   * What becomes of what a rule does not allow, for rules that have no mode of their own here, inherited ones among them. enforce: refused. audit: let through, and reported. Without it, inherited rules keep the mode they had.
   */
  mode?: "enforce" | "audit";
  privileged?: Privileged;
  hostNamespaces?: HostNamespaces;
  capabilities?: Capabilities;
  hostPaths?: HostPaths;
  engineSockets?: EngineSockets;
  mountTypes?: MountTypes;
  sharedMounts?: SharedMounts;
  devices?: Devices;
  sysctls?: Sysctls;
  seccomp?: Seccomp;
  apparmor?: AppArmor;
  selinuxTypes?: SELinuxTypes;
  maskedPaths?: MaskedPaths;
  readonlyPaths?: ReadonlyPaths;
  nonRoot?: NonRoot;
  groups?: Groups;
  noNewPrivileges?: NoNewPrivileges;
  oomScoreAdj?: OomScoreAdj;
  hooks?: Hooks;
  hookEnvironment?: HookEnvironment;
  unsafeAnnotations?: UnsafeAnnotations;
  hostFiles?: HostFiles;
  mounting?: Mounting;
  kernelLog?: KernelLog;
  bpf?: Bpf;
  otherProcesses?: OtherProcesses;
  perf?: Perf;
  kernelModules?: KernelModules;
  moduleRequests?: ModuleRequests;
  keyrings?: Keyrings;
  kernelLockdown?: KernelLockdown;
  filelessPrograms?: FilelessPrograms;
  filelessMappings?: FilelessMappings;
  setuidFiles?: SetuidFiles;
  terminalInjection?: TerminalInjection;
  abstractSockets?: AbstractSockets;
  serviceAccountToken?: ServiceAccountToken;
  userNamespaces?: UserNamespaces;
  network?: Network;
  pseudoFiles?: PseudoFiles;
}
/**
 * Containers that were started as privileged (docker run --privileged, securityContext.privileged: true), recognised by at least two marks of it. Pod Security Standards: Privileged Containers, HostProcess.
 */
export interface Privileged {
  mode?: Mode;
  /**
   * Whether they may start.
   */
  allow?: boolean;
}
/**
 * Namespaces of the host that the container may share, told by their identity, whatever config.json calls them; with network also single network devices of the host (linux.netDevices). A mount namespace that is not new is refused all the same where the kernel holds anything of the policy, since nothing of that would hold there. Pod Security Standards: Host Namespaces.
 */
export interface HostNamespaces {
  mode?: Mode;
  /**
   * "any", or a list of kinds.
   */
  allow?: "any" | ("pid" | "network" | "ipc" | "uts" | "cgroup" | "user" | "time" | "mount")[];
  /**
   * Added to the list that extends brings.
   */
  add?: ("pid" | "network" | "ipc" | "uts" | "cgroup" | "user" | "time" | "mount")[];
}
/**
 * Capabilities that the container may hold, at creation and, in its own user namespace, for ever: the kernel refuses the use of any other, however it was gained. Limits, a scheduling policy or an I/O class that give what SYS_NICE would, need it here. Pod Security Standards: Capabilities.
 */
export interface Capabilities {
  mode?: Mode;
  /**
   * "any", or a list of names without CAP_ (capabilities(7)).
   */
  allow?:
    | "any"
    | (
        | "CHOWN"
        | "DAC_OVERRIDE"
        | "DAC_READ_SEARCH"
        | "FOWNER"
        | "FSETID"
        | "KILL"
        | "SETGID"
        | "SETUID"
        | "SETPCAP"
        | "LINUX_IMMUTABLE"
        | "NET_BIND_SERVICE"
        | "NET_BROADCAST"
        | "NET_ADMIN"
        | "NET_RAW"
        | "IPC_LOCK"
        | "IPC_OWNER"
        | "SYS_MODULE"
        | "SYS_RAWIO"
        | "SYS_CHROOT"
        | "SYS_PTRACE"
        | "SYS_PACCT"
        | "SYS_ADMIN"
        | "SYS_BOOT"
        | "SYS_NICE"
        | "SYS_RESOURCE"
        | "SYS_TIME"
        | "SYS_TTY_CONFIG"
        | "MKNOD"
        | "LEASE"
        | "AUDIT_WRITE"
        | "AUDIT_CONTROL"
        | "SETFCAP"
        | "MAC_OVERRIDE"
        | "MAC_ADMIN"
        | "SYSLOG"
        | "WAKE_ALARM"
        | "BLOCK_SUSPEND"
        | "AUDIT_READ"
        | "PERFMON"
        | "BPF"
        | "CHECKPOINT_RESTORE"
      )[];
  /**
   * Added to the list that extends brings.
   */
  add?: (
    | "CHOWN"
    | "DAC_OVERRIDE"
    | "DAC_READ_SEARCH"
    | "FOWNER"
    | "FSETID"
    | "KILL"
    | "SETGID"
    | "SETUID"
    | "SETPCAP"
    | "LINUX_IMMUTABLE"
    | "NET_BIND_SERVICE"
    | "NET_BROADCAST"
    | "NET_ADMIN"
    | "NET_RAW"
    | "IPC_LOCK"
    | "IPC_OWNER"
    | "SYS_MODULE"
    | "SYS_RAWIO"
    | "SYS_CHROOT"
    | "SYS_PTRACE"
    | "SYS_PACCT"
    | "SYS_ADMIN"
    | "SYS_BOOT"
    | "SYS_NICE"
    | "SYS_RESOURCE"
    | "SYS_TIME"
    | "SYS_TTY_CONFIG"
    | "MKNOD"
    | "LEASE"
    | "AUDIT_WRITE"
    | "AUDIT_CONTROL"
    | "SETFCAP"
    | "MAC_OVERRIDE"
    | "MAC_ADMIN"
    | "SYSLOG"
    | "WAKE_ALARM"
    | "BLOCK_SUSPEND"
    | "AUDIT_READ"
    | "PERFMON"
    | "BPF"
    | "CHECKPOINT_RESTORE"
  )[];
}
/**
 * Files of the host that may be mounted into the container, beyond what the engine itself keeps for it (engineRoots in the settings). A directory brings along neither an engine's root, its configuration nor lockc's own files: those need entries of their own. What is mounted below it must be an ordinary file system. A block device (/dev/disk/by-label/data) lets a volume be the disk. Pod Security Standards: HostPath Volumes, Volume Types.
 */
export interface HostPaths {
  mode?: Mode;
  /**
   * "any", or a list of places. An empty list admits none.
   */
  allow?: "any" | HostPath[];
  /**
   * Added to the list that extends brings.
   */
  add?: HostPath[];
}
/**
 * One place of the host. The mount's source is compared after symbolic links are resolved.
 */
export interface HostPath {
  /**
   * An absolute path without ".", ".." or doubled slashes. /srv means /srv and all below it; /home/* means what is below /home but not /home itself; / means every place.
   */
  path: string;
  /**
   * read-only: only mounts with the option ro. read-write: both. read-all: only with ro, and with engines' and lockc's own files that lie there; no socket there is connected to.
   */
  access: "read-only" | "read-write" | "read-all";
}
/**
 * Sockets of container engines (engineSockets in the settings), alone or in a mounted directory: whoever writes to one is root on the host. Held by the kernel as well, however the socket is reached.
 */
export interface EngineSockets {
  mode?: Mode;
  /**
   * Whether they may be mounted, as far as hostPaths allows them.
   */
  allow?: boolean;
}
/**
 * File systems that the runtime may mount for the container; bind mounts are the affair of hostPaths.
 */
export interface MountTypes {
  mode?: Mode;
  /**
   * "any", or a list of types such as proc, sysfs, tmpfs.
   */
  allow?: "any" | string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
}
/**
 * Mounts whose changes travel from the container to the host: the options shared and rshared, and rootfsPropagation shared.
 */
export interface SharedMounts {
  mode?: Mode;
  /**
   * Whether config.json may ask for them.
   */
  allow?: boolean;
}
/**
 * Device nodes, and device cgroup rules that open more than them, beyond those every container has (null, zero, full, random, urandom, tty, ptmx, pts; console, but not to open the host's). Block devices count as well. Held by the kernel as well: others are neither opened nor made.
 */
export interface Devices {
  mode?: Mode;
  /**
   * "any", or a list of devices.
   */
  allow?: "any" | Device[];
  /**
   * Added to the list that extends brings.
   */
  add?: Device[];
}
/**
 * The device that the host has at this path: for the kernel the one that was there when policies were loaded or reloaded.
 */
export interface DeviceByPath {
  /**
   * Absolute path on the host.
   */
  path: string;
  access: DeviceAccess;
}
/**
 * Devices by their numbers.
 */
export interface DeviceByNumber {
  /**
   * c: character device. b: block device.
   */
  type: "c" | "b";
  /**
   * Major number (Documentation/admin-guide/devices.txt of Linux).
   */
  major: number;
  /**
   * Minor number, or any.
   */
  minor: "any" | number;
  access: DeviceAccess;
}
/**
 * Kernel parameters that config.json may set. Pod Security Standards: Sysctls.
 */
export interface Sysctls {
  mode?: Mode;
  /**
   * "any", or a list of names; net.ipv4.* means all that begin so.
   */
  allow?: "any" | string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
}
/**
 * The system call filter. A filter that denies nothing is none. Pod Security Standards: Seccomp.
 */
export interface Seccomp {
  mode?: Mode;
  /**
   * always: there must be one. kept: the one that the engine gives on its own must not have been switched off; where an engine gives none (ctr, a kubelet without defaults) none is needed. never: none is needed.
   */
  require?: "always" | "kept" | "never";
}
/**
 * The AppArmor profile, on hosts where engines can give one; unconfined is none. Pod Security Standards: AppArmor.
 */
export interface AppArmor {
  mode?: Mode;
  /**
   * always: there must be one. kept: the one that the engine gives on its own must not have been switched off; where an engine gives none (ctr, a kubelet without defaults) none is needed. never: none is needed.
   */
  require?: "always" | "kept" | "never";
}
/**
 * SELinux types of process and mounts, on hosts with SELinux; user and role must be the engine's own unless "any" is allowed. Pod Security Standards: SELinux.
 */
export interface SELinuxTypes {
  mode?: Mode;
  /**
   * "any", or a list of types.
   */
  allow?: "any" | string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
}
/**
 * Files of /proc and /sys that must be hidden in the container, as far as the host has them. Pod Security Standards: /proc Mount Type.
 */
export interface MaskedPaths {
  mode?: Mode;
  /**
   * Paths of which each, or a directory above it, must be in linux.maskedPaths.
   */
  require?: string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
  /**
   * true: not needed in a container whose root is an ordinary user of the host (a user namespace of its own).
   */
  unlessUserNamespace?: boolean;
}
/**
 * Files of /proc and /sys that must be read-only in the container, as far as the host has them. Pod Security Standards: /proc Mount Type.
 */
export interface ReadonlyPaths {
  mode?: Mode;
  /**
   * Paths of which each, or a directory above it, must be in linux.readonlyPaths or linux.maskedPaths.
   */
  require?: string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
  /**
   * true: not needed in a container whose root is an ordinary user of the host (a user namespace of its own).
   */
  unlessUserNamespace?: boolean;
}
/**
 * Whom the container's processes run as. Held by the kernel as well: nobody in it becomes the host's user 0 later. Pod Security Standards: Running as Non-root.
 */
export interface NonRoot {
  mode?: Mode;
  /**
   * true: not as user 0, unless a user namespace makes that an ordinary user of the host.
   */
  require?: boolean;
}
/**
 * Groups that open more than files of one's own.
 */
export interface Groups {
  mode?: Mode;
  /**
   * "any", or which of these the process may be in: root (group 0 of a process that is not user 0), engine (the group of an engine's socket).
   */
  allow?: "any" | ("root" | "engine")[];
  /**
   * Added to the list that extends brings.
   */
  add?: ("root" | "engine")[];
}
/**
 * Whether setuid programs and file capabilities may give more than the caller has. Held by the kernel as well, for processes that were started without the flag. Pod Security Standards: Privilege Escalation.
 */
export interface NoNewPrivileges {
  mode?: Mode;
  /**
   * true: process.noNewPrivileges must be true.
   */
  require?: boolean;
}
/**
 * How well the container is protected from the kernel's out-of-memory killer, at the cost of others. Kubernetes sets it by itself for a pod's class; that passes.
 */
export interface OomScoreAdj {
  mode?: Mode;
  /**
   * The lowest process.oomScoreAdj, -1000 to 1000.
   */
  min?: number;
}
/**
 * Programs that the runtime runs on the host at stages of the container's life, and the socket (linux.seccomp.listenerPath) of the one that decides system calls for it. startContainer hooks run inside and are judged as the container is.
 */
export interface Hooks {
  mode?: Mode;
  /**
   * "any"; "trusted": programs and sockets outside the container's files that only root can change; or a list of trusted ones.
   */
  allow?: ("any" | "trusted") | string[];
}
/**
 * Variables of the container's environment that steer loaders and interpreters (LD_PRELOAD, BASH_ENV, PYTHONSTARTUP, …; of PATH, HOME, LD_LIBRARY_PATH and the like: where they lead), when a createContainer hook runs with them on the host. A hook that has an environment of its own is not meant.
 */
export interface HookEnvironment {
  mode?: Mode;
  /**
   * "any", or a list of names; PYTHON* means all that begin so.
   */
  allow?: "any" | string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
}
/**
 * Annotations that change what the runtime does on the host (crun's run.oci.*, systemd unit properties, CRIU's configuration, and what the runtime itself calls potentially unsafe).
 */
export interface UnsafeAnnotations {
  mode?: Mode;
  /**
   * "any", or a list of names; org.systemd.property.* means all that begin so.
   */
  allow?: "any" | string[];
  /**
   * Added to the list that extends brings.
   */
  add?: string[];
}
/**
 * Files of mounts that the container was not given, however its processes get at them. Held by the kernel, at any time.
 */
export interface HostFiles {
  mode?: Mode;
  /**
   * Whether they may be used.
   */
  allow?: boolean;
}
/**
 * Making, moving, changing and removing mounts from inside. Held by the kernel.
 */
export interface Mounting {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Reading and changing the kernel log (dmesg). Held by the kernel.
 */
export interface KernelLog {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * The bpf system call and files of bpffs, through which lockc itself could be taken off. Held by the kernel.
 */
export interface Bpf {
  mode?: Mode;
  /**
   * Whether they may be used.
   */
  allow?: boolean;
}
/**
 * Tracing, signalling and changing processes that are not the container's own, its runtime among them (CVE-2019-5736): ptrace(2) and all that asks for the same right, kill(2), setpriority(2), prlimit(2). Held by the kernel.
 */
export interface OtherProcesses {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * The performance counters of perf_event_open(2), which tell of the kernel and of others. Held by the kernel.
 */
export interface Perf {
  mode?: Mode;
  /**
   * Whether they may be used.
   */
  allow?: boolean;
}
/**
 * Loading code into the kernel: modules, firmware, another kernel. Held by the kernel.
 */
export interface KernelModules {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Making the kernel load a module that it misses, by asking for a kind of socket or file system that nobody uses yet. Such modules are seldom well tested. Held by the kernel.
 */
export interface ModuleRequests {
  mode?: Mode;
  /**
   * Whether it then loads one.
   */
  allow?: boolean;
}
/**
 * The kernel's key retention service, keyctl(2), whose keys belong to users whatever container they are in. Held by the kernel.
 */
export interface Keyrings {
  mode?: Mode;
  /**
   * Whether it may be used.
   */
  allow?: boolean;
}
/**
 * What kernel_lockdown(7) forbids, for the container alone: raw memory, input and output ports, unsigned modules and the like. Held by the kernel.
 */
export interface KernelLockdown {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Executing a file that has no name, which is how intruders leave no trace (memfd_create(2)). Held by the kernel.
 */
export interface FilelessPrograms {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Mapping a file that has no name as code, as .NET does. Held by the kernel.
 */
export interface FilelessMappings {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Leaving set-user-ID or set-group-ID files, programs with capabilities, or device nodes in directories of the host (hostPaths), where its users find them. Held by the kernel.
 */
export interface SetuidFiles {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Typing into a terminal on behalf of whoever sits there (ioctl TIOCSTI, TIOCLINUX), taking what is written to the console (TIOCCONS). Held by the kernel.
 */
export interface TerminalInjection {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Sockets of the host that no file and no network namespace keeps apart: abstract UNIX sockets of others, where the container shares the host's network (CVE-2020-15257), and sockets of the families AF_VSOCK, AF_RDS, AF_QIPCRTR, AF_ISDN and AF_IUCV everywhere. Held by the kernel.
 */
export interface AbstractSockets {
  mode?: Mode;
  /**
   * Whether they may be connected to, or made.
   */
  allow?: boolean;
}
/**
 * Opening what has the token of the container's Kubernetes service account: what is mounted at /var/run/secrets/kubernetes.io/serviceaccount, and the kubelet's projected volume with a token wherever it is mounted. Held by the kernel.
 */
export interface ServiceAccountToken {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * Making user namespaces from inside, which opens much of the kernel to ordinary users. Held by the kernel.
 */
export interface UserNamespaces {
  mode?: Mode;
  /**
   * Whether that is possible.
   */
  allow?: boolean;
}
/**
 * How far sockets reach. Held by the kernel.
 */
export interface Network {
  mode?: Mode;
  /**
   * "any", or "loopback": UNIX sockets and the container's own loopback addresses only.
   */
  allow?: "any" | "loopback";
}
/**
 * Files of proc, sysfs and the kernel's other file systems by the path inside, wherever they are mounted. Held by the kernel.
 */
export interface PseudoFiles {
  mode?: Mode;
  /**
   * What is less than readable and writable; of several that fit, the one that reaches deepest decides. Without the rule, or with an empty list, nothing is.
   */
  restrict?: PseudoFile[];
  /**
   * Added to the list that extends brings.
   */
  add?: PseudoFile[];
}
/**
 * A file or directory of one of the kernel's own file systems, and all below it.
 */
export interface PseudoFile {
  /**
   * Which file system. devtmpfs is the host's /dev; opening its devices is the affair of the rule devices.
   */
  filesystem:
    | "proc"
    | "sysfs"
    | "binfmt_misc"
    | "cgroup"
    | "cgroup2"
    | "configfs"
    | "debugfs"
    | "devtmpfs"
    | "efivarfs"
    | "fusectl"
    | "pstore"
    | "securityfs"
    | "tracefs";
  /**
   * Path inside the file system: /kcore is /proc/kcore; / is all of it. In proc, /self is every process's directory. ** before the last component holds for that one anywhere below: /devices/** /block.
   */
  path: string;
  /**
   * none: not to be opened. read-only: not for writing. own-cgroup: of cgroup2 only, for writing in the container's own cgroup and below, where it cannot change the limits that it was given. read-write: as if nothing were said, below a path that is restricted.
   */
  access: "none" | "read-only" | "own-cgroup" | "read-write";
}
