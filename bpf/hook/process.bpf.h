/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Other processes: user code traces, signals and changes those of its own container
 * and no others, whatever PID namespace it is in and whatever user it is; but for signals
 * to containers that share its PID namespace on purpose (pids.bpf.h).
 *
 *   ptrace_access_check  ptrace(2), process_vm_readv(2), pidfd_getfd(2), and of /proc/PID
 *                        what tells or leads somewhere: mem, maps, environ, fd, exe, cwd, root
 *   ptrace_traceme       PTRACE_TRACEME: the parent becomes the tracer
 *   task_kill            kill(2) and its kin, pidfd_send_signal(2), also signal 0
 *   file_fcntl           F_SETOWN: input and output on a file signals somebody
 *   file_open            files of /proc/PID, for writing: oom_score_adj and the like; and
 *                        those of a cgroup by which whatever process has a number is moved there
 *   task_setnice, task_setioprio, task_setscheduler, task_setrlimit, task_setpgid,
 *   task_movememory      setpriority(2), ioprio_set(2), sched_setaffinity(2), prlimit(2),
 *                        setpgid(2), move_pages(2)
 *
 * A runtime that is joining the container is in sight of it before its exec
 * (CVE-2019-5736: /proc/PID/exe of runc). It may be signalled, as by kill(-1, SIGTERM) of
 * an init that ends; it may not be traced, whatever the policy says of others, unless that
 * holds nothing. To look at it is refused without a count: `ps`
 * looks at whatever there is.
 *
 * The two that have to do with files matter only where the container can name others by
 * their numbers (pids.bpf.h): in the host's PID namespace, in one that it shares with
 * another container, and in a proc of one of these. What it may write there is of its own
 * mount namespace's processes; to be signalled, only the caller and its process group.
 */
#ifndef LOCKC_HOOK_PROCESS_BPF_H
#define LOCKC_HOOK_PROCESS_BPF_H

#include "hook/lifecycle.bpf.h"
#include "pids.bpf.h"

#define PROCESS_ANYBODY (-1 - 0x7fffffff) /* F_SETOWN takes it for nobody at all */
#define PTRACE_MODE_READ 0x01
#define PTRACE_MODE_NOAUDIT 0x04

/* Whether the task is the container's, or in its mount namespace on the way to become so. */
static __always_inline bool process_is_near(const struct member *m, struct task_struct *task)
{
	__u64 *key = member_of_place(kernel_mntns(task));

	return key && *key == m->key;
}

static __always_inline int process_check(__u32 hook, struct task_struct *task)
{
	struct member m = member_current(hook);

	if (!verdict_holds(&m, LOCKC_RULE_PROCESS))
		return 0;
	if (member_of(task).key == m.key || process_is_near(&m, task))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_PROCESS, event_process(task));
}

/* A signal, which user code of a container with the same PID namespace may get as well. */
static __always_inline int process_check_signal(struct task_struct *task)
{
	struct member m = member_current(LOCKC_HOOK_TASK_KILL), other;
	struct lockc_container *its;
	__u64 key;

	if (!verdict_holds(&m, LOCKC_RULE_PROCESS))
		return 0;
	other = member_of(task);
	key = other.key;
	if (key == m.key || process_is_near(&m, task))
		return 0;
	if (m.container && other.phase == LOCKC_PHASE_CONFINED) {
		its = bpf_map_lookup_elem(&containers, &key);
		if (its && pids_are_shared(m.container, its))
			return 0;
	}
	return verdict_deny(&m, LOCKC_RULE_PROCESS, event_process(task));
}

/* Whether all that the task is and has is user code's: none of it is still who executed it. */
static __always_inline bool process_runs(const struct member *of, struct task_struct *task)
{
	return of->phase == LOCKC_PHASE_CONFINED &&
	       !(of->storage && of->storage->left_mm &&
		 of->storage->left_mm == (__u64)BPF_CORE_READ(task, mm));
}

