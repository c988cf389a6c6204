/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Privilege: user code uses only the capabilities of its policy, however it got
 * them: --cap-add, docker exec --privileged, a set-user-ID file.
 *
 *   capable        a capability is about to be used; where it is not held, the kernel's
 *                  own check refuses (security/commoncap.c), and that is no refusal of ours.
 *                  For some acts of other rules it is all that the kernel asks, whatever the
 *                  policy's capabilities. SYS_MODULE is for nothing but changing what code
 *                  the kernel has: delete_module(2) (MODULES). SYS_ADMIN is asked for by
 *                  fsopen(2), open_tree(2), mount_setattr(2) and their kin (fs/namespace.c,
 *                  may_mount: MOUNT), in whatever user namespace
 *   mmap_addr      memory at an address below CRED_LOW, for which the kernel asks for
 *                  CAP_SYS_RAWIO past the hook above. Every mapping of every process passes
 *                  here, which costs each some 95 instructions: so it is attached only when a
 *                  policy has the rule MAPPINGS, as fileless.bpf.h's are (ctl/kernel/attach.ts)
 *   userns_create  clone(2) and unshare(2) with CLONE_NEWUSER
 *   task_fix_setuid       setuid(2) and its kin: under the rule ROOT nobody becomes user 0
 *   bprm_creds_from_file  execve(2), once the program's privileges are known: nor by it,
 *                         nor does the container's first process or `exec` start as it;
 *                         under the rule ESCALATION no program gives more than there was.
 *                         Who is about to join has joined here (lifecycle.bpf.h)
 *   bprm_committing_creds  attached by fmod_ret only (ctl/kernel/attach.ts), where
 *                          bprm_creds_from_file comes too early for file capabilities: the
 *                          kernel may still refuse, so a look is forgotten here; a program
 *                          that gains is killed. Where that is only audited, it is not
 *                          counted there
 *
 * User 0 is the host's: in a user namespace the container's root is an ordinary user.
 * Group 0 is no privilege in itself, and what many images run as (PSS: Running as Non-root).
 *
 * Capabilities count in the container's user namespace and those above it. What user
 * code may do in a user namespace of its own making is that namespace's affair;
 * whether it may make one is the rule USERNS.
 *
 * The kernel itself borrows credentials: overlayfs works on its layers with those of
 * whoever mounted it. That is no use of a capability by user code.
 *
 * Not every capability is asked for by `capable`. security/commoncap.c calls its own
 * cap_capable, and a few others look at the bits (6.1 to 7.2):
 *
 *   cap_mmap_addr           SYS_RAWIO: low addresses; held by mmap_addr, where that is attached
 *   cap_vm_enough_memory    SYS_ADMIN: the last 3 % where memory is not overcommitted
 *   cap_inh_is_capped,      SETPCAP: inheritable bits and securebits, of which nothing more
 *   cap_task_prctl          comes than what `capable` then refuses
 *   psi_write               SYS_RESOURCE of who opened /proc/pressure: pseudo.bpf.h's affair
 *   create_user_ns          SETFCAP of who makes a namespace: whether it may map the user 0
 *                           above it. What comes of it are file capabilities (attr.bpf.h)
 *   AppArmor                MAC_ADMIN: policies by securityfs (pseudo.bpf.h); MAC_OVERRIDE:
 *                           a change of profile by who has none
 *
 * Known gaps: where no policy has the rule MAPPINGS, `exec --privileged` maps memory at
 * address 0, with which a bug of the kernel is easier to use on processors without SMAP.
 * access(2) reports what the task's capabilities would allow, without the
 * policy; nothing can be done with its answer. A process that has used io_uring is
 * refused what an overlayfs other than its root does for it beyond the policy.
 *
 * CAP_DAC_READ_SEARCH also lets open_by_handle_at(2) name any file of a file system, past
 * the mount that the container was given. So the rule FILES refuses it there, whatever
 * the policy's capabilities.
 * From 6.18 on a handle names a namespace as well, the host's among them, by CAP_SYS_ADMIN
 * (fs/nsfs.c, nsfs_export_permission): refused there by the same rule.
 */
