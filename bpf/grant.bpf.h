/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was a container given? Provenance of mounts: grants are recorded and
 * looked up here, by identities that a container cannot forge.
 *
 * Some hooks are told a dentry and no mount. For those the question is whether it lies
 * below anything that the container was given: through a mount of that it could be
 * reached.
 *
 * What the runtime hands over as stdin, stdout or stderr keeps the mode with which it was
 * handed over, however it is opened again; of two descriptors on the same file each adds its own.
 * To change such a file's attributes is to write. To ask for its status is always allowed.
 *
 * Bounds: GRANT_CLIMB directories, as many as a path of PATH_MAX bytes can name; user code
 * can make more, one in the other. A walk that does not arrive at the top of its file system
 * is GRANT_UNKNOWN, which whoever asks takes for the answer that refuses. So is that of a file
 * that hangs on no directory. GRANT_PAGES are more than are ever written: with that many a
 * container is not created, and of stdio nothing is granted.
 */
#ifndef LOCKC_GRANT_BPF_H
#define LOCKC_GRANT_BPF_H

#include "member.bpf.h"

#define GRANT_CLIMB 2048
#define GRANT_PAGES 1024 /* ends a walk over one container's; none has so many */

/* Beside kinds in what is looked for: at least these flags. */
#define GRANT_WITH(flags) ((flags) << 8)
/*
 * … and whatever its generation, where "not given" lets something through: the owner of an
 * inode may change that (FS_IOC_SETVERSION). No kind has this bit.
 */
#define GRANT_ANY_GENERATION 0x80

struct grant_question {
	__u64 container;
	__u64 superblock;
	__u64 ino; /* kernel_number */
	__u32 dev;
	__u32 generation;
	__u32 wanted;
	__u32 unused;
};

static __always_inline bool grant_in_page(const struct lockc_grant_page *page,
					  const struct grant_question *asked)
{
	__u32 flags = asked->wanted >> 8;
	/* All bits, or none where any will do: without a branch, of which the verifier goes both ways. */
	__u32 counting = (asked->wanted / GRANT_ANY_GENERATION & 1) - 1;
	int i;

	barrier_var(counting);

#pragma unroll
	for (i = 0; i < LOCKC_PAGE_GRANTS; i++)
		if (((page->ino[i] == asked->ino &&
		      !((page->generation[i] ^ asked->generation) & counting)) ||
		     page->kind[i] == LOCKC_GRANT_SUPERBLOCK) &&
		    page->superblock[i] == asked->superblock && page->dev[i] == asked->dev &&
		    (page->kind[i] & asked->wanted) && (page->flags[i] & flags) == flags)
			return 1;
	return 0;
}

struct grant_search {
	struct lockc_grant_key key;
	struct grant_question asked;
	bool found;
};

static long grant_search_page(__u32 index, struct grant_search *search)
{
	struct lockc_grant_page *page;

	search->key.page = index + 1;
	page = bpf_map_lookup_elem(&grants, &search->key);
	if (!page)
		return 1;
	search->found = grant_in_page(page, &search->asked);
	return search->found;
}

static __noinline bool grant_find_further(const struct grant_question *asked)
{
	struct grant_search search = {
		.key = { .container = asked->container },
		.asked = *asked,
	};

	bpf_loop(GRANT_PAGES, grant_search_page, &search, 0);
	return search.found;
}

/*
 * Most containers have no second page. A global function, which the verifier looks at once
 * for each program and not for each place that asks.
 */
__noinline int grant_look_up(struct grant_question *asked)
{
	struct lockc_grant_key key = {};
	struct lockc_grant_page *page;

	if (!asked)
		return 0;
	key.container = asked->container;
	page = bpf_map_lookup_elem(&grants, &key);
	if (!page)
		return 0;
	return grant_in_page(page, asked) || grant_find_further(asked);
}

/* Where an inode lies, and which of those that had its number it is, in one: a call takes five. */
static __always_inline __u64 grant_which(__u32 dev, __u32 generation)
{
	return (__u64)generation << 32 | dev;
}

/* Whether there is such a grant. */
static __noinline bool grant_find(__u64 container, __u64 superblock, __u64 ino, __u64 which,
				  __u32 wanted)
{
	struct grant_question asked = {
		.container = container,
		.superblock = superblock,
		.ino = ino,
		.dev = which,
		.generation = which >> 32,
		.wanted = wanted,
	};

	return grant_look_up(&asked);
}

static __always_inline bool grant_exists(__u64 container, struct inode *inode, __u32 wanted)
{
	struct super_block *sb = inode->i_sb;

	return grant_find(container, (__u64)sb, kernel_number(inode),
			  grant_which(sb->s_dev, inode->i_generation), wanted);
}

