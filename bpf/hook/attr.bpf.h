/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Attributes: user code changes times, modes, owners, extended attributes, ACLs and
 * flags only of files on what its container was given, and of proc and sysfs as if it
 * wrote to them. These hooks are told no mount (grant_reaches).
 *
 *   inode_setattr                      utimes(2), and what path_chmod and others let pass
 *   inode_setxattr, inode_removexattr  setxattr(2) and its kin; up to 6.1 ACLs as well
 *   inode_set_acl, inode_remove_acl    ACLs (optional: from 6.2)
 *   inode_file_setattr                 file_setattr(2), chattr(1) (optional: from 6.17)
 *
 * Under the rule SETUID user code leaves nothing in directories of the host by which
 * somebody there would act with other rights than his own (path_mknod is file.bpf.h's):
 *
 *   inode_setattr         a mode with set-user-ID or set-group-ID
 *   path_mknod            a new file with such a mode; a device node
 *   inode_setxattr        capabilities of a file
 *   the ACLs' hooks       any ACL of a file with such a mode: it may let others execute it
 *
 * set-group-ID counts without execute permission, too: an ACL, or the host, may give it
 * later. A directory's says only whose group new files have.
 *
 * Directories of the host are those that are neither the root file system nor the
 * engine's (LOCKC_GRANT_FLAG_HOST). In volumes all of that is allowed: they are for
 * containers. overlayfs does the same to its layers once more, with credentials of its
 * own (cred.bpf.h); the question was answered for its own file.
 *
 * Known gaps: O_TMPFILE with such a mode asks no hook about the mode; link(2) of it is
 * refused instead. A program of the host that has such a mode already may be written
 * with CAP_FSETID, which keeps the mode.
 */
#ifndef LOCKC_HOOK_ATTR_BPF_H
#define LOCKC_HOOK_ATTR_BPF_H

#include "hook/cred.bpf.h"
#include "grant.bpf.h"
#include "pseudo.bpf.h"

/* Whether a file of that mode lets others act with its owner's rights; a whiteout is no device. */
static __always_inline bool attr_lends_rights(unsigned short mode, __u32 dev)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return 0;
	case S_IFBLK:
	case S_IFCHR:
		if (dev)
			return 1;
	}
	return mode & (S_ISUID | S_ISGID);
}

/*
 * `named` is what shall lend them, `dentry` what it is or is made in. Who cannot be told to lie
 * outside of the host's directories lies in one.
 */
static __always_inline int attr_lend_verdict(struct member *m, struct dentry *dentry,
					     struct dentry *named)
{
	if (!verdict_holds(m, LOCKC_RULE_SETUID) || kernel_superblock_internal(dentry->d_sb) ||
	    grant_above(m->key, (__u64)dentry, LOCKC_GRANT_FLAG_HOST) == GRANT_NOT_ABOVE)
		return 0;
	return verdict_deny(m, LOCKC_RULE_SETUID, event_file(NULL, named));
}

/* A file is made in, or linked into, this directory. */
static __always_inline int attr_make_verdict(struct member *m, struct dentry *directory,
					     struct dentry *entry, unsigned short mode, __u32 dev)
{
	return attr_lends_rights(mode, dev) ? attr_lend_verdict(m, directory, entry) : 0;
}

/* The kernel itself acts: on a layer of overlayfs. */
static __always_inline bool attr_is_layers(struct member *m)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (!cred_is_put_on(task, task->cred))
		return 0;
	member_load(m);
	return m->container && cred_is_borrowed(m->container, task->cred);
}

/* Common devices and stdio of the host are the container's as well (grant_covers). */
static __always_inline bool attr_reaches(struct member *m, struct dentry *dentry,
					 struct inode *inode)
{
	return kernel_superblock_internal(inode->i_sb) || grant_reaches(m, dentry) ||
	       ((inode->i_mode & S_IFMT) == S_IFCHR && grant_is_harmless(inode->i_rdev)) ||
	       grant_hands_over(m, inode, LOCKC_ACCESS_WRITE);
}

static __always_inline int attr_verdict(struct member *m, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (!inode)
		return 0; /* cannot happen, but for the verifier */
	if (verdict_holds(m, LOCKC_RULE_FILES) && !attr_reaches(m, dentry, inode)) {
		int failed = verdict_deny(m, LOCKC_RULE_FILES, event_file(NULL, dentry));

		if (failed)
			return failed;
	}
	return pseudo_verdict(m, NULL, dentry, inode, LOCKC_ACCESS_WRITE);
}

