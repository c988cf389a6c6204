/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guard: no low-level runtime (runc, crun) is executed past lockc-runc by accident,
 * by an engine that nobody told or by a user. Not a wall against the host's root, who
 * can copy runc, call it through ld.so, or unload lockc.
 *
 *   file_open       of what is executed (lifecycle.bpf.h asks here)
 *   lockc_identify  attached to nothing: lockctl asks what a file is to the kernel
 *
 *   who                           executes       guard  verdict
 *   CONFINED                      anything       any    not asked: the policy's affair
 *   ENTERED and later phases      anything       any    allow: it came through
 *   any other task of the host    lockc-runc     on     allow, and it has ENTERED
 *                                 a runtime      audit  allow, counted
 *                                 a runtime      enforce  deny, counted
 *
 * A binary is known by its inode, so that a hard link is the same, and by its place:
 * directory and name, so that a package upgrade, which renames another inode over it,
 * changes nothing. The generation tells an inode number that is used again. Links were
 * followed by then. The kernel asks about a script before it asks about its interpreter:
 * that is how the launcher is seen. Children are what their parents are (task_alloc), so
 * runc's own fork and exec of itself passes; an engine forks before it executes
 * lockc-runc and never becomes ENTERED. What enters a container becomes CONFINED.
 *
 * Known gaps: a hard link to, or a renamed, runtime that was upgraded after the last
 * lockctl load; a link whose target got another name by an upgrade; on kernels before
 * 6.2 with preempt=full an exec that meets the busy storage lock is taken for one that
 * did not come through.
 */
#ifndef LOCKC_HOOK_RUNTIMES_BPF_H
#define LOCKC_HOOK_RUNTIMES_BPF_H

#include "pseudo.bpf.h"

static __always_inline struct lockc_binary_key runtimes_key(struct inode *inode, __u64 name)
{
	return (struct lockc_binary_key){
		.ino = inode->i_ino,
		.name = name,
		.dev = inode->i_sb->s_dev,
		.generation = inode->i_generation,
	};
}

/* enum lockc_binary, or 0: any other program. */
static __always_inline __u32 runtimes_kind(struct dentry *dentry)
{
	struct lockc_binary_key key = runtimes_key(dentry->d_inode, 0);
	__u32 *kind = bpf_map_lookup_elem(&runtimes, &key);
	__u64 name = PSEUDO_FNV_START;

	if (kind)
		return *kind;
	if (!pseudo_hash_name(&name, dentry))
		return 0;
	key = runtimes_key(dentry->d_parent->d_inode, name);
	kind = bpf_map_lookup_elem(&runtimes, &key);
	return kind ? *kind : 0;
}

/* -ENOMEM: it would go on only to be refused as runc. */
static __always_inline int runtimes_enter(struct task_struct *task)
{
	struct lockc_task *storage;

	storage = bpf_task_storage_get(&tasks, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!storage)
		return -ENOMEM;
	storage->phase = LOCKC_PHASE_ENTERED;
	return 0;
}

static __always_inline int runtimes_refuse(const struct member *m, struct task_struct *task,
					   struct file *file, __u32 mode)
{
	__u32 zero = 0;
	struct lockc_guard_hits *hits = bpf_map_lookup_elem(&guard_hits, &zero);

	if (hits) {
		__sync_fetch_and_add(mode == LOCKC_GUARD_ENFORCE ? &hits->denials : &hits->audits,
				     1);
		hits->pid = task->tgid;
		bpf_get_current_comm(hits->comm, sizeof(hits->comm));
	}
	event_tell_refusal(0, m->hook, LOCKC_RULE_GUARD, mode == LOCKC_GUARD_ENFORCE,
			   event_path(&file->f_path));
	return mode == LOCKC_GUARD_ENFORCE ? -EPERM : 0;
}

static __always_inline __u32 runtimes_mode(void)
{
	__u32 zero = 0;
	__u32 *mode = bpf_map_lookup_elem(&guard, &zero);

	return mode ? *mode : LOCKC_GUARD_OFF;
}

static __always_inline int runtimes_check(const struct member *m, struct task_struct *task,
					  struct file *file)
{
	__u32 mode = runtimes_mode();

	if (mode == LOCKC_GUARD_OFF || m->phase != LOCKC_PHASE_NONE)
		return 0;
	switch (runtimes_kind(file->f_path.dentry)) {
	case LOCKC_BINARY_ENTRANCE:
		return runtimes_enter(task);
	case LOCKC_BINARY_RUNTIME:
		return runtimes_refuse(m, task, file, mode);
	}
	return 0;
}

/*
 * What a descriptor of the caller's stands for. stat(2) does not tell: overlayfs and
 * btrfs show other numbers than the kernel compares, and nobody shows the generation.
 */
SEC("syscall")
int lockc_identify(struct lockc_identity *identity)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct fdtable *fdt = BPF_CORE_READ(task, files, fdt);
	struct file **fds = BPF_CORE_READ(fdt, fd);
	struct file *file = NULL;
	struct inode *inode;

	if (identity->fd >= BPF_CORE_READ(fdt, max_fds))
		return -EBADF;
	bpf_probe_read_kernel(&file, sizeof(file), fds + identity->fd);
	if (!file)
		return -EBADF;
	inode = BPF_CORE_READ(file, f_inode);
	identity->ino = BPF_CORE_READ(inode, i_ino);
	identity->dev = BPF_CORE_READ(inode, i_sb, s_dev);
	identity->generation = BPF_CORE_READ(inode, i_generation);
	return 0;
}

#endif
