/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The maps. For each: who writes, who reads, what empties it.
 */
#ifndef LOCKC_MAPS_BPF_H
#define LOCKC_MAPS_BPF_H

#include "kernel.bpf.h"
#include "lockc.h"

/*
 * Task → its container and phase. The shim writes its own entry (by pidfd),
 * runtimes.bpf.h that of who comes through lockc-runc, lifecycle.bpf.h every other;
 * the kernel frees an entry with its task.
 */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct lockc_task);
} tasks SEC(".maps");

/*
 * Container key → its record. The shim inserts, member.bpf.h reads,
 * lifecycle.bpf.h counts and removes with the last task.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 8192);
	__type(key, __u64);
	__type(value, struct lockc_container);
} containers SEC(".maps");

/*
 * Where a container's user code runs → container key. A place is a mount namespace, by its
 * number, or a file system that is a container's root as a whole, by the superblock's address:
 * no number is that large. Written when the root is granted and at pivot, read at exec. The
 * superblock is removed with the record, since its address is used again; the number, which
 * is not, stays for LOCKC_BURIED further ones, so that who comes late is told from the host.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 32768);
	__type(key, __u64);
	__type(value, __u64);
} places SEC(".maps");

/*
 * One entry that spares look-ups. file.bpf.h, lifecycle.bpf.h and apply.bpf.h write,
 * member.bpf.h and file.bpf.h read, nothing empties it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lockc_common);
} common SEC(".maps");

/*
 * What a container was given, by identity, in pages of its own, so that its end takes as
 * long however many others there are. Written by grant.bpf.h while the shim is ENROLLING,
 * when the runtime mounts a new file system and for stdio; removed with the record. What user
 * code mounts is not in it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct lockc_grant_key);
	__type(value, struct lockc_grant_page);
} grants SEC(".maps");

/*
 * What hooks of the host may mount for a container, by identity → enum lockc_prospect bits: what its
 * policy's hostPaths name, of containers that have such hooks. Written by prospect.bpf.h while the
 * shim is ENROLLING; removed when its user code starts, or with the record.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct lockc_prospect_key);
	__type(value, __u32);
} prospects SEC(".maps");

/* A container's prospects, one after the other, so that its end finds them. As `prospects`. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct lockc_grant_key);
	__type(value, struct lockc_prospect_key);
} prospect_list SEC(".maps");

/*
 * A file system's superblock, by its address → the container that it was made for or by. Apart
 * from `grants`, since runtimes and user code take file systems away as well, and what has their
 * address then is another's. Written by mount.bpf.h; the kernel removes an entry with
 * its superblock.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, __u64);
} superblocks SEC(".maps");

/* Policy name → compiled policy. Written by lockctl load, read by the shim only. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, char[LOCKC_POLICY_SIZE]);
	__type(value, struct lockc_policy);
} policies SEC(".maps");

/*
 * What the rule PSEUDO leaves open: set, path and file system → enum lockc_access
 * bits. Written by lockctl load, read by pseudo.bpf.h; load drops sets nobody names.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 4096);
	__type(key, struct lockc_pseudo_key);
	__type(value, __u32);
} pseudo SEC(".maps");

/*
 * What the rule DEVICES leaves open: set, type and numbers → enum lockc_access bits.
 * Written by lockctl load, read by device.bpf.h; load drops sets nobody names.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct lockc_device_key);
	__type(value, __u32);
} devices SEC(".maps");

/*
 * AF_UNIX socket → the container that named it. Written when user code binds, connects
 * or sends, read when user code reaches one; the kernel frees an entry with its socket.
 */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct lockc_socket);
} sockets SEC(".maps");

/* Where the engines' sockets are. Written by lockctl load, read by unix.bpf.h. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 256);
	__type(key, struct lockc_socket_key);
	__type(value, __u32);
} engine_sockets SEC(".maps");

/* Whether the guard is on: enum lockc_guard. Written by lockctl load, read at every exec. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} guard SEC(".maps");

/* Binaries that the guard knows → enum lockc_binary. Written by lockctl load, read at exec. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 256);
	__type(key, struct lockc_binary_key);
	__type(value, __u32);
} runtimes SEC(".maps");

/* What the guard met since the maps were made. Written at exec, read by lockctl status. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lockc_guard_hits);
} guard_hits SEC(".maps");

/*
 * Events on their way to whoever reads: struct lockc_event and what is behind it. Written
 * by event.bpf.h, emptied by `lockctl events --follow`; when it is full events are lost,
 * and counted, and nothing waits.
 */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

/*
 * The last refusals, each in one of four places by its object's hash: spares `events` what
 * comes again and again, and tells of it when nobody reads. Written by event.bpf.h, read by
 * lockctl why.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LOCKC_RECENT);
	__type(key, __u32);
	__type(value, struct lockc_recent);
} recent SEC(".maps");

#define EVENT_SLOTS 8

/* Room for one event on its way to `events`. */
struct event_slot {
	__u64 taken;			  /* 1 while somebody is at it */
	__u64 at;			  /* on the way up from a file: dentry … */
	__u64 mount;			  /* … and struct mount, 0: none is known */
	__u64 start;			  /* of the path so far, which grows from its end in … */
	char back[LOCKC_PATH_SIZE + 256]; /* … this, up to EVENT_END */
	struct lockc_event event;
	char path[LOCKC_PATH_SIZE];
};

/* Written and read by event.bpf.h only, by whoever has taken one. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, EVENT_SLOTS);
	__type(key, __u32);
	__type(value, struct event_slot);
} event_slots SEC(".maps");

/* How many events there were. Written by event.bpf.h, read by lockctl; nothing empties it. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lockc_event_counts);
} event_counts SEC(".maps");

/* 1: REGISTERED, STARTED, JOINED and RELEASED are wanted. Written by lockctl load. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} event_debug SEC(".maps");

/* Refusals by policy and rule. Written by event.bpf.h, read by lockctl; nothing empties it. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 8192);
	__type(key, struct lockc_total_key);
	__type(value, struct lockc_total);
} totals SEC(".maps");

/* The host's settings, one entry. Written by lockctl load, read by the shim only. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lockc_settings);
} settings SEC(".maps");

#endif