/* Nobody writes it; but the only constant is kernel_by_function (ctl/ffi/libbpf.ts). */
struct lockc_grant_page grant_empty_page;

/*
 * A container that ends loses its record first and its pages then, so either who ends it
 * sees this page or it is seen here that the record is gone.
 */
static __always_inline struct lockc_grant_page *grant_add_page(struct lockc_grant_key *key)
{
	if (key->page >= GRANT_PAGES)
		return NULL;
	bpf_map_update_elem(&grants, key, &grant_empty_page, BPF_NOEXIST);
	if (!bpf_map_lookup_elem(&containers, &key->container))
		bpf_map_delete_elem(&grants, key);
	return bpf_map_lookup_elem(&grants, key);
}

/* `wanted` as for grant_find, of what is not recorded yet. 0; 1: no room, or the container has ended. */
static __always_inline int grant_append(__u64 container, __u64 superblock, __u64 ino, __u64 which,
					__u32 wanted)
{
	struct lockc_grant_key key = { .container = container };
	struct lockc_container *record;
	struct lockc_grant_page *page;
	__u32 place;

	record = bpf_map_lookup_elem(&containers, &container);
	if (!record)
		return 1;
	place = __sync_fetch_and_add(&record->granted, 1);
	key.page = place / LOCKC_PAGE_GRANTS;
	place %= LOCKC_PAGE_GRANTS;
	page = bpf_map_lookup_elem(&grants, &key);
	if (!page)
		page = grant_add_page(&key);
	if (!page)
		return 1;
	page->superblock[place] = superblock;
	page->ino[place] = ino;
	page->dev[place] = which;
	page->generation[place] = which >> 32;
	page->flags[place] = wanted >> 8;
	barrier();
	page->kind[place] = wanted;
	return 0;
}

/* The same, once. */
static __noinline int grant_record(__u64 container, __u64 superblock, __u64 ino, __u64 which,
				   __u32 wanted)
{
	return grant_find(container, superblock, ino, which, wanted) ?
		       0 :
		       grant_append(container, superblock, ino, which, wanted);
}

struct grant_drop {
	struct lockc_grant_key key;
	__u32 pages; /* at least so many are tried */
};

static long grant_drop_page(__u32 index, struct grant_drop *drop)
{
	drop->key.page = index;
	return bpf_map_delete_elem(&grants, &drop->key) && index >= drop->pages;
}

/* Whatever the container was given; its record is gone, in which so many places were taken. */
static __always_inline void grant_drop_all(__u64 container, __u32 granted)
{
	struct grant_drop drop = {
		.key = { .container = container },
		.pages = granted / LOCKC_PAGE_GRANTS + 1,
	};

	bpf_loop(GRANT_PAGES, grant_drop_page, &drop, 0);
}

struct grant_forget {
	struct lockc_grant_key key;
	__u64 superblock;
};

static long grant_forget_page(__u32 index, struct grant_forget *forget)
{
	struct lockc_grant_page *page;
	int i;

	forget->key.page = index;
	page = bpf_map_lookup_elem(&grants, &forget->key);
	if (!page)
		return 1;
#pragma unroll
	for (i = 0; i < LOCKC_PAGE_GRANTS; i++)
		if (page->superblock[i] == forget->superblock)
			page->kind[i] = LOCKC_GRANT_NONE;
	return 0;
}

/* The file system is gone, and its address and number are used again. */
static __noinline void grant_forget_superblock(__u64 container, __u64 superblock)
{
	struct grant_forget forget = { .key = { .container = container }, .superblock = superblock };

	bpf_loop(GRANT_PAGES, grant_forget_page, &forget, 0);
}

/* Character devices that hold nothing of the host: null, zero, full, random, urandom, tty. */
static __always_inline bool grant_is_harmless(__u32 dev)
{
	switch (dev) {
	case KERNEL_DEV(1, 3):
	case KERNEL_DEV(1, 5):
	case KERNEL_DEV(1, 7):
	case KERNEL_DEV(1, 8):
	case KERNEL_DEV(1, 9):
	case KERNEL_DEV(5, 0):
		return 1;
	}
	return 0;
}

/* Whether the runtime handed this file over, for all of what is wanted: enum lockc_access bits. */
static __always_inline bool grant_hands_over(const struct member *m, struct inode *inode,
					     __u32 wanted)
{
	const __u32 read = LOCKC_GRANT_FILE | GRANT_WITH(LOCKC_GRANT_FLAG_READ);
	const __u32 write = LOCKC_GRANT_FILE | GRANT_WITH(LOCKC_GRANT_FLAG_WRITE);

	if (!wanted)
		return grant_exists(m->key, inode, LOCKC_GRANT_FILE);
	return (!(wanted & LOCKC_ACCESS_READ) || grant_exists(m->key, inode, read)) &&
	       (!(wanted & LOCKC_ACCESS_WRITE) || grant_exists(m->key, inode, write));
}

