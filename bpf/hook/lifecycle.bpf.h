/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How tasks become members of a container, and how its record ends. User code never runs
 * without its policy: who is on the way into a container is known by more than one sign,
 * and where a sign says "a container's" and the record is gone, the exec is refused.
 *
 *   task_alloc            a child is what its parent is
 *   sched_wakeup_new      … and counts from the moment it exists for certain
 *   sb_pivotroot          the runtime made a mount namespace the container's (mount.bpf.h);
 *                         who pivots may be its first process
 *   path_chroot           … the same for --no-pivot, where the root was moved (file.bpf.h)
 *   file_open             … the same where no hook was on the way: it entered a namespace that
 *                         the kernel made of the root file system (OPEN_TREE_NAMESPACE)
 *   ptrace_access_check   a task of the host looks at a container's process: it may be about
 *                         to enter, by whatever way (process.bpf.h)
 *   file_open             an exec in a container's place is about to join (can refuse);
 *                         also asks the guard (runtimes.bpf.h)
 *   bprm_creds_from_file  … and joins: from here on the policy holds (cred.bpf.h)
 *   sched_process_exit    the last one takes the record along
 *   sched_process_free    … also one whose exit the kernel had passed the program over for
 *
 * A task that is not user code yet executes something. The first line that fits decides:
 *
 *   the task                       is where                            so it
 *   any                            a namespace in `places`             joins that container
 *   has looked at several,
 *   or at another than it joins
 *   or has the root of             not at home, a copy or its own      is refused
 *   has looked at one              not at home, a copy or its own      joins that
 *   RUNTIME, record is there       the container's root is its root    joins it
 *   any                            a root in `places` is its root      joins that container
 *   JOINING, has not looked        not at home                         joins that again
 *   RUNTIME, record is gone        not at home                         is refused
 *   any other                      anywhere                            stays the host's
 *
 * User code of a container whose policy holds nothing is asked about its place, too, and joins
 * another's as the host would (lifecycle_cross); of what user code there made for itself nothing
 * tells it.
 *
 * Joining a container whose record is gone is refused. The home of a runtime is the mount
 * namespace in which its container was registered; of who looked, the one where its first
 * thread was then. Where the runtime of the container that it looked at came from is the
 * host's, too. Who is JOINING and where it stays the host's is what it was before. So a
 * namespace that user code makes for itself need not be known: nobody comes there but by
 * looking at one of its processes first (fs/proc/namespaces.c, proc_ns_get_link; kernel/
 * nsproxy.c, validate_nsset), or by a root that is the container's. A look is the process's,
 * kept with its first thread: descriptors are the process's, too.
 *
 * runc re-executes itself before the pivot and in the host's mount namespace,
 * hooks other than startContainer run before it too; so the first exec after the
 * pivot is user code. CONFINED is never left but for another container's (lifecycle_cross).
 *
 * execve(2) opens the program, and its interpreter, each with a mark that no open(2) can
 * set (fs/exec.c, do_open_execat and open_exec). After bprm_creds_from_file it cannot fail
 * any more, only die (begin_new_exec). So there a look is forgotten, and not before. Both
 * hooks are passed for other reasons anyway. Its memory, which other threads and a parent may
 * share, is the caller's until exec_mmap: so long nobody may trace it (left_mm). Who forks or executes is known for certain or
 * refused (member_certain), never guessed by its place.
 *
 * A record ends with its last member; or, so that a daemon started by a hook does not keep
 * it, when the runtime's first process has ended, nobody is confined, and who pivoted has run
 * user code or ended. Both happen before the parent can reap the task. Hooks may have
 * pivoted before the first process does, and even have run what is in the container: the
 * runtime's first process waits for them.
 *
 * The kernel passes a tracepoint's program over for a task when that program runs on the
 * processor already (kernel/trace/bpf_trace.c, __bpf_trace_run). That can be where what a
 * tracepoint runs can be preempted, as on 7.x. So tasks count from sched_wakeup_new, which
 * is passed with interrupts off (kernel/sched/core.c, wake_up_new_task), and an exit that
 * was missed is made up for when RCU frees the task, where nothing preempts.
 *
 * Known gaps: docs/architecture.md lists who is taken for the host's.
 */
#ifndef LOCKC_HOOK_LIFECYCLE_BPF_H
#define LOCKC_HOOK_LIFECYCLE_BPF_H

#include "grant.bpf.h"
#include "pids.bpf.h"
#include "prospect.bpf.h"
#include "hook/runtimes.bpf.h"
#include "verdict.bpf.h"

/* From its first grant on a container is starting (file.bpf.h), until its user code runs or it ends. */
static __always_inline void lifecycle_begin_start(struct lockc_container *container)
{
	struct lockc_common *all = member_common();

	if (all && !__sync_val_compare_and_swap(&container->starting, 0, 1))
		__sync_fetch_and_add(&all->starting, 1);
}

