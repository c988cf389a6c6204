/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What hooks of the host mount for a container, which config.json does not show: it is the
 * container's as far as its policy would have admitted it there.
 *
 *   inode_getattr         the shim stats what hostPaths of the policy name: prospects (file.bpf.h)
 *   file_open             who pivoted executes its first program, which may be such a file itself
 *                         (lifecycle.bpf.h): what is mounted in its namespace, below its root,
 *                         becomes a grant where its own root is a prospect or lies below one
 *
 * So nobody is asked about prospects later: not what user code mounts, no directory that leaks and
 * no handle. What the container gets are mounts that were there before its user code was. Where its
 * policy lets it mount, and any of it ran before (a startContainer hook, what another hook executed
 * in its root), nobody can tell whose mounts these are: nothing is added.
 *
 * What config.json gave is a prospect as well, of what never is: it is given already. A prospect
 * for reading counts for mounts that are read-only. Grants know a mount's root, not the
 * mount: so what is mounted in another mode besides, or first, is no prospect. Nor is a socket: it
 * stays the host's.
 *
 * Mounts are walked without a lock, under RCU alone, as the tree that they are. Where somebody
 * changes it meanwhile, some are missed, and are the host's; none is taken that is not of the
 * namespace. Bounds: a mount takes at most two of PROSPECT_STEPS, and of what comes later nothing is
 * given; with more than PROSPECT_MOST prospects a container is not created.
 */
#ifndef LOCKC_PROSPECT_BPF_H
#define LOCKC_PROSPECT_BPF_H

#include "grant.bpf.h"

#define PROSPECT_STEPS 16384
#define PROSPECT_MOST 8192
#define PROSPECT_BELOW 3 /* from a bit of enum lockc_prospect to the same of what is below */

/* Addresses are numbers here, as in grant.bpf.h. */
struct prospect_tour {
	__u64 namespace; /* struct mnt_namespace */
	__u64 top;	 /* struct mount: the root of what is walked */
	__u64 at;	 /* … and where the walk is */
	__u64 dentry;	 /* … of whose root, or what is above that … */
	__u64 magic;
	struct lockc_prospect_key key; /* … as it is identified */
	__u32 shift;  /* 0: it is asked about itself; PROSPECT_BELOW: about what is below it */
	__u32 led;    /* what the walk up has led to */
	__u32 rising; /* 1: all that lies on `at` was met */
	__u32 marks;  /* 1: mounts for writing take what is a prospect for reading alone */
	__u32 lost;   /* 1: a mark found no room */
	__u32 done;   /* 1: the walk came to its end */
	__u32 sure;   /* 1: the walk for marks came to its end, and each mark is kept */
};

/*
 * 0; 1: no room, or the container has ended. Global like grant_look_up, so its arguments are numbers
 * to the verifier, no addresses.
 */
__noinline int prospect_record(__u64 container, __u64 superblock, __u64 ino, __u64 which,
			       __u32 prospect)
{
	struct lockc_prospect_key key = {
		.container = container,
		.superblock = superblock,
		.ino = ino,
		.dev = which,
		.generation = which >> 32,
	};
	struct lockc_container *record = bpf_map_lookup_elem(&containers, &container);
	struct lockc_grant_key place = { .container = container };
	__u32 *known = bpf_map_lookup_elem(&prospects, &key), none = 0;

	if (!record)
		return 1;
	if (!known) {
		place.page = __sync_fetch_and_add(&record->prospects, 1);
		if (place.page >= PROSPECT_MOST ||
		    bpf_map_update_elem(&prospect_list, &place, &key, BPF_ANY))
			return 1;
		bpf_map_update_elem(&prospects, &key, &none, BPF_NOEXIST);
		/* As for a page of grants: who ends the container sees this one, or it is seen here. */
		if (!bpf_map_lookup_elem(&containers, &container)) {
			bpf_map_delete_elem(&prospects, &key);
			bpf_map_delete_elem(&prospect_list, &place);
		}
		known = bpf_map_lookup_elem(&prospects, &key);
	}
	if (!known)
		return 1;
	__sync_fetch_and_or(known, prospect);
	return 0;
}

