/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How tasks become members of a container, and how its record ends.
 *
 *   task_alloc            a child is what its parent is
 *   sched_wakeup_new      … and counts from the moment it exists for certain
 *   sb_pivotroot          the runtime made a mount namespace the container's (mount.bpf.h)
 *   file_open             … or opens a program with the container's root as its own
 *                         (--no-pivot); an exec in such a namespace is about to join (can
 *                         refuse); also asks the guard (runtimes.bpf.h)
 *   bprm_creds_from_file  … and joins: from here on the policy holds (cred.bpf.h)
 *   sched_process_exit    the last one takes the record along
 *   sched_process_free    … also one whose exit the kernel had passed the program over for
 *
 * runc re-executes itself before the pivot and in the host's mount namespace,
 * hooks other than startContainer run before it too; so the first exec after the
 * pivot is user code. The same rule catches `exec`, nsenter and setns without
 * anybody registering them. CONFINED is never left.
 *
 * execve(2) opens the program, and its interpreter, each with a mark that no open(2) can
 * set (fs/exec.c, do_open_execat and open_exec). After bprm_creds_from_file it cannot fail
 * any more, only die (begin_new_exec). Both hooks are passed for other reasons anyway.
 *
 * A record ends with (a) its last member, (b) its last confined member, so that
 * a daemon started by a hook does not keep it, or (c) its init, if that died
 * before it ran user code. All three happen before the parent can reap the task.
 *
 * The kernel passes a tracepoint's program over for a task when that program runs on the
 * processor already (kernel/trace/bpf_trace.c, __bpf_trace_run). That can be where what a
 * tracepoint runs can be preempted, as on 7.x. So tasks count from sched_wakeup_new, which
 * is passed with interrupts off (kernel/sched/core.c, wake_up_new_task), and an exit that
 * was missed is made up for when RCU frees the task, where nothing preempts.
 *
 * Known gap: on kernels before 6.2 with preempt=full a fork that meets the busy storage
 * lock is not counted.
 */
#ifndef LOCKC_LIFECYCLE_BPF_H
#define LOCKC_LIFECYCLE_BPF_H

#include "fileless.bpf.h"
#include "grant.bpf.h"
#include "runtimes.bpf.h"
#include "verdict.bpf.h"

/* From its first grant on a container is starting (file.bpf.h), until its user code runs or it ends. */
static __always_inline void lifecycle_end_start(struct lockc_container *container)
{
	struct lockc_common *all = member_common();

	if (all && __sync_val_compare_and_swap(&container->starting, 1, 0) == 1)
		__sync_fetch_and_sub(&all->starting, 1);
}

static __always_inline void lifecycle_release(__u64 key, struct lockc_container *container)
{
	struct lockc_common *all = member_common();
	__u32 granted;
	int i;

#pragma unroll
	for (i = 0; i < LOCKC_NAMESPACES; i++) {
		__u64 mntns = container->mntns[i];

		/* Only for an entry that was there: two tasks may both come to this point. */
		if (mntns && !bpf_map_delete_elem(&namespaces, &mntns) && all)
			__sync_fetch_and_sub(&all->slots[mntns % LOCKC_SLOTS], 1);
	}
	lifecycle_end_start(container);
	event_end(key, LOCKC_HOOK_SCHED_PROCESS_EXIT);
	granted = container->granted;
	bpf_map_delete_elem(&containers, &key);
	grant_drop_all(key, granted);
	if (all)
		__sync_fetch_and_add(&all->generation, 1);
}

/* One counted task less; removes the record when the rules above say so. */
static __always_inline void lifecycle_leave(struct lockc_task *storage, __u64 key,
					    struct lockc_container *container, bool init_died)
{
	bool last = 0;

	if (!storage->counted)
		return;
	storage->counted = 0;
	if (!container)
		return;
	if (storage->phase == LOCKC_PHASE_CONFINED)
		last = __sync_fetch_and_sub(&container->confined, 1) == 1;
	if (init_died && !container->started)
		last = 1;
	if (__sync_fetch_and_sub(&container->tasks, 1) == 1)
		last = 1;
	if (last)
		lifecycle_release(key, container);
}

/*
 * The runtime is in a mount namespace that it made for the container: from now
 * on an exec there is user code. Refuses (so that the runtime fails and nothing
 * runs) when the namespace cannot be recorded or is another container's.
 */
static __always_inline int lifecycle_adopt_namespace(const struct member *m)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct lockc_common *all = member_common();
	__u64 mntns = kernel_mntns(task);
	__u64 *owner;
	int i;

	if (mntns == m->container->runtime_mntns)
		return 0;
	m->container->init_tgid = task->tgid;
	owner = bpf_map_lookup_elem(&namespaces, &mntns);
	if (owner)
		return *owner == m->key ? 0 : -EPERM;
	if (!all)
		return -ENOSPC;
	for (i = 0; i < LOCKC_NAMESPACES; i++) {
		if (m->container->mntns[i])
			continue;
		/* First the slot: who reads it must not miss the entry. */
		__sync_fetch_and_add(&all->slots[mntns % LOCKC_SLOTS], 1);
		if (bpf_map_update_elem(&namespaces, &mntns, &m->key, BPF_NOEXIST)) {
			__sync_fetch_and_sub(&all->slots[mntns % LOCKC_SLOTS], 1);
			return -ENOSPC;
		}
		m->container->mntns[i] = mntns;
		return 0;
	}
	return -ENOSPC;
}

/*
 * Whether the runtime runs a program of the container although no pivot was seen:
 * --no-pivot, or a runtime that falls back to MS_MOVE and chroot(2). Hooks that
 * run before the switch still have the host's root.
 */