static __always_inline void lifecycle_end_start(struct lockc_container *container)
{
	struct lockc_common *all = member_common();

	if (all && __sync_val_compare_and_swap(&container->starting, 1, 0) == 1)
		__sync_fetch_and_sub(&all->starting, 1);
}

static __always_inline void lifecycle_clear(struct lockc_common *all, __u64 place)
{
	/* Only for an entry that was there: two tasks may both come to this point. */
	if (!bpf_map_delete_elem(&places, &place))
		__sync_fetch_and_sub(member_slot(all, place), 1);
}

/*
 * The place is the container's. First the slot: who reads it must not miss the entry. Who
 * ends the container sees the entry, or it is seen here that the container is over.
 */
static __always_inline int lifecycle_settle(__u64 key, __u64 place)
{
	struct lockc_common *all = member_common();
	struct lockc_container *container;

	if (!all)
		return -ENOSPC;
	__sync_fetch_and_add(member_slot(all, place), 1);
	if (bpf_map_update_elem(&places, &place, &key, BPF_NOEXIST)) {
		__sync_fetch_and_sub(member_slot(all, place), 1);
		return bpf_map_lookup_elem(&places, &place) ? -EBUSY : -ENOSPC;
	}
	container = bpf_map_lookup_elem(&containers, &key);
	if (container && !container->over)
		return 0;
	lifecycle_clear(all, place);
	return -EPERM;
}

/*
 * The root file system is the container's as a whole, so it is a place. Its address is used
 * again: who has it of a container that is over takes it. Of one that is shared nobody can
 * say. Asked again at the pivot, before user code: who had it before may have ended meanwhile,
 * and taken it along.
 */
static __noinline int lifecycle_settle_place(__u64 key, __u64 place)
{
	__u64 several = LOCKC_LOOKED_SEVERAL;
	__u64 *owner;
	int failed = lifecycle_settle(key, place);

	if (failed != -EBUSY)
		return failed;
	owner = bpf_map_lookup_elem(&places, &place);
	if (owner && *owner == key)
		return 0;
	if (owner && (*owner == several || bpf_map_lookup_elem(&containers, owner)))
		failed = bpf_map_update_elem(&places, &place, &several, BPF_EXIST);
	else
		failed = bpf_map_update_elem(&places, &place, &key, BPF_EXIST);
	return failed ? lifecycle_settle(key, place) : 0;
}

/* `hosts`: it is the host's own root, which a policy may allow. All that the host executes has that. */
static __always_inline int lifecycle_settle_root(__u64 key, struct dentry *dentry, bool hosts)
{
	struct super_block *sb = dentry->d_sb;

	return dentry == sb->s_root && !hosts ? lifecycle_settle_place(key, (__u64)sb) : 0;
}

struct lifecycle_search {
	__u64 root; /* superblock */
	__u64 key;  /* of whom it is not */
	__u64 found;
};

static long lifecycle_search_root(void *map, const __u64 *key,
				  struct lockc_container *container,
				  struct lifecycle_search *search)
{
	search->found = *key != search->key && container->root_superblock == search->root &&
			!container->over;
	return search->found;
}

/* Whether a container that goes on has that root file system, too. */
static __always_inline bool lifecycle_root_is_others(__u64 key, __u64 root)
{
	struct lifecycle_search search = { .root = root, .key = key };

	bpf_for_each_map_elem(&containers, lifecycle_search_root, &search, 0);
	return search.found;
}

static __always_inline void lifecycle_leave_places(__u64 key, struct lockc_container *container,
						   struct lockc_common *all)
{
	__u64 root = container->root_superblock;
	__u64 *owner = bpf_map_lookup_elem(&places, &root);
	int i;

	/* What was several's stays so until the last one ends: who comes by it is refused. */
	if (owner && (*owner == key || (*owner == LOCKC_LOOKED_SEVERAL &&
					!lifecycle_root_is_others(key, root))))
		lifecycle_clear(all, root);
#pragma unroll
	for (i = 0; i < LOCKC_NAMESPACES; i++) {
		__u64 mntns = container->mntns[i];
		__u32 grave;

		if (!mntns)
			continue;
		grave = __sync_fetch_and_add(&all->burials, 1) % LOCKC_BURIED;
		mntns = __sync_lock_test_and_set(&all->buried[grave], mntns);
		if (mntns)
			lifecycle_clear(all, mntns);
	}
}

