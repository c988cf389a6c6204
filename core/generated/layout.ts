// SPDX-License-Identifier: Apache-2.0
// Generated from bpf/lockc.h by `npm run generate`. Do not edit.

export const LOCKC_ABI = 13;
export const LOCKC_ID_SIZE = 256;
export const LOCKC_ROOT_SIZE = 256;
export const LOCKC_POLICY_SIZE = 64;
export const LOCKC_DOCUMENT_SIZE = 32768;
export const LOCKC_COMM_SIZE = 16;
export const LOCKC_SLOTS = 8192;
export const LOCKC_NAMESPACES = 4;
export const LOCKC_BURIED = 1024;
export const LOCKC_PAGE_GRANTS = 16;
export const LOCKC_RULES = 32;
export const LOCKC_ANY_MINOR = 1048576;
export const LOCKC_NAME_SIZE = 64;
export const LOCKC_EXE_SIZE = 256;
export const LOCKC_SHORT_SIZE = 256;
export const LOCKC_PATH_SIZE = 4096;
export const LOCKC_RECENT = 256;
export const LOCKC_WANTED_SHIFT = 16;
export const LOCKC_MERGE_NS = 1000000000;
export const LOCKC_PSEUDO_DEPTH = 16;
export const LOCKC_PSEUDO_REACH = 32;
export const LOCKC_LOOKED_SEVERAL = 18446744073709552000;