static __always_inline int attr_check(__u32 hook, struct dentry *dentry)
{
	struct member m = member_current(hook);

	if (m.phase != LOCKC_PHASE_CONFINED || attr_is_layers(&m))
		return 0;
	return attr_verdict(&m, dentry);
}

static __always_inline int attr_check_mode(struct dentry *dentry, const struct iattr *attr)
{
	struct member m = member_current(LOCKC_HOOK_INODE_SETATTR);
	int failed;

	if (m.phase != LOCKC_PHASE_CONFINED || attr_is_layers(&m))
		return 0;
	failed = attr_verdict(&m, dentry);
	if (failed || !(attr->ia_valid & ATTR_MODE) || !attr_lends_rights(attr->ia_mode, 0))
		return failed;
	return attr_lend_verdict(&m, dentry, dentry);
}

/* Up to 6.7 the mapping of owners is not among the hook's arguments, but the function's. */
SEC("lsm/inode_setattr")
int lockc_inode_setattr(unsigned long long *arguments)
{
	if (!kernel_by_function && LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 8, 0))
		return attr_check_mode((void *)arguments[0], (void *)arguments[1]);
	return attr_check_mode((void *)arguments[1], (void *)arguments[2]);
}

#define ATTR_SYSTEM 0x2e6d6574737973ul /* "system." */

/* A name with zeros behind it; what is longer than 31 bytes is none of those below. */
union attr_name {
	char text[32];
	__u64 words[4];
};

/* ACLs: posix_acl_access, and those of NFS and others, which the kernel keeps under no hook of its own. */
static __always_inline bool attr_is_system(const union attr_name *name)
{
	return (name->words[0] & 0xfffffffffffffful) == ATTR_SYSTEM;
}

static __always_inline bool attr_is(const union attr_name *name, const union attr_name *other)
{
	return !((name->words[0] ^ other->words[0]) | (name->words[1] ^ other->words[1]) |
		 (name->words[2] ^ other->words[2]) | (name->words[3] ^ other->words[3]));
}

/*
 * Whether such an attribute lets a file of that mode lend its owner's rights: capabilities,
 * and an ACL that says who may execute it. Global like grant_look_up, and for room on the stack.
 */
__noinline int attr_name_lends(__u64 name, __u32 mode)
{
	const union attr_name capability = { .text = "security.capability" };
	union attr_name start = {};

	if (bpf_probe_read_kernel_str(start.text, sizeof(start.text), (void *)name) < 0)
		return 1; /* cannot happen */
	return attr_is(&start, &capability) ||
	       (attr_lends_rights(mode, 0) && attr_is_system(&start));
}

static __always_inline int attr_check_named(__u32 hook, struct dentry *dentry, const char *name)
{
	struct member m = member_current(hook);
	struct inode *inode = dentry->d_inode;
	int failed;

	if (m.phase != LOCKC_PHASE_CONFINED || attr_is_layers(&m))
		return 0;
	failed = attr_verdict(&m, dentry);
	if (failed || !verdict_concerns(&m, LOCKC_RULE_SETUID) || !inode ||
	    !attr_name_lends((__u64)name, inode->i_mode))
		return failed;
	return attr_lend_verdict(&m, dentry, dentry);
}

SEC("lsm/inode_setxattr")
int BPF_PROG(lockc_inode_setxattr, void *idmap, struct dentry *dentry, const char *name)
{
	return attr_check_named(LOCKC_HOOK_INODE_SETXATTR, dentry, name);
}

/* To take an ACL away is to take its mask away, which may have kept a group from executing. */
SEC("lsm/inode_removexattr")
int BPF_PROG(lockc_inode_removexattr, void *idmap, struct dentry *dentry, const char *name)
{
	return attr_check_named(LOCKC_HOOK_INODE_REMOVEXATTR, dentry, name);
}

SEC("?lsm/inode_set_acl")
int BPF_PROG(lockc_inode_set_acl, void *idmap, struct dentry *dentry, const char *name)
{
	return attr_check_named(LOCKC_HOOK_INODE_SET_ACL, dentry, name);
}

SEC("?lsm/inode_remove_acl")
int BPF_PROG(lockc_inode_remove_acl, void *idmap, struct dentry *dentry, const char *name)
{
	return attr_check_named(LOCKC_HOOK_INODE_REMOVE_ACL, dentry, name);
}

SEC("?lsm/inode_file_setattr")
int BPF_PROG(lockc_inode_file_setattr, struct dentry *dentry)
{
	return attr_check(LOCKC_HOOK_INODE_FILE_SETATTR, dentry);
}

#endif