struct prospect_drop {
	struct lockc_grant_key place;
	__u32 count;
	__u32 unused;
};

/*
 * It gives nothing any more; what is never to be given goes after all others, in case somebody who
 * was late to pivot walks at that moment.
 */
static long prospect_void(__u32 index, struct prospect_drop *drop)
{
	struct lockc_prospect_key *key;
	__u32 *known;

	drop->place.page = index;
	key = bpf_map_lookup_elem(&prospect_list, &drop->place);
	known = key ? bpf_map_lookup_elem(&prospects, key) : NULL;
	if (known)
		__sync_fetch_and_and(known, LOCKC_PROSPECT_NEVER | LOCKC_PROSPECT_BELOW_NEVER);
	return index + 1 >= drop->count;
}

static long prospect_drop(__u32 index, struct prospect_drop *drop)
{
	struct lockc_prospect_key *key;

	drop->place.page = index;
	key = bpf_map_lookup_elem(&prospect_list, &drop->place);
	if (key) {
		bpf_map_delete_elem(&prospects, key);
		bpf_map_delete_elem(&prospect_list, &drop->place);
	}
	return index + 1 >= drop->count;
}

/*
 * Once its first process runs user code and nobody is left who may adopt, and as it ends: so many
 * were recorded. Global like prospect_record.
 */
__noinline int prospect_drop_all(__u64 container, __u64 count)
{
	struct prospect_drop drop = {};

	drop.place.container = container;
	drop.count = count;
	if (!count)
		return 0;
	bpf_loop(PROSPECT_MOST, prospect_void, &drop, 0);
	bpf_loop(PROSPECT_MOST, prospect_drop, &drop, 0);
	return 0;
}

/* What lies nearest decides, and what is for reading alone lets who is above it say more. */
static long prospect_climb(__u32 index, struct prospect_tour *tour)
{
	struct dentry *dentry = (void *)tour->dentry;
	__u64 parent = (__u64)BPF_CORE_READ(dentry, d_parent);
	struct inode *inode = BPF_CORE_READ(dentry, d_inode);
	__u32 *known, found, told;

	tour->key.ino = kernel_number_in(tour->magic, BPF_CORE_READ(inode, i_ino), inode);
	tour->key.generation = BPF_CORE_READ(inode, i_generation);
	known = bpf_map_lookup_elem(&prospects, &tour->key);
	found = known ? *known : 0;
	told = found >> tour->shift;
	if (told & LOCKC_PROSPECT_NEVER)
		return 1;
	tour->led |= told & (LOCKC_PROSPECT_READ | LOCKC_PROSPECT_WRITE);
	if (tour->led & LOCKC_PROSPECT_WRITE) {
		tour->led |= found & LOCKC_PROSPECT_OWN;
		return 1;
	}
	tour->shift = PROSPECT_BELOW;
	tour->dentry = parent;
	return parent == (__u64)dentry;
}

/* enum lockc_prospect bits for the mount of that root, READ and WRITE by themselves, and OWN. */
static __always_inline __u32 prospect_lead(struct prospect_tour *tour, struct dentry *root)
{
	tour->dentry = (__u64)root;
	tour->led = tour->shift = 0;
	bpf_loop(GRANT_CLIMB, prospect_climb, tour, 0);
	return tour->led;
}

static __always_inline __u32 prospect_granted(__u32 led, bool written)
{
	return LOCKC_GRANT_MOUNT |
	       GRANT_WITH(LOCKC_GRANT_FLAG_TALK |
			  (led & LOCKC_PROSPECT_OWN ? 0 : LOCKC_GRANT_FLAG_HOST) |
			  (written ? LOCKC_GRANT_FLAG_WRITE : 0));
}

/* Global like prospect_record. */
__noinline int prospect_give(__u64 container, __u64 superblock, __u64 ino, __u64 which, __u32 wanted)
{
	return grant_append(container, superblock, ino, which, wanted);
}

