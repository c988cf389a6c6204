// SPDX-License-Identifier: Apache-2.0
// Generated from bpf/lockc.h by `npm run generate`. Do not edit.

export const LOCKC_ABI = 1;
export const LOCKC_ID_SIZE = 256;
export const LOCKC_ROOT_SIZE = 256;
export const LOCKC_POLICY_SIZE = 64;
export const LOCKC_DOCUMENT_SIZE = 8192;
export const LOCKC_NAMESPACES = 4;

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
} as const;
export type Rule = (typeof Rule)[keyof typeof Rule];

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
  size: 680,
  fields: {
    mntns: { offset: 0, kind: "u64", count: 4 },
    runtime_mntns: { offset: 32, kind: "u64" },
    root_superblock: { offset: 40, kind: "u64" },
    root_ino: { offset: 48, kind: "u64" },
    denials: { offset: 56, kind: "u64" },
    created_ns: { offset: 64, kind: "u64" },
    rules: { offset: 72, kind: "u32" },
    grants: { offset: 76, kind: "u32" },
    tasks: { offset: 80, kind: "u32" },
    confined: { offset: 84, kind: "u32" },
    init_tgid: { offset: 88, kind: "u32" },
    started: { offset: 92, kind: "u32" },
    pid: { offset: 96, kind: "u32" },
    unused: { offset: 100, kind: "u32" },
    policy: { offset: 104, kind: "char", count: 64 },
    id: { offset: 168, kind: "char", count: 256 },
    root: { offset: 424, kind: "char", count: 256 },
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
  size: 8200,
  fields: {
    rules: { offset: 0, kind: "u32" },
    size: { offset: 4, kind: "u32" },
    document: { offset: 8, kind: "char", count: 8192 },
  },
} as const;

/** struct lockc_settings */
export const SETTINGS = {
  name: "lockc_settings",
  size: 8200,
  fields: {
    abi: { offset: 0, kind: "u32" },
    size: { offset: 4, kind: "u32" },
    document: { offset: 8, kind: "char", count: 8192 },
  },
} as const;
