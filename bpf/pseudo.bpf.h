/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proc, sysfs and the kernel's other file systems: which of their files user code reads
 * and writes is decided by the path inside the file system, not by where it is mounted.
 * So a second mount, a bind of a part, a mask that the engine forgot or that somebody
 * took away change nothing. Asked by file.bpf.h's hooks, after provenance:
 *
 *   file_open                             for reading, for writing; not for devices
 *   path_truncate, path_chmod, path_chown  as writing
 *   path_{unlink,mkdir,rmdir,mknod,symlink,link,rename}
 *                                         as writing what comes or goes
 *
 * A rule is an entry of the map `pseudo`: {set, file system, hash of the path}; it
 * holds for the file and all below, the longest one decides. Without one: allowed.
 * bpffs is none of these: the rule BPF refuses all of it.
 *
 * A rule's path may have "**" as its last component but one: it then holds for each
 * component of the last one's name, anywhere below what stands before, the prefix, and for all
 * below it. It is an entry under the hash of just that text; the entry of the prefix says
 * by a bit that there are such, so that only what lies below pays for a second look-up of each
 * component. It counts as a rule for the component that it met: a rule that reaches deeper
 * decides before it, and so does one for that very path. Of prefixes the last one met is
 * remembered: lockctl gives one that lies below another the other's rules as well.
 *
 * In proc each process's directory goes by the name of "self", as numbers say nothing.
 *
 * What the runtime opens in the container's place is judged alike (inside.bpf.h), but for
 * kernel parameters that config.json may set: those it may open for writing only.
 *
 * cgroup v2 may be left open for the container's own cgroup and what is below: known by
 * the id that the kernel gave it, which is the inode number of its directory. There the
 * limits of the cgroup itself, which were set from outside, can not be written.
 *
 * Bounds: LOCKC_PSEUDO_REACH components count from the root down, each found by a climb of
 * its own from below, as BPF has 512 bytes of stack and callers use most of them; no path of a
 * rule is longer, so what lies deeper has met each that concerns it; below a prefix of "**",
 * where it might meet another, it is refused. Names are hashed whole.
 * PSEUDO_CLIMB ends a walk that does not end by itself; no file lies so deep, and what never
 * arrives at the root is refused: a file handle, and, up to 6.4, all of such a file system
 * below an overlayfs, which gives it a path of its own.
 *
 * Known gaps: stat, utimes and extended attributes are not asked about. A file that
 * was opened before or passed in stays open. Network devices can be renamed with
 * CAP_NET_ADMIN, so a rule should not rely on such a name. In cgroup v1, whose ids are
 * each hierarchy's own, no cgroup is a container's own.
 */
#ifndef LOCKC_PSEUDO_BPF_H
#define LOCKC_PSEUDO_BPF_H

#include "verdict.bpf.h"

#define PSEUDO_CLIMB 2048

#define PSEUDO_FNV_START 0xcbf29ce484222325ul
#define PSEUDO_FNV_PRIME 0x100000001b3ul
#define PSEUDO_PROCESS 0x055d15b19ef24018ul /* the hash of "/self" */
#define PSEUDO_CGROUP 0x2e70756f726763ul /* "cgroup." */

/* Dentries are numbers here: they are read with BPF_CORE_READ, not followed. */
static long pseudo_rise(__u32 index, __u64 *at)
{
	struct dentry *dentry = (void *)*at;

	*at = (__u64)BPF_CORE_READ(dentry, d_parent);
	return 0;
}

/* The directory so many steps up. */
static __always_inline __u64 pseudo_ancestor(__u64 dentry, __u32 steps)
{
	bpf_loop(steps, pseudo_rise, &dentry, 0);
	return dentry;
}

static __always_inline __u64 pseudo_hash_byte(__u64 hash, __u8 byte)
{
	return (hash ^ byte) * PSEUDO_FNV_PRIME;
}

/* Appends "/" and "**". */
static __always_inline __u64 pseudo_hash_any(__u64 hash)
{
	return pseudo_hash_byte(pseudo_hash_byte(pseudo_hash_byte(hash, '/'), '*'), '*');
}

struct pseudo_name {
	const unsigned char *at;
	__u32 left; /* not 0 in the end: it could not be read */
	__u64 hash;
};

/* Where names are kept comes in multiples of eight bytes. */
static long pseudo_hash_chunk(__u32 index, struct pseudo_name *name)
{
	__u64 chunk = 0;
	int i;

	if (!name->left)
		return 1;
	if (bpf_probe_read_kernel(&chunk, sizeof(chunk), name->at))
		return 1;
	for (i = 0; i < sizeof(chunk) && name->left; i++, name->left--, chunk >>= 8)
		name->hash = pseudo_hash_byte(name->hash, chunk);
	name->at += sizeof(chunk);
	return 0;
}

