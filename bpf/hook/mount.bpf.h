/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mounts: user code makes, moves, changes and removes none, unless its policy says that it may;
 * what the runtime mounts for its container is the container's, and so is what user code makes
 * with its policy's leave: file systems of its own (mount_makes_own), and binds of what it was
 * given or of a part of that (grant_is_mounted). No other mount becomes so.
 *
 *   sb_mount       mount(2) in all its forms: new, bind, remount, move, propagation
 *   sb_kern_mount  a superblock is mounted, by mount(2) or fsconfig(2): new, or again
 *   sb_free_security  a superblock is gone
 *   sb_remount     mount(2) MS_REMOUNT and fsconfig(2) RECONFIGURE
 *   fs_context_parse_param  fsconfig(2) with a parameter of the file system: its parser
 *                  is in reach of whoever makes a user namespace (CVE-2022-0185)
 *   move_mount     move_mount(2): attaches what fsmount or open_tree made
 *   sb_umount      umount2(2)
 *   sb_pivotroot   pivot_root(2)
 *   capable        fsopen(2), fspick(2), open_tree(2) that copies, mount_setattr(2), which ask
 *                  nothing else (cred.bpf.h)
 *
 * Known gap: overlayfs makes and empties its working directory before any hook is asked whose
 * that is, with the attributes' hooks alone in its way (attr.bpf.h).
 *
 * So user code gets a context for fsconfig(2) only over a socket. One that makes a superblock
 * of such a context is refused when the file system has made it.
 */
#ifndef LOCKC_HOOK_MOUNT_BPF_H
#define LOCKC_HOOK_MOUNT_BPF_H

#include "hook/lifecycle.bpf.h"

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

struct mount_layers {
	__u64 container;
	__u64 at; /* struct ovl_layer */
	bool foreign;
};

/* Whether a layer is on what the container has; one that it writes not in the host's directories. */
static __always_inline bool mount_layer_is_own(__u64 container, struct dentry *root, bool written)
{
	struct super_block *sb = BPF_CORE_READ(root, d_sb);

	if (grant_find(container, (__u64)sb, 0, BPF_CORE_READ(sb, s_dev), LOCKC_GRANT_SUPERBLOCK) ||
	    grant_is_made(container, (__u64)sb))
		return 1;
	return grant_above(container, (__u64)root, 0) == GRANT_ABOVE &&
	       (!written || grant_above(container, (__u64)root, LOCKC_GRANT_FLAG_HOST) ==
				    GRANT_NOT_ABOVE);
}

static long mount_judge_layer(__u32 index, struct mount_layers *layers)
{
	struct ovl_layer *layer =
		(void *)(layers->at + index * bpf_core_type_size(struct ovl_layer));
	struct dentry *root = BPF_CORE_READ(layer, mnt, mnt_root);

	if (!index && !BPF_CORE_READ(layer, mnt))
		return 0; /* nothing is written */
	layers->foreign = !mount_layer_is_own(layers->container, root, !index);
	return layers->foreign;
}

/*
 * overlayfs opens its layers with credentials of its own, and nothing asks then whose they are.
 * What it writes would also be made for the host, without the rule SETUID. Where its types are
 * not known, since it is a module that was loaded after lockc, nobody can tell.
 */
static __always_inline bool mount_overlay_is_own(__u64 container, struct super_block *sb)
{
	struct mount_layers layers = { .container = container };
	struct ovl_fs *overlay = sb->s_fs_info;
	struct dentry *work;

	if (!bpf_core_field_exists(overlay->layers) ||
	    !bpf_core_field_exists(overlay->workbasedir))
		return 0;
	work = BPF_CORE_READ(overlay, workbasedir);
	if (work && !mount_layer_is_own(container, work, 1))
		return 0;
	layers.at = (__u64)BPF_CORE_READ(overlay, layers);
	bpf_loop(BPF_CORE_READ(overlay, numlayer), mount_judge_layer, &layers, 0);
	return layers.at && !layers.foreign;
}

