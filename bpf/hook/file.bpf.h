/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files: user code reaches only what lies on mounts that its container was
 * given. How it got there does not matter: a symlink swapped between check and
 * mount, a leaked directory (CVE-2024-21626), a descriptor passed over a socket.
 *
 *   file_open                         open(2) and its kin, execve(2), io_uring
 *   path_{unlink,mkdir,rmdir,mknod,
 *   symlink,link,rename,truncate,
 *   chmod,chown,chroot}               changes that need no open file
 *   path_notify                       inotify_add_watch(2), fanotify_mark(2)
 *   inode_getattr                     stat(2); while the shim is ENROLLING each stat is a grant,
 *                                     or a prospect (prospect.bpf.h)
 *
 * What of devices (device.bpf.h), and of proc, sysfs and the like (pseudo.bpf.h) is open to
 * it comes second. What can be asked of a file without its mount is attr.bpf.h's.
 *
 * link(2) and rename(2) never cross mounts (EXDEV), so one of their two sides tells.
 */
#ifndef LOCKC_HOOK_FILE_BPF_H
#define LOCKC_HOOK_FILE_BPF_H

#include "hook/attr.bpf.h"
#include "hook/cred.bpf.h"
#include "device.bpf.h"
#include "hook/fileless.bpf.h"
#include "hook/inside.bpf.h"
#include "hook/lifecycle.bpf.h"
#include "hook/process.bpf.h"
#include "pseudo.bpf.h"
#include "token.bpf.h"

/* `named`: what it is about, the path's own or an entry of it. `wanted`: enum lockc_access bits. */
static __always_inline int file_verdict(struct member *m, const struct path *path,
					const struct dentry *named, __u32 wanted)
{
	if (!verdict_concerns(m, LOCKC_RULE_FILES))
		return 0;
	return grant_covers(m, path->mnt, path->dentry, wanted) ?
		       0 :
		       verdict_deny(m, LOCKC_RULE_FILES, event_file(path->mnt, named));
}

/* For what changes a file without opening it. */
static __always_inline int file_check_change(__u32 hook, const struct path *path)
{
	struct member m = member_current(hook);
	int failed;

	if (!verdict_confined(&m))
		return 0;
	failed = file_verdict(&m, path, path->dentry, LOCKC_ACCESS_WRITE);
	return failed ? failed :
			pseudo_verdict(&m, path->mnt, path->dentry, path->dentry->d_inode,
				       LOCKC_ACCESS_WRITE);
}

/* … and for a name in a directory that comes or goes, whether or not there is a file yet. */
static __always_inline int file_verdict_entry(struct member *m, const struct path *dir,
					      struct dentry *entry)
{
	int failed;

	if (!verdict_confined(m))
		return 0;
	failed = file_verdict(m, dir, entry, LOCKC_ACCESS_WRITE);
	return failed ? failed :
			pseudo_verdict(m, dir->mnt, entry, dir->dentry->d_inode,
				       LOCKC_ACCESS_WRITE);
}

static __always_inline int file_check_entry(__u32 hook, const struct path *dir,
					    struct dentry *entry)
{
	struct member m = member_current(hook);

	return file_verdict_entry(&m, dir, entry);
}

/*
 * An open for neither (for ioctl only) takes the permission for both. Computed without a branch:
 * the verifier would follow all that comes after once for each.
 */
static __always_inline __u32 file_wanted(struct file *file)
{
	const __u32 both = LOCKC_ACCESS_READ | LOCKC_ACCESS_WRITE;
	__u32 truncates = (file->f_flags & O_TRUNC) / O_TRUNC;
	__u32 wanted = (file->f_mode & both) | (truncates * LOCKC_ACCESS_WRITE);
	__u32 neither;

	_Static_assert(FMODE_READ == LOCKC_ACCESS_READ && FMODE_WRITE == LOCKC_ACCESS_WRITE,
		       "an open's mode is not the access that it wants");
	barrier_var(wanted);
	neither = (wanted - 1) >> 31;
	barrier_var(neither);
	return wanted | neither * both;
}

