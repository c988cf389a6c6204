/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fields of kernel structures that lockc reads, and no others. Offsets are
 * relocated at load (CO-RE), so one object serves every kernel; where a field
 * moved between kernels there is a getter below.
 */
#ifndef LOCKC_KERNEL_BPF_H
#define LOCKC_KERNEL_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef _Bool bool;

enum { EPERM = 1, ENOENT = 2, ENOMEM = 12, ENOSPC = 28 };

#define S_IFMT 0170000
#define S_IFCHR 0020000
#define S_IFREG 0100000
#define S_IFIFO 0010000

#define FMODE_EXEC_FLAG 0x20		  /* __FMODE_EXEC in f_flags: an open for execve */
#define BPF_FS_MAGIC 0xcafe4a11
#define MNT_NS_INTERNAL ((__u64)(__s64)-22) /* ERR_PTR(-EINVAL), fs/mount.h */

#define KERNEL_DEV(major, minor) (((major) << 20) | (minor))

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	int counter;
} atomic_t;

struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
};

struct inode {
	unsigned short i_mode;
	__u32 i_rdev;
	unsigned long i_ino;
	struct super_block *i_sb;
};

struct dentry {
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};

struct mnt_namespace;

struct mount {
	struct vfsmount mnt;
	struct mnt_namespace *mnt_ns;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	unsigned int f_flags;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root;
};

struct nsproxy {
	struct mnt_namespace *mnt_ns;
};

struct signal_struct {
	atomic_t live;
};

struct bpf_local_storage;

struct user_namespace {
	int level;
};

struct cred {
	struct user_namespace *user_ns;
};

struct task_struct {
	int pid;
	int tgid;
	struct cred *cred;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct files_struct *files;
	struct fs_struct *fs;
	struct bpf_local_storage *bpf_storage;
};

struct linux_binprm {
	struct file *file;
};

/* Up to 6.17 a mount namespace's never-reused number is `seq` … */
struct mnt_namespace___seq {
	__u64 seq;
};

/* … later it is the id that every namespace has. */
struct ns_common___id {
	__u64 ns_id;
};

struct mnt_namespace___id {
	struct ns_common___id ns;
};

#pragma clang attribute pop

/*
 * The number of the task's mount namespace. Unlike the inode number that
 * /proc/PID/ns/mnt shows it is never given to another namespace while the host
 * is up. 0: the task has none (it is exiting).
 */
static __always_inline __u64 kernel_mntns(struct task_struct *task)
{
	struct mnt_namespace *ns = task->nsproxy->mnt_ns;

	if (bpf_core_field_exists(struct mnt_namespace___id, ns.ns_id))
		return ((struct mnt_namespace___id *)ns)->ns.ns_id;
	return ((struct mnt_namespace___seq *)ns)->seq;
}

/*
 * Whether the kernel keeps this mount for itself: private clones through which
 * overlayfs opens its layers, pipefs, sockfs, memfd's tmpfs. No path leads to one.
 */
static __always_inline bool kernel_mount_internal(struct vfsmount *mnt)
{
	struct mount *real = (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));

	return (__u64)BPF_CORE_READ(real, mnt_ns) == MNT_NS_INTERNAL;
}

#endif
