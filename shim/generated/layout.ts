// SPDX-License-Identifier: Apache-2.0
// Generated from bpf/lockc.h by `npm run generate`. Do not edit.

export const LOCKC_ABI = 4;
export const LOCKC_ID_SIZE = 256;
export const LOCKC_ROOT_SIZE = 256;
export const LOCKC_POLICY_SIZE = 64;
export const LOCKC_DOCUMENT_SIZE = 32768;
export const LOCKC_COMM_SIZE = 16;
export const LOCKC_SLOTS = 1024;
export const LOCKC_NAMESPACES = 4;
export const LOCKC_RULES = 32;
export const LOCKC_ANY_MINOR = 1048576;
export const LOCKC_PSEUDO_DEPTH = 16;

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
} as const;
export type Rule = (typeof Rule)[keyof typeof Rule];

/** enum lockc_access */
export const Access = {
  READ: 1,
  WRITE: 2,
  OWN: 4,
  MAKE: 8,
} as const;
export type Access = (typeof Access)[keyof typeof Access];

/** enum lockc_grant_kind */
export const GrantKind = {
  NONE: 0,
  MOUNT: 1,
  SUPERBLOCK: 2,
  FILE: 3,
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
} as const;
export type GrantFlag = (typeof GrantFlag)[keyof typeof GrantFlag];

/** struct lockc_task */
export const TASK = {
  name: "lockc_task",
  size: 48,
  fields: {
    container: { offset: 0, kind: "u64" },
    phase: { offset: 8, kind: "u32" },
    counted: { offset: 12, kind: "u32" },
    root_superblock: { offset: 16, kind: "u64" },
    root_ino: { offset: 24, kind: "u64" },
    copied: { offset: 32, kind: "u64" },
    rules: { offset: 40, kind: "u32" },
    unused: { offset: 44, kind: "u32" },
  },
} as const;

/** struct lockc_common */
export const COMMON = {
  name: "lockc_common",
  size: 4104,
  fields: {
    generation: { offset: 0, kind: "u64" },
    slots: { offset: 8, kind: "u32", count: 1024 },
  },
} as const;

/** struct lockc_container */
export const CONTAINER = {
  name: "lockc_container",
  size: 1248,
  fields: {
    mntns: { offset: 0, kind: "u64", count: 4 },
    runtime_mntns: { offset: 32, kind: "u64" },
    root_superblock: { offset: 40, kind: "u64" },
    root_ino: { offset: 48, kind: "u64" },
    layer_cred: { offset: 56, kind: "u64" },
    cgroup: { offset: 64, kind: "u64" },
    runtime_netns: { offset: 72, kind: "u64" },
    denials: { offset: 80, kind: "u64", count: 32 },
    audits: { offset: 336, kind: "u64", count: 32 },
    admitted: { offset: 592, kind: "u64" },
    capabilities: { offset: 600, kind: "u64" },
    pseudo: { offset: 608, kind: "u64" },
    devices: { offset: 616, kind: "u64" },
    created_ns: { offset: 624, kind: "u64" },
    rules: { offset: 632, kind: "u32" },
    audit: { offset: 636, kind: "u32" },
    grants: { offset: 640, kind: "u32" },
    own_grants: { offset: 644, kind: "u32" },
    tasks: { offset: 648, kind: "u32" },
    confined: { offset: 652, kind: "u32" },
    init_tgid: { offset: 656, kind: "u32" },
    started: { offset: 660, kind: "u32" },
    pid: { offset: 664, kind: "u32" },
    user_level: { offset: 668, kind: "u32" },
    policy: { offset: 672, kind: "char", count: 64 },
    id: { offset: 736, kind: "char", count: 256 },
    root: { offset: 992, kind: "char", count: 256 },
  },
} as const;

/** struct lockc_grant_key */
export const GRANT_KEY = {
  name: "lockc_grant_key",
  size: 24,
  fields: {
    container: { offset: 0, kind: "u64" },
    ino: { offset: 8, kind: "u64" },
    dev: { offset: 16, kind: "u32" },
    kind: { offset: 20, kind: "u32" },
  },
} as const;

/** struct lockc_grant */
export const GRANT = {
  name: "lockc_grant",
  size: 16,
  fields: {
    superblock: { offset: 0, kind: "u64" },
    flags: { offset: 8, kind: "u32" },
    unused: { offset: 12, kind: "u32" },
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
