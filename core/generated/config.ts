// SPDX-License-Identifier: Apache-2.0
// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.

/**
 * A bundle's config.json for Linux, as the OCI runtime specification 1.0 to 1.3 has it (config.md and config-linux.md). A value that the decoder of runc would not take is refused, as is what lacks a required part that crun looks for; properties that no version names may be anything.
 */
export interface Config {
  /**
   * Version of the specification that the bundle follows (config.md, Specification version).
   */
  ociVersion?: string;
  root: Root;
  /**
   * Mounts beyond the root file system, made in this order (config.md, Mounts).
   */
  mounts?: Mount[];
  process?: Process;
  /**
   * Host name inside the container (config.md, Hostname).
   */
  hostname?: string;
  /**
   * NIS domain name inside the container (config.md, Domainname).
   */
  domainname?: string;
  hooks?: Hooks;
  /**
   * Metadata by name (config.md, Annotations).
   */
  annotations?: {
    [k: string]: string;
  };
  linux?: Linux;
  /**
   * What only Solaris has; Linux runtimes ignore it.
   */
  solaris?: {};
  /**
   * What only Windows has; Linux runtimes ignore it.
   */
  windows?: {};
  /**
   * What runtimes that start virtual machines need; others ignore it.
   */
  vm?: {};
  /**
   * What only z/OS has; Linux runtimes ignore it.
   */
  zos?: {};
  /**
   * What only FreeBSD has; Linux runtimes ignore it.
   */
  freebsd?: {};
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
  /**
   * User IDs of an idmapped mount, if not those of the user namespace.
   */
  uidMappings?: IdMapping[];
  /**
   * Group IDs of an idmapped mount, if not those of the user namespace.
   */
  gidMappings?: IdMapping[];
}
/**
 * One range of IDs (user_namespaces(7)).
 */
export interface IdMapping {
  /**
   * Its first ID in the namespace.
   */
  containerID: number;
  /**
   * Its first ID on the host.
   */
  hostID: number;
  /**
   * How many IDs it has.
   */
  size: number;
}
/**
 * The container's first process (config.md, Process).
 */
export interface Process {
  /**
   * Whether a terminal is attached to the process.
   */
  terminal?: boolean;
  consoleSize?: ConsoleSize;
  /**
   * Working directory, absolute inside the container.
   */
  cwd?: string;
  /**
   * The environment, NAME=VALUE each.
   */
  env?: string[];
  /**
   * The program and its arguments.
   */
  args?: string[];
  /**
   * The whole command line; Windows only.
   */
  commandLine?: string;
  user?: User;
  capabilities?: Capabilities;
  /**
   * Resource limits of the process (config.md, POSIX process).
   */
  rlimits?: Rlimit[];
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
   * The process's oom_score_adj; without it, the runtime's.
   */
  oomScoreAdj?: number;
  scheduler?: Scheduler;
  ioPriority?: IoPriority;
  execCPUAffinity?: ExecCpuAffinity;
}
/**
 * The terminal's first size, in characters.
 */
export interface ConsoleSize {
  /**
   * Lines of the terminal.
   */
  height: number;
  /**
   * Columns of the terminal.
   */
  width: number;
}
/**
 * Whom the process runs as, inside the container (config.md, User).
 */
export interface User {
  /**
   * User ID; 0 when it is left out.
   */
  uid?: number;
  /**
   * Group ID; 0 when it is left out.
   */
  gid?: number;
  /**
   * The process's umask; without it, the runtime's.
   */
  umask?: number;
  /**
   * Further groups of the process.
   *
   * Items: An unsigned 32-bit integer: a user or group ID, a mask, a count.
   */
  additionalGids?: number[];
  /**
   * User name; Windows only.
   */
  username?: string;
}
/**
 * The five capability sets of the process, by names such as CAP_CHOWN (config.md, Linux Process).
 */
