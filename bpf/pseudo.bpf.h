/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proc and sysfs: which of their files user code reads and writes is decided by the
 * path inside the file system, not by where it is mounted. So a second mount, a bind
 * of a part, a mask that the engine forgot or that somebody took away change nothing.
 * Asked by file.bpf.h's hooks, after provenance:
 *
 *   file_open                            for reading, for writing
 *   path_truncate, path_chmod, path_chown  as writing
 *
 * A rule is an entry of the map `pseudo`: {set, file system, hash of the path}; it
 * holds for the file and all below, the longest one decides. Without one: allowed.
 *
 * Bounds: LOCKC_PSEUDO_DEPTH components count from the root down, since BPF has 512
 * bytes of stack; no rule is longer, so what lies deeper has met each that concerns it.
 * Names are hashed whole. PSEUDO_CLIMB ends a walk that does not end by itself; no
 * file lies so deep, and what never arrives at the root (a file handle) is refused.
 *
 * Known gaps: utimes, extended attributes and stat are not asked about. A file that
 * was opened before or passed in stays open. Network devices can be renamed with
 * CAP_NET_ADMIN, so a rule should not rely on such a name. Other file systems
 * (debugfs, tracefs, securityfs, cgroup) have no rules: the engine mounts them or not.
 */
#ifndef LOCKC_PSEUDO_BPF_H
#define LOCKC_PSEUDO_BPF_H

#include "verdict.bpf.h"

#define PSEUDO_CLIMB 256

#define PSEUDO_FNV_START 0xcbf29ce484222325ul
#define PSEUDO_FNV_PRIME 0x100000001b3ul

/* Dentries are numbers here: they are read with BPF_CORE_READ, not followed. */
struct pseudo_walk {
	__u64 dentry[LOCKC_PSEUDO_DEPTH]; /* a ring: the last ones seen, nearest to the root */
	__u64 at;
	__u64 root;
	__u32 depth;
	__u32 access; /* what the longest rule so far leaves open */
	struct lockc_pseudo_key key;
};

static long pseudo_climb(__u32 index, struct pseudo_walk *walk)
{
	struct dentry *dentry = (void *)walk->at;

	if (walk->at == walk->root)
		return 1;
	walk->dentry[index % LOCKC_PSEUDO_DEPTH] = walk->at;
	walk->depth = index + 1;
	walk->at = (__u64)BPF_CORE_READ(dentry, d_parent);
	return 0;
}

static __always_inline __u64 pseudo_hash_byte(__u64 hash, __u8 byte)
{
	return (hash ^ byte) * PSEUDO_FNV_PRIME;
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

static __always_inline void pseudo_look_up(struct pseudo_walk *walk)
{
	__u32 *access = bpf_map_lookup_elem(&pseudo, &walk->key);

	if (access)
		walk->access = *access;
}

static long pseudo_descend(__u32 index, struct pseudo_walk *walk)
{
	__u32 place = (walk->depth - 1 - index) % LOCKC_PSEUDO_DEPTH;

	if (!pseudo_hash_name(&walk->key.path, (struct dentry *)walk->dentry[place])) {
		walk->access = 0;
		return 1;
	}
	pseudo_look_up(walk);
	return 0;
}

/* What a set of rules leaves open of a file. */
static __noinline __u32 pseudo_access(__u64 set, __u64 magic, __u64 root, __u64 dentry)
{
	struct pseudo_walk walk = {
		.at = dentry,
		.root = root,
		.access = LOCKC_ACCESS_READ | LOCKC_ACCESS_WRITE,
		.key = { .set = set, .magic = magic, .path = PSEUDO_FNV_START },
	};
	__u32 depth;

	bpf_loop(PSEUDO_CLIMB, pseudo_climb, &walk, 0);
	if (walk.at != walk.root)
		return 0;
	depth = walk.depth;
	pseudo_look_up(&walk);
	bpf_loop(depth < LOCKC_PSEUDO_DEPTH ? depth : LOCKC_PSEUDO_DEPTH, pseudo_descend, &walk, 0);
	return walk.access;
}

/* The inode tells where a file really lies; up to 6.5 overlayfs gives it a path of its own. */
static __always_inline int pseudo_verdict(struct member *m, struct dentry *dentry,
					  struct inode *inode, __u32 wanted)
{
	struct super_block *sb = inode->i_sb;
	__u64 magic = sb->s_magic;

	if (magic != PROC_SUPER_MAGIC && magic != SYSFS_MAGIC)
		return 0;
	if (!verdict_holds(m, LOCKC_RULE_PSEUDO))
		return 0;
	if (m->container && !(wanted & ~pseudo_access(m->container->pseudo, magic,
						      (__u64)sb->s_root, (__u64)dentry)))
		return 0;
	return verdict_deny(m, LOCKC_RULE_PSEUDO);
}

/* An open for neither (for ioctl only) takes the permission for both. */
static __always_inline __u32 pseudo_wanted(struct file *file)
{
	__u32 wanted = 0;

	if (file->f_mode & FMODE_READ)
		wanted |= LOCKC_ACCESS_READ;
	if ((file->f_mode & FMODE_WRITE) || (file->f_flags & O_TRUNC))
		wanted |= LOCKC_ACCESS_WRITE;
	return wanted ? wanted : LOCKC_ACCESS_READ | LOCKC_ACCESS_WRITE;
}

#endif
