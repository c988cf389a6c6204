/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code that lies in no file that anybody could look at: memfd_create(2), shared memory
 * without a name, a file of tmpfs that was unlinked.
 *
 *   file_open      execve(2) of one, rule PROGRAMS (file.bpf.h asks)
 *   mmap_file      mapping one with PROT_EXEC, rule MAPPINGS; asks inside.bpf.h, too
 *   file_mprotect  making such a mapping executable later
 *
 * Every mapping of every process passes the last two, so they are attached only when a
 * policy has the rule (ctl/kernel/attach.ts), and the first of them while hooks run (shim/hooks.ts).
 *
 * runc's own copy of itself in a memfd runs before user code, so it is not asked about.
 *
 * Known gaps: PROGRAMS alone leaves a loader that maps such a file (ld.so /proc/self/fd/3)
 * to MAPPINGS. Private anonymous memory is nobody's file; neither rule is about it.
 */
#ifndef LOCKC_HOOK_FILELESS_BPF_H
#define LOCKC_HOOK_FILELESS_BPF_H

#include "hook/inside.bpf.h"
#include "verdict.bpf.h"

/* Asked of the inode: for a mapping, overlayfs shows its layer's mount, which is internal too. */
static __always_inline bool fileless(struct file *file)
{
	struct inode *inode = file->f_inode;
	struct super_block *sb = inode->i_sb;

	return kernel_superblock_internal(sb) || (sb->s_magic == TMPFS_MAGIC && !inode->i_nlink);
}

static __always_inline int fileless_verdict(struct member *m, __u32 rule, struct file *file)
{
	return verdict_holds(m, rule) && fileless(file) ?
		       verdict_deny(m, rule, event_path(&file->f_path)) :
		       0;
}

/* The function is not told what personality(2) makes of the protection that was asked for. */
SEC("?lsm/mmap_file")
int BPF_PROG(lockc_mmap_file, struct file *file, unsigned long asked)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct member m;

	if (!file || !((asked & PROT_EXEC) || (task->personality & READ_IMPLIES_EXEC)))
		return 0;
	m = member_current(LOCKC_HOOK_MMAP_FILE);
	return m.phase == LOCKC_PHASE_RUNTIME || m.phase == LOCKC_PHASE_JOINING ?
		       inside_run(&m, file) :
		       fileless_verdict(&m, LOCKC_RULE_MAPPINGS, file);
}

SEC("?lsm/file_mprotect")
int BPF_PROG(lockc_file_mprotect, struct vm_area_struct *vma, unsigned long asked,
	     unsigned long prot)
{
	struct file *file;
	struct member m;

	if (!(prot & PROT_EXEC) || (vma->vm_flags & VM_EXEC))
		return 0;
	file = vma->vm_file;
	if (!file)
		return 0;
	m = member_current(LOCKC_HOOK_FILE_MPROTECT);
	return fileless_verdict(&m, LOCKC_RULE_MAPPINGS, file);
}

#endif