static __always_inline void lifecycle_release(__u64 key, struct lockc_container *container)
{
	struct lockc_common *all = member_common();
	__u32 granted, prospects;

	if (__sync_val_compare_and_swap(&container->over, 0, 1))
		return;
	if (all)
		lifecycle_leave_places(key, container, all);
	lifecycle_end_start(container);
	event_end(key, LOCKC_HOOK_SCHED_PROCESS_EXIT);
	granted = container->granted;
	prospects = container->prospects;
	bpf_map_delete_elem(&containers, &key);
	grant_drop_all(key, granted);
	prospect_drop_all(key, prospects);
	if (all)
		__sync_fetch_and_add(&all->generation, 1);
}

/* Who pivoted has run user code or ended. */
static __always_inline bool lifecycle_leave_pivoters(struct lockc_task *storage,
						     struct lockc_container *container)
{
	if (!storage->pivoted)
		return 0;
	storage->pivoted = 0;
	__sync_fetch_and_sub(&container->pivoters, 1);
	return 1;
}

/* One counted task less; removes the record when the rules above say so. */
static __always_inline void lifecycle_leave(struct lockc_task *storage, __u64 key,
					    struct lockc_container *container)
{
	bool last;

	if (!storage->counted)
		return;
	storage->counted = 0;
	if (!container)
		return;
	lifecycle_leave_pivoters(storage, container);
	if (storage->phase == LOCKC_PHASE_CONFINED)
		__sync_fetch_and_sub(&container->confined, 1);
	last = __sync_fetch_and_sub(&container->tasks, 1) == 1;
	if (last || (container->creator_gone && !container->pivoters && !container->confined))
		lifecycle_release(key, container);
}

/* User namespaces of hooks are the host's; the container's is the deepest. */
static __always_inline void lifecycle_learn_level(struct lockc_container *container,
						  struct task_struct *task)
{
	__u32 level = BPF_CORE_READ(task, cred, user_ns, level);

	if (level > container->user_level)
		container->user_level = level;
}

/* What is known of where the task's process may be going; NULL: nothing. */
static __always_inline struct lockc_way *lifecycle_way(struct task_struct *task)
{
	struct task_struct *leader = task->group_leader;
	struct lockc_task *storage;

	if (!leader->bpf_storage)
		return NULL;
	storage = bpf_task_storage_get(&tasks, leader, NULL, 0);
	if (!storage)
		return NULL;
	barrier_var(storage); /* else clang adds the offset before it asks */
	return &storage->way;
}

/*
 * Whether that is the root with which this task's process came: the host's, to a runtime. Global, so
 * what is asked here is no way of its own to the verifier of who asks.
 */
__noinline int lifecycle_came_with(__u64 superblock, __u64 number)
{
	struct lockc_way *way = lifecycle_way(bpf_get_current_task_btf());

	return way && way->home_superblock == superblock && way->home_ino == number;
}

/*
 * The runtime is in a mount namespace that it made for the container: from now on an exec
 * there is user code, and the first process is among those who pivoted. Refuses (so that the
 * runtime fails and nothing runs) when the namespace cannot be recorded or is another
 * container's. `root`: what becomes its root there.
 */
static __always_inline int lifecycle_adopt_namespace(const struct member *m,
						     const struct path *root)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct inode *inode = root->dentry->d_inode;
	__u64 mntns = kernel_mntns(task);
	__u64 *owner;
	int failed, i;

	if (m->phase < LOCKC_PHASE_RUNTIME || mntns == m->container->runtime_mntns)
		return 0;
	if ((__u64)root->dentry->d_sb == m->container->root_superblock) {
		if (kernel_number(inode) == m->container->root_ino &&
		    inode->i_generation != m->container->root_generation)
			return -EPERM; /* another inode, which has its number */
		failed = lifecycle_settle_root(
			m->key, root->dentry,
			lifecycle_came_with((__u64)BPF_CORE_READ(inode, i_sb), kernel_number(inode)));
		if (failed)
			return failed;
	}
	if (m->storage && !m->storage->pivoted) {
		m->storage->pivoted = 1;
		__sync_fetch_and_add(&m->container->pivoters, 1);
	}
	if (!m->container->started)
		m->container->init_tgid = task->tgid;
	lifecycle_begin_start(m->container);
	lifecycle_learn_level(m->container, task);
	owner = bpf_map_lookup_elem(&places, &mntns);
	if (owner)
		return *owner == m->key ? 0 : -EPERM;
	for (i = 0; i < LOCKC_NAMESPACES; i++) {
		if (m->container->mntns[i])
			continue;
		m->container->mntns[i] = mntns; /* first: who ends the container looks there */
		failed = lifecycle_settle(m->key, mntns);
		if (!failed)
			return 0;
		owner = failed == -EBUSY ? bpf_map_lookup_elem(&places, &mntns) : NULL;
		if (owner && *owner == m->key)
			return 0; /* another of the runtime's tasks was as fast */
		m->container->mntns[i] = 0;
		return failed;
	}
	return -ENOSPC;
}