#ifndef LOCKC_HOOK_CRED_BPF_H
#define LOCKC_HOOK_CRED_BPF_H

#include "hook/lifecycle.bpf.h"

/* Whether the task acts with credentials that it has for a moment only, and with these. */
static __always_inline bool cred_is_put_on(struct task_struct *task, const struct cred *cred)
{
	return cred == task->cred && cred != task->real_cred;
}

/*
 * Whether they are overlayfs' own, which nobody else gets, or a copy of them: it makes
 * new files with one that has the file's owner (fs/overlayfs/dir.c). A copy shares what
 * the runtime replaces in what it gives to user code: keyring and groups.
 */
static __always_inline bool cred_is_layers(const struct lockc_container *container,
					   const struct cred *cred)
{
	const struct cred *own = (void *)container->layer_cred;

	return cred == own ||
	       (own && BPF_CORE_READ(cred, group_info) == BPF_CORE_READ(own, group_info) &&
		BPF_CORE_READ(cred, session_keyring) == BPF_CORE_READ(own, session_keyring) &&
		BPF_CORE_READ(cred, user_ns) == BPF_CORE_READ(own, user_ns));
}

/*
 * Whether they are the kernel's choice and not user code's. io_uring puts on what its
 * user registered or submitted with, and a core is dumped with the task's own; there
 * only overlayfs' are known for certain.
 */
static __always_inline bool cred_is_borrowed(const struct lockc_container *container,
					     const struct cred *cred)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (!cred_is_put_on(task, cred))
		return 0;
	if (task->flags & (PF_IO_WORKER | PF_DUMPCORE))
		return cred_is_layers(container, cred);
	return !bpf_core_field_exists(task->io_uring) || !task->io_uring ||
	       cred_is_layers(container, cred);
}

/*
 * The runtime, which chooses no credentials and uses no io_uring, opens something: when
 * this is overlayfs at its layers, then with its own. The last one that it opens is the
 * container's program, in its root file system.
 */
static __always_inline void cred_learn(const struct member *m, struct file *file)
{
	struct task_struct *task = bpf_get_current_task_btf();

	if (member_is_runtime(m) && cred_is_put_on(task, file->f_cred))
		m->container->layer_cred = (__u64)file->f_cred;
}

static __always_inline bool cred_permits(const struct lockc_container *container,
					 struct user_namespace *ns, int cap)
{
	return ns->level > (int)container->user_level ||
	       (container->capabilities >> (cap & 63) & 1);
}

#define CRED_NAMESPACES 33 /* user namespaces on a path, the host's included: the kernel's limit */

/*
 * What the kernel's own check says (cap_capable_helper in security/commoncap.c). It
 * comes first when the programs are attached as LSM, and last when before the function.
 */
static __always_inline bool cred_holds(const struct cred *cred, struct user_namespace *ns, int cap)
{
	struct user_namespace *own = BPF_CORE_READ(cred, user_ns);
	int level = BPF_CORE_READ(own, level);
	__u64 bits = 0;
	int i;

	for (i = 0; i < CRED_NAMESPACES; i++) {
		if (ns == own) {
			bpf_core_read(&bits, sizeof(bits), &cred->cap_effective);
			return bits >> (cap & 63) & 1;
		}
		if (BPF_CORE_READ(ns, level) <= level)
			return 0;
		if (BPF_CORE_READ(ns, parent) == own &&
		    BPF_CORE_READ(ns, owner.val) == BPF_CORE_READ(cred, euid.val))
			return 1;
		ns = BPF_CORE_READ(ns, parent);
	}
	return 1;
}

/* Which of the rules that hold refuse it to whoever has it. */
static __always_inline __u32 cred_refusing(struct member *m, const struct cred *cred,
					   struct user_namespace *ns, int cap)
{
	__u32 rules = 0;