/* Appends "/" and the dentry's name to what `hash` is of. */
static __always_inline bool pseudo_hash_name(__u64 *hash, struct dentry *dentry)
{
	struct pseudo_name name = {
		.at = BPF_CORE_READ(dentry, d_name.name),
		.left = BPF_CORE_READ(dentry, d_name.len),
		.hash = pseudo_hash_byte(*hash, '/'),
	};

	bpf_loop(256 / sizeof(__u64), pseudo_hash_chunk, &name, 0);
	*hash = name.hash;
	return !name.left;
}

/* The hash with "/" and the name after it; 0: it could not be read. Global like pseudo_step. */
__noinline __u64 pseudo_hash_further(__u64 hash, __u64 dentry)
{
	return pseudo_hash_name(&hash, (struct dentry *)dentry) ? hash : 0;
}

static __always_inline bool pseudo_is_process(struct dentry *dentry)
{
	unsigned char first = 0;

	bpf_probe_read_kernel(&first, sizeof(first), BPF_CORE_READ(dentry, d_name.name));
	return first >= '0' && first <= '9';
}

struct pseudo_question {
	__u64 set;
	__u64 magic;
	__u64 root;
	__u64 dentry;
	__u64 own; /* the container's cgroup: inode number of its directory; 0: none, or elsewhere */
};

/* How far down the path has been followed. */
struct pseudo_here {
	__u64 path;   /* its hash */
	__u64 below;  /* of the last prefix of "**" that was met, and of that; 0: none was */
	__u64 access; /* what the rule that reaches deepest so far leaves open */
};

struct pseudo_walk {
	struct pseudo_here here;
	struct pseudo_question *asked;
	__u64 at;     /* on the way up; later the deepest one that counts */
	__u32 depth;
	__u32 above;  /* where the own cgroup was met: so many steps up from the file … */
	bool inside;  /* … if it was */
};

static long pseudo_climb(__u32 index, struct pseudo_walk *walk)
{
	struct dentry *dentry = (void *)walk->at;
	__u64 own = walk->asked->own;

	if (walk->at == walk->asked->root)
		return 1;
	if (own && BPF_CORE_READ(dentry, d_inode, i_ino) == own) {
		walk->inside = 1;
		walk->above = index;
	}
	walk->depth = index + 1;
	walk->at = (__u64)BPF_CORE_READ(dentry, d_parent);
	return 0;
}

static __always_inline __u32 *pseudo_look_up(__u64 set, __u64 magic, __u64 path)
{
	struct lockc_pseudo_key key = {
		.set = set,
		.path = path,
		.magic = magic,
	};

	return bpf_map_lookup_elem(&pseudo, &key);
}

static __always_inline void pseudo_meet(struct pseudo_here *here, __u64 set, __u64 magic)
{
	__u32 *access = pseudo_look_up(set, magic, here->path);

	if (!access)
		return;
	here->access = *access;
	if (*access & LOCKC_ACCESS_BELOW)
		here->below = pseudo_hash_any(here->path);
}

/* The rule for a component of that name anywhere below the prefix that was met last. */
static __always_inline void pseudo_meet_below(struct pseudo_here *here, __u64 set, __u64 magic,
					      __u64 dentry)
{
	__u32 *access;

	if (!here->below)
		return;
	access = pseudo_look_up(set, magic, pseudo_hash_further(here->below, dentry));
	if (access)
		here->access = *access;
}

static __always_inline __u64 pseudo_path_further(__u64 path, __u64 magic, __u64 dentry, __u32 index)
{
	if (index == 1 && magic == PROC_SUPER_MAGIC && pseudo_is_process((struct dentry *)dentry))
		return PSEUDO_PROCESS;
	return pseudo_hash_further(path, dentry);
}

/*
 * A component further down, or, of that number 0, the root, which has no name; 0: a name could
 * not be read. Global, as its branches would multiply in whatever asks.
 */
__noinline __u32 pseudo_step(struct pseudo_here *here, __u64 set, __u64 magic, __u64 dentry,
			     __u32 index)
{
	if (!here)
		return 0;
	if (index) {
		pseudo_meet_below(here, set, magic, dentry);
		here->path = pseudo_path_further(here->path, magic, dentry, index);
	}
	pseudo_meet(here, set, magic);
	return here->path != 0;
}

