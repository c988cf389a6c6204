/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ioctl(2) by its number, on whatever file: the few that act on somebody else. All others
 * are the affair of whoever may open the file.
 *
 *   file_ioctl         TIOCSTI, TIOCLINUX, which pastes on the console (CVE-2016-9016
 *                      and its kin), and TIOCCONS, which takes what is written there:
 *                      rule TERMINAL
 *                      FIOSETOWN, SIOCSPGRP, which are F_SETOWN (process.bpf.h) for
 *                      sockets: rule PROCESS; their argument is in the caller's memory and
 *                      says nothing for certain
 *                      NS_MNT_GET_NEXT, NS_MNT_GET_PREV, which lead from a mount namespace to
 *                      those of others (from 6.12): rule PROCESS
 *                      FS_IOC_SETVERSION of a file or directory, by either number: rule FILES.
 *                      A generation is part of what a container was given (grant.bpf.h), and
 *                      one that is changed is given to nobody any more
 *                      what acts on a file system as a whole, by whichever of its files, where
 *                      that is not the container's: rule FILES. By handle, by number, by what it
 *                      finds in the tables, it reads and writes what was not given, and freezes
 *                      or shuts down what others use
 *   file_ioctl_compat  the same from 32-bit programs (optional: from 6.8, and stable 6.1)
 */
#ifndef LOCKC_HOOK_IOCTL_BPF_H
#define LOCKC_HOOK_IOCTL_BPF_H

#include "hook/cred.bpf.h"
#include "hook/process.bpf.h"

/* Type and number alone: the size of what comes back may grow. */
#define IOCTL_KIND(act) ((act) & 0xffff)
#define IOCTL_MNT_NEXT 0xb70b /* NS_MNT_GET_NEXT, NS_MNT_GET_PREV of <linux/nsfs.h> */
#define IOCTL_MNT_PREV 0xb70c

#define IOCTL_SET_VERSION 0x7602 /* FS_IOC_SETVERSION of <linux/fs.h> … */
#define IOCTL_SET_VERSION_OLD 0x6604 /* … and ext4's EXT4_IOC_SETVERSION_OLD (fs/ext4/ext4.h) */

/* The numbers mean other things to devices. */
static __always_inline bool ioctl_is_stored(struct file *file)
{
	__u32 type = file->f_inode->i_mode & S_IFMT;

	return type == S_IFREG || type == S_IFDIR;
}

static __always_inline bool ioctl_sets_version(struct file *file, unsigned int act)
{
	return ioctl_is_stored(file) &&
	       (IOCTL_KIND(act) == IOCTL_SET_VERSION || IOCTL_KIND(act) == IOCTL_SET_VERSION_OLD);
}

#define IOCTL_TYPE(act) ((act) >> 8 & 0xff)
#define IOCTL_NUMBER(act) ((act) & 0xff)
#define IOCTL_BIT(number) (1ull << (number))

/*
 * Of btrfs' calls (include/uapi/linux/btrfs.h) those that change or tell of the file that they are
 * given and of its own subvolume: 2 and 16 defragment, 9 and 13 clone, 14 and 15 make and remove a
 * subvolume there by name, 25 and 26 its flags, 54 shares equal blocks, 60 to 62 what its owner may
 * know; 8, 22 and 24 synchronize; 20, 21, 31 and 49 tell of the file system, and no names.
 */
#define IOCTL_BTRFS_OF_FILE                                                                        \
	(IOCTL_BIT(2) | IOCTL_BIT(8) | IOCTL_BIT(9) | IOCTL_BIT(13) | IOCTL_BIT(14) |              \
	 IOCTL_BIT(15) | IOCTL_BIT(16) | IOCTL_BIT(20) | IOCTL_BIT(21) | IOCTL_BIT(22) |           \
	 IOCTL_BIT(24) | IOCTL_BIT(25) | IOCTL_BIT(26) | IOCTL_BIT(31) | IOCTL_BIT(49) |           \
	 IOCTL_BIT(54) | IOCTL_BIT(60) | IOCTL_BIT(61) | IOCTL_BIT(62))