	if (verdict_concerns(m, LOCKC_RULE_CAPABILITY))
		rules |= LOCKC_RULE_CAPABILITY;
	if (cap == CAP_SYS_MODULE && verdict_concerns(m, LOCKC_RULE_MODULES))
		rules |= LOCKC_RULE_MODULES;
	if (cap == CAP_SYS_ADMIN && verdict_concerns(m, LOCKC_RULE_MOUNT) && kernel_in_mounting())
		rules |= LOCKC_RULE_MOUNT;
	if (!rules)
		return 0;
	member_load(m);
	if (!m->container)
		return rules;
	if (cred_is_borrowed(m->container, cred))
		return 0;
	return cred_permits(m->container, ns, cap) ? rules & ~LOCKC_RULE_CAPABILITY : rules;
}

SEC("lsm/capable")
int BPF_PROG(lockc_capable, const struct cred *cred, struct user_namespace *ns, int cap,
	     unsigned int opts)
{
	struct member m = member_current(LOCKC_HOOK_CAPABLE);
	__u32 rules;
	int failed;

	/* From 6.12 on the kernel asks for the one and then for the other: one refusal, told once. */
	if ((cap == CAP_DAC_READ_SEARCH || cap == CAP_SYS_ADMIN) &&
	    verdict_holds(&m, LOCKC_RULE_FILES) && kernel_in_open_by_handle() &&
	    verdict_deny(&m, LOCKC_RULE_FILES, event_capability(CAP_DAC_READ_SEARCH)))
		return -EPERM;
	rules = cred_refusing(&m, cred, ns, cap);
	if (!rules || !cred_holds(cred, ns, cap))
		return 0;
	if (rules & LOCKC_RULE_CAPABILITY) {
		failed = opts & CAP_OPT_NOAUDIT ?
				 verdict_deny_quietly(&m, LOCKC_RULE_CAPABILITY) :
				 verdict_deny(&m, LOCKC_RULE_CAPABILITY, event_capability(cap));
		if (failed)
			return failed;
	}
	if (rules & LOCKC_RULE_MODULES)
		return verdict_deny(&m, LOCKC_RULE_MODULES, event_capability(cap));
	if (rules & LOCKC_RULE_MOUNT)
		return verdict_deny(&m, LOCKC_RULE_MOUNT, event_capability(cap));
	return 0;
}

/* Addresses that nobody maps by accident: the kernel's own default of vm.mmap_min_addr. */
#define CRED_LOW 65536

/* As everywhere, the kernel's own check refuses who does not hold it. */
SEC("?lsm/mmap_addr")
int BPF_PROG(lockc_mmap_addr, unsigned long address)
{
	struct member m;
	const struct cred *cred;
	struct user_namespace *ns;

	if (address >= CRED_LOW)
		return 0;
	m = member_current(LOCKC_HOOK_MMAP_ADDR);
	if (!verdict_holds(&m, LOCKC_RULE_CAPABILITY) ||
	    (m.container && (m.container->capabilities >> CAP_SYS_RAWIO & 1)))
		return 0;
	cred = ((struct task_struct *)bpf_get_current_task_btf())->cred;
	ns = BPF_CORE_READ(cred, user_ns);
	if (BPF_CORE_READ(ns, level) || !cred_holds(cred, ns, CAP_SYS_RAWIO))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_CAPABILITY, event_capability(CAP_SYS_RAWIO));
}

SEC("lsm/userns_create")
int BPF_PROG(lockc_userns_create)
{
	return verdict_refuse(LOCKC_HOOK_USERNS_CREATE, LOCKC_RULE_USERNS, event_nothing());
}

static __always_inline bool cred_is_root(const struct cred *cred)
{
	return !BPF_CORE_READ(cred, uid.val) || !BPF_CORE_READ(cred, euid.val) ||
	       !BPF_CORE_READ(cred, suid.val) || !BPF_CORE_READ(cred, fsuid.val);
}