static __always_inline bool lifecycle_has_switched_root(const struct member *m,
							struct task_struct *task)
{
	struct vfsmount *mnt = task->fs->root.mnt;

	return task->fs->root.dentry == mnt->mnt_root &&
	       (__u64)mnt->mnt_sb == m->container->root_superblock &&
	       mnt->mnt_root->d_inode->i_ino == m->container->root_ino;
}

/*
 * The runtime has moved itself to the cgroup that it made for the container. One that it
 * was started in, and the root of all, are not the container's own.
 */
static __always_inline void lifecycle_learn_cgroup(struct lockc_container *container)
{
	__u64 cgroup = bpf_get_current_cgroup_id();

	if (cgroup == container->cgroup || cgroup == KERNEL_CGROUP_ROOT)
		cgroup = 0;
	container->cgroup = cgroup;
}

SEC("lsm/task_alloc")
int BPF_PROG(lockc_task_alloc, struct task_struct *task)
{
	struct member parent = member_current(LOCKC_HOOK_TASK_ALLOC);
	struct lockc_task *child;

	if (parent.phase == LOCKC_PHASE_NONE)
		return 0;
	child = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!child)
		return -ENOMEM; /* a child that nobody knows would be unconfined */
	if (parent.copy)
		*child = *parent.copy;
	child->container = parent.key;
	child->phase = parent.phase;
	child->counted = 0;
	return 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(lockc_sched_wakeup_new, struct task_struct *task)
{
	struct lockc_container *container;
	struct lockc_task *storage;
	__u64 key;

	if (!task->bpf_storage)
		return 0;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!storage || storage->counted)
		return 0;
	key = storage->container;
	container = bpf_map_lookup_elem(&containers, &key);
	if (!container)
		return 0;
	storage->counted = 1;
	__sync_fetch_and_add(&container->tasks, 1);
	if (storage->phase == LOCKC_PHASE_CONFINED)
		__sync_fetch_and_add(&container->confined, 1);
	return 0;
}

/* A task that has ended counts no longer, however often that is told. */
static __always_inline int lifecycle_ended(struct task_struct *task)
{
	struct lockc_container *container;
	struct lockc_task *storage;
	bool init_died = 0;
	__u64 key;

	if (!task->bpf_storage)
		return 0;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!storage || !storage->counted)
		return 0;
	key = storage->container;
	container = bpf_map_lookup_elem(&containers, &key);
	if (container && container->init_tgid == task->tgid)
		init_died = task->signal->live.counter == 0;
	lifecycle_leave(storage, key, container, init_died);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(lockc_sched_process_exit, struct task_struct *task)
{
	return lifecycle_ended(task);
}

SEC("tp_btf/sched_process_free")
int BPF_PROG(lockc_sched_process_free, struct task_struct *task)
{
	return lifecycle_ended(task);
}

/*
 * A task that is not user code opens what it executes. Under the guard, or when it is the
 * runtime, that may be refused at once; in a container's mount namespace `m` becomes that
 * container's, and CONFINED: what it executes must be the container's, or it is the host's
 * runtime as entry point (CVE-2019-5736).
 */
static __always_inline int lifecycle_execute(struct member *m, struct task_struct *task,
					     struct file *file)
{
	__u64 *key;
	int failed = runtimes_check(m, task, file);

	if (failed)
		return failed;
	member_load(m);
	if (member_is_runtime(m) && lifecycle_has_switched_root(m, task)) {
		failed = lifecycle_adopt_namespace(m);
		if (failed)
			return failed;
	}
	key = member_of_namespace(kernel_mntns(task));
	if (!key)
		return 0;
	m->key = *key;
	m->copy = NULL;
	m->container = bpf_map_lookup_elem(&containers, &m->key);
	if (!m->container) {
		m->key = 0; /* its last task left between the two look-ups */
		return 0;
	}
	m->rules = m->container->rules;
	m->phase = LOCKC_PHASE_CONFINED;
	return 0;
}

/* What it executes is the container's: it is about to be of that container. */
static __always_inline int lifecycle_join(const struct member *m, struct task_struct *task)
{
	struct lockc_task *storage;
	__u64 left;

	storage = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!storage)
		return -ENOMEM; /* it would run in the container without belonging to it */
	if (storage->container != m->key) {
		left = storage->container;
		lifecycle_leave(storage, left, bpf_map_lookup_elem(&containers, &left), 0);
		storage->container = m->key;
		storage->copied = 0;
	}
	storage->phase = LOCKC_PHASE_JOINING;
	return 0;
}

/* The exec of a task that is JOINING cannot fail any more: it is user code. */
static __always_inline void lifecycle_joined(struct task_struct *task)
{
	struct lockc_container *container;
	struct lockc_task *storage;
	__u64 key;

	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!storage)
		return; /* cannot happen, but for the verifier */
	storage->phase = LOCKC_PHASE_CONFINED;
	key = storage->container;
	container = bpf_map_lookup_elem(&containers, &key);
	if (!container)
		return;
	if (!storage->counted) {
		storage->counted = 1;
		__sync_fetch_and_add(&container->tasks, 1);
	}
	__sync_fetch_and_add(&container->confined, 1);
	if (!container->started) {
		container->user_level = BPF_CORE_READ(task, cred, user_ns, level);
		lifecycle_learn_cgroup(container);
	}
	event_tell_debug(key, container->started ? LOCKC_EVENT_JOINED : LOCKC_EVENT_STARTED,
			 LOCKC_HOOK_BPRM_CREDS_FROM_FILE);
	container->started = 1;
	lifecycle_end_start(container);
	grant_stdio(key, task); /* whatever its rules: lockc_apply may change them */
}

#endif
