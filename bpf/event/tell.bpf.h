/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What hooks call: something was refused, became of a container, or ended; and what tells
 * what has waited.
 */
#ifndef LOCKC_EVENT_TELL_BPF_H
#define LOCKC_EVENT_TELL_BPF_H

#include "event/object.bpf.h"
#include "event/recent.bpf.h"

/* All slots are taken: without what they are needed for. */
static __always_inline void event_tell_short(const struct event_act *act, __u64 count,
					     struct lockc_recent *place)
{
	struct lockc_event_counts *counts = event_get_counts();
	struct lockc_event *event;

	if (!counts)
		return;
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		event_next(counts);
		event_lose(counts, count);
		return;
	}
	event_fill(event, act, count);
	event->sequence = event_next(counts);
	if (place)
		event_remember(place, event, NULL);
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

/* `place`: NULL, or where it is remembered, which is the caller's. */
static __noinline int event_tell(const struct event_act *act, __u64 count,
				 struct lockc_recent *place)
{
	struct event_slot *slot = event_take_slot();
	__u32 length;

	if (!slot) {
		event_tell_short(act, count, place);
		return 0;
	}
	event_fill(&slot->event, act, count);
	event_tell_program(slot);
	length = event_tell_text(slot, act);
	event_output(&slot->event, length);
	if (place)
		event_remember(place, &slot->event, slot->path);
	__sync_lock_test_and_set(&slot->taken, 0);
	return 0;
}

/* `policy`: LOCKC_POLICY_SIZE bytes, NULL: of no container. */
static __noinline int event_count_total(const char *policy, __u32 rule, bool denied)
{
	struct lockc_total_key key = { .rule = rule };
	struct lockc_total *total;

	if (policy)
		bpf_probe_read_kernel(key.policy, sizeof(key.policy), policy);
	total = bpf_map_lookup_elem(&totals, &key);
	if (!total) {
		struct lockc_total none = {};

		bpf_map_update_elem(&totals, &key, &none, BPF_NOEXIST);
		total = bpf_map_lookup_elem(&totals, &key);
	}
	if (total)
		__sync_fetch_and_add(denied ? &total->denials : &total->audits, 1);
	return 0;
}

/*
 * Something was refused, or is only audited. A function of its own for the verifier, which
 * looks at it once for each program and not for each place that refuses.
 */
__noinline int event_refusal(struct event_act *act)
{
	struct lockc_container *container = NULL;
	struct lockc_recent *place;
	__u64 count = 1, key;

	if (!act)
		return 0;
	key = act->container;
	if (key)
		container = bpf_map_lookup_elem(&containers, &key);
	event_count_total(container ? container->policy : NULL, act->rule,
			  act->kind == LOCKC_EVENT_DENIED);
	event_identify(act);
	place = event_find(act->object);
	if (place && !event_lock(place))
		place = NULL;
	if (place)
		count = event_merge(place, act);
	if (count)
		event_tell(act, count, place);
	if (place)
		event_unlock(place);
	return 0;
}

/* Places that refuse are many: there it takes five numbers, the second of them event_pack's. */
static __noinline int event_refuse(__u64 container, __u64 packed, __u64 at, __u64 mnt,
				   __u64 number)
{
	struct event_act act = {
		.container = container,
		.number = number,
		.at = at,
		.mnt = mnt,
		.size = packed >> 32,
		.kind = packed & 0xff,
		.hook = packed >> 8 & 0xff,
		.what = packed >> 16 & 0xff,
		.rule = 1u << (packed >> 24 & 31),
	};

	return event_refusal(&act);
}

static __always_inline void event_tell_refusal(__u64 container, __u32 hook, __u32 rule,
					       bool denied, struct event_object object)
{
	__u32 kind = denied ? LOCKC_EVENT_DENIED : LOCKC_EVENT_AUDITED;

	event_refuse(container,
		     kind | hook << 8 | object.what << 16 | (__u64)__builtin_ctz(rule) << 24 |
			     (__u64)object.size << 32,
		     object.at, object.mnt, object.number);
}

/* Another thing that became of a container than a refusal. */
__noinline int event_change(__u64 container, __u32 kind, __u32 hook)
{
	struct event_act act = { .container = container, .kind = kind, .hook = hook };

	return event_tell(&act, 1, NULL);
}

static __always_inline void event_tell_debug(__u64 container, __u32 kind, __u32 hook)
{
	__u32 first = 0;
	__u32 *wanted = bpf_map_lookup_elem(&event_debug, &first);

	if (wanted && *wanted)
		event_change(container, kind, hook);
}

struct event_flush {
	__u64 container; /* whose; 0: of all, what has waited for LOCKC_MERGE_NS */
};

static long event_flush_place(__u32 index, struct event_flush *flush)
{
	struct lockc_recent *place = event_place(index);
	__u64 now;

	if (!place || !place->pending)
		return 0;
	if (flush->container && place->event.container != flush->container)
		return 0;
	now = bpf_ktime_get_boot_ns();
	if (!flush->container && now - place->told_ns < LOCKC_MERGE_NS)
		return 0;
	if (!event_lock(place))
		return 0; /* whoever has it tells it, or the next flush does */
	event_tell_pending(place);
	place->told_ns = now;
	event_unlock(place);
	return 0;
}

__noinline int event_flush(__u64 container)
{
	struct event_flush flush = { .container = container };

	bpf_loop(LOCKC_RECENT, event_flush_place, &flush, 0);
	return 0;
}

/* The container has ended. */
static __always_inline void event_end(__u64 container, __u32 hook)
{
	event_flush(container);
	event_tell_debug(container, LOCKC_EVENT_RELEASED, hook);
}

#endif
