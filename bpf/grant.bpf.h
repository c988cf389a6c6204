/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was a container given? Provenance of mounts: grants are recorded and
 * looked up here, by identities that a container cannot forge.
 *
 * Some hooks are told a dentry and no mount. For those the question is whether it lies
 * below anything that the container was given: through a mount of that it could be
 * reached. GRANT_CLIMB ends a walk that does not end by itself; no file lies so deep.
 */
#ifndef LOCKC_GRANT_BPF_H
#define LOCKC_GRANT_BPF_H

#include "member.bpf.h"

#define GRANT_CLIMB 256

static __always_inline int grant_record(__u64 container, struct super_block *sb, __u64 ino,
					__u32 kind, __u32 flags)
{
	struct lockc_grant_key key = {
		.container = container, .ino = ino, .dev = sb->s_dev, .kind = kind
	};
	struct lockc_grant grant = { .superblock = (__u64)sb, .flags = flags };

	return bpf_map_update_elem(&grants, &key, &grant, BPF_ANY) ? -ENOSPC : 0;
}

static __always_inline bool grant_exists(__u64 container, struct super_block *sb, __u64 ino,
					 __u32 kind)
{
	struct lockc_grant_key key = {
		.container = container, .ino = ino, .dev = sb->s_dev, .kind = kind
	};
	struct lockc_grant *grant = bpf_map_lookup_elem(&grants, &key);

	return grant && grant->superblock == (__u64)sb;
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

/*
 * Whether the container was given what lies at this path: its root file system,
 * a mount of the kernel's own, a mount whose root the shim approved, a file
 * system its runtime made for it, a common device, or its stdio.
 */
static __always_inline bool grant_covers(const struct member *m, struct vfsmount *mnt,
					 struct dentry *dentry)
{
	struct super_block *sb = mnt->mnt_sb;
	__u64 root = mnt->mnt_root->d_inode->i_ino;
	struct inode *inode;

	if (member_has_root(m, sb, root))
		return 1;
	if (kernel_mount_internal(mnt))
		return 1;
	if (grant_exists(m->key, sb, root, LOCKC_GRANT_MOUNT))
		return 1;
	if (grant_exists(m->key, sb, 0, LOCKC_GRANT_SUPERBLOCK))
		return 1;
	inode = dentry->d_inode;
	return ((inode->i_mode & S_IFMT) == S_IFCHR && grant_is_harmless(inode->i_rdev)) ||
	       grant_exists(m->key, inode->i_sb, inode->i_ino, LOCKC_GRANT_FILE);
}

/* Dentries are numbers here, as in pseudo.bpf.h. */
struct grant_walk {
	struct lockc_grant_key key;
	__u64 superblock;
	__u64 at;
	__u32 wanted; /* enum lockc_grant_flag bits of the grant that is looked for */
	bool found;
};

static long grant_climb(__u32 index, struct grant_walk *walk)
{
	struct dentry *dentry = (void *)walk->at;
	__u64 parent = (__u64)BPF_CORE_READ(dentry, d_parent);
	struct lockc_grant *grant;

	walk->key.ino = BPF_CORE_READ(dentry, d_inode, i_ino);
	grant = bpf_map_lookup_elem(&grants, &walk->key);
	if (grant && grant->superblock == walk->superblock &&
	    (grant->flags & walk->wanted) == walk->wanted) {
		walk->found = 1;
		return 1;
	}
	if (parent == walk->at)
		return 1;
	walk->at = parent;
	return 0;
}

/* Whether the dentry is, or lies below, what the container was given with these flags. */
static __noinline bool grant_above(__u64 container, __u64 at, __u32 wanted)
{
	struct dentry *dentry = (void *)at;
	struct super_block *sb = BPF_CORE_READ(dentry, d_sb);
	struct grant_walk walk = {
		.key = { .container = container,
			 .dev = BPF_CORE_READ(sb, s_dev),
			 .kind = LOCKC_GRANT_MOUNT },
		.superblock = (__u64)sb,
		.at = at,
		.wanted = wanted,
	};

	bpf_loop(GRANT_CLIMB, grant_climb, &walk, 0);
	return walk.found;
}

/* Whether the file system is the container's as a whole: its root, or made for it. */
static __always_inline bool grant_owns(const struct member *m, __u64 at)
{
	struct super_block *sb = (void *)at;
	struct lockc_grant_key key = {
		.container = m->key,
		.dev = BPF_CORE_READ(sb, s_dev),
		.kind = LOCKC_GRANT_SUPERBLOCK,
	};
	struct lockc_grant *grant;

	if (member_has_root(m, sb, BPF_CORE_READ(sb, s_root, d_inode, i_ino)))
		return 1;
	grant = bpf_map_lookup_elem(&grants, &key);
	return grant && grant->superblock == at;
}

/* grant_covers for a dentry without a mount. */
static __always_inline bool grant_reaches(const struct member *m, struct dentry *dentry)
{
	return grant_owns(m, (__u64)BPF_CORE_READ(dentry, d_sb)) ||
	       grant_above(m->key, (__u64)dentry, 0);
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
		__u32 type;

		bpf_probe_read_kernel(&file, sizeof(file), fds + fd);
		if (!file || (closing >> fd & 1))
			continue;
		inode = BPF_CORE_READ(file, f_inode);
		sb = BPF_CORE_READ(inode, i_sb);
		type = BPF_CORE_READ(inode, i_mode) & S_IFMT;
		if (type == S_IFREG || type == S_IFIFO || type == S_IFCHR) {
			struct lockc_grant_key key = {
				.container = container,
				.ino = BPF_CORE_READ(inode, i_ino),
				.dev = BPF_CORE_READ(sb, s_dev),
				.kind = LOCKC_GRANT_FILE,
			};
			struct lockc_grant grant = { .superblock = (__u64)sb };

			if (!kernel_mount_internal(BPF_CORE_READ(file, f_path.mnt)))
				bpf_map_update_elem(&grants, &key, &grant, BPF_ANY);
		}
	}
}

#endif
