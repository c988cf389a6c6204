/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ring buffer: the number of an event, the way there, what is lost on it, and the slots in
 * which events with a path are put together.
 */
#ifndef LOCKC_EVENT_RING_BPF_H
#define LOCKC_EVENT_RING_BPF_H

#include "maps.bpf.h"

static __always_inline struct lockc_event_counts *event_get_counts(void)
{
	__u32 first = 0;

	return bpf_map_lookup_elem(&event_counts, &first);
}

static __always_inline __u64 event_next(struct lockc_event_counts *counts)
{
	return __sync_fetch_and_add(&counts->sequence, 1) + 1;
}

static __always_inline void event_lose(struct lockc_event_counts *counts, __u64 count)
{
	__sync_fetch_and_add(&counts->dropped, 1);
	__sync_fetch_and_add(&counts->lost, count);
}

/* `length` bytes are behind it. Nobody is woken: who reads looks each second. */
static __always_inline void event_output(struct lockc_event *event, __u32 length)
{
	struct lockc_event_counts *counts = event_get_counts();

	if (!counts)
		return;
	barrier_var(length); /* else clang compares something else, and 6.1 does not see it */
	if (length > LOCKC_PATH_SIZE)
		length = LOCKC_PATH_SIZE;
	event->sequence = event_next(counts);
	event->length = length;
	if (bpf_ringbuf_output(&events, event, sizeof(*event) + length, BPF_RB_NO_WAKEUP))
		event_lose(counts, event->count);
}

static __always_inline struct event_slot *event_take_slot(void)
{
	int i;

	for (i = 0; i < EVENT_SLOTS; i++) {
		__u32 index = i;
		struct event_slot *slot = bpf_map_lookup_elem(&event_slots, &index);

		if (slot && !__sync_val_compare_and_swap(&slot->taken, 0, 1))
			return slot;
	}
	return NULL;
}

#endif