/* `quiet`: nobody acts on the other process, or not for certain. */
static __always_inline int process_check_trace(__u32 hook, struct task_struct *task, bool look,
					       bool quiet)
{
	struct member m = member_current(hook);
	struct member other;
	bool runs;

	if (!verdict_confined(&m) || !m.rules)
		return 0;
	other = member_of(task);
	/* Who comes from a container that nothing holds is in this one's place until it executes. */
	runs = process_runs(&other, task) && (other.key == m.key || !process_is_near(&m, task));
	if (other.key == m.key && runs)
		return 0;
	/* Whatever the policy says of others: what it traced would enter without a policy. */
	if (!look && !runs &&
	    (process_is_near(&m, task) || lifecycle_leads_to(&other, task))) {
		verdict_deny(&m, LOCKC_RULE_PROCESS, event_process(task));
		return -EPERM;
	}
	if (!verdict_holds(&m, LOCKC_RULE_PROCESS))
		return 0;
	if (quiet || (look && (other.key == m.key || process_is_near(&m, task))))
		return verdict_deny_quietly(&m, LOCKC_RULE_PROCESS);
	return verdict_deny(&m, LOCKC_RULE_PROCESS, event_process(task));
}

/* Asked by file_open (file.bpf.h) of a file of proc that is opened for writing. */
static __always_inline int process_verdict(struct member *m, struct inode *inode)
{
	struct proc_fs_info *proc = inode->i_sb->s_fs_info;
	struct task_struct *task;
	__u64 *key;

	if (!verdict_holds(m, LOCKC_RULE_PROCESS) ||
	    !pids_names_others(m, BPF_CORE_READ(proc, pid_ns)))
		return 0;
	task = kernel_task_of(inode);
	if (!task)
		return 0;
	key = member_of_place(kernel_mntns_at(task));
	return key && *key == m->key ? 0 : verdict_deny(m, LOCKC_RULE_PROCESS, event_process(task));
}

/* Beginnings of names, as numbers; the second half tells cgroup.threads from cgroup.type. */
#define PROCESS_CGROUP_P 0x702e70756f726763ul /* "cgroup.p" */
#define PROCESS_ROC 0x636f72u
#define PROCESS_CGROUP_T 0x742e70756f726763ul /* "cgroup.t" */
#define PROCESS_HRE 0x657268u
#define PROCESS_TASKS 0x736b736174ul /* "tasks" and its end */
#define PROCESS_TASKS_MASK 0xfffffffffffful

/*
 * cgroup.procs, cgroup.threads or tasks is opened for writing: what is killed, frozen or
 * starved there next may be anybody's, where the container can name others.
 */
static __always_inline int process_verdict_cgroup(struct member *m, struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct dentry *dentry = file->f_path.dentry;
	const unsigned char *name = BPF_CORE_READ(dentry, d_name.name);
	__u64 first = 0, rest = 0;

	if (!verdict_holds(m, LOCKC_RULE_PROCESS))
		return 0;
	bpf_probe_read_kernel(&first, sizeof(first), name);
	bpf_probe_read_kernel(&rest, 3, name + sizeof(first));
	if (!(first == PROCESS_CGROUP_P && rest == PROCESS_ROC) &&
	    !(first == PROCESS_CGROUP_T && rest == PROCESS_HRE) &&
	    (first & PROCESS_TASKS_MASK) != PROCESS_TASKS)
		return 0;
	return pids_names_others(m, pids_own(BPF_CORE_READ(task, thread_pid)).ns) ?
		       verdict_deny(m, LOCKC_RULE_PROCESS, event_path(&file->f_path)) :
		       0;
}

/*
 * Whether F_SETOWN means the caller: its process, one of its threads or its process group, by
 * their numbers where it is. 0 is nobody, above is a process, below a group; what is no int is
 * cut to one by the kernel.
 */
