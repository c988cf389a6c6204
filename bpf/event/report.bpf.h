/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The programs that userspace calls by BPF_PROG_TEST_RUN. They are attached to nothing.
 */
#ifndef LOCKC_EVENT_REPORT_BPF_H
#define LOCKC_EVENT_REPORT_BPF_H

#include "event/tell.bpf.h"

SEC("syscall")
int lockc_flush(void *context)
{
	return event_flush(0);
}

static __always_inline void event_fill_report(struct lockc_event *event,
					      const struct lockc_report *report)
{
	__builtin_memset(event, 0, sizeof(*event));
	event->time_ns = bpf_ktime_get_boot_ns();
	event->container = report->event.container;
	event->count = 1;
	event->number = report->event.number;
	event->kind = report->event.kind;
	event->rule = report->event.rule;
	event->what = report->event.what;
	event_fill_actor(event);
	bpf_probe_read_kernel(event->policy, EVENT_TEXTS, report->event.policy);
	/* Whoever reads looks for their end. */
	event->policy[LOCKC_POLICY_SIZE - 1] = 0;
	event->name[LOCKC_NAME_SIZE - 1] = 0;
	event->id[LOCKC_ID_SIZE - 1] = 0;
}

/* 0; -EBUSY: try again. */
SEC("syscall")
int lockc_report(struct lockc_report *report)
{
	__u32 length = report->event.length;
	struct event_slot *slot = event_take_slot();

	if (!slot)
		return -EBUSY;
	/* A look at its end makes the kernel insist on all of it. */
	if (length > LOCKC_PATH_SIZE || report->path[LOCKC_PATH_SIZE - 1])
		length = LOCKC_PATH_SIZE;
	event_fill_report(&slot->event, report);
	event_tell_program(slot);
	bpf_probe_read_kernel(slot->path, length, report->path);
	if (length)
		slot->path[(length - 1) & EVENT_END] = 0;
	if (report->event.kind == LOCKC_EVENT_REFUSED || report->event.kind == LOCKC_EVENT_TOLERATED)
		event_count_total(slot->event.policy, 0,
				  report->event.kind == LOCKC_EVENT_REFUSED);
	event_output(&slot->event, length);
	__sync_lock_test_and_set(&slot->taken, 0);
	return 0;
}

#endif