export interface Capabilities {
  /**
   * What no exec can go beyond.
   */
  bounding?: string[];
  /**
   * What the kernel checks.
   */
  effective?: string[];
  /**
   * What an exec of a program with file capabilities may keep.
   */
  inheritable?: string[];
  /**
   * What the process may make effective.
   */
  permitted?: string[];
  /**
   * What an exec of an ordinary program keeps.
   */
  ambient?: string[];
}
/**
 * One resource limit (getrlimit(2)).
 */
export interface Rlimit {
  /**
   * Which limit, such as RLIMIT_NOFILE.
   */
  type: string;
  /**
   * What the process may raise the soft limit to.
   */
  hard: number;
  /**
   * What the kernel enforces.
   */
  soft: number;
}
/**
 * How the process is scheduled (config.md, Linux Process; sched_setattr(2)).
 */
export interface Scheduler {
  /**
   * Scheduling policy, such as SCHED_BATCH.
   */
  policy?: string;
  /**
   * Niceness, for policies without priorities.
   */
  nice?: number;
  /**
   * Static priority, for SCHED_FIFO and SCHED_RR.
   */
  priority?: number;
  /**
   * Flags, such as SCHED_FLAG_RESET_ON_FORK.
   */
  flags?: string[];
  /**
   * Nanoseconds of each period that SCHED_DEADLINE grants.
   */
  runtime?: number;
  /**
   * Nanoseconds from a period's start in which SCHED_DEADLINE grants them.
   */
  deadline?: number;
  /**
   * Length of SCHED_DEADLINE's period, in nanoseconds.
   */
  period?: number;
}
/**
 * Priority of the process's I/O (config.md, Linux Process; ioprio_set(2)).
 */
export interface IoPriority {
  /**
   * Class, such as IOPRIO_CLASS_BE.
   */
  class?: string;
  /**
   * Level within the class; 0 is the highest.
   */
  priority?: number;
}
/**
 * CPUs for processes that exec adds to the container (config.md, Linux Process).
 */
export interface ExecCpuAffinity {
  /**
   * CPUs such as 0-3,7 until the process is in the container's cgroup.
   */
  initial?: string;
  /**
   * CPUs such as 0-3,7 from then on.
   */
  final?: string;
}
/**
 * Programs run at stages of the container's life (config.md, POSIX-platform Hooks).
 */
export interface Hooks {
  /**
   * Hooks run in the runtime's namespaces before the container's program starts; deprecated.
   */
  prestart?: Hook[];
  /**
   * Hooks run in the runtime's namespaces once the container's own exist.
   */
  createRuntime?: Hook[];
  /**
   * Hooks of the host run in the container's namespaces before the root is changed.
   */
  createContainer?: Hook[];
  /**
   * Hooks run inside the container just before its program.
   */
  startContainer?: Hook[];
  /**
   * Hooks run in the runtime's namespaces once the container's program runs.
   */
  poststart?: Hook[];
  /**
   * Hooks run in the runtime's namespaces once the container is deleted.
   */
  poststop?: Hook[];
}
/**
 * One hook (config.md, POSIX-platform Hooks).
 */
