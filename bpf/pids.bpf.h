/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers of processes: whether a container's are its own. Where its PID namespace is the
 * host's or another container's (--pid=container:X, a pod), user code can name processes of
 * others to the kernel where no hook says whom it means (process.bpf.h).
 *
 * A namespace is a container's own when its first process is number 1 there, and no other
 * container has it. Both are learned when that process becomes user code. Of two containers
 * that start at a time each writes first and looks then, so one of them sees the other and
 * marks both. The mark is never taken away: who shared the namespace may have left
 * somebody there.
 *
 * Where two containers were given one namespace that is not the host's, the one may signal
 * the other's user code, if its own policy is at most as strict (process.bpf.h): how a
 * reloader in a pod tells its neighbour to read its configuration anew.
 *
 * Namespaces are told by their address. One that is given out again while a record has it
 * still (its first process ended, and somebody who entered without --pid goes on) marks both
 * containers: that refuses more, and nothing less.
 */
#ifndef LOCKC_PIDS_BPF_H
#define LOCKC_PIDS_BPF_H

#include "member.bpf.h"

#define PIDS_LEVELS 33 /* the host's included: the kernel's limit (MAX_PID_NS_LEVEL) */

/* What this process is called in its own PID namespace, and which that is. */
static __always_inline struct upid pids_own(struct pid *pid)
{
	__u64 numbers = (__u64)pid + bpf_core_field_offset(struct pid, numbers);
	__u32 level = BPF_CORE_READ(pid, level);
	struct upid own = {};

	bpf_core_read(&own.nr, sizeof(own.nr),
		      (void *)(numbers + level * bpf_core_type_size(struct upid) +
			       bpf_core_field_offset(struct upid, nr)));
	bpf_core_read(&own.ns, sizeof(own.ns),
		      (void *)(numbers + level * bpf_core_type_size(struct upid) +
			       bpf_core_field_offset(struct upid, ns)));
	return own;
}

struct pids_walk {
	__u64 key;
	__u64 pid_namespace;
	bool shared;
};

static long pids_compare(void *map, const __u64 *key, struct lockc_container *other,
			 struct pids_walk *walk)
{
	if (*key == walk->key || other->pid_namespace != walk->pid_namespace)
		return 0;
	other->shared_pids = 1;
	walk->shared = 1;
	return 0;
}

/*
 * The container's first process becomes user code (lifecycle.bpf.h), or a hook that pivoted.
 * What others say of it they say once they see its namespace.
 */
static __always_inline void process_learn_pids(__u64 key, struct lockc_container *container,
					       struct task_struct *task)
{
	struct upid own = pids_own(BPF_CORE_READ(task, thread_pid));
	struct pids_walk walk = { .key = key, .pid_namespace = (__u64)own.ns };

	container->shared_pids = own.nr != 1; /* not what a hook before it found */
	__sync_lock_test_and_set(&container->pid_namespace, walk.pid_namespace);
	bpf_for_each_map_elem(&containers, pids_compare, &walk, 0);
	if (walk.shared)
		container->shared_pids = 1;
}

/*
 * Whether in a PID namespace there are numbers of processes that are not the container's.
 * In one that it made below its own there are none. Global like grant_look_up.
 */
__noinline int pids_are_others(__u64 own, __u64 at)
{
	int i;

	for (i = 0; i < PIDS_LEVELS && at; i++) {
		if (at == own)
			return 0;
		at = (__u64)BPF_CORE_READ((struct pid_namespace *)at, parent);
	}
	return 1;
}

static __always_inline bool pids_names_others(struct member *m, struct pid_namespace *at)
{
	return !m->container || m->container->shared_pids ||
	       pids_are_others(m->container->pid_namespace, (__u64)at);
}

/*
 * Whether what `own`'s policy has the kernel refuse, `its` has it refuse as well. Sets of files
 * and devices are compared as a whole; one of devices that opens nothing is the strictest.
 */
static __always_inline bool pids_holds_as_much(const struct lockc_container *own,
					       const struct lockc_container *its)
{
	__u32 enforced = member_enforced(own);

	if (!its->token_superblock)
		enforced &= ~LOCKC_RULE_TOKEN; /* there is none that it could open */
	if (enforced & ~member_enforced(its))
		return 0;
	if ((enforced & LOCKC_RULE_CAPABILITY) && (its->capabilities & ~own->capabilities))
		return 0;
	if ((enforced & LOCKC_RULE_PSEUDO) && its->pseudo != own->pseudo)
		return 0;
	return !(enforced & LOCKC_RULE_DEVICES) || !its->devices || its->devices == own->devices;
}

/*
 * Whether a container's engine gave the other one the same PID namespace, which is not the
 * host's, and the other is held at least as much: who signals it gains nothing.
 */
static __always_inline bool pids_are_shared(const struct lockc_container *own,
					    const struct lockc_container *its)
{
	struct pid_namespace *namespace = (void *)own->pid_namespace;

	return namespace && own->pid_namespace == its->pid_namespace &&
	       BPF_CORE_READ(namespace, parent) && pids_holds_as_much(own, its);
}

#endif
