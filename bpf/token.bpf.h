/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The token of a container's Kubernetes service account, with which it asks the cluster's API
 * for all that its account may do. It is in nearly every pod, so a container that is given
 * one starts, but under the rule TOKEN none of its user code gets at the content:
 *
 *   file_open     no regular file in the directory, or of the mount, that has the token, by
 *   file_receive  whatever name, and none that was passed in. Also by io_uring, and what the
 *                 runtime opens in the container's place (file.bpf.h, unix.bpf.h ask, last of
 *                 all, so that the verifier has nothing to go through twice). Not execve(2):
 *                 a token is no program, and none is told what was executed
 *   path_rename,  what lies in there stays there: where the directory is part of something
 *   path_link     larger that the container may write to, it could be read elsewhere
 *
 * Which directories these are the shim finds (core/host/token.ts); here they are grants with a flag,
 * known by inode. All of one is shut: at each rotation the kubelet makes all files anew,
 * in a new directory. What is no regular file stays open: directories can be listed.
 *
 * A policy's bit is in the record only of a container that was given a token, so that all
 * others pay for the test of a bit. Who was given one pays for a look at its record at each
 * open, and for a walk up where the file lies on the token's file system.
 *
 * Known gaps: an overlay that user code mounts over such a directory (mounting: allow, and
 * CAP_SYS_ADMIN) shows its files as its own. A link in such a directory that leads to a file
 * outside of it, where the container was given that as well.
 */
#ifndef LOCKC_TOKEN_BPF_H
#define LOCKC_TOKEN_BPF_H

#include "grant.bpf.h"
#include "verdict.bpf.h"

#define TOKEN_ON_SEVERAL (~0ull) /* in token_superblock */

/* A grant with a token was recorded. */
static __always_inline void token_lies_on(struct lockc_container *container,
					  struct super_block *sb)
{
	__u64 before = container->token_superblock;

	container->token_superblock =
		!before || before == (__u64)sb ? (__u64)sb : TOKEN_ON_SEVERAL;
}

/* Which file. In memory, as a global function takes no addresses of the kernel's. */
struct token_question {
	__u64 dentry;
};

/*
 * Whether the file lies where a token does. Global like grant_look_up, with little on the stack,
 * since a walk up needs most of it. Of a container whose record is gone, which cannot happen,
 * it is not known where that is.
 */
__noinline int token_covers(struct token_question *asked, __u64 container)
{
	struct lockc_container *record = bpf_map_lookup_elem(&containers, &container);
	__u64 lies = record ? record->token_superblock : TOKEN_ON_SEVERAL;
	struct dentry *dentry;

	if (!asked)
		return 1;
	dentry = (void *)asked->dentry;
	if (lies != TOKEN_ON_SEVERAL && (!lies || lies != (__u64)BPF_CORE_READ(dentry, d_sb)))
		return 0;
	return grant_above(container, asked->dentry, LOCKC_GRANT_FLAG_TOKEN) != GRANT_NOT_ABOVE;
}

/* Something comes of what lies there: it is opened, or gets another name. */
static __always_inline int token_verdict(struct member *m, struct vfsmount *mnt,
					 struct dentry *dentry)
{
	struct token_question asked = { .dentry = (__u64)dentry };

	return verdict_concerns(m, LOCKC_RULE_TOKEN) && token_covers(&asked, m->key) ?
		       verdict_deny(m, LOCKC_RULE_TOKEN, event_file(mnt, dentry)) :
		       0;
}

/* Files that the kernel keeps for itself hang on no directory, and are nobody's token. */
static __always_inline int token_verdict_open(struct member *m, struct file *file)
{
	struct inode *inode = file->f_inode;

	if (!(m->rules & LOCKC_RULE_TOKEN) || (inode->i_mode & S_IFMT) != S_IFREG ||
	    kernel_superblock_internal(inode->i_sb))
		return 0;
	return token_verdict(m, file->f_path.mnt, file->f_path.dentry);
}

/*
 * Neither out of such a directory nor into it, since the two may be exchanged. The directory itself
 * may be moved: what it is goes with it.
 */
static __always_inline int token_verdict_move(struct member *m, const struct path *dir,
					      const struct path *to)
{
	int failed = token_verdict(m, dir->mnt, dir->dentry);

	return failed ? failed : token_verdict(m, to->mnt, to->dentry);
}

#endif