export interface Hook {
  /**
   * Absolute path of the program: on the host, but for startContainer in the container.
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
   * User IDs of a user namespace (config-linux.md, User namespace mappings).
   */
  uidMappings?: IdMapping[];
  /**
   * Group IDs of a user namespace (config-linux.md, User namespace mappings).
   */
  gidMappings?: IdMapping[];
  /**
   * Clocks of a time namespace, by names such as monotonic (config-linux.md, Offset for Time Namespace).
   */
  timeOffsets?: {
    [k: string]: TimeOffset;
  };
  /**
   * Device nodes the container gets (config-linux.md, Devices).
   */
  devices?: Device[];
  /**
   * Network devices of the runtime's namespace that move into the container, by name (config-linux.md, Network Devices).
   */
  netDevices?: {
    [k: string]: NetDevice;
  };
  /**
   * The container's cgroup (config-linux.md, Cgroups Path).
   */
  cgroupsPath?: string;
  resources?: Resources;
  intelRdt?: IntelRdt;
  memoryPolicy?: MemoryPolicy;
  /**
   * Kernel parameters set in the container's namespaces, by name (config-linux.md, Sysctl).
   */
  sysctl?: {
    [k: string]: string;
  };
  seccomp?: Seccomp;
  /**
   * Mount propagation of the root file system (config-linux.md, Rootfs Mount Propagation).
   */
  rootfsPropagation?: string;
  /**
   * Paths that the container finds empty (config-linux.md, Masked Paths).
   */
  maskedPaths?: string[];
  /**
   * Paths that the container cannot write (config-linux.md, Readonly Paths).
   */
  readonlyPaths?: string[];
  /**
   * SELinux label of the container's mounts (config-linux.md, Mount Label).
   */
  mountLabel?: string;
  personality?: Personality;
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
 * How far one clock is ahead of the host's.
 */
export interface TimeOffset {
  /**
   * Seconds, negative for behind.
   */
  secs?: number;
  /**
   * Nanoseconds beyond the seconds.
   */
  nanosecs?: number;
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
  type: string;
  /**
   * Major number, which says which driver; 0 when it is left out.
   */
  major?: number;
  /**
   * Minor number, which says which of the driver's devices; 0 when it is left out.
   */
  minor?: number;
  /**
   * Permissions of the node.
   */
  fileMode?: number;
  /**
   * Its owner, inside the container.
   */
  uid?: number;
  /**
   * Its group, inside the container.
   */
  gid?: number;
}
/**
 * One network device.
 */
export interface NetDevice {
  /**
   * Its name inside the container; without it, the same.
   */
  name?: string;
}
/**
 * What the container's cgroup allows (config-linux.md, Control groups).
 */
export interface Resources {
  /**
   * Rules for device nodes; of those that match, the last decides (config-linux.md, Allowed Device list).
   */
  devices?: DeviceRule[];
  memory?: Memory;
  cpu?: Cpu;
  pids?: Pids;
  blockIO?: BlockIo;
  /**
   * Limits of huge pages, by their size (config-linux.md, Huge page limits).
   */
  hugepageLimits?: HugepageLimit[];
  network?: NetworkClass;
  /**
   * Limits of RDMA, by the device's name (config-linux.md, RDMA).
   */
  rdma?: {
    [k: string]: Rdma;
  };
  /**
   * Files of the container's cgroup, version 2, and what is written there (config-linux.md, Unified).
   */
  unified?: {
    [k: string]: string;
  };
}
/**
 * One rule for device nodes (config-linux.md, Allowed Device list).
 */
export interface DeviceRule {
  /**
   * Whether the access is allowed.
   */
  allow: boolean;
  /**
   * c: character devices, b: block devices, a or nothing: all.
   */
  type?: string;
  /**
   * Major number; without it, every one.
   */
  major?: number;
  /**
   * Minor number; without it, every one.
   */
  minor?: number;
  /**
   * Letters r, w and m, for reading, writing and mknod.
   */
  access?: string;
}
/**
 * Limits in bytes, -1 for none (config-linux.md, Memory).
 */
export interface Memory {
  /**
   * The most memory.
   */
  limit?: number;
  /**
   * The memory that is taken back last.
   */
  reservation?: number;
  /**
   * The most memory and swap together.
   */
  swap?: number;
  /**
   * The most kernel memory; obsolete.
   */
  kernel?: number;
  /**
   * The most kernel memory for TCP; obsolete.
   */
  kernelTCP?: number;
  /**
   * How readily the kernel swaps, from 0 to 100.
   */
  swappiness?: number;
  /**
   * Whether a process that exceeds the limit waits instead of being killed.
   */
  disableOOMKiller?: boolean;
  /**
   * Whether the cgroups below are counted too.
   */
  useHierarchy?: boolean;
  /**
   * Whether an update below what is in use is refused.
   */
  checkBeforeUpdate?: boolean;
}
/**
 * Time on CPUs (config-linux.md, CPU).
 */
export interface Cpu {
  /**
   * Weight against other cgroups.
   */
  shares?: number;
  /**
   * Microseconds of each period that may be used.
   */
  quota?: number;
  /**
   * Microseconds that may be saved up and used at once.
   */
  burst?: number;
  /**
   * Length of a period, in microseconds.
   */
  period?: number;
  /**
   * Microseconds of each period for real-time tasks.
   */
  realtimeRuntime?: number;
  /**
   * Length of a real-time period, in microseconds.
   */
  realtimePeriod?: number;
  /**
   * CPUs that may be used, such as 0-3,7.
   */
  cpus?: string;
  /**
   * Memory nodes that may be used, such as 0,1.
   */
  mems?: string;
  /**
   * 1 when the cgroup only gets what others leave.
   */
  idle?: number;
}
/**
 * Number of tasks (config-linux.md, PIDs).
 */
export interface Pids {
  /**
   * The most tasks; -1, or 0 for some runtimes, for no limit.
   */
  limit?: number;
}
/**
 * Access to block devices (config-linux.md, Block IO).
 */
export interface BlockIo {
  /**
   * Weight against other cgroups.
   */
  weight?: number;
  /**
   * Weight of the cgroup's own tasks against the cgroups below it.
   */
  leafWeight?: number;
  /**
   * Weights that differ by device.
   */
  weightDevice?: WeightDevice[];
  /**
   * Limits of reading, in bytes per second.
   */
  throttleReadBpsDevice?: ThrottleDevice[];
  /**
   * Limits of writing, in bytes per second.
   */
  throttleWriteBpsDevice?: ThrottleDevice[];
  /**
   * Limits of reading, in operations per second.
   */
  throttleReadIOPSDevice?: ThrottleDevice[];
  /**
   * Limits of writing, in operations per second.
   */
  throttleWriteIOPSDevice?: ThrottleDevice[];
}
/**
 * Weights for one block device.
 */
export interface WeightDevice {
  /**
   * The device's major number.
   */
  major: number;
  /**
   * The device's minor number.
   */
  minor: number;
  /**
   * Weight against other cgroups.
   */
  weight?: number;
  /**
   * Weight of the cgroup's own tasks against the cgroups below it.
   */
  leafWeight?: number;
}
/**
 * A limit for one block device.
 */
export interface ThrottleDevice {
  /**
   * The device's major number.
   */
  major: number;
  /**
   * The device's minor number.
   */
  minor: number;
  /**
   * Bytes or operations per second.
   */
  rate: number;
}
/**
 * A limit for huge pages of one size.
 */
export interface HugepageLimit {
  /**
   * Size of a page, such as 2MB.
   */
  pageSize: string;
  /**
   * The most bytes in such pages.
   */
  limit: number;
}
/**
 * Marks of the container's packets (config-linux.md, Network).
 */
export interface NetworkClass {
  /**
   * Class that traffic control and netfilter see.
   */
  classID?: number;
  /**
   * Priorities by network device.
   */
  priorities?: InterfacePriority[];
}
/**
 * Priority of the packets on one network device.
 */
export interface InterfacePriority {
  /**
   * The device's name.
   */
  name: string;
  /**
   * Its priority.
   */
  priority: number;
}
/**
 * Limits of one RDMA device.
 */
export interface Rdma {
  /**
   * The most handles of the adapter.
   */
  hcaHandles?: number;
  /**
   * The most objects of the adapter.
   */
  hcaObjects?: number;
}
/**
 * Cache and memory bandwidth by Intel's Resource Director Technology (config-linux.md, IntelRdt).
 */
export interface IntelRdt {
  /**
   * Name of the class of service, a directory of resctrl.
   */
  closID?: string;
  /**
   * Lines for the class's schemata file.
   */
  schemata?: string[];
  /**
   * The line for the L3 cache.
   */
  l3CacheSchema?: string;
  /**
   * The line for memory bandwidth.
   */
  memBwSchema?: string;
  /**
   * Whether the use of the cache is monitored; until 1.2.
   */
  enableCMT?: boolean;
  /**
   * Whether the use of memory bandwidth is monitored; until 1.2.
   */
  enableMBM?: boolean;
  /**
   * Whether the container gets a monitoring group; from 1.3.
   */
  enableMonitoring?: boolean;
}
/**
 * NUMA policy of the container's memory (config-linux.md, Memory policy; set_mempolicy(2)).
 */
export interface MemoryPolicy {
  /**
   * Mode, such as MPOL_BIND.
   */
  mode?: string;
  /**
   * Memory nodes, such as 0,1.
   */
  nodes?: string;
  /**
   * Flags, such as MPOL_F_STATIC_NODES.
   */
  flags?: string[];
}
/**
 * The filter of the container's system calls (config-linux.md, Seccomp).
 */
export interface Seccomp {
  /**
   * What happens to a system call that no rule names.
   */
  defaultAction:
    | "SCMP_ACT_ALLOW"
    | "SCMP_ACT_ERRNO"
    | "SCMP_ACT_KILL"
    | "SCMP_ACT_KILL_PROCESS"
    | "SCMP_ACT_KILL_THREAD"
    | "SCMP_ACT_LOG"
    | "SCMP_ACT_NOTIFY"
    | "SCMP_ACT_TRACE"
    | "SCMP_ACT_TRAP";
  /**
   * The error number where the default action returns one.
   */
  defaultErrnoRet?: number;
  /**
   * Architectures whose system calls the filter knows, such as SCMP_ARCH_X86_64.
   */
  architectures?: string[];
  /**
   * Flags of the filter, such as SECCOMP_FILTER_FLAG_LOG.
   */
  flags?: string[];
  /**
   * Socket of the host that gets the listener, for SCMP_ACT_NOTIFY.
   */
  listenerPath?: string;
  /**
   * What is sent to that socket besides.
   */
  listenerMetadata?: string;
  /**
   * The rules, by system call.
   */
  syscalls?: SyscallRule[];
}
/**
 * One rule of a seccomp filter.
 */
export interface SyscallRule {
  /**
   * System calls that it is about.
   */
  names: string[];
  /**
   * What happens to them.
   */
  action:
    | "SCMP_ACT_ALLOW"
    | "SCMP_ACT_ERRNO"
    | "SCMP_ACT_KILL"
    | "SCMP_ACT_KILL_PROCESS"
    | "SCMP_ACT_KILL_THREAD"
    | "SCMP_ACT_LOG"
    | "SCMP_ACT_NOTIFY"
    | "SCMP_ACT_TRACE"
    | "SCMP_ACT_TRAP";
  /**
   * The error number where the action returns one.
   */
  errnoRet?: number;
  /**
   * Conditions on arguments, all of which must hold.
   */
  args?: SyscallArgument[];
}
/**
 * A condition on one argument of a system call.
 */
export interface SyscallArgument {
  /**
   * Which argument, from 0.
   */
  index: number;
  /**
   * What it is compared with, or the mask of SCMP_CMP_MASKED_EQ.
   */
  value: number;
  /**
   * What it is compared with under that mask.
   */
  valueTwo?: number;
  /**
   * How it is compared.
   */
  op:
    | "SCMP_CMP_NE"
    | "SCMP_CMP_LT"
    | "SCMP_CMP_LE"
    | "SCMP_CMP_EQ"
    | "SCMP_CMP_GE"
    | "SCMP_CMP_GT"
    | "SCMP_CMP_MASKED_EQ";
}
/**
 * Execution domain (config-linux.md, Personality; personality(2)).
 */
export interface Personality {
  /**
   * LINUX, or LINUX32 where uname(2) shall tell of a 32-bit machine.
   */
  domain?: string;
  /**
   * Further flags; none is defined.
   */
  flags?: string[];
}