/* FUSE without a disk: virtiofs, which has its magic, shows the hypervisor's files. */
static __always_inline bool mount_is_fuse(struct super_block *sb)
{
	char name[5] = {};

	bpf_probe_read_kernel(name, sizeof(name), sb->s_type->name);
	return *(__u32 *)name == 0x65737566 && !name[4]; /* "fuse" */
}

/*
 * Whether the file system that user code mounts is the container's from then on: it is new, so
 * nobody else's, and shows nothing but what is made in it, the kernel's own (which pseudo.bpf.h and
 * the rule BPF decide about), or the container's. All others are left as foreign as they are:
 * disks, the network's, what is the host's already (sysfs and mqueue of a namespace that has
 * them, cgroup v2, devtmpfs), and a hierarchy of cgroup v1, by whose release_agent the host's root
 * executes something (CVE-2022-0492).
 */
static __always_inline bool mount_makes_own(__u64 container, struct super_block *sb)
{
	if (!kernel_superblock_is_new(sb))
		return 0;
	switch (kernel_magic(sb)) {
	case TMPFS_MAGIC:
	case RAMFS_MAGIC:
	case PROC_SUPER_MAGIC:
	case SYSFS_MAGIC:
	case DEVPTS_SUPER_MAGIC:
	case MQUEUE_MAGIC:
	case BPF_FS_MAGIC:
		return 1;
	case FUSE_SUPER_MAGIC:
		return mount_is_fuse(sb);
	case OVERLAYFS_SUPER_MAGIC:
		return mount_overlay_is_own(container, sb);
	}
	return 0;
}

/* User code mounts it, if its policy says that it may. */
static __always_inline int mount_make(struct member *m, struct super_block *sb)
{
	int failed = 0;

	if (verdict_holds(m, LOCKC_RULE_MOUNT))
		failed = verdict_deny(m, LOCKC_RULE_MOUNT, event_name(sb->s_type->name));
	if (failed || !mount_makes_own(m->key, sb))
		return failed;
	return grant_make(m->key, (__u64)sb) ? -ENOSPC : 0;
}

SEC("lsm/sb_kern_mount")
int BPF_PROG(lockc_sb_kern_mount, struct super_block *sb)
{
	struct member m = member_current(LOCKC_HOOK_SB_KERN_MOUNT);

	if (verdict_confined(&m))
		return mount_make(&m, sb);
	if (!member_is_runtime(&m))
		return 0;
	if (kernel_mntns(bpf_get_current_task_btf()) == m.container->runtime_mntns)
		return 0; /* a hook mounts something for the host */
	if (sb->s_magic == BPF_FS_MAGIC && (m.container->rules & LOCKC_RULE_BPF) &&
	    verdict_deny(&m, LOCKC_RULE_BPF, event_name(sb->s_type->name)))
		return -EPERM;
	/* Noted, since a runtime drops some again: runc's own proc. A grant spares who may not mount a look-up. */
	if (kernel_superblock_is_new(sb)) {
		if (grant_make(m.key, (__u64)sb))
			return -ENOSPC;
		if (grant_may_mount(m.container))
			return 0;
	} else if (grant_share((__u64)sb)) {
		return -ENOSPC;
	}
	return grant_record(m.key, (__u64)sb, 0, sb->s_dev, LOCKC_GRANT_SUPERBLOCK) ?
		       -ENOSPC :
		       0;
}

static long mount_forget(void *map, const __u64 *key, struct lockc_container *container,
			 __u64 *superblock)
{
	grant_forget_superblock(*key, *superblock);
	return 0;
}

/* Its address is used again. */
SEC("lsm/sb_free_security")
int BPF_PROG(lockc_sb_free_security, struct super_block *sb)
{
	__u64 superblock = (__u64)sb, shared = superblock + 1;
	__u64 *owner = bpf_map_lookup_elem(&superblocks, &superblock);

	if (!bpf_map_delete_elem(&superblocks, &shared))
		bpf_for_each_map_elem(&containers, mount_forget, &superblock, 0);
	if (!owner)
		return 0;
	grant_forget_superblock(*owner, superblock);
	bpf_map_delete_elem(&superblocks, &superblock);
	return 0;
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