/* An open file is about to be used: user code opened it, or it was passed in. */
static __always_inline int file_use_verdict(struct member *m, struct file *file)
{
	__u32 wanted;
	int failed;

	if (!verdict_confined(m))
		return 0;
	wanted = file_wanted(file);
	failed = file_verdict(m, &file->f_path, file->f_path.dentry, wanted);
	if (failed)
		return failed;
	if (device_type(file->f_inode->i_mode))
		return device_verdict_open(m, file, wanted);
	failed = pseudo_verdict(m, file->f_path.mnt, file->f_path.dentry, file->f_inode, wanted);
	if (failed || m->acting || !(wanted & LOCKC_ACCESS_WRITE))
		return failed;
	switch (file->f_inode->i_sb->s_magic) {
	case PROC_SUPER_MAGIC:
		return process_verdict(m, file->f_inode);
	case CGROUP_SUPER_MAGIC:
	case CGROUP2_SUPER_MAGIC:
		return process_verdict_cgroup(m, file);
	}
	return 0;
}

/*
 * overlayfs asks about the file in its layer what it was asked about its own: with
 * credentials of its own, and through a mount that no path leads to.
 */
static __always_inline bool file_is_layers(struct task_struct *task, struct vfsmount *mnt)
{
	return cred_is_put_on(task, task->cred) && kernel_mount_internal(mnt);
}

/* The same for an open: up to 6.5 the path is that of overlayfs' own file. */
static __always_inline bool file_opens_layers(struct task_struct *task, struct file *file)
{
	return cred_is_put_on(task, task->cred) &&
	       (file->f_inode != file->f_path.dentry->d_inode ||
		kernel_mount_internal(file->f_path.mnt));
}

/*
 * Whether the open of such a file has nothing to add: it is granted, is no device and no
 * pseudo file, and there is no runtime whose credentials are to be learned. The guard knows
 * binaries by the inode in the layer, too.
 */
static __always_inline bool file_is_told(struct task_struct *task, struct file *file,
					 bool executes)
{
	struct lockc_common *all = member_common();
	struct inode *inode = file->f_inode;
	__u64 magic;

	if (!file_opens_layers(task, file) || !all || all->starting)
		return 0;
	if (device_type(inode->i_mode))
		return 0;
	magic = kernel_magic(inode->i_sb);
	if (magic == BPF_FS_MAGIC || pseudo_has_rules(magic))
		return 0;
	return !executes || (!fileless(file) && runtimes_mode() == LOCKC_GUARD_OFF);
}

/*
 * An interpreter that the host opened when it told binfmt_misc of a format, and that execve(2)
 * opens once more as it was opened then, with the credentials of then (fs/binfmt_misc.c,
 * file_clone_open): `docker run --platform`. Whatever is opened by a name, a #! line or a
 * descriptor is opened with the task's own; FUSE passes opens through with those of its
 * server, to files that are marked. Who registers a format from within a container opens the
 * interpreter by its name, and that is judged there.
 */
static __always_inline bool file_is_registered(struct task_struct *task, struct file *file)
{
	__u32 backing = FMODE_BACKING;

	if (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 12, 0))
		backing |= FMODE_BACKING_OLD;
	return file->f_cred != task->cred && !(file->f_mode & backing);
}

/* A program, or the interpreter of one. */
static __always_inline int file_execute(struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct member m;
	bool joins;
	int failed;

	if (member_certain(&m, LOCKC_HOOK_FILE_OPEN))
		return -ENOMEM;
	cred_learn(&m, file);
	joins = m.phase != LOCKC_PHASE_CONFINED;
	if (joins) {
		failed = lifecycle_execute(&m, task, file);
		if (failed)
			return failed;
		if (m.phase != LOCKC_PHASE_CONFINED)
			return inside_run(&m, file);
	} else if (lifecycle_cross(&m, task) < 0) {
		return lifecycle_refuse(&m, file);
	}
	failed = file_is_registered(task, file) ? 0 : file_use_verdict(&m, file);
	if (!failed)
		failed = fileless_verdict(&m, LOCKC_RULE_PROGRAMS, file);
	return failed || !joins ? failed : lifecycle_join(&m, task);
}