/* Whether this is the container's root file system, mounted or where it lies. */
static __always_inline bool lifecycle_is_root(const struct member *m, const struct path *path)
{
	struct vfsmount *mnt = path->mnt;

	return (__u64)mnt->mnt_sb == m->container->root_superblock &&
	       (kernel_number(mnt->mnt_root->d_inode) == m->container->root_ino ||
		kernel_number(path->dentry->d_inode) == m->container->root_ino);
}

/*
 * The runtime has moved itself to the cgroup that it made for the container. One that it
 * was started in, and the root of all, are not the container's own.
 */
static __always_inline void lifecycle_learn_cgroup(struct lockc_container *container)
{
	__u64 cgroup = bpf_get_current_cgroup_id();

	if (cgroup == container->shim_cgroup || cgroup == KERNEL_CGROUP_ROOT)
		cgroup = 0;
	container->cgroup = cgroup;
}

/* The same for certain. -ENOMEM: the kernel does not tell. */
static __always_inline int lifecycle_own_way(struct task_struct *task, struct lockc_way **way)
{
	struct lockc_task *storage;

	*way = NULL;
	if (member_own(task->group_leader, &storage))
		return -ENOMEM;
	if (storage) {
		barrier_var(storage);
		*way = &storage->way;
	}
	return 0;
}

/* Whether the task has the root that it had at home. */
static __always_inline bool lifecycle_has_home_root(const struct lockc_way *way,
						    struct task_struct *task)
{
	struct vfsmount *mnt = task->fs->root.mnt;

	return way->home_superblock == (__u64)mnt->mnt_sb &&
	       way->home_ino == kernel_number(mnt->mnt_root->d_inode) &&
	       way->home_generation == mnt->mnt_root->d_inode->i_generation;
}

/* Here the task is at home. */
static __always_inline void lifecycle_settle_home(struct lockc_way *way, struct task_struct *task)
{
	struct vfsmount *mnt = task->fs->root.mnt;

	way->home = kernel_mntns(task);
	way->home_superblock = (__u64)mnt->mnt_sb;
	way->home_ino = kernel_number(mnt->mnt_root->d_inode);
	way->home_generation = mnt->mnt_root->d_inode->i_generation;
	way->home_users = (__u64)task->cred->user_ns;
}

/*
 * The runtime forks or executes something. The first to do so is its first process, which
 * the shim has registered, and where it is then is home.
 */
static __always_inline void lifecycle_run(const struct member *m, struct lockc_way *way,
					  struct task_struct *task)
{
	if (!member_is_runtime(m) || m->phase != LOCKC_PHASE_RUNTIME || m->container->creator_tgid)
		return;
	m->container->creator_tgid = task->tgid;
	if (way)
		lifecycle_settle_home(way, task);
}

SEC("lsm/task_alloc")
int BPF_PROG(lockc_task_alloc, struct task_struct *task)
{
	struct task_struct *parents = bpf_get_current_task_btf();
	struct lockc_way *way = NULL;
	struct lockc_task *child;
	struct member parent;

	if (member_certain(&parent, LOCKC_HOOK_TASK_ALLOC))
		return -ENOMEM;
	if (parent.phase != LOCKC_PHASE_CONFINED) {
		if (lifecycle_own_way(parents, &way))
			return -ENOMEM;
		lifecycle_run(&parent, way, parents);
		if (parent.phase == LOCKC_PHASE_NONE && !(way && way->looked))
			return 0;
	}
	child = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!child)
		return -ENOMEM; /* a child that nobody knows would be unconfined */
	if (parent.storage)
		*child = *parent.storage;
	if (way)
		child->way = *way;
	child->container = parent.key;
	child->phase = parent.phase;
	child->counted = child->pivoted = 0;
	child->left_mm = 0;
	return 0;
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(lockc_sched_wakeup_new, struct task_struct *task)
{
	struct lockc_container *container;
	struct lockc_task *storage, *parent;
	__u64 key;

	if (!task->bpf_storage)
		return 0;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!storage || storage->counted)
		return 0;
	if (storage->phase == LOCKC_PHASE_JOINING) {
		parent = bpf_task_storage_get(&tasks, bpf_get_current_task_btf(), NULL, 0);
		if (!parent || !parent->counted)
			return 0; /* neither is of the container yet (lifecycle_unjoin) */
	}
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
	__u64 key;

	if (!task->bpf_storage)
		return 0;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!storage || !storage->counted)
		return 0;
	key = storage->container;
	container = bpf_map_lookup_elem(&containers, &key);
	if (container && container->creator_tgid == task->tgid && !task->signal->live.counter)
		container->creator_gone = 1;
	lifecycle_leave(storage, key, container);
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

