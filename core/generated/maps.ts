// SPDX-License-Identifier: Apache-2.0
// Generated from bpf/maps.bpf.h by `npm run generate`. Do not edit.
// Each map is an export by itself, so that a create pays for those that it opens only.

import {
  BINARY_KEY,
  COMMON,
  CONTAINER,
  DEVICE_KEY,
  EVENT_COUNTS,
  GRANT_KEY,
  GRANT_PAGE,
  GUARD_HITS,
  POLICY,
  PROSPECT_KEY,
  PSEUDO_KEY,
  RECENT,
  SETTINGS,
  SOCKET,
  SOCKET_KEY,
  TASK,
  TOTAL,
  TOTAL_KEY,
} from "./layout.ts";

export const tasks = { name: "tasks", key: { kind: "u32", size: 4 }, value: TASK } as const;
export const containers = { name: "containers", key: { kind: "u64", size: 8 }, value: CONTAINER } as const;
export const places = { name: "places", key: { kind: "u64", size: 8 }, value: { kind: "u64", size: 8 } } as const;
export const common = { name: "common", key: { kind: "u32", size: 4 }, value: COMMON } as const;
export const grants = { name: "grants", key: GRANT_KEY, value: GRANT_PAGE } as const;
export const prospects = { name: "prospects", key: PROSPECT_KEY, value: { kind: "u32", size: 4 } } as const;
export const prospect_list = { name: "prospect_list", key: GRANT_KEY, value: PROSPECT_KEY } as const;
export const superblocks = { name: "superblocks", key: { kind: "u64", size: 8 }, value: { kind: "u64", size: 8 } } as const;
export const policies = { name: "policies", key: { kind: "char", size: 64 }, value: POLICY } as const;
export const pseudo = { name: "pseudo", key: PSEUDO_KEY, value: { kind: "u32", size: 4 } } as const;
export const devices = { name: "devices", key: DEVICE_KEY, value: { kind: "u32", size: 4 } } as const;
export const sockets = { name: "sockets", key: { kind: "u32", size: 4 }, value: SOCKET } as const;
export const engine_sockets = { name: "engine_sockets", key: SOCKET_KEY, value: { kind: "u32", size: 4 } } as const;
export const guard = { name: "guard", key: { kind: "u32", size: 4 }, value: { kind: "u32", size: 4 } } as const;
export const runtimes = { name: "runtimes", key: BINARY_KEY, value: { kind: "u32", size: 4 } } as const;
export const guard_hits = { name: "guard_hits", key: { kind: "u32", size: 4 }, value: GUARD_HITS } as const;
export const events = { name: "events" } as const;
export const recent = { name: "recent", key: { kind: "u32", size: 4 }, value: RECENT } as const;
export const event_slots = { name: "event_slots", key: { kind: "u32", size: 4 }, value: { kind: "bytes", size: 9264 } } as const;
export const event_counts = { name: "event_counts", key: { kind: "u32", size: 4 }, value: EVENT_COUNTS } as const;
export const event_debug = { name: "event_debug", key: { kind: "u32", size: 4 }, value: { kind: "u32", size: 4 } } as const;
export const totals = { name: "totals", key: TOTAL_KEY, value: TOTAL } as const;
export const settings = { name: "settings", key: { kind: "u32", size: 4 }, value: SETTINGS } as const;