/** enum lockc_phase */
export const Phase = {
  NONE: 0,
  ENTERED: 1,
  ENROLLING: 2,
  RUNTIME: 3,
  JOINING: 4,
  CONFINED: 5,
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** enum lockc_rule */
export const Rule = {
  FILES: 1,
  MOUNT: 2,
  SYSLOG: 4,
  BPF: 8,
  CAPABILITY: 16,
  USERNS: 32,
  NETWORK: 64,
  PSEUDO: 128,
  PROCESS: 256,
  ROOT: 512,
  ESCALATION: 1024,
  PERF: 2048,
  MODULES: 4096,
  REQUESTS: 8192,
  KEYRINGS: 16384,
  LOCKDOWN: 32768,
  PROGRAMS: 65536,
  MAPPINGS: 131072,
  SETUID: 262144,
  TERMINAL: 524288,
  DEVICES: 1048576,
  ENGINES: 2097152,
  ABSTRACT: 4194304,
  HOOKS: 8388608,
  TOKEN: 16777216,
  ENTRY: 536870912,
  GUARD: 1073741824,
} as const;
export type Rule = (typeof Rule)[keyof typeof Rule];

/** enum lockc_event_kind */
export const EventKind = {
  DENIED: 1,
  AUDITED: 2,
  REFUSED: 3,
  TOLERATED: 4,
  REGISTERED: 5,
  STARTED: 6,
  JOINED: 7,
  CHANGED: 8,
  RELEASED: 9,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** enum lockc_object */
export const Object = {
  NONE: 0,
  FILE: 1,
  PROCESS: 2,
  CAPABILITY: 3,
  ADDRESS: 4,
  SOCKET: 5,
  DEVICE: 6,
  NAME: 7,
  NUMBER: 8,
} as const;
export type Object = (typeof Object)[keyof typeof Object];

/** enum lockc_hook */
export const Hook = {
  NONE: 0,
  BPF: 1,
  BPRM_COMMITTING_CREDS: 2,
  BPRM_CREDS_FROM_FILE: 3,
  CAPABLE: 4,
  FILE_FCNTL: 5,
  FILE_IOCTL: 6,
  FILE_IOCTL_COMPAT: 7,
  FILE_MPROTECT: 8,
  FILE_OPEN: 9,
  FILE_RECEIVE: 10,
  FS_CONTEXT_PARSE_PARAM: 11,
  INODE_FILE_SETATTR: 12,
  INODE_GETATTR: 13,
  INODE_REMOVE_ACL: 14,
  INODE_REMOVEXATTR: 15,
  INODE_SET_ACL: 16,
  INODE_SETATTR: 17,
  INODE_SETXATTR: 18,
  KERNEL_LOAD_DATA: 19,
  KERNEL_MODULE_REQUEST: 20,
  KERNEL_READ_FILE: 21,
  KEY_ALLOC: 22,
  KEY_PERMISSION: 23,
  LOCKED_DOWN: 24,
  MMAP_ADDR: 25,
  MMAP_FILE: 26,
  MOVE_MOUNT: 27,
  PATH_CHMOD: 28,
  PATH_CHOWN: 29,
  PATH_CHROOT: 30,
  PATH_LINK: 31,
  PATH_MKDIR: 32,
  PATH_MKNOD: 33,
  PATH_NOTIFY: 34,
  PATH_RENAME: 35,
  PATH_RMDIR: 36,
  PATH_SYMLINK: 37,
  PATH_TRUNCATE: 38,
  PATH_UNLINK: 39,
  PERF_EVENT_OPEN: 40,
  PTRACE_ACCESS_CHECK: 41,
  PTRACE_TRACEME: 42,
  QUOTACTL: 43,
  SB_KERN_MOUNT: 44,
  SB_MOUNT: 45,
  SB_PIVOTROOT: 46,
  SB_REMOUNT: 47,
  SB_UMOUNT: 48,
  SCHED_PROCESS_EXIT: 49,
  SCHED_PROCESS_FREE: 50,
  SCHED_WAKEUP_NEW: 51,
  SOCKET_BIND: 52,
  SOCKET_CONNECT: 53,
  SOCKET_CREATE: 54,
  SOCKET_LISTEN: 55,
  SOCKET_SENDMSG: 56,
  SOCKET_SETSOCKOPT: 57,
  SYSLOG: 58,
  TASK_ALLOC: 59,
  TASK_FIX_SETUID: 60,
  TASK_KILL: 61,
  TASK_MOVEMEMORY: 62,
  TASK_SETIOPRIO: 63,
  TASK_SETNICE: 64,
  TASK_SETPGID: 65,
  TASK_SETRLIMIT: 66,
  TASK_SETSCHEDULER: 67,
  UNIX_MAY_SEND: 68,
  UNIX_STREAM_CONNECT: 69,
  USERNS_CREATE: 70,
} as const;
export type Hook = (typeof Hook)[keyof typeof Hook];

/** enum lockc_access */
export const Access = {
  READ: 1,
  WRITE: 2,
  OWN: 4,
  MAKE: 8,
  RUNTIME: 16,
  BELOW: 32,
} as const;
export type Access = (typeof Access)[keyof typeof Access];

/** enum lockc_grant_kind */
export const GrantKind = {
  NONE: 0,
  MOUNT: 1,
  SUPERBLOCK: 2,
  FILE: 4,
} as const;
export type GrantKind = (typeof GrantKind)[keyof typeof GrantKind];

/** enum lockc_guard */
export const Guard = {
  OFF: 0,
  AUDIT: 1,
  ENFORCE: 2,
} as const;
export type Guard = (typeof Guard)[keyof typeof Guard];

/** enum lockc_binary */
export const Binary = {
  RUNTIME: 1,
  ENTRANCE: 2,
} as const;
export type Binary = (typeof Binary)[keyof typeof Binary];

/** enum lockc_grant_flag */
export const GrantFlag = {
  HOST: 1,
  READ: 2,
  WRITE: 4,
  TOKEN: 8,
  TALK: 16,
} as const;
export type GrantFlag = (typeof GrantFlag)[keyof typeof GrantFlag];

/** enum lockc_prospect */
export const Prospect = {
  READ: 1,
  WRITE: 2,
  NEVER: 4,
  BELOW_READ: 8,
  BELOW_WRITE: 16,
  BELOW_NEVER: 32,
  OWN: 64,
} as const;
export type Prospect = (typeof Prospect)[keyof typeof Prospect];

/** enum lockc_could */
export const Could = {
  COPY: 1,
  SHOW: 2,
} as const;
export type Could = (typeof Could)[keyof typeof Could];

/** struct lockc_way */
export const WAY = {
  name: "lockc_way",
  size: 72,
  fields: {
    home: { offset: 0, kind: "u64" },
    home_superblock: { offset: 8, kind: "u64" },
    home_ino: { offset: 16, kind: "u64" },
    home_generation: { offset: 24, kind: "u32" },
    could: { offset: 28, kind: "u32" },
    home_users: { offset: 32, kind: "u64" },
    looked: { offset: 40, kind: "u64" },
    seen: { offset: 48, kind: "u64" },
    other: { offset: 56, kind: "u64" },
    made: { offset: 64, kind: "u64" },
  },
} as const;

/** struct lockc_task */
export const TASK = {
  name: "lockc_task",
  size: 144,
  fields: {
    container: { offset: 0, kind: "u64" },
    phase: { offset: 8, kind: "u32" },
    counted: { offset: 12, kind: "u32" },
    root_superblock: { offset: 16, kind: "u64" },
    root_ino: { offset: 24, kind: "u64" },
    copied: { offset: 32, kind: "u64" },
    rules: { offset: 40, kind: "u32" },
    pivoted: { offset: 44, kind: "u32" },
    left_mm: { offset: 48, kind: "u64" },
    was_container: { offset: 56, kind: "u64" },
    was_phase: { offset: 64, kind: "u32" },
    prospect: { offset: 68, kind: "u32" },
    way: { offset: 72, kind: "u8", count: 72 },
  },
} as const;

/** struct lockc_common */
export const COMMON = {
  name: "lockc_common",
  size: 40976,
  fields: {
    generation: { offset: 0, kind: "u64" },
    starting: { offset: 8, kind: "u32" },
    burials: { offset: 12, kind: "u32" },
    slots: { offset: 16, kind: "u32", count: 8192 },
    buried: { offset: 32784, kind: "u64", count: 1024 },
  },
} as const;

/** struct lockc_container */
export const CONTAINER = {
  name: "lockc_container",
  size: 1408,
  fields: {
    mntns: { offset: 0, kind: "u64", count: 4 },
    runtime_mntns: { offset: 32, kind: "u64" },
    root_superblock: { offset: 40, kind: "u64" },
    root_ino: { offset: 48, kind: "u64" },
    root_dentry: { offset: 56, kind: "u64" },
    layer_cred: { offset: 64, kind: "u64" },
    cgroup: { offset: 72, kind: "u64" },
    shim_cgroup: { offset: 80, kind: "u64" },
    runtime_netns: { offset: 88, kind: "u64" },
    denials: { offset: 96, kind: "u64", count: 32 },
    audits: { offset: 352, kind: "u64", count: 32 },
    admitted: { offset: 608, kind: "u64" },
    capabilities: { offset: 616, kind: "u64" },
    pseudo: { offset: 624, kind: "u64" },
    devices: { offset: 632, kind: "u64" },
    created_ns: { offset: 640, kind: "u64" },
    pid_namespace: { offset: 648, kind: "u64" },
    token_superblock: { offset: 656, kind: "u64" },
    rules: { offset: 664, kind: "u32" },
    audit: { offset: 668, kind: "u32" },
    grants: { offset: 672, kind: "u32" },
    granted: { offset: 676, kind: "u32" },
    prospects: { offset: 680, kind: "u32" },
    own_grants: { offset: 684, kind: "u32" },
    token_grants: { offset: 688, kind: "u32" },
    writable_grants: { offset: 692, kind: "u32" },
    talking_grants: { offset: 696, kind: "u32" },
    tasks: { offset: 700, kind: "u32" },
    confined: { offset: 704, kind: "u32" },
    creator_tgid: { offset: 708, kind: "u32" },
    init_tgid: { offset: 712, kind: "u32" },
    creator_gone: { offset: 716, kind: "u32" },
    pivoters: { offset: 720, kind: "u32" },
    over: { offset: 724, kind: "u32" },
    starting: { offset: 728, kind: "u32" },
    started: { offset: 732, kind: "u32" },
    pid: { offset: 736, kind: "u32" },
    user_level: { offset: 740, kind: "u32" },
    hooked: { offset: 744, kind: "u32" },
    root_generation: { offset: 748, kind: "u32" },
    ran: { offset: 752, kind: "u32" },
    shared_pids: { offset: 756, kind: "u32" },
    could: { offset: 760, kind: "u32" },
    policy: { offset: 764, kind: "char", count: 64 },
    name: { offset: 828, kind: "char", count: 64 },
    id: { offset: 892, kind: "char", count: 256 },
    root: { offset: 1148, kind: "char", count: 256 },
  },
} as const;

/** struct lockc_grant_key */
export const GRANT_KEY = {
  name: "lockc_grant_key",
  size: 16,
  fields: {
    container: { offset: 0, kind: "u64" },
    page: { offset: 8, kind: "u32" },
    unused: { offset: 12, kind: "u32" },
  },
} as const;

/** struct lockc_prospect_key */
export const PROSPECT_KEY = {
  name: "lockc_prospect_key",
  size: 32,
  fields: {
    container: { offset: 0, kind: "u64" },
    superblock: { offset: 8, kind: "u64" },
    ino: { offset: 16, kind: "u64" },
    dev: { offset: 24, kind: "u32" },
    generation: { offset: 28, kind: "u32" },
  },
} as const;

/** struct lockc_grant_page */
export const GRANT_PAGE = {
  name: "lockc_grant_page",
  size: 416,
  fields: {
    superblock: { offset: 0, kind: "u64", count: 16 },
    ino: { offset: 128, kind: "u64", count: 16 },
    dev: { offset: 256, kind: "u32", count: 16 },
    generation: { offset: 320, kind: "u32", count: 16 },
    kind: { offset: 384, kind: "u8", count: 16 },
    flags: { offset: 400, kind: "u8", count: 16 },
  },
} as const;

/** struct lockc_socket_key */
export const SOCKET_KEY = {
  name: "lockc_socket_key",
  size: 16,
  fields: {
    path: { offset: 0, kind: "u64" },
    dev: { offset: 8, kind: "u32" },
    unused: { offset: 12, kind: "u32" },
  },
} as const;

/** struct lockc_socket */
export const SOCKET = {
  name: "lockc_socket",
  size: 8,
  fields: {
    container: { offset: 0, kind: "u64" },
  },
} as const;

/** struct lockc_policy */
export const POLICY = {
  name: "lockc_policy",
  size: 32808,
  fields: {
    capabilities: { offset: 0, kind: "u64" },
    pseudo: { offset: 8, kind: "u64" },
    devices: { offset: 16, kind: "u64" },
    rules: { offset: 24, kind: "u32" },
    audit: { offset: 28, kind: "u32" },
    size: { offset: 32, kind: "u32" },
    unused: { offset: 36, kind: "u32" },
    document: { offset: 40, kind: "char", count: 32768 },
  },
} as const;

/** struct lockc_pseudo_key */
export const PSEUDO_KEY = {
  name: "lockc_pseudo_key",
  size: 24,
  fields: {
    set: { offset: 0, kind: "u64" },
    path: { offset: 8, kind: "u64" },
    magic: { offset: 16, kind: "u64" },
  },
} as const;

/** struct lockc_device_key */
export const DEVICE_KEY = {
  name: "lockc_device_key",
  size: 24,
  fields: {
    set: { offset: 0, kind: "u64" },
    type: { offset: 8, kind: "u32" },
    major: { offset: 12, kind: "u32" },
    minor: { offset: 16, kind: "u32" },
    unused: { offset: 20, kind: "u32" },
  },
} as const;

/** struct lockc_change */
export const CHANGE = {
  name: "lockc_change",
  size: 104,
  fields: {
    container: { offset: 0, kind: "u64" },
    capabilities: { offset: 8, kind: "u64" },
    pseudo: { offset: 16, kind: "u64" },
    devices: { offset: 24, kind: "u64" },
    rules: { offset: 32, kind: "u32" },
    audit: { offset: 36, kind: "u32" },
    policy: { offset: 40, kind: "char", count: 64 },
  },
} as const;

/** struct lockc_binary_key */
export const BINARY_KEY = {
  name: "lockc_binary_key",
  size: 24,
  fields: {
    ino: { offset: 0, kind: "u64" },
    name: { offset: 8, kind: "u64" },
    dev: { offset: 16, kind: "u32" },
    generation: { offset: 20, kind: "u32" },
  },
} as const;

/** struct lockc_identity */
export const IDENTITY = {
  name: "lockc_identity",
  size: 24,
  fields: {
    fd: { offset: 0, kind: "u32" },
    dev: { offset: 4, kind: "u32" },
    ino: { offset: 8, kind: "u64" },
    generation: { offset: 16, kind: "u32" },
    unused: { offset: 20, kind: "u32" },
  },
} as const;

/** struct lockc_guard_hits */
export const GUARD_HITS = {
  name: "lockc_guard_hits",
  size: 40,
  fields: {
    denials: { offset: 0, kind: "u64" },
    audits: { offset: 8, kind: "u64" },
    pid: { offset: 16, kind: "u32" },
    comm: { offset: 20, kind: "char", count: 16 },
    unused: { offset: 36, kind: "u32" },
  },
} as const;

/** struct lockc_settings */
export const SETTINGS = {
  name: "lockc_settings",
  size: 32776,
  fields: {
    abi: { offset: 0, kind: "u32" },
    size: { offset: 4, kind: "u32" },
    document: { offset: 8, kind: "char", count: 32768 },
  },
} as const;

/** struct lockc_event */
export const EVENT = {
  name: "lockc_event",
  size: 784,
  fields: {
    sequence: { offset: 0, kind: "u64" },
    time_ns: { offset: 8, kind: "u64" },
    container: { offset: 16, kind: "u64" },
    count: { offset: 24, kind: "u64" },
    object: { offset: 32, kind: "u64" },
    ino: { offset: 40, kind: "u64" },
    number: { offset: 48, kind: "u64" },
    kind: { offset: 56, kind: "u32" },
    rule: { offset: 60, kind: "u32" },
    hook: { offset: 64, kind: "u32" },
    what: { offset: 68, kind: "u32" },
    dev: { offset: 72, kind: "u32" },
    pid: { offset: 76, kind: "u32" },
    tid: { offset: 80, kind: "u32" },
    ns_pid: { offset: 84, kind: "u32" },
    uid: { offset: 88, kind: "u32" },
    length: { offset: 92, kind: "u32" },
    address: { offset: 96, kind: "u8", count: 32 },
    comm: { offset: 128, kind: "char", count: 16 },
    policy: { offset: 144, kind: "char", count: 64 },
    name: { offset: 208, kind: "char", count: 64 },
    id: { offset: 272, kind: "char", count: 256 },
    exe: { offset: 528, kind: "char", count: 256 },
  },
} as const;

/** struct lockc_recent */
export const RECENT = {
  name: "lockc_recent",
  size: 1072,
  fields: {
    pending: { offset: 0, kind: "u64" },
    total: { offset: 8, kind: "u64" },
    told_ns: { offset: 16, kind: "u64" },
    lock: { offset: 24, kind: "u64" },
    event: { offset: 32, kind: "u8", count: 784 },
    path: { offset: 816, kind: "char", count: 256 },
  },
} as const;

/** struct lockc_event_counts */
export const EVENT_COUNTS = {
  name: "lockc_event_counts",
  size: 32,
  fields: {
    sequence: { offset: 0, kind: "u64" },
    dropped: { offset: 8, kind: "u64" },
    lost: { offset: 16, kind: "u64" },
    merged: { offset: 24, kind: "u64" },
  },
} as const;

/** struct lockc_total_key */
export const TOTAL_KEY = {
  name: "lockc_total_key",
  size: 72,
  fields: {
    policy: { offset: 0, kind: "char", count: 64 },
    rule: { offset: 64, kind: "u32" },
    unused: { offset: 68, kind: "u32" },
  },
} as const;

/** struct lockc_total */
export const TOTAL = {
  name: "lockc_total",
  size: 16,
  fields: {
    denials: { offset: 0, kind: "u64" },
    audits: { offset: 8, kind: "u64" },
  },
} as const;

/** struct lockc_report */
export const REPORT = {
  name: "lockc_report",
  size: 4880,
  fields: {
    event: { offset: 0, kind: "u8", count: 784 },
    path: { offset: 784, kind: "char", count: 4096 },
  },
} as const;
