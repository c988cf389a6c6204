// SPDX-License-Identifier: Apache-2.0
// Generated from bpf/lockc.h by `npm run generate`. Do not edit.

export const LOCKC_ABI = 2;
export const LOCKC_ID_SIZE = 256;
export const LOCKC_ROOT_SIZE = 256;
export const LOCKC_POLICY_SIZE = 64;
export const LOCKC_DOCUMENT_SIZE = 16384;
export const LOCKC_NAMESPACES = 4;
export const LOCKC_PSEUDO_DEPTH = 16;

/** enum lockc_phase */
export const Phase = {
  NONE: 0,
  ENROLLING: 1,
  RUNTIME: 2,
  JOINING: 3,
  CONFINED: 4,
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
} as const;
export type Rule = (typeof Rule)[keyof typeof Rule];

/** enum lockc_access */
export const Access = {
  READ: 1,
  WRITE: 2,
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

/** struct lockc_task */
export const TASK = {
  name: "lockc_task",
  size: 16,
  fields: {
    container: { offset: 0, kind: "u64" },
    phase: { offset: 8, kind: "u32" },
    counted: { offset: 12, kind: "u32" },
  },
} as const;

/** struct lockc_container */
export const CONTAINER = {
  name: "lockc_container",
  size: 720,
  fields: {
    mntns: { offset: 0, kind: "u64", count: 4 },
    runtime_mntns: { offset: 32, kind: "u64" },
    root_superblock: { offset: 40, kind: "u64" },
    root_ino: { offset: 48, kind: "u64" },
    layer_cred: { offset: 56, kind: "u64" },
    denials: { offset: 64, kind: "u64" },
    audits: { offset: 72, kind: "u64" },
    capabilities: { offset: 80, kind: "u64" },
    pseudo: { offset: 88, kind: "u64" },
    created_ns: { offset: 96, kind: "u64" },
    rules: { offset: 104, kind: "u32" },
    audit: { offset: 108, kind: "u32" },
    grants: { offset: 112, kind: "u32" },
    tasks: { offset: 116, kind: "u32" },
    confined: { offset: 120, kind: "u32" },
    init_tgid: { offset: 124, kind: "u32" },
    started: { offset: 128, kind: "u32" },
    pid: { offset: 132, kind: "u32" },
    user_level: { offset: 136, kind: "u32" },
    policy: { offset: 140, kind: "char", count: 64 },
    id: { offset: 204, kind: "char", count: 256 },
    root: { offset: 460, kind: "char", count: 256 },
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
  size: 8,
  fields: {
    superblock: { offset: 0, kind: "u64" },
  },
} as const;

/** struct lockc_policy */
export const POLICY = {
  name: "lockc_policy",
  size: 16416,
  fields: {
    capabilities: { offset: 0, kind: "u64" },
    pseudo: { offset: 8, kind: "u64" },
    rules: { offset: 16, kind: "u32" },
    audit: { offset: 20, kind: "u32" },
    size: { offset: 24, kind: "u32" },
    unused: { offset: 28, kind: "u32" },
    document: { offset: 32, kind: "char", count: 16384 },
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

/** struct lockc_change */
export const CHANGE = {
  name: "lockc_change",
  size: 96,
  fields: {
    container: { offset: 0, kind: "u64" },
    capabilities: { offset: 8, kind: "u64" },
    pseudo: { offset: 16, kind: "u64" },
    rules: { offset: 24, kind: "u32" },
    audit: { offset: 28, kind: "u32" },
    policy: { offset: 32, kind: "char", count: 64 },
  },
} as const;

/** struct lockc_settings */
export const SETTINGS = {
  name: "lockc_settings",
  size: 16392,
  fields: {
    abi: { offset: 0, kind: "u32" },
    size: { offset: 4, kind: "u32" },
    document: { offset: 8, kind: "char", count: 16384 },
  },
} as const;
