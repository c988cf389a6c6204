/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Another policy for a container that runs. Attached to nothing: lockctl, as the
 * host's root, calls it by BPF_PROG_TEST_RUN with a struct lockc_change. Writing the
 * record from userspace instead would lose what hooks count meanwhile.
 *
 * What a rule needs is written before `rules`, so that a rule which is new never
 * meets the old policy's values. Grants are those of the create: they are recorded
 * whatever the rules were.
 *
 * Known gap: if the container's last task ends between look-up and write, and another
 * container's record takes its memory at that instant, that one gets these rules.
 */
#ifndef LOCKC_HOOK_APPLY_BPF_H
#define LOCKC_HOOK_APPLY_BPF_H

#include "event/event.bpf.h"
#include "member.bpf.h"

/* 0, or -ENOENT when no such container is registered. */
SEC("syscall")
int lockc_apply(struct lockc_change *change)
{
	__u64 key = change->container;
	struct lockc_container *container = bpf_map_lookup_elem(&containers, &key);
	struct lockc_common *all = member_common();

	if (!container || !all)
		return -ENOENT;
	container->could |= member_could(container); /* what user code made then it has still */
	__builtin_memcpy(container->policy, change->policy, sizeof(container->policy));
	container->capabilities = change->capabilities;
	container->pseudo = change->pseudo;
	container->devices = change->devices;
	container->audit = change->audit;
	container->rules = change->rules;
	__sync_fetch_and_add(&all->generation, 1); /* what tasks have copied is of the old policy */
	event_change(key, LOCKC_EVENT_CHANGED, LOCKC_HOOK_NONE);
	return 0;
}

#endif