/* ---- who is on the way into a container ---- */

/* Whether the task is at home, with a root that is there: not one by which it left. */
static __always_inline bool lifecycle_is_home(const struct lockc_way *way,
					      struct task_struct *task)
{
	return kernel_mntns(task) == way->home && kernel_mount_is_near(task->fs->root.mnt, task);
}


/*
 * Whether user code of the container could have such a root in a mount namespace of its own:
 * it was given that directory, or one above it.
 */
static __always_inline bool lifecycle_could_show(__u64 container, __u64 root)
{
	return grant_look_above(container, root,
				LOCKC_GRANT_MOUNT | LOCKC_GRANT_SUPERBLOCK |
					GRANT_ANY_GENERATION) != GRANT_NOT_ABOVE;
}

/*
 * What user code of the container could make for who has that root. enum lockc_could bits; 0 where
 * the policy holds nothing, since nobody gains there, and where the record is gone.
 */
static __noinline __u32 lifecycle_could(__u64 key, __u64 root)
{
	struct lockc_container *container = bpf_map_lookup_elem(&containers, &key);
	__u32 could;

	if (!container || !member_enforced(container))
		return 0;
	could = container->could | member_could(container);
	if (!(could & LOCKC_COULD_SHOW) && lifecycle_could_show(key, root))
		could |= LOCKC_COULD_SHOW;
	return could;
}

/*
 * Whether the task is in a copy of its home that it made: of its own user namespace or its
 * home's, with the same root, and not where it saw a container's process. User code could
 * make one with that root, too, where it was given the host's, or may mount: as the container is,
 * or was when the process looked. A runtime unshares always, and looks where its container is to
 * have another one's network: its copy is its own.
 */
static __always_inline bool lifecycle_is_copy(const struct lockc_way *way,
					      struct task_struct *task, const struct member *m)
{
	__u64 users = kernel_mntns_users(task);
	__u32 could;

	if (kernel_mntns(task) == way->seen || !lifecycle_has_home_root(way, task) ||
	    (users != (__u64)task->real_cred->user_ns && users != way->home_users))
		return 0;
	if (member_is_runtime(m))
		return !member_of_place(kernel_mntns(task));
	could = way->could | lifecycle_could(way->looked, (__u64)task->fs->root.mnt->mnt_root);
	return !(could & LOCKC_COULD_SHOW) ||
	       (users == way->home_users && !(could & LOCKC_COULD_COPY));
}

/* Whether it is where the runtime of the container that it looked at came from. */
static __always_inline bool lifecycle_is_runtimes(const struct lockc_way *way,
						  struct task_struct *task)
{
	__u64 looked = way->looked;
	struct lockc_container *container = bpf_map_lookup_elem(&containers, &looked);

	return container && container->runtime_mntns == kernel_mntns(task);
}

/* Whether who looked went nowhere by that: wherever it is, by /proc/PID/root it left. */
static __always_inline bool lifecycle_stays(const struct lockc_way *way, struct task_struct *task,
					    const struct member *m)
{
	__u64 mntns = kernel_mntns(task);

	if (!kernel_mount_is_near(task->fs->root.mnt, task))
		return 0;
	return mntns == way->home || mntns == way->other || mntns == way->made ||
	       lifecycle_is_runtimes(way, task) || lifecycle_is_copy(way, task, m);
}

/* Whether the process looked at a container's, and is where that may have led. `m`: who that is. */
static __always_inline bool lifecycle_is_led(const struct lockc_way *way, struct task_struct *task,
					     const struct member *m)
{
	return way && way->looked && !lifecycle_stays(way, task, m);
}

/*
 * --no-pivot, or a runtime that falls back to it: the root file system was moved over the
 * root of the namespace, and the runtime changes its root to that. A hook that does so with
 * the root file system where it lies is none of this.
 */
static __always_inline int lifecycle_chroot(const struct member *m, const struct path *path)
{
	return member_is_runtime(m) && lifecycle_is_root(m, path) &&
			       path->dentry == path->mnt->mnt_root &&
			       kernel_mount_covers_root(path->mnt) ?
		       lifecycle_adopt_namespace(m, path) :
		       0;
}

/*
 * A runtime that has open_tree(2) make a mount namespace of the root file system and enters
 * it passes no hook on the way (crun from 1.29, on Linux 7.0 and later). What it opens or
 * executes there first tells. Who pivoted, or forked from who did, is in a place already; where
 * it saw a process it was led. The dentry tells its root from all others: on btrfs numbers of
 * inodes do not (each subvolume's root has the same), and a host's own root may be one.
 */