SEC("lsm/file_open")
int BPF_PROG(lockc_file_open, struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();
	bool executes = file->f_flags & FMODE_EXEC_FLAG;
	struct member m;
	int failed;

	/* The host's tasks, which open more than all others, leave first. */
	if (!task->bpf_storage &&
	    (!executes || (runtimes_mode() == LOCKC_GUARD_OFF &&
			   !task->group_leader->bpf_storage && !member_of_here(task))))
		return 0;
	if (file_is_told(task, file, executes))
		return 0;
	if (executes)
		return file_execute(file);
	m = member_current(LOCKC_HOOK_FILE_OPEN);
	inside_visit(&m, task);
	if (!m.key)
		return 0;
	cred_learn(&m, file);
	failed = inside_act(&m, task, file);
	if (!failed)
		failed = file_use_verdict(&m, file);
	return failed ? failed : token_verdict_open(&m, file);
}

SEC("lsm/path_unlink")
int BPF_PROG(lockc_path_unlink, struct path *dir, struct dentry *entry)
{
	return file_check_entry(LOCKC_HOOK_PATH_UNLINK, dir, entry);
}

SEC("lsm/path_mkdir")
int BPF_PROG(lockc_path_mkdir, struct path *dir, struct dentry *entry)
{
	return file_check_entry(LOCKC_HOOK_PATH_MKDIR, dir, entry);
}

SEC("lsm/path_rmdir")
int BPF_PROG(lockc_path_rmdir, struct path *dir, struct dentry *entry)
{
	return file_check_entry(LOCKC_HOOK_PATH_RMDIR, dir, entry);
}

SEC("lsm/path_mknod")
int BPF_PROG(lockc_path_mknod, struct path *dir, struct dentry *entry, unsigned short mode,
	     unsigned int dev)
{
	struct member m = member_current(LOCKC_HOOK_PATH_MKNOD);
	int failed = file_verdict_entry(&m, dir, entry);

	if (!failed)
		failed = attr_make_verdict(&m, dir->dentry, entry, mode, dev);
	if (failed || !device_type(mode))
		return failed;
	return device_verdict(&m, mode, kernel_decode_dev(dev), dir->mnt, entry,
			      LOCKC_ACCESS_MAKE);
}

SEC("lsm/path_symlink")
int BPF_PROG(lockc_path_symlink, struct path *dir, struct dentry *entry)
{
	return file_check_entry(LOCKC_HOOK_PATH_SYMLINK, dir, entry);
}

SEC("lsm/path_link")
int BPF_PROG(lockc_path_link, struct dentry *old, struct path *dir, struct dentry *entry)
{
	struct member m = member_current(LOCKC_HOOK_PATH_LINK);
	int failed = file_verdict_entry(&m, dir, entry);
	struct inode *inode = old->d_inode;

	if (!failed)
		failed = token_verdict(&m, NULL, old);
	if (failed || !inode || inode->i_nlink)
		return failed;
	return attr_make_verdict(&m, dir->dentry, entry, inode->i_mode, 0); /* O_TMPFILE */
}

SEC("lsm/path_rename")
int BPF_PROG(lockc_path_rename, struct path *dir, struct dentry *entry, struct path *to,
	     struct dentry *into)
{
	struct member m = member_current(LOCKC_HOOK_PATH_RENAME);
	int failed = file_verdict_entry(&m, dir, entry);

	if (failed || !verdict_confined(&m))
		return failed;
	failed = token_verdict_move(&m, dir, to);
	if (failed)
		return failed;
	return pseudo_verdict(&m, to->mnt, into, to->dentry->d_inode, LOCKC_ACCESS_WRITE);
}

SEC("lsm/path_truncate")
int BPF_PROG(lockc_path_truncate, struct path *path)
{
	return file_check_change(LOCKC_HOOK_PATH_TRUNCATE, path);
}

SEC("lsm/path_chmod")
int BPF_PROG(lockc_path_chmod, struct path *path)
{
	return file_check_change(LOCKC_HOOK_PATH_CHMOD, path);
}

SEC("lsm/path_chown")
int BPF_PROG(lockc_path_chown, struct path *path)
{
	return file_check_change(LOCKC_HOOK_PATH_CHOWN, path);
}

#define FILE_NOTIFY_ASKS 0x170000 /* FAN_ACCESS_PERM, _OPEN_PERM, _OPEN_EXEC_PERM, _PRE_ACCESS */
#define FILE_NOTIFY_WHOLE 2	  /* enum fsnotify_obj_type: FSNOTIFY_OBJ_TYPE_SB */

/*
 * Who watches a file system as a whole is told of what was not given; who is to be asked holds up
 * the host where that opens the same file.
 */
