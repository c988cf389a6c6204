/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ioctl(2) by its number, on whatever file: the few that act on somebody else. All others
 * are the affair of whoever may open the file.
 *
 *   file_ioctl         TIOCSTI, and TIOCLINUX, which pastes on the console (CVE-2016-9016
 *                      and its kin): rule TERMINAL
 *                      FIOSETOWN, SIOCSPGRP, which are F_SETOWN (process.bpf.h) for
 *                      sockets: rule PROCESS; their argument is in the caller's memory and
 *                      says nothing for certain
 *                      NS_MNT_GET_NEXT, NS_MNT_GET_PREV, which lead from a mount namespace to
 *                      those of others (from 6.12): rule PROCESS
 *                      FS_IOC_SETVERSION of a file or directory, by either number: rule FILES.
 *                      A generation is part of what a container was given (grant.bpf.h), and
 *                      one that is changed is given to nobody any more
 *   file_ioctl_compat  the same from 32-bit programs (optional: from 6.8, and stable 6.1)
 */
#ifndef LOCKC_IOCTL_BPF_H
#define LOCKC_IOCTL_BPF_H

#include "process.bpf.h"

/* Type and number alone: the size of what comes back may grow. */
#define IOCTL_KIND(act) ((act) & 0xffff)
#define IOCTL_MNT_NEXT 0xb70b /* NS_MNT_GET_NEXT, NS_MNT_GET_PREV of <linux/nsfs.h> */
#define IOCTL_MNT_PREV 0xb70c

#define IOCTL_SET_VERSION 0x7602 /* FS_IOC_SETVERSION of <linux/fs.h> … */
#define IOCTL_SET_VERSION_OLD 0x6604 /* … and ext4's EXT4_IOC_SETVERSION_OLD (fs/ext4/ext4.h) */

/* The numbers mean other things to devices. */
static __always_inline bool ioctl_sets_version(struct file *file, unsigned int act)
{
	__u32 type = file->f_inode->i_mode & S_IFMT;

	return (type == S_IFREG || type == S_IFDIR) &&
	       (IOCTL_KIND(act) == IOCTL_SET_VERSION || IOCTL_KIND(act) == IOCTL_SET_VERSION_OLD);
}

static __always_inline int ioctl_check(__u32 hook, struct file *file, unsigned int act)
{
	struct member m;

	if (ioctl_sets_version(file, act))
		return verdict_refuse(hook, LOCKC_RULE_FILES, event_path(&file->f_path));
	if (IOCTL_KIND(act) == IOCTL_MNT_NEXT || IOCTL_KIND(act) == IOCTL_MNT_PREV)
		return verdict_refuse(hook, LOCKC_RULE_PROCESS, event_number(act));
	switch (act) {
	case TIOCSTI:
	case TIOCLINUX:
		return verdict_refuse(hook, LOCKC_RULE_TERMINAL, event_number(act));
	case FIOSETOWN:
	case SIOCSPGRP:
		m = member_current(hook);
		return process_owner_verdict(&m, act, PROCESS_ANYBODY);
	}
	return 0;
}

SEC("lsm/file_ioctl")
int BPF_PROG(lockc_file_ioctl, struct file *file, unsigned int act)
{
	return ioctl_check(LOCKC_HOOK_FILE_IOCTL, file, act);
}

SEC("?lsm/file_ioctl_compat")
int BPF_PROG(lockc_file_ioctl_compat, struct file *file, unsigned int act)
{
	return ioctl_check(LOCKC_HOOK_FILE_IOCTL_COMPAT, file, act);
}

#endif