/* Whether its policy lets the container's user code mount. */
static __always_inline bool grant_may_mount(const struct lockc_container *container)
{
	return container && !(member_enforced(container) & LOCKC_RULE_MOUNT);
}

/*
 * The file system, which is new, was made for the container that may mount, or by it. 0; else there
 * is no room.
 */
static __always_inline int grant_make(__u64 container, __u64 superblock)
{
	return bpf_map_update_elem(&superblocks, &superblock, &container, BPF_ANY);
}

/*
 * A container was given a file system that is not new, maybe another's. As no address is odd,
 * that is noted beside who made it. 0; else there is no room.
 */
static __always_inline int grant_share(__u64 superblock)
{
	__u64 shared = superblock + 1, nobody = 0;

	return bpf_map_update_elem(&superblocks, &shared, &nobody, BPF_ANY);
}

static __always_inline bool grant_is_made(__u64 container, __u64 superblock)
{
	__u64 *owner = bpf_map_lookup_elem(&superblocks, &superblock);

	return owner && *owner == container;
}

static __always_inline bool grant_mounted(const struct member *m, struct dentry *root);

/*
 * Whether the container was given what lies at this path: its root file system,
 * a mount of the kernel's own, a mount whose root the shim approved, a file
 * system its runtime made for it, a common device, its stdio, for what is wanted; or it has
 * mounted it with its policy's leave.
 */
static __always_inline bool grant_covers(const struct member *m, struct vfsmount *mnt,
					 struct dentry *dentry, __u32 wanted)
{
	struct inode *root = mnt->mnt_root->d_inode, *inode;

	/* Of a root in a btrfs this number is not the recorded one: it is found below. */
	if (member_has_root(m, mnt->mnt_sb, root->i_ino))
		return 1;
	if (kernel_mount_internal(mnt))
		return 1;
	if (grant_exists(m->key, root, LOCKC_GRANT_MOUNT | LOCKC_GRANT_SUPERBLOCK))
		return 1;
	inode = dentry->d_inode;
	return ((inode->i_mode & S_IFMT) == S_IFCHR && grant_is_harmless(inode->i_rdev)) ||
	       grant_hands_over(m, inode, wanted) || grant_mounted(m, mnt->mnt_root);
}

/* Where a walk up from a dentry led. */
enum { GRANT_NOT_ABOVE = 0, GRANT_ABOVE = 1, GRANT_UNKNOWN = 2 };

/* Dentries are numbers here, as in pseudo.bpf.h. */
struct grant_way_up {
	__u64 container;
	__u64 from;
	__u64 wanted;
};

struct grant_walk {
	struct grant_question asked;
	__u64 magic;
	__u64 at;
	bool found;
	bool arrived; /* at the top */
};

static long grant_climb(__u32 index, struct grant_walk *walk)
{
	struct dentry *dentry = (void *)walk->at;
	__u64 parent = (__u64)BPF_CORE_READ(dentry, d_parent);
	struct inode *inode = BPF_CORE_READ(dentry, d_inode);

	walk->asked.ino = kernel_number_in(walk->magic, BPF_CORE_READ(inode, i_ino), inode);
	walk->asked.generation = BPF_CORE_READ(inode, i_generation);
	walk->found = grant_look_up(&walk->asked);
	if (walk->found)
		return 1;
	if (parent == walk->at) {
		walk->arrived = (BPF_CORE_READ(inode, i_mode) & S_IFMT) == S_IFDIR;
		return 1;
	}
	walk->at = parent;
	return 0;
}

/* Global like grant_look_up. */
__noinline int grant_walk_up(struct grant_way_up *climb)
{
	struct grant_walk walk = {};
	struct dentry *dentry;
	struct super_block *sb;

	if (!climb)
		return GRANT_UNKNOWN;
	dentry = (void *)climb->from;
	sb = BPF_CORE_READ(dentry, d_sb);
	walk.at = climb->from;
	walk.asked.container = climb->container;
	walk.asked.superblock = (__u64)sb;
	walk.asked.dev = BPF_CORE_READ(sb, s_dev);
	walk.magic = BPF_CORE_READ(sb, s_magic);
	walk.asked.wanted = climb->wanted;
	bpf_loop(GRANT_CLIMB, grant_climb, &walk, 0);
	if (walk.found)
		return GRANT_ABOVE;
	return walk.arrived ? GRANT_NOT_ABOVE : GRANT_UNKNOWN;
}

/* Where a walk up to such a grant leads. */
static __always_inline int grant_look_above(__u64 container, __u64 at, __u64 wanted)
{
	struct grant_way_up climb = { .container = container, .from = at, .wanted = wanted };

	return grant_walk_up(&climb);
}