static __noinline int lifecycle_arrive(const struct member *m, struct task_struct *task)
{
	const struct path *root = &task->fs->root;
	__u64 mntns = kernel_mntns(task);
	struct lockc_way *way;

	if (!member_is_runtime(m) || (__u64)root->dentry != m->container->root_dentry ||
	    root->dentry != root->mnt->mnt_root || mntns == m->container->runtime_mntns ||
	    member_of_place(mntns) || !kernel_mount_is_near(root->mnt, task) ||
	    !kernel_mount_covers_root(root->mnt))
		return 0;
	way = lifecycle_way(task);
	return way && way->seen == mntns ? 0 : lifecycle_adopt_namespace(m, root);
}

/* The container that a task is of, or on the way into. */
static __always_inline __u64 lifecycle_leads_to(const struct member *m, struct task_struct *task)
{
	struct lockc_way *way = m->key ? NULL : lifecycle_way(task);

	return lifecycle_is_led(way, task, m) ? way->looked : m->key;
}

/*
 * A task that is not user code may look at a process of a container, by which its process
 * could enter. A runtime looks at its own kin all the time, which went nowhere by a look of
 * its own. -ENOMEM: nobody would know.
 */
static __always_inline int lifecycle_look(const struct member *m, struct task_struct *task,
					  struct task_struct *other)
{
	struct member of = member_of(other);
	__u64 key = lifecycle_leads_to(&of, other), before;
	struct lockc_task *storage;
	struct lockc_way *way;
	__u32 could;

	way = lifecycle_way(other);
	if (m->key && of.key == m->key && of.phase != LOCKC_PHASE_CONFINED &&
	    !lifecycle_is_led(way, other, &of))
		return 0;
	if (!key) {
		way = lifecycle_way(task);
		if (way && way->looked)
			way->other = kernel_mntns(other);
		return 0;
	}
	storage = bpf_task_storage_get(&tasks, task->group_leader, NULL,
				       BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!storage)
		return -ENOMEM;
	/* What this very thread opens then is asked about, too (file_open leaves who has none). */
	if (!bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE))
		return -ENOMEM;
	way = &storage->way;
	if (!way->looked && !m->key) {
		lifecycle_settle_home(way, task->group_leader->nsproxy ? task->group_leader :
									 task);
		way->made = kernel_mntns(task); /* home, or mounts of this thread's own */
	}
	/* Other threads may look at others at this moment. */
	before = __sync_val_compare_and_swap(&way->looked, 0, key);
	if (before && before != key)
		way->looked = LOCKC_LOOKED_SEVERAL;
	could = lifecycle_could(key, (__u64)task->fs->root.mnt->mnt_root);
	/* Of a thread with another root than home's nothing follows for that one. */
	if (!lifecycle_has_home_root(way, task))
		could |= LOCKC_COULD_SHOW;
	__sync_fetch_and_or(&way->could, could);
	way->seen = kernel_mntns(other);
	return 0;
}

/* The thread that executes is its process's first one after that, and has the look from then on. */
static __always_inline int lifecycle_keep(struct task_struct *task)
{
	struct lockc_way *way = lifecycle_way(task);
	struct lockc_task *own;

	if (task == task->group_leader || !way || !way->looked)
		return 0;
	own = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!own)
		return -ENOMEM;
	own->way = *way;
	return 0;
}

/*
 * The exec cannot fail any more, and is the host's: at home what it executes has not looked.
 * Where it made a place for itself, that is home from now on.
 */
static __always_inline void lifecycle_executed(struct task_struct *task)
{
	struct lockc_task *own;
	struct lockc_way *way;

	if (!task->bpf_storage)
		return;
	own = bpf_task_storage_get(&tasks, task, NULL, 0);
	if (!own)
		return;
	barrier_var(own);
	way = &own->way;
	if (!way->looked || !kernel_mount_is_near(task->fs->root.mnt, task))
		return;
	if (kernel_mntns(task) == way->made && way->made != way->home &&
	    own->phase < LOCKC_PHASE_RUNTIME)
		lifecycle_settle_home(way, task);
	else if (kernel_mntns(task) != way->home)
		return;
	else if (own->phase == LOCKC_PHASE_NONE)
		bpf_task_storage_delete(&tasks, task);
	else
		way->looked = way->could = 0;
}

/* The task mounts something in a copy of its home: that is its own, whatever root it gets. */
static __always_inline void lifecycle_mount(const struct member *m, struct task_struct *task)
{
	struct lockc_way *way;

	if (m->phase == LOCKC_PHASE_CONFINED)
		return;
	way = lifecycle_way(task);
	if (way && way->looked && !lifecycle_is_home(way, task) && lifecycle_is_copy(way, task, m))
		way->made = kernel_mntns(task);
}

