/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table `recent`: which object an act is about, where that waits, whose an element is at a
 * moment, and how many refusals the next event stands for.
 */
#ifndef LOCKC_EVENT_RECENT_BPF_H
#define LOCKC_EVENT_RECENT_BPF_H

#include "event/record.bpf.h"
#include "event/ring.bpf.h"

#define EVENT_WAYS 4			/* elements of `recent` where an object may be */
#define EVENT_NAME 64			/* bytes of a name that tell it from others */

static __always_inline void event_remember(struct lockc_recent *place,
					   const struct lockc_event *event, const char *path)
{
	long copied = 0;

	bpf_probe_read_kernel(&place->event, sizeof(place->event), event);
	if (event->length)
		copied = bpf_probe_read_kernel_str(place->path, sizeof(place->path), path);
	place->event.length = copied > 0 ? copied : 0;
}

/* Tells what has waited in an element that is the caller's. */
static __always_inline void event_tell_pending(struct lockc_recent *place)
{
	__u32 length = place->event.length;

	if (!place->pending)
		return;
	if (length > sizeof(place->path))
		length = sizeof(place->path);
	place->event.count = place->pending;
	place->pending = 0;
	event_output(&place->event, length);
}

static __always_inline struct lockc_recent *event_place(__u32 index)
{
	return bpf_map_lookup_elem(&recent, &index);
}

/* Where the object is, or else what was told the longest ago of the places where it could be. */
static __always_inline struct lockc_recent *event_find(__u64 object)
{
	__u32 first = object % LOCKC_RECENT & ~(EVENT_WAYS - 1), found = first, i;
	__u64 oldest = ~0ul;

	for (i = first; i < first + EVENT_WAYS; i++) {
		struct lockc_recent *place = event_place(i);

		if (!place)
			continue;
		if (place->event.object == object)
			return place;
		if (place->told_ns < oldest) {
			oldest = place->told_ns;
			found = i;
		}
	}
	return event_place(found);
}

/* Whether the element is the caller's now. */
static __always_inline bool event_lock(struct lockc_recent *place)
{
	return !__sync_val_compare_and_swap(&place->lock, 0, 1);
}

static __always_inline void event_unlock(struct lockc_recent *place)
{
	__sync_lock_test_and_set(&place->lock, 0);
}

static __always_inline __u64 event_mix(__u64 hash, __u64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ul;
	return hash ^ hash >> 29;
}

/* A file is what it is by its inode; what does not exist, by its directory and name. */
static __always_inline void event_identify_file(struct event_act *act)
{
	struct dentry *dentry = (void *)act->at;

	act->ino = BPF_CORE_READ(dentry, d_inode, i_ino);
	if (act->what == LOCKC_OBJECT_FILE) {
		act->dev = BPF_CORE_READ(dentry, d_sb, s_dev);
		act->number |= !act->mnt;
	}
	if (!act->ino) {
		act->object = event_mix(act->object, BPF_CORE_READ(dentry, d_name.hash));
		act->object = event_mix(act->object, BPF_CORE_READ(dentry, d_parent, d_inode, i_ino));
	}
}

static __always_inline void event_identify_text(struct event_act *act)
{
	__u64 text[EVENT_NAME / sizeof(__u64)] = {};
	__u32 size = act->size, i;

	if (size > EVENT_NAME)
		size = EVENT_NAME;
	if (act->what == LOCKC_OBJECT_NAME && !act->number)
		bpf_probe_read_kernel_str(text, sizeof(text), (void *)act->at);
	else
		bpf_probe_read_kernel(text, size, (void *)act->at);
	for (i = 0; i < EVENT_NAME / sizeof(__u64); i++)
		act->object = event_mix(act->object, text[i]);
}

/* Completes what the caller did not look up, and gives the object its name. */
static __noinline int event_identify(struct event_act *act)
{
	struct task_struct *task = (void *)act->at;

	act->object = event_mix(act->container, (__u64)act->kind << 32 | act->what);
	act->object = event_mix(act->object, act->number);
	switch (act->what) {
	case LOCKC_OBJECT_NONE:
		act->object = event_mix(act->object, act->hook); /* the act is what it is about */
		break;
	case LOCKC_OBJECT_DEVICE:
		act->dev = act->size;
		event_identify_file(act);
		break;
	case LOCKC_OBJECT_FILE:
		event_identify_file(act);
		break;
	case LOCKC_OBJECT_PROCESS:
		act->number = BPF_CORE_READ(task, tgid);
		act->object = event_mix(act->object, act->number);
		break;
	case LOCKC_OBJECT_ADDRESS:
	case LOCKC_OBJECT_NAME:
		event_identify_text(act);
		break;
	}
	act->object = event_mix(act->object, (__u64)act->rule << 32 | act->dev);
	act->object = event_mix(act->object, act->ino);
	if (!act->object)
		act->object = 1;
	return 0;
}

/* How many refusals the next event about this stands for; 0: it waits. The element is the caller's. */
static __always_inline __u64 event_merge(struct lockc_recent *place, const struct event_act *act)
{
	__u64 now = bpf_ktime_get_boot_ns(), count = 1;
	struct lockc_event_counts *counts = event_get_counts();

	if (place->event.object != act->object) {
		event_tell_pending(place);
		place->total = 0;
	} else if (now - place->told_ns < LOCKC_MERGE_NS) {
		place->total++;
		place->pending++;
		place->event.time_ns = now;
		if (counts)
			__sync_fetch_and_add(&counts->merged, 1);
		return 0;
	} else {
		count += place->pending;
	}
	place->pending = 0;
	place->total++;
	place->told_ns = now;
	return count;
}

#endif