static __always_inline bool process_is_self(struct task_struct *task, int who)
{
	if (!who)
		return 1;
	if (who < 0)
		return who == -pids_own(BPF_CORE_READ(task, signal, pids[PIDTYPE_PGID])).nr;
	return who == pids_own(BPF_CORE_READ(task, group_leader, thread_pid)).nr ||
	       who == pids_own(BPF_CORE_READ(task, thread_pid)).nr;
}

/* Somebody is about to be signalled by input and output on a file; `who` as for F_SETOWN. */
static __always_inline int process_owner_verdict(struct member *m, __u32 act, int who)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (!verdict_holds(m, LOCKC_RULE_PROCESS) || process_is_self(task, who) ||
	    !pids_names_others(m, pids_own(BPF_CORE_READ(task, thread_pid)).ns))
		return 0;
	return verdict_deny(m, LOCKC_RULE_PROCESS, event_number(act));
}

SEC("lsm/file_fcntl")
int BPF_PROG(lockc_file_fcntl, struct file *file, unsigned int command, unsigned long argument)
{
	struct member m;

	if (command != F_SETOWN && command != F_SETOWN_EX)
		return 0;
	m = member_current(LOCKC_HOOK_FILE_FCNTL);
	return process_owner_verdict(&m, command,
				     command == F_SETOWN ? argument : PROCESS_ANYBODY);
}

/*
 * What a task of the host may get by looking leads into the container; what `ps` reads of
 * each process does not, and the kernel asks for that without audit (fs/proc/array.c).
 */
SEC("lsm/ptrace_access_check")
int BPF_PROG(lockc_ptrace_access_check, struct task_struct *child, unsigned int mode)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct member m;

	if (!task->bpf_storage && !child->bpf_storage && !task->group_leader->bpf_storage &&
	    !child->group_leader->bpf_storage)
		return 0;
	m = member_current(LOCKC_HOOK_PTRACE_ACCESS_CHECK);
	if (m.phase != LOCKC_PHASE_CONFINED)
		return mode & PTRACE_MODE_NOAUDIT ? 0 : lifecycle_look(&m, task, child);
	return process_check_trace(LOCKC_HOOK_PTRACE_ACCESS_CHECK, child, mode & PTRACE_MODE_READ,
				   mode & PTRACE_MODE_NOAUDIT);
}

SEC("lsm/ptrace_traceme")
int BPF_PROG(lockc_ptrace_traceme, struct task_struct *parent)
{
	return process_check_trace(LOCKC_HOOK_PTRACE_TRACEME, parent, 0, 0);
}

/*
 * With credentials it is a device that signals, at a time when anybody may be running.
 * They are read as a number: newer verifiers take no argument of a hook for NULL, and
 * drop what is there for that case.
 */
SEC("lsm/task_kill")
int BPF_PROG(lockc_task_kill, struct task_struct *task)
{
	__u64 cred = 0;

	bpf_probe_read_kernel(&cred, sizeof(cred), &ctx[3]);
	return cred ? 0 : process_check_signal(task);
}

SEC("lsm/task_setnice")
int BPF_PROG(lockc_task_setnice, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_SETNICE, task);
}

SEC("lsm/task_setioprio")
int BPF_PROG(lockc_task_setioprio, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_SETIOPRIO, task);
}

SEC("lsm/task_setscheduler")
int BPF_PROG(lockc_task_setscheduler, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_SETSCHEDULER, task);
}

SEC("lsm/task_setrlimit")
int BPF_PROG(lockc_task_setrlimit, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_SETRLIMIT, task);
}

SEC("lsm/task_setpgid")
int BPF_PROG(lockc_task_setpgid, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_SETPGID, task);
}

SEC("lsm/task_movememory")
int BPF_PROG(lockc_task_movememory, struct task_struct *task)
{
	return process_check(LOCKC_HOOK_TASK_MOVEMEMORY, task);
}

#endif
