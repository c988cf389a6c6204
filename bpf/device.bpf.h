/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devices: user code opens and makes those of its policy and no others, whatever the
 * device cgroup says (--privileged opens it) and wherever the node lies: made with
 * mknod(2) in a tmpfs or a volume, in a directory of the host, in its devtmpfs. Asked by
 * file.bpf.h's hooks, after provenance:
 *
 *   file_open   for reading, for writing; also through O_PATH, a file handle, io_uring
 *   path_mknod  as making
 *
 *   device                                            verdict
 *   null, zero, full, random, urandom, tty, ptmx,
 *   pts; whiteouts (0:0)                              allow
 *   console (5:1), which is the host's: a container's
 *   is a pts                                          allow as making only
 *   in the map `devices`, by type, major and minor    what its element leaves open
 *   stdio that the runtime handed over                allow in the mode in which it was: whoever
 *                                                     started it chose it
 *   any other                                         deny
 *   kmsg (1:11) for writing, which asks no hook of
 *   its own (kernel/printk/printk.c, devkmsg_open)    deny by the rule SYSLOG
 *
 * ptmx opens what devpts is beside the node, and a pts only what lies in a devpts
 * (fs/devpts/inode.c); tty is the opener's own terminal. Virtual consoles (major 4) and what is
 * behind them are the host's like any other device.
 *
 * Known gaps: a device that was opened before, or is passed in open, stays open. A policy
 * that lets its containers mount (mounting: allow) lets them mount block devices without
 * opening them; the rule hostFiles refuses what is on these (mount.bpf.h).
 */
#ifndef LOCKC_DEVICE_BPF_H
#define LOCKC_DEVICE_BPF_H

#include "grant.bpf.h"
#include "verdict.bpf.h"

/* S_IFCHR, S_IFBLK, or 0 for what is no device. */
static __always_inline __u32 device_type(__u32 mode)
{
	__u32 type = mode & S_IFMT;

	return type == S_IFCHR || type == S_IFBLK ? type : 0;
}

/* What every container has (config-linux.md, Default Devices), and Docker's device cgroup opens. */
static __always_inline bool device_is_common(__u32 type, __u32 dev, __u32 wanted)
{
	if (type != S_IFCHR)
		return 0;
	switch (dev) {
	case KERNEL_DEV(0, 0): /* how overlayfs writes that a file is gone */
	case KERNEL_DEV(5, 2):
		return 1;
	case KERNEL_DEV(5, 1):
		return wanted == LOCKC_ACCESS_MAKE;
	}
	return grant_is_harmless(dev) || (KERNEL_MAJOR(dev) >= 136 && KERNEL_MAJOR(dev) <= 143);
}

static __always_inline __u32 device_look_up(__u64 set, __u32 type, __u32 dev, __u32 minor)
{
	struct lockc_device_key key = {
		.set = set, .type = type, .major = KERNEL_MAJOR(dev), .minor = minor
	};
	__u32 *access = bpf_map_lookup_elem(&devices, &key);

	return access ? *access : 0;
}

static __always_inline bool device_allowed(const struct lockc_container *container, __u32 type,
					   __u32 dev, __u32 wanted)
{
	__u64 set = container->devices;
	__u32 access;

	if (!set)
		return 0;
	access = device_look_up(set, type, dev, KERNEL_MINOR(dev)) |
		 device_look_up(set, type, dev, LOCKC_ANY_MINOR);
	return !(wanted & ~access);
}

static __always_inline int device_verdict(struct member *m, __u32 mode, __u32 dev,
					  const struct vfsmount *mnt, const struct dentry *dentry,
					  __u32 wanted)
{
	__u32 type = device_type(mode);

	if (!verdict_holds(m, LOCKC_RULE_DEVICES) || device_is_common(type, dev, wanted))
		return 0;
	if (m->container && device_allowed(m->container, type, dev, wanted))
		return 0;
	return verdict_deny(m, LOCKC_RULE_DEVICES, event_device(type, dev, mnt, dentry, wanted));
}

static __always_inline int device_verdict_open(struct member *m, struct file *file, __u32 wanted)
{
	struct inode *inode = file->f_inode;
	int failed;

	if (!device_is_common(device_type(inode->i_mode), inode->i_rdev, wanted) &&
	    grant_hands_over(m, inode, wanted))
		return 0;
	failed = device_verdict(m, inode->i_mode, inode->i_rdev, file->f_path.mnt,
				file->f_path.dentry, wanted);
	if (failed || wanted != LOCKC_ACCESS_WRITE || inode->i_rdev != KERNEL_DEV(1, 11) ||
	    device_type(inode->i_mode) != S_IFCHR || !verdict_holds(m, LOCKC_RULE_SYSLOG))
		return failed;
	return verdict_deny(m, LOCKC_RULE_SYSLOG,
			    event_device(S_IFCHR, inode->i_rdev, file->f_path.mnt,
					 file->f_path.dentry, wanted));
}

#endif
