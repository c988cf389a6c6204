/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who asks? The one place that answers it: task → container → policy.
 */
#ifndef LOCKC_MEMBER_BPF_H
#define LOCKC_MEMBER_BPF_H

#include "maps.bpf.h"

struct member {
	__u64 key;   /* 0: no container */
	__u32 phase; /* enum lockc_phase */
	__u32 rules; /* enum lockc_rule bits of its policy; all where its record is gone */
	__u32 hook;  /* enum lockc_hook: where the kernel asks; for events */
	bool acting; /* it is the runtime and judged as user code, which gets what it opens */
	/* Its record. NULL: no container, it is gone, or `copy` spared the look-up. */
	struct lockc_container *container;
	const struct lockc_task *copy; /* NULL, or where the record's copied fields hold */
	struct lockc_task *storage;    /* NULL: it has none, or the kernel did not give it */
};

static __always_inline struct lockc_common *member_common(void)
{
	__u32 first = 0;

	return bpf_map_lookup_elem(&common, &first);
}

/* Half of it, which the verifier takes for a number and not for an address any more. */
static __always_inline __u32 *member_slot(struct lockc_common *all, __u64 place)
{
	__u32 low = kernel_low(place);

	return &all->slots[(low ^ low >> 11) % LOCKC_SLOTS];
}

/* The container that such a place belongs to: that most do to none their slot tells. */
static __always_inline __u64 *member_of_place(__u64 place)
{
	struct lockc_common *all = member_common();

	if (!all || !*member_slot(all, place))
		return NULL;
	return bpf_map_lookup_elem(&places, &place);
}

/*
 * The container whose root file system as a whole the task has as its root, whatever mount
 * namespace it is in. A root that is a directory of a larger file system tells nothing: it
 * may be anybody's.
 */
static __always_inline __u64 *member_of_root(struct task_struct *task)
{
	struct vfsmount *mnt = task->fs->root.mnt;
	struct super_block *sb = mnt->mnt_sb;
	__u64 *key = member_of_place((__u64)sb);

	return key && mnt->mnt_root == sb->s_root ? key : NULL;
}

/*
 * The container in whose place the task is: user code of that, or about to become so; 0:
 * none. A function of its own, since every hook asks it where the kernel gives no storage.
 */
static __noinline __u64 member_of_here(struct task_struct *task)
{
	__u64 *key = member_of_place(kernel_mntns(task));

	if (!key)
		key = member_of_root(task);
	return key ? *key : 0;
}

/* After this `container` is NULL only for what has no record. */
static __always_inline void member_load(struct member *m)
{
	if (!m->container && m->key)
		m->container = bpf_map_lookup_elem(&containers, &m->key);
}

static __always_inline void member_look_up(struct member *m, struct lockc_task *storage,
					   bool is_current)
{
	struct lockc_common *all = member_common();
	__u64 copied = all ? all->generation + 1 : 0; /* read before what is copied */

	if (storage && copied && storage->copied == copied) {
		m->rules = storage->rules;
		m->copy = storage;
		return;
	}
	member_load(m);
	m->rules = m->container ? m->container->rules : ~0u;
	/* Nobody but the task itself copies, so no two do at a time. */
	if (!storage || !is_current || !m->container || m->phase != LOCKC_PHASE_CONFINED)
		return;
	storage->root_superblock = m->container->root_superblock;
	storage->root_ino = m->container->root_ino;
	storage->rules = m->rules;
	storage->copied = copied;
}

/*
 * The task's membership. Most tasks of a host have no BPF storage at all, and
 * that NULL is certain. The helper's NULL is not: up to 6.1 it also means that
 * the storage lock of this CPU was busy, and another program's map may own the
 * storage. Then the place decides; it may only say "confined" for that of a container.
 * Known gap: a contained task that unshared its mount namespace, has a directory of a
 * larger file system as its root, and meets the busy lock (needs preempt=full on a
 * kernel before 6.2, where lockctl load refuses) passes for one call.
 */