/* From the root down. */
static long pseudo_descend(__u32 index, struct pseudo_walk *walk)
{
	const struct pseudo_question *asked = walk->asked;
	__u64 at = 0;

	if (index)
		at = pseudo_ancestor(walk->at, walk->depth - index);
	if (pseudo_step(&walk->here, asked->set, asked->magic, at, index))
		return 0;
	walk->here.access = 0;
	return 1;
}

/* A file of a cgroup that does not only arrange what is below: memory.max and the like. */
static __always_inline bool pseudo_is_limit(struct dentry *dentry)
{
	__u64 name = 0;

	if ((BPF_CORE_READ(dentry, d_inode, i_mode) & S_IFMT) != S_IFREG)
		return 0;
	bpf_probe_read_kernel(&name, 7, BPF_CORE_READ(dentry, d_name.name));
	return name != PSEUDO_CGROUP;
}

/* Whether the file is the container's own cgroup's, or of a cgroup below. */
static __always_inline bool pseudo_is_own(const struct pseudo_walk *walk, struct dentry *dentry)
{
	return walk->inside && !(walk->above == 1 && pseudo_is_limit(dentry));
}

/* What a set of rules leaves open of a file. Global like grant_look_up. */
__noinline __u32 pseudo_access(struct pseudo_question *asked)
{
	struct pseudo_walk walk = {
		.asked = asked,
		.here = {
			.path = PSEUDO_FNV_START,
			.access = LOCKC_ACCESS_READ | LOCKC_ACCESS_WRITE,
		},
	};
	__u32 beyond = 0;

	if (!asked)
		return 0;
	walk.at = asked->dentry;
	bpf_loop(PSEUDO_CLIMB, pseudo_climb, &walk, 0);
	if (walk.at != asked->root)
		return 0;
	walk.at = asked->dentry;
	if (walk.depth > LOCKC_PSEUDO_REACH) {
		beyond = walk.depth - LOCKC_PSEUDO_REACH;
		walk.at = pseudo_ancestor(walk.at, beyond);
		walk.depth = LOCKC_PSEUDO_REACH;
	}
	bpf_loop(walk.depth + 1, pseudo_descend, &walk, 0);
	if (beyond && walk.here.below)
		return 0;
	if ((walk.here.access & LOCKC_ACCESS_OWN) &&
	    pseudo_is_own(&walk, (struct dentry *)asked->dentry))
		walk.here.access |= LOCKC_ACCESS_WRITE;
	return walk.here.access;
}

static __always_inline bool pseudo_has_rules(__u64 magic)
{
	switch (magic) {
	case PROC_SUPER_MAGIC:
	case SYSFS_MAGIC:
	case CGROUP_SUPER_MAGIC:
	case CGROUP2_SUPER_MAGIC:
	case DEBUGFS_MAGIC:
	case TRACEFS_MAGIC:
	case SECURITYFS_MAGIC:
	case CONFIGFS_MAGIC:
	case EFIVARFS_MAGIC:
	case FUSE_CTL_SUPER_MAGIC:
	case PSTOREFS_MAGIC:
	case BINFMTFS_MAGIC:
	case DEVTMPFS_MAGIC:
		return 1;
	}
	return 0;
}

/*
 * The inode tells where a file really lies; up to 6.5 overlayfs gives it a path of its own.
 * `mnt` is for events only: NULL where the hook is told none.
 */
static __always_inline int pseudo_verdict(struct member *m, const struct vfsmount *mnt,
					  struct dentry *dentry, struct inode *inode, __u32 wanted)
{
	struct super_block *sb = inode->i_sb;
	__u64 magic = kernel_magic(sb);

	if (magic == BPF_FS_MAGIC)
		return verdict_holds(m, LOCKC_RULE_BPF) ?
			       verdict_deny(m, LOCKC_RULE_BPF, event_file(mnt, dentry)) :
			       0;
	if (!pseudo_has_rules(magic) || !verdict_holds(m, LOCKC_RULE_PSEUDO))
		return 0;
	if (m->container) {
		__u32 access;
		struct pseudo_question asked = {
			.set = m->container->pseudo,
			.magic = magic,
			.root = (__u64)sb->s_root,
			.dentry = (__u64)dentry,
			.own = magic == CGROUP2_SUPER_MAGIC ? m->container->cgroup : 0,
		};

		access = pseudo_access(&asked);
		if (m->acting && (access & LOCKC_ACCESS_RUNTIME) && wanted == LOCKC_ACCESS_WRITE)
			return 0;
		if (!(wanted & ~access))
			return 0;
	}
	return verdict_deny(m, LOCKC_RULE_PSEUDO, event_access(mnt, dentry, wanted));
}

#endif