static __always_inline __u64 cred_permitted(const struct cred *cred)
{
	__u64 permitted = ~0ul;

	bpf_core_read(&permitted, sizeof(permitted), &cred->cap_permitted);
	return permitted;
}

SEC("lsm/task_fix_setuid")
int BPF_PROG(lockc_task_fix_setuid, struct cred *new)
{
	struct member m = member_current(LOCKC_HOOK_TASK_FIX_SETUID);

	if (!verdict_holds(&m, LOCKC_RULE_ROOT) || !cred_is_root(new))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_ROOT, event_nothing());
}

static __always_inline bool cred_gains(const struct cred *then, const struct cred *now)
{
	return BPF_CORE_READ(then, euid.val) != BPF_CORE_READ(now, euid.val) ||
	       BPF_CORE_READ(then, egid.val) != BPF_CORE_READ(now, egid.val) ||
	       (cred_permitted(then) & ~cred_permitted(now));
}

/* A join brings what the engine asked for, so only an exec of user code can be a gain. */
static __always_inline int cred_execute(struct task_struct *task, struct linux_binprm *bprm)
{
	const struct cred *now = task->cred, *then = bprm->cred;
	struct path *path = &bprm->file->f_path;
	struct member m;
	int crosses = 0;
	bool joins;

	if (member_certain(&m, LOCKC_HOOK_BPRM_CREDS_FROM_FILE))
		return -ENOMEM;
	joins = m.phase == LOCKC_PHASE_JOINING;
	if (joins)
		m.phase = LOCKC_PHASE_CONFINED;
	else if (m.phase == LOCKC_PHASE_CONFINED)
		crosses = lifecycle_cross(&m, task);
	if (crosses < 0)
		return crosses;
	if (verdict_holds(&m, LOCKC_RULE_ROOT) && cred_is_root(then) &&
	    verdict_deny(&m, LOCKC_RULE_ROOT, event_path(path)))
		return -EPERM;
	if (joins && m.storage) {
		lifecycle_joined(m.storage, task);
		return 0;
	}
	if (crosses && m.storage) {
		lifecycle_crossed(m.storage, m.key, task);
		return 0;
	}
	if (m.phase != LOCKC_PHASE_CONFINED) {
		if (lifecycle_keep(task))
			return -ENOMEM;
		if (!kernel_by_function)
			lifecycle_executed(task);
	} else if (m.storage && m.storage->left_mm != (__u64)task->mm) {
		m.storage->left_mm = 0; /* its address may be used again */
	}
	if (!verdict_holds(&m, LOCKC_RULE_ESCALATION) || !cred_gains(then, now))
		return 0;
	return verdict_deny(&m, LOCKC_RULE_ESCALATION, event_path(path));
}

SEC("lsm/bprm_creds_from_file")
int BPF_PROG(lockc_bprm_creds_from_file, struct linux_binprm *bprm)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return task->bpf_storage || task->group_leader->bpf_storage ? cred_execute(task, bprm) : 0;
}

SEC("?lsm/bprm_committing_creds")
int BPF_PROG(lockc_bprm_committing_creds, struct linux_binprm *bprm)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct member m = member_of(task);

	if (m.phase != LOCKC_PHASE_CONFINED)
		lifecycle_executed(task);
	if (!verdict_holds(&m, LOCKC_RULE_ESCALATION) || !cred_gains(bprm->cred, task->cred) ||
	    !verdict_deny_quietly(&m, LOCKC_RULE_ESCALATION))
		return 0;
	m.hook = LOCKC_HOOK_BPRM_COMMITTING_CREDS;
	verdict_deny(&m, LOCKC_RULE_ESCALATION, event_path(&bprm->file->f_path));
	bpf_send_signal(SIGKILL); /* before its first instruction: the exec cannot fail any more */
	return 0;
}

#endif