/*
 * What reaches beyond the file without any capability: snapshots of the whole subvolume that any of
 * its files names (btrfs up to 6.6: SNAP_CREATE and _V2; bcachefs: SUBVOLUME_CREATE and _DESTROY),
 * subvolumes removed by number (btrfs, SNAP_DESTROY_V2), and keys of fscrypt taken from all files
 * that have them (FS_IOC_REMOVE_ENCRYPTION_KEY and _ALL_USERS).
 */
static __always_inline bool ioctl_takes_nothing(unsigned int act)
{
	switch (IOCTL_KIND(act)) {
	case 0x9401:
	case 0x9417:
	case 0x943f:
	case 0xbc10:
	case 0xbc11:
	case 0x6618:
	case 0x6619:
		return 1;
	}
	return 0;
}

/*
 * Whether it is for who administers a file system: XFS' and those of all (fs/xfs/libxfs/xfs_fs.h,
 * <linux/fs.h>: freeze, thaw, trim, shutdown), ext4's to resize, tune and check, to swap with its
 * boot loader's file, btrfs', f2fs' and bcachefs', nilfs2's and ocfs2's, cifs' of sessions. On proc
 * some of ext4's numbers mean its own (PAGEMAP_SCAN, PROCMAP_QUERY).
 */
static __always_inline bool ioctl_administers(unsigned int act)
{
	const __u64 of_ext4 = IOCTL_BIT(7) | IOCTL_BIT(8) | IOCTL_BIT(16) | IOCTL_BIT(17) |
			      IOCTL_BIT(43) | IOCTL_BIT(44) | IOCTL_BIT(45) | IOCTL_BIT(46);
	__u32 number = IOCTL_NUMBER(act);

	switch (IOCTL_TYPE(act)) {
	case 'X':
		return number >= 58 && number != 100 && number != 124 && number != 126; /* geometry */
	case 'f':
		return number < 64 && (of_ext4 >> (number & 63) & 1);
	case 0x94:
		return number > 62 || !(IOCTL_BTRFS_OF_FILE >> (number & 63) & 1);
	case 'n':
		return number >= 0x80;
	case 'o':
		return number >= 1 && number <= 3;
	case 0xcf:
		return number == 8 || number == 10;
	case 0xf5:
	case 0xbc:
		return 1;
	}
	return 0;
}

/* Who has none of the capabilities that such calls take the kernel refuses. */
static __always_inline bool ioctl_may_administer(void)
{
	const __u64 wanted = IOCTL_BIT(CAP_SYS_ADMIN) | IOCTL_BIT(CAP_SYS_RESOURCE) |
			     IOCTL_BIT(CAP_DAC_READ_SEARCH);
	const struct cred *cred = ((struct task_struct *)bpf_get_current_task_btf())->cred;
	__u64 held = 0;

	bpf_core_read(&held, sizeof(held), &cred->cap_effective);
	return held & wanted;
}

static __always_inline int ioctl_verdict_whole(struct member *m, struct file *file, unsigned int act)
{
	struct super_block *sb = file->f_inode->i_sb;

	if (!ioctl_is_stored(file) || sb->s_magic == PROC_SUPER_MAGIC ||
	    !verdict_holds(m, LOCKC_RULE_FILES) ||
	    (!ioctl_takes_nothing(act) && !ioctl_may_administer()) || grant_owns(m, (__u64)sb))
		return 0;
	return verdict_deny(m, LOCKC_RULE_FILES, event_path(&file->f_path));
}

static __always_inline int ioctl_check(__u32 hook, struct file *file, unsigned int act)
{
	struct member m;

	if (ioctl_sets_version(file, act))
		return verdict_refuse(hook, LOCKC_RULE_FILES, event_path(&file->f_path));
	if (IOCTL_KIND(act) == IOCTL_MNT_NEXT || IOCTL_KIND(act) == IOCTL_MNT_PREV)
		return verdict_refuse(hook, LOCKC_RULE_PROCESS, event_number(act));
	if (ioctl_administers(act) || ioctl_takes_nothing(act)) {
		m = member_current(hook);
		return ioctl_verdict_whole(&m, file, act);
	}
	switch (act) {
	case TIOCSTI:
	case TIOCLINUX:
	case TIOCCONS:
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
