/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way up from a dentry to the top of the mounts, as text. It is put together from its end
 * in one of the slots, since names are met from the last to the first.
 */
#ifndef LOCKC_EVENT_PATH_BPF_H
#define LOCKC_EVENT_PATH_BPF_H

#include "maps.bpf.h"

/* Steps up from a file: as many components as LOCKC_PATH_SIZE can hold, and as many mounts. */
#define EVENT_CLIMB LOCKC_PATH_SIZE
#define EVENT_END (LOCKC_PATH_SIZE - 1) /* in `back`: the NUL's place */

/* What changes on the way up is in the slot, where the verifier does not follow it. */
struct event_walk {
	struct event_slot *slot;
};

/* Writes a name before the path; it does not go over the start. */
static __always_inline bool event_prepend(struct event_slot *slot, struct dentry *dentry,
					  bool slash)
{
	__u64 length = BPF_CORE_READ(dentry, d_name.len);
	__u64 start = slot->start;

	if (length > 255 || start <= length)
		return 0;
	start -= length;
	bpf_probe_read_kernel(&slot->back[start & EVENT_END], length,
			      BPF_CORE_READ(dentry, d_name.name));
	if (slash)
		slot->back[--start & EVENT_END] = '/';
	slot->start = start;
	return 1;
}

static long event_climb(__u32 index, struct event_walk *walk)
{
	struct event_slot *slot = walk->slot;
	struct dentry *dentry = (void *)slot->at, *parent;
	struct mount *mount = (void *)slot->mount;
	char first = '/';

	if (mount && dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);

		slot->at = (__u64)BPF_CORE_READ(mount, mnt_mountpoint);
		slot->mount = (__u64)above;
		return above == mount;
	}
	parent = BPF_CORE_READ(dentry, d_parent);
	if (parent == dentry) {
		bpf_probe_read_kernel(&first, 1, BPF_CORE_READ(dentry, d_name.name));
		if (first != '/')
			event_prepend(slot, dentry, 0);
		return 1;
	}
	if (!event_prepend(slot, dentry, 1)) {
		slot->start++; /* the slash of the first name that did fit: so it shows */
		return 1;
	}
	slot->at = (__u64)parent;
	return 0;
}

/* Puts the path together in the slot's `back`. */
static __noinline int event_walk_up(struct event_slot *slot, __u64 dentry, __u64 mnt)
{
	struct event_walk walk = { .slot = slot };

	slot->at = dentry;
	slot->mount = mnt ? mnt - bpf_core_field_offset(struct mount, mnt) : 0;
	slot->start = EVENT_END;
	bpf_loop(EVENT_CLIMB, event_climb, &walk, 0);
	if (slot->start >= EVENT_END) {
		slot->start = EVENT_END - 1;
		slot->back[EVENT_END - 1] = '/';
	}
	return 0;
}

#endif
