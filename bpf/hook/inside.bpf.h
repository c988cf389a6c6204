/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the host's own code makes of what is the container's before its user code runs. The
 * runtime opens files by names that the image gave their meaning, hooks are started in the
 * root file system and with the container's environment: neither may hand the host over.
 *
 *   file_open  the runtime opens something in the container's place: as an open by user
 *              code, since that may get it. runc opens /dev/null for who has no stdin, and an
 *              image may make that a link to a file of /proc/sys (the CVE-2025-31133 family);
 *              or its writing is led elsewhere (CVE-2025-52881). Pipes are let through:
 *              it waits at one of its own for its start
 *   file_open  the same by who enters a container that runs: `docker exec` has its terminal made
 *              by /dev/ptmx, which the container may have replaced. Devices, pseudo files and
 *              bpffs alone: what else it works with there is its own
 *   file_open  execve(2) of what the container could have written: its root file system, its
 *              volumes, directories of the host that are not read-only for it. Rule HOOKS
 *   mmap_file  mapping code of that (CVE-2025-23266). Rule HOOKS; attached while containers
 *              with hooks are made (shim/hooks.ts), since each mapping passes it
 *
 * Rule HOOKS is asked about for containers that have such hooks: the runtime itself executes
 * nothing of the container's.
 *
 * startContainer hooks run inside, and are user code like what changes its root to the
 * container's and executes something (lifecycle.bpf.h).
 *
 * Known gaps: scripts and data that a hook reads. A library without code of its own is no code to
 * the kernel. Both need a hook that looks for them in the container's files, and admission
 * refuses the variables that would lead it there (core/judge/admission.ts).
 */
#ifndef LOCKC_HOOK_INSIDE_BPF_H
#define LOCKC_HOOK_INSIDE_BPF_H

#include "hook/lifecycle.bpf.h"

/* Whether the runtime is in its container's place: by another's view, or by its own steps. */
static __always_inline bool inside_is(const struct member *m, struct task_struct *task)
{
	return member_of_here(task) || lifecycle_is_led(lifecycle_way(task), task, m);
}

/*
 * The runtime opens what user code may get from it: the policy holds for that already. Refuses
 * where it has arrived in what cannot become the container's place.
 */
static __always_inline int inside_act(struct member *m, struct task_struct *task,
				      struct file *file)
{
	int failed;

	if (!member_is_runtime(m) || m->phase < LOCKC_PHASE_RUNTIME)
		return 0;
	failed = lifecycle_arrive(m, task);
	if (failed)
		return failed;
	if ((file->f_inode->i_mode & S_IFMT) == S_IFIFO || !inside_is(m, task))
		return 0;
	m->phase = LOCKC_PHASE_CONFINED;
	m->acting = 1;
	return 0;
}

/* What holds for the opens of who is in a container's place and neither of it nor its runtime. */
#define INSIDE_VISIT (LOCKC_RULE_PSEUDO | LOCKC_RULE_DEVICES | LOCKC_RULE_BPF)

/*
 * A task of the host opens something: where a container's names lead? Nor is it of the container
 * where its exec failed.
 */
static __always_inline void inside_visit(struct member *m, struct task_struct *task)
{
	if (m->key && (m->phase != LOCKC_PHASE_JOINING || member_is_runtime(m)))
		return;
	m->key = member_of_here(task);
	if (!m->key)
		m->key = lifecycle_leads_to(m, task);
	if (!m->key)
		return;
	m->container = bpf_map_lookup_elem(&containers, &m->key);
	m->rules = (m->container ? m->container->rules : ~0u) & INSIDE_VISIT;
	m->phase = LOCKC_PHASE_CONFINED;
	m->acting = 1;
}

/* Whether the container could have written the file. A walk that does not arrive says yes. */
static __always_inline bool inside_is_containers(const struct member *m, struct file *file)
{
	struct dentry *dentry = file->f_path.dentry;

	if (kernel_mount_internal(file->f_path.mnt))
		return 0;
	return grant_owns(m, (__u64)dentry->d_sb) ||
	       grant_above(m->key, (__u64)dentry, LOCKC_GRANT_FLAG_WRITE) != GRANT_NOT_ABOVE;
}

/* The host's own code, for a container, is about to run what is in the file. */
static __always_inline int inside_run(struct member *m, struct file *file)
{
	if (!member_is_runtime(m) || !m->container->hooked ||
	    !(m->container->rules & LOCKC_RULE_HOOKS) || !inside_is_containers(m, file))
		return 0;
	return verdict_deny(m, LOCKC_RULE_HOOKS, event_path(&file->f_path));
}

#endif