/* Whether the runtime has the root of its container for its own, and that tells it from home. */
static __always_inline bool lifecycle_is_rooted(const struct member *m,
						const struct lockc_way *way,
						struct task_struct *task)
{
	const struct path *root = &task->fs->root;

	return member_is_runtime(m) && m->phase == LOCKC_PHASE_RUNTIME && way &&
	       lifecycle_is_root(m, root) &&
	       (root->dentry != root->mnt->mnt_root || !lifecycle_has_home_root(way, task));
}

/* An exec failed in the container's place, and who tried went back to the host's: it is what it was. */
static __always_inline void lifecycle_unjoin(struct member *m)
{
	struct lockc_task *storage = m->storage;

	if (!storage)
		return; /* cannot be, but for the verifier */
	m->phase = storage->phase = storage->was_phase;
	if (storage->counted && storage->container == storage->was_container)
		return;
	m->key = storage->container = storage->was_container;
	m->container = bpf_map_lookup_elem(&containers, &m->key);
	if (!m->container)
		return;
	storage->counted = 1;
	__sync_fetch_and_add(&m->container->tasks, 1);
}

/* The container that the exec joins, as in the table above; 0: none; -EPERM: it is refused. */
static __always_inline int lifecycle_destination(struct member *m, const struct lockc_way *way,
						 struct task_struct *task, __u64 *to)
{
	bool joins = m->phase == LOCKC_PHASE_JOINING, home, rooted;
	__u64 *owner = member_of_place(kernel_mntns(task));

	if (!owner) {
		rooted = lifecycle_is_rooted(m, way, task);
		if (lifecycle_is_led(way, task, m)) {
			*to = way->looked;
			return (joins || rooted) && way->looked != m->key ? -EPERM : 0;
		}
		if (rooted) {
			*to = m->key;
			return 0;
		}
		owner = member_of_root(task);
	}
	if (owner) {
		*to = *owner;
		return 0;
	}
	*to = 0;
	if (!way)
		return 0; /* nobody is JOINING without one (lifecycle_join) */
	home = lifecycle_is_home(way, task);
	if (joins && (home || way->looked)) {
		lifecycle_unjoin(m);
		if (lifecycle_is_rooted(m, way, task))
			*to = m->key;
	} else if (joins) {
		*to = m->key;
	}
	if ((m->phase == LOCKC_PHASE_RUNTIME || m->phase == LOCKC_PHASE_ENROLLING) &&
	    !m->container && !(home && lifecycle_has_home_root(way, task)))
		return -EPERM;
	return 0;
}

/* Entering what has ended, or nobody knows what: told as the host's own, by no policy's rule. */
static __always_inline int lifecycle_refuse(const struct member *m, struct file *file)
{
	event_tell_refusal(0, m->hook, LOCKC_RULE_ENTRY, 1, event_path(&file->f_path));
	return -EPERM;
}

/*
 * What hooks have mounted in the place where the first process is becomes the container's, unless
 * user code may have done it.
 */
static __always_inline void lifecycle_adopt_mounts(const struct member *m,
						   struct task_struct *task)
{
	__u64 *owner;

	if (!m->container->prospects || !m->storage || !m->storage->pivoted ||
	    m->storage->container != m->key ||
	    (m->container->ran &&
	     (grant_may_mount(m->container) || (m->container->could & LOCKC_COULD_SHOW))))
		return;
	owner = member_of_place(kernel_mntns(task));
	if (owner && *owner == m->key)
		prospect_adopt(m->key);
}

/* `m` is user code of that container. -EPERM: its record is gone. */
static __always_inline int lifecycle_become(struct member *m, __u64 key)
{
	m->key = key;
	m->copy = NULL;
	m->container = bpf_map_lookup_elem(&containers, &m->key);
	if (!m->container)
		return -EPERM;
	m->rules = m->container->rules;
	m->phase = LOCKC_PHASE_CONFINED;
	return 0;
}

/*
 * A task that is not user code opens what it executes. Under the guard, or when it is the
 * runtime, that may be refused at once; in a container's place `m` becomes that
 * container's, and CONFINED: what it executes must be the container's, or it is the host's
 * runtime as entry point (CVE-2019-5736).
 */
static __always_inline int lifecycle_execute(struct member *m, struct task_struct *task,
					     struct file *file)
{
	__u64 to = 0;
	struct lockc_way *way;
	int failed = runtimes_check(m, task, file);

	if (failed)
		return failed;
	if (lifecycle_own_way(task, &way))
		return -ENOMEM;
	member_load(m);
	lifecycle_run(m, way, task);
	failed = lifecycle_arrive(m, task);
	if (failed)
		return failed;
	if (lifecycle_destination(m, way, task, &to))
		return lifecycle_refuse(m, file);
	if (!to)
		return 0;
	if (lifecycle_become(m, to))
		return lifecycle_refuse(m, file);
	lifecycle_adopt_mounts(m, task);
	return 0;
}