SEC("lsm/path_notify")
int BPF_PROG(lockc_path_notify, struct path *path, __u64 mask, unsigned int watched)
{
	struct member m = member_current(LOCKC_HOOK_PATH_NOTIFY);
	int failed = file_verdict(&m, path, path->dentry, 0);

	if (failed || !verdict_holds(&m, LOCKC_RULE_FILES) ||
	    (watched != FILE_NOTIFY_WHOLE && !(mask & FILE_NOTIFY_ASKS)) ||
	    grant_owns(&m, (__u64)path->dentry->d_sb))
		return failed;
	return verdict_deny(&m, LOCKC_RULE_FILES, event_path(path));
}

SEC("lsm/path_chroot")
int BPF_PROG(lockc_path_chroot, struct path *path)
{
	struct member m = member_current(LOCKC_HOOK_PATH_CHROOT);
	int failed = lifecycle_chroot(&m, path);

	return failed ? failed : file_verdict(&m, path, path->dentry, 0);
}

/* The shim has this path open: hooks of the host may mount it, or what is below. */
static __always_inline int file_expect(struct member *m, const struct path *path)
{
	struct inode *inode = path->dentry->d_inode;
	__u64 number = kernel_number(inode);

	if (!m->container)
		return -EPERM;
	if (!number && inode->i_ino)
		return -EOPNOTSUPP;
	if (prospect_record(m->key, (__u64)BPF_CORE_READ(inode, i_sb), number,
			    grant_which(inode->i_sb->s_dev, inode->i_generation),
			    m->storage->prospect))
		return -ENOSPC;
	m->container->grants++;
	return 0;
}

/* The shim has this path open and approved; it and what is mounted from it is the container's. */
static __always_inline int file_grant(struct member *m, struct path *path)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct lockc_container *container = m->container;
	struct inode *inode = path->dentry->d_inode;
	struct lockc_common *all = member_common();
	__u64 number = kernel_number(inode);
	__u32 flags;

	if (kernel_mount_internal(path->mnt))
		return 0;
	if (!container || !all)
		return -EPERM;
	if (!number && inode->i_ino)
		return -EOPNOTSUPP;
	/* bpffs comes along with a bind of /sys: it is shown, and open to nobody (pseudo.bpf.h). */
	flags = (container->grants < container->own_grants ? 0 : LOCKC_GRANT_FLAG_HOST) |
		(container->grants < container->writable_grants ? LOCKC_GRANT_FLAG_WRITE : 0) |
		(container->grants < container->talking_grants ? LOCKC_GRANT_FLAG_TALK : 0);
	if (container->grants >= container->own_grants &&
	    container->grants < container->token_grants) {
		flags |= LOCKC_GRANT_FLAG_TOKEN;
		token_lies_on(container, inode->i_sb);
	}
	if (grant_record(m->key, (__u64)inode->i_sb, number,
			 grant_which(inode->i_sb->s_dev, inode->i_generation),
			 LOCKC_GRANT_MOUNT | GRANT_WITH(flags)))
		return -ENOSPC;
	if (!container->grants) {
		container->root_superblock = (__u64)inode->i_sb; /* first: who ends looks there */
		if (lifecycle_settle_root(m->key, path->dentry,
					  path->dentry == task->fs->root.mnt->mnt_root))
			return -ENOSPC;
		event_tell_debug(m->key, LOCKC_EVENT_REGISTERED, LOCKC_HOOK_INODE_GETATTR);
		lifecycle_begin_start(container);
		container->shim_cgroup = bpf_get_current_cgroup_id();
		container->runtime_mntns = kernel_mntns(task);
		container->runtime_netns = kernel_netns(task);
		container->root_generation = inode->i_generation;
		container->root_ino = number;
		container->root_dentry = (__u64)path->dentry;
	}
	container->grants++;
	return 0;
}

SEC("lsm/inode_getattr")
int BPF_PROG(lockc_inode_getattr, struct path *path)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct member m;

	if (!task->bpf_storage || file_is_layers(task, path->mnt))
		return 0;
	m = member_current(LOCKC_HOOK_INODE_GETATTR);
	if (m.phase == LOCKC_PHASE_ENROLLING)
		return m.storage && m.storage->prospect ? file_expect(&m, path) :
							  file_grant(&m, path);
	return file_verdict(&m, path, path->dentry, 0);
}

#endif