static __always_inline struct member member_of_task(struct task_struct *task, bool is_current)
{
	struct member m = {};
	struct lockc_task *storage;

	if (!task->bpf_storage)
		return m;
	storage = bpf_task_storage_get(&tasks, task, NULL, 0);
	m.storage = storage;
	if (storage) {
		m.key = storage->container;
		m.phase = storage->phase;
	} else {
		m.key = member_of_here(task);
		if (!m.key)
			return m;
		m.phase = LOCKC_PHASE_CONFINED;
	}
	if (m.key)
		member_look_up(&m, storage, is_current);
	return m;
}

static __always_inline struct member member_of(struct task_struct *task)
{
	return member_of_task(task, 0);
}

static __always_inline struct member member_current(__u32 hook)
{
	struct member m = member_of_task(bpf_get_current_task_btf(), 1);

	m.hook = hook;
	return m;
}

/*
 * The task's own storage, for certain; NULL in `own`: it has none. Who has some of another
 * program's map only has its own afterwards. -ENOMEM: the kernel does not tell.
 */
static __always_inline int member_own(struct task_struct *task, struct lockc_task **own)
{
	*own = NULL;
	if (!task->bpf_storage)
		return 0;
	*own = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	return *own ? 0 : -ENOMEM;
}

/* member_current for who forks or executes, which no place may decide. -ENOMEM as above. */
static __always_inline int member_certain(struct member *m, __u32 hook)
{
	struct lockc_task *own;

	__builtin_memset(m, 0, sizeof(*m));
	m->hook = hook;
	if (member_own(bpf_get_current_task_btf(), &own))
		return -ENOMEM;
	if (!own)
		return 0;
	m->storage = own;
	m->key = own->container;
	m->phase = own->phase;
	if (m->key)
		member_look_up(m, own, 1);
	return 0;
}

/* The rules of its policy that refuse, and do not only audit. */
static __always_inline __u32 member_enforced(const struct lockc_container *container)
{
	return container->rules & ~container->audit;
}

/* What its policy itself lets its user code make. enum lockc_could bits. */
static __always_inline __u32 member_could(const struct lockc_container *container)
{
	__u32 enforced = member_enforced(container), could = 0;

	if (!(enforced & LOCKC_RULE_CAPABILITY) || (container->capabilities >> CAP_SYS_ADMIN & 1))
		could |= LOCKC_COULD_COPY;
	if (!(enforced & LOCKC_RULE_MOUNT))
		could |= LOCKC_COULD_SHOW;
	return could;
}

/* Whether the mount's root is that of the container's root file system. */
static __always_inline bool member_has_root(const struct member *m, struct super_block *sb,
					    __u64 ino)
{
	if (m->copy)
		return m->copy->root_superblock == (__u64)sb && m->copy->root_ino == ino;
	return m->container && m->container->root_superblock == (__u64)sb &&
	       m->container->root_ino == ino;
}

/*
 * User code gives a socket a name, or acts through it: it is its container's. Sockets
 * without a name are not asked about. -ENOMEM: it would pass for one of the host's.
 */
static __always_inline int member_label(const struct member *m, struct sock *sk)
{
	struct lockc_socket *label;

	if (kernel_by_function)
		return 0;
	label = bpf_sk_storage_get(&sockets, sk, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!label)
		return -ENOMEM;
	if (!label->container)
		label->container = m->key;
	return 0;
}

/*
 * The host's own code acting for a container before its user code runs. Who is JOINING one that
 * it does not count for came from elsewhere.
 */
static __always_inline bool member_is_runtime(const struct member *m)
{
	return m->container && m->phase != LOCKC_PHASE_NONE && m->phase < LOCKC_PHASE_CONFINED &&
	       (m->phase != LOCKC_PHASE_JOINING || (m->storage && m->storage->counted));
}

#endif
