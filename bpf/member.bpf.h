/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who asks? The one place that answers it: task → container → policy.
 */
#ifndef LOCKC_MEMBER_BPF_H
#define LOCKC_MEMBER_BPF_H

#include "maps.bpf.h"

struct member {
	__u64 key;			   /* 0: no container */
	__u32 phase;			   /* enum lockc_phase */
	struct lockc_container *container; /* NULL: none, or its record is gone */
};

/*
 * The task's membership. Most tasks of a host have no BPF storage at all, and
 * that NULL is certain. The helper's NULL is not: up to 6.1 it also means that
 * the storage lock of this CPU was busy, and another program's map may own the
 * storage. Then the mount namespace decides; it may only say "confined" for a
 * namespace that a container's runtime pivoted in.
 * Known gap: a contained task that unshared its mount namespace and meets the
 * busy lock (needs preempt=full on a kernel before 6.2) passes for one call.
 */
static __always_inline struct member member_of(struct task_struct *task)
{
	struct member m = {};
	struct lockc_task *storage;

	if (!task->bpf_storage)
		return m;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (storage) {
		m.key = storage->container;
		m.phase = storage->phase;
	} else {
		__u64 mntns = kernel_mntns(task);
		__u64 *key = bpf_map_lookup_elem(&namespaces, &mntns);

		if (!key)
			return m;
		m.key = *key;
		m.phase = LOCKC_PHASE_CONFINED;
	}
	if (m.key)
		m.container = bpf_map_lookup_elem(&containers, &m.key);
	return m;
}

static __always_inline struct member member_current(void)
{
	return member_of(bpf_get_current_task_btf());
}

/* The host's own code acting for a container before its user code runs. */
static __always_inline bool member_is_runtime(const struct member *m)
{
	return m->container && m->phase != LOCKC_PHASE_NONE && m->phase < LOCKC_PHASE_CONFINED;
}

#endif