/* The mount at which the walk is: what of it becomes the container's. */
static __always_inline void prospect_meet(struct prospect_tour *tour)
{
	struct mount *mount = (void *)tour->at;
	struct dentry *root = BPF_CORE_READ(mount, mnt.mnt_root);
	struct super_block *sb = BPF_CORE_READ(mount, mnt.mnt_sb);
	struct inode *inode = BPF_CORE_READ(root, d_inode);
	__u64 number = kernel_number_at(inode), which;
	bool written = !(BPF_CORE_READ(mount, mnt.mnt_flags) & MNT_READONLY) &&
		       !(BPF_CORE_READ(sb, s_flags) & SB_RDONLY);
	__u32 led, gives;

	if (!number || (__u64)BPF_CORE_READ(mount, mnt_ns) != tour->namespace ||
	    (BPF_CORE_READ(inode, i_mode) & S_IFMT) == S_IFSOCK)
		return;
	tour->key.superblock = (__u64)sb;
	tour->key.dev = BPF_CORE_READ(sb, s_dev);
	tour->magic = BPF_CORE_READ(sb, s_magic);
	led = prospect_lead(tour, root);
	if (!led)
		return;
	which = grant_which(tour->key.dev, BPF_CORE_READ(inode, i_generation));
	if (led & (written ? LOCKC_PROSPECT_WRITE : LOCKC_PROSPECT_READ)) {
		/* For reading alone: who knows that it is mounted in no other mode? */
		gives = (tour->sure | (led / LOCKC_PROSPECT_WRITE & 1)) & ~tour->marks;
		barrier_var(gives); /* else each of them doubles what the verifier walks through */
		if (!gives)
			return;
		prospect_give(tour->key.container, tour->key.superblock, number, which,
			      prospect_granted(led, written));
	} else if (!tour->marks) {
		return;
	}
	/* It is given, or never to be. */
	tour->lost |= prospect_record(tour->key.container, tour->key.superblock, number, which,
				      LOCKC_PROSPECT_NEVER);
}

/* The kernel's way through its tree (fs/namespace.c, next_mnt), one step at a time. */
static long prospect_step(__u32 index, struct prospect_tour *tour)
{
	const __u64 by = bpf_core_field_offset(struct mount, mnt_child);
	struct mount *at = (void *)tour->at;
	struct mount *parent = BPF_CORE_READ(at, mnt_parent);
	__u64 next;

	if (!tour->rising) {
		prospect_meet(tour);
		next = (__u64)BPF_CORE_READ(at, mnt_mounts.next);
		if (next != tour->at + bpf_core_field_offset(struct mount, mnt_mounts)) {
			tour->at = next - by;
			return 0;
		}
	}
	if (tour->at == tour->top) {
		tour->done = 1;
		return 1;
	}
	next = (__u64)BPF_CORE_READ(at, mnt_child.next);
	tour->rising = next == (__u64)parent + bpf_core_field_offset(struct mount, mnt_mounts);
	tour->at = tour->rising ? (__u64)parent : next - by;
	return 0;
}

/*
 * Global like grant_look_up: of its arguments the verifier knows no value, nor of what is made of
 * them. `nothing` is 0.
 */
__noinline int prospect_walk(__u64 key, __u64 marks, __u64 sure, __u64 nothing)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct prospect_tour tour = {};

	tour.key.container = key;
	tour.namespace = (__u64)BPF_CORE_READ(task, nsproxy, mnt_ns);
	tour.top = tour.at = kernel_mount_at(BPF_CORE_READ(task, fs, root.mnt));
	tour.marks = marks;
	tour.sure = sure;
	tour.rising = tour.lost = tour.done = nothing;
	bpf_loop(PROSPECT_STEPS, prospect_step, &tour, 0);
	return tour.done & ~tour.lost;
}

/* The container's first process, this task, is about to run user code: what is there is its own. */
static __always_inline void prospect_adopt(__u64 key)
{
	__u64 sure = prospect_walk(key, 1, 0, 0);

	prospect_walk(key, 0, sure, 0);
}

#endif
