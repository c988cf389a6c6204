/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mounts: user code makes, moves, changes and removes none; what the runtime
 * mounts for its container is the container's.
 *
 *   sb_mount       mount(2) in all its forms: new, bind, remount, move, propagation
 *   sb_kern_mount  a superblock is mounted, by mount(2) or fsconfig(2)
 *   sb_remount     mount(2) MS_REMOUNT and fsconfig(2) RECONFIGURE
 *   fs_context_parse_param  fsconfig(2) with a parameter of the file system: its parser
 *                  is in reach of whoever makes a user namespace (CVE-2022-0185)
 *   move_mount     move_mount(2): attaches what fsmount or open_tree made
 *   sb_umount      umount2(2)
 *   sb_pivotroot   pivot_root(2)
 *   capable        fsopen(2), fspick(2), open_tree(2) that copies, mount_setattr(2), which ask
 *                  nothing else (cred.bpf.h)
 *
 * So user code gets a context for fsconfig(2) only over a socket. One that makes a superblock
 * of such a context is refused when the file system has made it.
 */
#ifndef LOCKC_MOUNT_BPF_H
#define LOCKC_MOUNT_BPF_H

#include "lifecycle.bpf.h"

/* User code may not; who looked at a container's process and does may be at home here, too. */
static __always_inline int mount_refuse(__u32 hook, struct event_object object)
{
	struct member m = member_current(hook);

	lifecycle_mount(&m, bpf_get_current_task_btf());
	return verdict_holds(&m, LOCKC_RULE_MOUNT) ? verdict_deny(&m, LOCKC_RULE_MOUNT, object) : 0;
}

SEC("lsm/sb_mount")
int BPF_PROG(lockc_sb_mount, const char *device, const struct path *path)
{
	return mount_refuse(LOCKC_HOOK_SB_MOUNT, event_path(path));
}

SEC("lsm/sb_remount")
int BPF_PROG(lockc_sb_remount, struct super_block *sb)
{
	return verdict_refuse(LOCKC_HOOK_SB_REMOUNT, LOCKC_RULE_MOUNT, event_file(NULL, sb->s_root));
}

/*
 * The kernel makes contexts for itself, in whatever task is at hand; of those fsopen(2) and
 * fspick(2) make each has a log (fs/fsopen.c, fscontext_alloc_log). 0 leaves the parameter to
 * who comes next.
 */
SEC("lsm/fs_context_parse_param")
int BPF_PROG(lockc_fs_context_parse_param, struct fs_context *fc)
{
	return fc->log.log ? verdict_refuse(LOCKC_HOOK_FS_CONTEXT_PARSE_PARAM, LOCKC_RULE_MOUNT,
					    event_name(BPF_CORE_READ(fc, fs_type, name))) :
			     0;
}

SEC("lsm/move_mount")
int BPF_PROG(lockc_move_mount, const struct path *from, const struct path *to)
{
	return mount_refuse(LOCKC_HOOK_MOVE_MOUNT, event_path(to));
}

SEC("lsm/sb_umount")
int BPF_PROG(lockc_sb_umount, struct vfsmount *mnt)
{
	return verdict_refuse(LOCKC_HOOK_SB_UMOUNT, LOCKC_RULE_MOUNT,
			      event_file(mnt, mnt->mnt_root));
}

SEC("lsm/sb_kern_mount")
int BPF_PROG(lockc_sb_kern_mount, struct super_block *sb)
{
	struct member m = member_current(LOCKC_HOOK_SB_KERN_MOUNT);

	if (verdict_holds(&m, LOCKC_RULE_MOUNT))
		return verdict_deny(&m, LOCKC_RULE_MOUNT, event_name(sb->s_type->name));
	if (!member_is_runtime(&m))
		return 0;
	if (kernel_mntns(bpf_get_current_task_btf()) == m.container->runtime_mntns)
		return 0; /* a hook mounts something for the host */
	if (sb->s_magic == BPF_FS_MAGIC && (m.container->rules & LOCKC_RULE_BPF) &&
	    verdict_deny(&m, LOCKC_RULE_BPF, event_name(sb->s_type->name)))
		return -EPERM;
	return grant_record(m.key, (__u64)sb, 0, sb->s_dev, LOCKC_GRANT_SUPERBLOCK) ?
		       -ENOSPC :
		       0;
}

SEC("lsm/sb_pivotroot")
int BPF_PROG(lockc_sb_pivotroot, const struct path *old, const struct path *new)
{
	struct member m = member_current(LOCKC_HOOK_SB_PIVOTROOT);

	if (verdict_holds(&m, LOCKC_RULE_MOUNT))
		return verdict_deny(&m, LOCKC_RULE_MOUNT, event_path(new));
	lifecycle_mount(&m, bpf_get_current_task_btf());
	return member_is_runtime(&m) ? lifecycle_adopt_namespace(&m, new) : 0;
}

#endif