/*
 * User code of a container whose policy holds nothing executes something in another's place, where
 * nsenter, chroot or a runtime of its own led it: that one's user code it is then, as if the host
 * had come there, and can only lose by it. Under a policy that holds anything it stays what it is:
 * the other may be laxer. 1: `m` is the other; 0: it stays; -EPERM: the other is gone, or several.
 */
static __always_inline int lifecycle_cross(struct member *m, struct task_struct *task)
{
	__u64 *owner;

	member_load(m);
	if (!m->container || (m->rules && member_enforced(m->container)))
		return 0;
	owner = member_of_place(kernel_mntns(task));
	if (!owner || *owner == m->key)
		owner = member_of_place(kernel_mount_mntns(task->fs->root.mnt)); /* /proc/PID/root */
	if (!owner || *owner == m->key)
		owner = member_of_root(task);
	if (!owner || *owner == m->key ||
	    (*owner == LOCKC_LOOKED_SEVERAL && lifecycle_is_root(m, &task->fs->root)))
		return 0;
	return lifecycle_become(m, *owner) ? -EPERM : 1;
}

/* The task counts for the container that it was of no longer, and not for the other yet. */
static __always_inline void lifecycle_move(struct lockc_task *storage, __u64 to)
{
	__u64 left = storage->container;

	lifecycle_leave(storage, left, bpf_map_lookup_elem(&containers, &left));
	storage->container = to;
	storage->copied = 0;
}

/* What it executes is the container's: it is about to be of that container. */
static __always_inline int lifecycle_join(const struct member *m, struct task_struct *task)
{
	struct lockc_task *storage, *first;

	first = bpf_task_storage_get(&tasks, task->group_leader, NULL,
				     BPF_LOCAL_STORAGE_GET_F_CREATE);
	storage = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!storage || !first)
		return -ENOMEM; /* it would run in the container without belonging to it */
	/* Who came by a root, and has not looked, is at home where it is. */
	if (!first->way.home && !member_of_place(kernel_mntns(task)))
		lifecycle_settle_home(&first->way, task);
	if (storage->phase != LOCKC_PHASE_JOINING) {
		storage->was_container = storage->container;
		storage->was_phase = storage->phase;
	}
	if (storage->container != m->key)
		lifecycle_move(storage, m->key);
	storage->phase = LOCKC_PHASE_JOINING;
	return 0;
}

/*
 * The container's first process runs user code: from here on it has started. A hook that
 * pivoted may have come before; one that comes later is not the one.
 */
static __always_inline void lifecycle_start(__u64 key, struct lockc_container *container,
					    struct task_struct *task)
{
	lifecycle_learn_level(container, task);
	if (container->confined == 1) {
		container->init_tgid = task->tgid;
		lifecycle_learn_cgroup(container);
	}
	container->started = 1;
	lifecycle_end_start(container);
	/* A hook that runs what is in the container may come before the last hook that mounts. */
	if (container->creator_gone && !container->pivoters)
		prospect_drop_all(key, container->prospects);
}

/*
 * The exec of a task that is JOINING cannot fail any more: it is user code. Until the first
 * process is, others may be: startContainer hooks, and who enters a container that waits.
 */
static __always_inline void lifecycle_joined(struct lockc_task *storage, struct task_struct *task)
{
	struct lockc_container *container;
	bool starts;
	__u64 key;

	storage->phase = LOCKC_PHASE_CONFINED;
	storage->left_mm = (__u64)task->mm;
	storage->way.looked = storage->way.could = 0;
	storage->copied = 0;
	key = storage->container;
	container = bpf_map_lookup_elem(&containers, &key);
	if (!container)
		return;
	if (!storage->counted) {
		storage->counted = 1;
		__sync_fetch_and_add(&container->tasks, 1);
	}
	__sync_fetch_and_add(&container->confined, 1);
	starts = lifecycle_leave_pivoters(storage, container);
	event_tell_debug(key, starts ? LOCKC_EVENT_STARTED : LOCKC_EVENT_JOINED,
			 LOCKC_HOOK_BPRM_CREDS_FROM_FILE);
	if (starts) {
		process_learn_pids(key, container, task);
		lifecycle_start(key, container, task);
	}
	container->ran = 1;
	grant_stdio(key, task); /* whatever its rules: lockc_apply may change them */
}

/* The exec of who crossed into that container cannot fail any more. */
static __always_inline void lifecycle_crossed(struct lockc_task *storage, __u64 to,
					      struct task_struct *task)
{
	lifecycle_move(storage, to);
	lifecycle_joined(storage, task);
}

#endif