/*
 * Whether the dentry is, or lies below, a directory that was given with these flags. With any
 * it is asked by what would be let through otherwise, without by what would be refused.
 */
static __always_inline int grant_above(__u64 container, __u64 at, __u32 flags)
{
	return grant_look_above(container, at,
				LOCKC_GRANT_MOUNT | GRANT_WITH(flags) |
					(flags ? GRANT_ANY_GENERATION : 0));
}

/*
 * Whether a mount with the root `from` is what user code made with its policy's leave: of a file
 * system of its own, or a bind of a part of what it was given. Asked last, of what is refused
 * otherwise. Global like grant_look_up.
 */
__noinline int grant_is_mounted(struct grant_way_up *climb)
{
	struct dentry *root;
	__u64 container;

	if (!climb)
		return 0;
	root = (void *)climb->from;
	container = climb->container;
	if (grant_is_made(container, (__u64)BPF_CORE_READ(root, d_sb)))
		return 1;
	return grant_may_mount(bpf_map_lookup_elem(&containers, &container)) &&
	       grant_walk_up(climb) == GRANT_ABOVE;
}

static __always_inline bool grant_mounted(const struct member *m, struct dentry *root)
{
	struct grant_way_up climb = {
		.container = m->key,
		.from = (__u64)root,
		.wanted = LOCKC_GRANT_MOUNT,
	};

	return grant_is_mounted(&climb);
}

/* Whether the file system is the container's as a whole: its root, or made for it or by it. */
static __always_inline bool grant_owns(const struct member *m, __u64 at)
{
	struct super_block *sb = (void *)at;

	return member_has_root(m, sb, BPF_CORE_READ(sb, s_root, d_inode, i_ino)) ||
	       grant_find(m->key, at, 0, BPF_CORE_READ(sb, s_dev),
			  LOCKC_GRANT_SUPERBLOCK) ||
	       grant_is_made(m->key, at);
}

/* grant_covers for a dentry without a mount. */
static __always_inline bool grant_reaches(const struct member *m, struct dentry *dentry)
{
	return grant_owns(m, (__u64)BPF_CORE_READ(dentry, d_sb)) ||
	       grant_above(m->key, (__u64)dentry, 0) == GRANT_ABOVE;
}

/*
 * grant_reaches for a socket: of a directory that was given only to look at (access: read-all) none
 * is reached, unless it lies in another one as well.
 */
static __always_inline bool grant_talks(const struct member *m, struct dentry *dentry)
{
	return grant_owns(m, (__u64)BPF_CORE_READ(dentry, d_sb)) ||
	       grant_look_above(m->key, (__u64)dentry,
				LOCKC_GRANT_MOUNT | GRANT_WITH(LOCKC_GRANT_FLAG_TALK)) ==
		       GRANT_ABOVE;
}

/* enum lockc_grant_flag bits: how it was opened. */
static __always_inline __u32 grant_mode(struct file *file)
{
	unsigned int mode = BPF_CORE_READ(file, f_mode);

	return (mode & FMODE_READ ? LOCKC_GRANT_FLAG_READ : 0) |
	       (mode & FMODE_WRITE ? LOCKC_GRANT_FLAG_WRITE : 0);
}

/*
 * Stdio that the runtime hands over stays usable when it is reopened by name
 * (/dev/stdout) although it lies on a mount of the host: a log file, a terminal,
 * the engine's fifo. Directories and block devices are never granted.
 */
static __always_inline void grant_stdio(__u64 container, struct task_struct *task)
{
	struct fdtable *fdt = task->files->fdt;
	struct file **fds = BPF_CORE_READ(fdt, fd);
	unsigned long closing = 0;
	int fd;

	bpf_probe_read_kernel(&closing, sizeof(closing), BPF_CORE_READ(fdt, close_on_exec));

#pragma unroll
	for (fd = 0; fd < 3; fd++) {
		struct file *file = NULL;
		struct inode *inode;
		struct super_block *sb;
		__u64 number;
		__u32 type;

		bpf_probe_read_kernel(&file, sizeof(file), fds + fd);
		if (!file || (closing >> fd & 1))
			continue;
		inode = BPF_CORE_READ(file, f_inode);
		sb = BPF_CORE_READ(inode, i_sb);
		type = BPF_CORE_READ(inode, i_mode) & S_IFMT;
		number = kernel_number_at(inode);
		if (number && (type == S_IFREG || type == S_IFIFO || type == S_IFCHR) &&
		    !kernel_mount_internal(BPF_CORE_READ(file, f_path.mnt)))
			grant_record(container, (__u64)sb, number,
				     grant_which(BPF_CORE_READ(sb, s_dev),
						 BPF_CORE_READ(inode, i_generation)),
				     LOCKC_GRANT_FILE | GRANT_WITH(grant_mode(file)));
	}
}

#endif
