// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * Membership (bpf/hook/lifecycle.bpf.h) on this host, without a kernel: every order in which a
 * few tasks can create, hook, pivot, start, enter, unshare, fork, execute and be killed, with
 * two containers, against what is true. The hooks' own programs run; this file is the kernel
 * around them and knows, of each task, whose code it is.
 *
 *   lifecycle SCENARIO TASKS MOVES    explores it; prints how many states and moves there
 *                                     are, how many execs were refused, and of each move
 *                                     how often it was made
 *
 * At most TASKS at a time, and MOVES beside those that bring a container about or to its end.
 *
 * A scenario is a set of letters, what may happen beside create, start and exit:
 *
 *   h  hooks before the pivot, in the runtime's or the container's mount namespace, that may
 *      unshare, pivot and execute      s  startContainer hooks
 *   u  user code unshares              f  user code forks
 *   r  user code was given the host's root, and makes that the root of a namespace
 *   e  tasks of the host enter         g  … by a namespace they got hold of as they looked
 *   k  … and keep across an exec
 *   d  tasks of the host that looked unshare, mount, pivot and execute
 *   n  without pivot_root(2)           2  two containers
 *   z  … and without chroot(2): into a namespace that the kernel made of the root
 *   o  the root is a file system of its own, not a directory of the host's
 *   w  … both containers have the same one, and the host enters by its path
 *   t  tasks of the host have threads, each with a root and mounts of its own
 *   i  tasks of the host go in without executing, and back
 *   a  their execs fail when the program has been opened
 *   l  hooks look, and enter
 *   v  every task has storage of another program's
 *   b  once, the kernel does not give the storage of who forks or executes, nor makes any
 *
 * After each move, of whatever lives:
 *   user code is CONFINED in its container, whose record is there
 *   code of the host is not, and was refused no exec
 *   a first process that waits has its record, unless the runtime was killed before the pivot
 *   a container has not started before its first process runs, where no hook pivots
 *   a container whose tasks have ended, but for daemons of hooks that did not pivot, has no
 *   record
 *   a root that is a container's as a whole is known as long as its record is there
 *   `places` has nothing but what is a living container's or buried, and `slots` count it
 */
#include <stdio.h>
#include <stdlib.h>

#define HOST_MAPS
#define HOST_RECORDS
#include "lockc.bpf.c"

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

#define TASKS 6
#define NAMESPACES 6
#define PLACES 16
#define CONTAINERS 3	/* 0 stands for the host */
#define ROOTS (CONTAINERS + 1) /* the last is that of a container that lockc knows nothing of */
#define GRAVES 8
#define DEEPEST 100

enum role { FREE, HOST, SHIM, CREATOR, INIT, HOOK, START_HOOK, USER };

/* What is true of a task, beside what the kernel keeps of it. */
struct truth {
	enum role role;
	int of;	    /* container: 0 the host's */
	int mntns;  /* index */
	int root;   /* whose root: 0 the host's */
	int looked; /* container at whose process it looked last, 0: none since its last exec */
	int several;
	int got;     /* namespace it got hold of then, -1: none … */
	int got_of;  /* … and whose */
	bool made;   /* its namespace is of its own making, from the host's */
	bool told;   /* … and it has mounted there */
	bool has_executed; /* since it was forked, or pivoted */
	bool pivoted;
	bool held; /* there was a record as it pivoted */
	bool forked;
	int leader; /* of its process, from 1; 0: itself. What it looked at and got is there */
	int inside; /* container of the host's task that went in and has not executed */
	bool failed; /* it tried to execute inside since its last exec */
};

/* All that changes. */
struct world {
	struct truth truth[TASKS];
	struct lockc_task storage[TASKS];
	bool has_storage[TASKS];
	bool counted_once[TASKS];
	struct lockc_container record[CONTAINERS];
	bool has_record[CONTAINERS], was_created[CONTAINERS], has_started[CONTAINERS];
	struct {
		__u64 place, key;
	} places[PLACES];
	bool pivoted_in[NAMESPACES];
	bool is_nested[NAMESPACES]; /* user code's, with a user namespace of its own … */
	bool shows_host[NAMESPACES]; /* … and the host's root directory, which it was given */
	int namespaces; /* made so far */
	int left;	/* moves that are still free */
	bool busy;	/* the storage may still fail to be given */
	__u64 generation;
	__u32 starting, burials;
	__u64 buried[GRAVES];
};

static struct world now;
static bool may[128];
static int task_count, current;
static bool decides;	       /* in a hook that decides about a fork or an exec */
static int asked, busy_at = -1; /* for storage there; which time it is not given */
static unsigned long moves, refusals;
static const char *move_name;
static struct {
	const char *name;
	unsigned long count;
} made_of[64];
static char trail[DEEPEST][80];
static struct world befores[DEEPEST];
static int depth;

static void fail(const char *what)
{
	int i;

	printf("FAULT: %s\n", what);
	for (i = 0; i < depth; i++)
		printf("  %s\n", trail[i]);
	exit(1);
}

/* Whose root directory and program a container has. */
static int root_of(int of)
{
	return may['w'] && of == 2 ? 1 : of;
}

static int leader_of(int i)
{
	return now.truth[i].leader ? now.truth[i].leader - 1 : i;
}

/* Whether a refusal is for that. */
static bool was_busy(void)
{
	return busy_at >= 0;
}

/* ---- the kernel's structures; what of them changes is set before each hook ---- */

static union {
	struct mnt_namespace___id id;
	struct mnt_namespace ns;
} mntns[NAMESPACES];
static struct super_block host_sb = { .s_dev = 1 }, root_sb[ROOTS];
static struct inode host_inode = { .i_ino = 2, .i_sb = &host_sb, .i_mode = S_IFDIR };
static struct inode root_inode[ROOTS], program_inode[ROOTS];
static struct dentry host_root = { .d_inode = &host_inode, .d_parent = &host_root,
				   .d_sb = &host_sb };
static struct dentry root_dentry[ROOTS], program_dentry[ROOTS];
static struct mount mounts[ROOTS], below;
static struct mount roots[TASKS]; /* each task's own, of the namespace that it is of */
static struct nsproxy nsproxies[TASKS];
static struct fs_struct fs[TASKS];
static struct signal_struct signals[TASKS];
static struct user_namespace users, own_users; /* the host's; one of user code's making */
static const struct cred creds = { .user_ns = &users };
static struct file *no_files[64];
static unsigned long nothing_closes;
static struct fdtable fdt = { .max_fds = 3, .fd = no_files, .close_on_exec = &nothing_closes };
static struct files_struct files = { .fdt = &fdt };
static struct task_struct tasks_of[TASKS];
static struct lockc_common all_common;
static struct lockc_grant_page page_of[CONTAINERS];

static void set_up(void)
{
	int i;

	host_sb.s_root = &host_root;
	mounts[0] = (struct mount){ .mnt = { .mnt_root = &host_root, .mnt_sb = &host_sb } };
	below = mounts[0];
	program_inode[0] = (struct inode){ .i_ino = 3, .i_sb = &host_sb, .i_mode = S_IFREG };
	for (i = 1; i < ROOTS; i++) {
		bool own = may['o'];

		root_sb[i].s_dev = 10 + i;
		root_sb[i].s_root = &root_dentry[i];
		root_inode[i] = (struct inode){ .i_ino = 100 + i, .i_mode = S_IFDIR,
						.i_sb = own ? &root_sb[i] : &host_sb };
		root_dentry[i] = (struct dentry){ .d_inode = &root_inode[i],
						  .d_parent = &root_dentry[i],
						  .d_sb = root_inode[i].i_sb };
		mounts[i] = (struct mount){ .mnt = { .mnt_root = &root_dentry[i],
						     .mnt_sb = root_inode[i].i_sb },
					    .mnt_parent = &below, .mnt_mountpoint = &host_root };
		program_inode[i] = (struct inode){ .i_ino = 200 + i, .i_mode = S_IFREG,
						   .i_sb = root_inode[i].i_sb };
	}
	for (i = 0; i < ROOTS; i++) {
		program_dentry[i] = (struct dentry){
			.d_inode = &program_inode[i],
			.d_parent = i ? &root_dentry[i] : &host_root,
			.d_sb = program_inode[i].i_sb,
			.d_name = { .len = 1, .name = (const unsigned char *)"p\0\0\0\0\0\0" },
		};
	}
	for (i = 0; i < NAMESPACES; i++)
		mntns[i].id.ns.ns_id = 1 + i;
	for (i = 0; i < TASKS; i++)
		tasks_of[i] = (struct task_struct){
			.pid = 50 + i, .tgid = 50 + i, .real_cred = &creds, .cred = &creds,
			.nsproxy = &nsproxies[i], .fs = &fs[i], .signal = &signals[i],
			.files = &files, .group_leader = &tasks_of[i],
		};
}

/* Steps only: one more than the namespace whose mount a task has as its root (/proc/PID/root); 0: its own. */
static int far_root[TASKS];

/* Before a hook: the kernel's view of every task. */
static void show(void)
{
	int i;

	for (i = 0; i < NAMESPACES; i++)
		mntns[i].ns.user_ns = now.is_nested[i] ? &own_users : &users;
	for (i = 0; i < TASKS; i++) {
		const struct truth *t = &now.truth[i];
		int root = now.shows_host[t->mntns] ? 0 : root_of(t->root);

		nsproxies[i].mnt_ns = &mntns[t->mntns].ns;
		roots[i] = mounts[root];
		roots[i].mnt_ns = &mntns[far_root[i] ? far_root[i] - 1 : t->mntns].ns;
		fs[i].root = (struct path){ .mnt = &roots[i].mnt,
					    .dentry = roots[i].mnt.mnt_root };
		signals[i].live.counter = t->role == FREE ? 0 : 1;
		tasks_of[i].bpf_storage = now.has_storage[i] || may['v'] ? (void *)1 : NULL;
		tasks_of[i].group_leader = &tasks_of[leader_of(i)];
		tasks_of[i].tgid = 50 + leader_of(i);
	}
}

/* ---- maps ---- */

void *host_task(void)
{
	return &tasks_of[current];
}

void *host_storage(void *map, void *task, unsigned long flags)
{
	int i = (struct task_struct *)task - tasks_of;

	if (map != &tasks || (decides && asked++ == busy_at))
		return NULL;
	if (!now.has_storage[i] && !(flags & BPF_LOCAL_STORAGE_GET_F_CREATE))
		return NULL;
	if (!now.has_storage[i])
		memset(&now.storage[i], 0, sizeof(now.storage[i]));
	now.has_storage[i] = 1;
	tasks_of[i].bpf_storage = (void *)1;
	return &now.storage[i];
}

long host_storage_delete(void *task)
{
	int i = (struct task_struct *)task - tasks_of;

	now.has_storage[i] = 0;
	tasks_of[i].bpf_storage = may['v'] ? (void *)1 : NULL;
	return 0;
}

static int find_place(__u64 place)
{
	int i;

	for (i = 0; i < PLACES; i++)
		if (now.places[i].key && now.places[i].place == place)
			return i;
	return -1;
}

void *host_look_up(void *map, const void *key)
{
	__u64 number = *(const __u32 *)key;

	if (map == &common)
		return &all_common;
	if (map == &containers) {
		number = *(const __u64 *)key;
		return number < CONTAINERS && now.has_record[number] ? &now.record[number] : NULL;
	}
	if (map == &places) {
		int i = find_place(*(const __u64 *)key);

		return i < 0 ? NULL : &now.places[i].key;
	}
	if (map == &grants) {
		const struct lockc_grant_key *page = key;

		return page->container < CONTAINERS && !page->page ? &page_of[page->container] : NULL;
	}
	return NULL;
}

long host_update(void *map, const void *key, const void *value, unsigned long flags)
{
	int i;

	if (map != &places)
		return 0;
	i = find_place(*(const __u64 *)key);
	if (i >= 0 && flags == BPF_NOEXIST)
		return -17;
	for (i = i < 0 ? 0 : i; i < PLACES; i++) {
		if (now.places[i].key && now.places[i].place != *(const __u64 *)key)
			continue;
		now.places[i].place = *(const __u64 *)key;
		now.places[i].key = *(const __u64 *)value;
		return 0;
	}
	fail("no room for a place: raise PLACES");
	return -28;
}

long host_delete(void *map, const void *key)
{
	int i;

	if (map == &containers) {
		__u64 number = *(const __u64 *)key;

		if (number >= CONTAINERS || !now.has_record[number])
			return -ENOENT;
		now.has_record[number] = 0;
		return 0;
	}
	if (map != &places)
		return -ENOENT;
	i = find_place(*(const __u64 *)key);
	if (i < 0)
		return -ENOENT;
	now.places[i].key = now.places[i].place = 0;
	return 0;
}

void host_for_each(void *map, void *callback, void *context)
{
	long (*call)(void *, const __u64 *, struct lockc_container *, void *) = callback;
	__u64 key;

	for (key = 1; key < CONTAINERS; key++)
		if (now.has_record[key] && call(map, &key, &now.record[key], context))
			return;
}

/* ---- what the kernel does, in its order ---- */

static void restore(const struct world *world)
{
	static __u64 counted[PLACES];
	int i;

	now = *world;
	for (i = 0; i < PLACES; i++)
		*member_slot(&all_common, counted[i]) = 0;
	for (i = 0; i < PLACES; i++)
		counted[i] = now.places[i].place;
	for (i = 0; i < PLACES; i++)
		if (now.places[i].key)
			(*member_slot(&all_common, now.places[i].place))++;
	all_common.generation = now.generation;
	all_common.starting = now.starting;
	all_common.burials = now.burials;
	memcpy(all_common.buried, now.buried, sizeof(now.buried));
}

static void keep(void)
{
	now.generation = all_common.generation;
	now.starting = all_common.starting;
	now.burials = all_common.burials;
	if (now.burials > GRAVES)
		fail("too many burials: raise GRAVES");
	memcpy(now.buried, all_common.buried, sizeof(now.buried));
}

static bool lives(int i)
{
	return now.truth[i].role != FREE;
}

/* A child of `parent`, -1: there is no room. */
static int fork_task(int parent, enum role role)
{
	struct truth *process;
	int child, failed;

	for (child = 0; child < task_count && lives(child); child++)
		;
	if (child == task_count)
		return -1;
	now.truth[child] = now.truth[parent];
	now.truth[child].role = role;
	now.truth[child].has_executed = 0;
	now.truth[child].forked = now.truth[child].pivoted = now.truth[child].held = 0;
	now.truth[child].leader = 0;
	process = &now.truth[leader_of(parent)];
	now.truth[child].looked = process->looked;
	now.truth[child].several = process->several;
	now.truth[child].got = process->got;
	now.truth[child].got_of = process->got_of;
	now.has_storage[child] = 0;
	show();
	current = parent;
	decides = 1;
	failed = lockc_task_alloc(&tasks_of[child]);
	decides = 0;
	if (failed && !was_busy())
		fail("a fork was refused");
	if (failed) {
		now.truth[child].role = FREE;
		return -1;
	}
	lockc_sched_wakeup_new(&tasks_of[child]);
	return child;
}

/* Opens a program of container `of` to execute it; whether the kernel lets it. */
static bool open_program(int i, struct file *file)
{
	int failed;

	show();
	current = i;
	decides = 1;
	failed = lockc_file_open(file);
	decides = 0;
	return !failed;
}

static struct file program_of(int of)
{
	int root = root_of(of);

	return (struct file){ .f_path = { .mnt = &mounts[root].mnt,
					  .dentry = &program_dentry[root] },
			      .f_inode = &program_inode[root], .f_flags = FMODE_EXEC_FLAG,
			      .f_mode = FMODE_READ, .f_cred = &creds };
}

/* Opens something of container `of`, not to execute it; what the kernel says. */
static int open_something(int i, int of)
{
	struct file file = program_of(of);

	file.f_flags = 0;
	show();
	current = i;
	return lockc_file_open(&file);
}

static void end_task(int i);

/* The other threads of its process end, and it is the first one. */
static void end_threads(int i)
{
	int leader = leader_of(i), j;

	for (j = 0; j < task_count; j++)
		if (j != i && now.truth[j].role != FREE && now.truth[j].leader == leader + 1)
			end_task(j);
	if (leader == i)
		return;
	now.truth[i].leader = 0;
	now.truth[i].got = now.truth[leader].got;
	now.truth[i].got_of = now.truth[leader].got_of;
	end_task(leader);
}

/* Executes a program of container `of`; whether the kernel lets it. */
static bool execute(int i, int of)
{
	struct file file = program_of(of);
	struct linux_binprm bprm = { .file = &file, .cred = (struct cred *)&creds };
	bool let = open_program(i, &file);

	decides = 1;
	let = let && !lockc_bprm_creds_from_file(&bprm);
	decides = 0;
	if (!let) {
		refusals++;
		return 0;
	}
	end_threads(i);
	now.truth[i].looked = now.truth[i].several = now.truth[i].failed = 0;
	if (!may['k'])
		now.truth[i].got = -1;
	now.truth[i].has_executed = 1;
	return 1;
}

static void end_task(int i)
{
	int j;

	for (j = 0; j < task_count; j++)
		if (now.truth[j].leader == i + 1 && j != i && now.truth[j].role != FREE)
			end_task(j);
	now.truth[i].role = FREE;
	show();
	current = i;
	lockc_sched_process_exit(&tasks_of[i]);
	lockc_sched_process_free(&tasks_of[i]);
	now.has_storage[i] = 0;
	memset(&now.storage[i], 0, sizeof(now.storage[i]));
	memset(&now.truth[i], 0, sizeof(now.truth[i]));
}

static bool is_user(int i);

static bool unshare_mounts(int i)
{
	if (now.namespaces == NAMESPACES)
		return 0;
	now.truth[i].mntns = now.namespaces++;
	now.truth[i].made = !now.truth[i].root;
	now.truth[i].told = 0;
	now.is_nested[now.truth[i].mntns] = is_user(i);
	return 1;
}

static void pivot(int i, int of)
{
	struct path path = { .mnt = &mounts[root_of(of)].mnt,
			     .dentry = &root_dentry[root_of(of)] };
	int failed;

	show();
	current = i;
	if (may['z']) {
		now.truth[i].root = of;
		failed = open_something(i, of);
	} else if (may['n']) {
		failed = lockc_path_chroot(&path);
		now.truth[i].root = of;
	} else {
		failed = lockc_sb_pivotroot(&fs[i].root, &path);
		now.truth[i].root = of;
	}
	if (failed)
		fail("a runtime's pivot was refused");
	now.truth[i].pivoted = 1;
	now.truth[i].has_executed = 0;
	now.truth[i].held = now.has_record[of];
	if (now.has_record[of])
		now.pivoted_in[now.truth[i].mntns] = 1;
}

/* The shim of lockc-runc, which is task i, as shim/enroll.ts does it: under these rules, with that root. */
static void register_container(int i, int of, __u32 rules, struct dentry *dentry)
{
	struct path root = { .mnt = &mounts[0].mnt, .dentry = dentry };
	int shim;

	now.truth[i].role = CREATOR;
	now.truth[i].of = of;
	now.has_storage[i] = 1;
	now.storage[i] = (struct lockc_task){ .container = of, .phase = LOCKC_PHASE_RUNTIME,
					      .counted = 1 };
	now.record[of] = (struct lockc_container){ .rules = rules, .tasks = 1 };
	now.has_record[of] = now.was_created[of] = 1;
	memset(&page_of[of], 0, sizeof(page_of[of]));
	for (shim = 0; lives(shim); shim++)
		;
	now.truth[shim] = (struct truth){ .role = SHIM, .got = -1 };
	now.has_storage[shim] = 1;
	now.storage[shim] = (struct lockc_task){ .container = of, .phase = LOCKC_PHASE_ENROLLING };
	show();
	current = shim;
	if (lockc_inode_getattr(&root))
		fail("a grant was refused");
	now.has_storage[shim] = 0;
	memset(&now.storage[shim], 0, sizeof(now.storage[shim]));
	memset(&now.truth[shim], 0, sizeof(now.truth[shim]));
}

/* … and lockc-runc, which becomes the runtime. */
static bool create(int i, int of)
{
	register_container(i, of, LOCKC_RULE_FILES | LOCKC_RULE_MOUNT, &root_dentry[root_of(of)]);
	if (execute(i, 0))
		return 1;
	if (!was_busy())
		fail("the runtime itself was refused");
	return 0;
}

/* ---- what must hold ---- */

static bool is_user(int i)
{
	enum role role = now.truth[i].role;

	return role == USER || (role == START_HOOK && now.truth[i].has_executed) ||
	       (role == HOOK && now.truth[i].root && now.truth[i].has_executed);
}

static bool has_creator(int of)
{
	int i;

	for (i = 0; i < task_count; i++)
		if (now.truth[i].role == CREATOR && now.truth[i].of == of)
			return 1;
	return 0;
}

static void check_task(int i)
{
	const struct truth *t = &now.truth[i];
	const struct lockc_task *storage = now.has_storage[i] ? &now.storage[i] : NULL;
	__u32 phase = storage ? storage->phase : LOCKC_PHASE_NONE;

	if (is_user(i)) {
		if (phase != LOCKC_PHASE_CONFINED || storage->container != (__u64)t->of)
			fail("user code without its policy");
		if (!now.has_record[t->of])
			fail("user code whose record is gone");
	} else if (phase == LOCKC_PHASE_CONFINED ||
		   (phase == LOCKC_PHASE_JOINING && !t->failed)) {
		fail("code of the host is held");
	}
	/* A runtime that is killed before the pivot leaves nobody who would go on. */
	if (t->role == INIT && !now.has_record[t->of] && (t->held || has_creator(t->of)))
		fail("a container's first process waits, and its record is gone");
}

static void check(void)
{
	__u32 starting = 0;
	int i, j;

	for (i = 0; i < task_count; i++)
		if (lives(i))
			check_task(i);
	for (i = 1; i < CONTAINERS; i++) {
		bool busy = 0;

		if (now.has_record[i] && now.record[i].started && !now.has_started[i] && !may['h'])
			fail("a container has started before its first process runs");
		for (j = 0; j < task_count; j++)
			if (now.truth[j].of == i && lives(j) &&
			    (now.truth[j].role != HOOK || now.truth[j].pivoted || is_user(j) ||
			     has_creator(i)))
				busy = 1;
		if (now.has_record[i] && !busy)
			fail("nobody is left, and the record is there");
		if (now.has_record[i] && may['o'] &&
		    find_place((__u64)root_inode[root_of(i)].i_sb) < 0)
			fail("the root of a container is nobody's");
		starting += now.has_record[i] && now.record[i].starting;
	}
	if (starting != all_common.starting)
		fail("containers that start are miscounted");
	for (i = 0; i < PLACES; i++) {
		bool known = now.places[i].key == LOCKC_LOOKED_SEVERAL ?
				     now.has_record[1] || now.has_record[2] :
				     now.has_record[now.places[i].key];

		for (j = 0; j < GRAVES; j++)
			known |= all_common.buried[j] == now.places[i].place;
		if (now.places[i].key && !known)
			fail("a place of nobody's");
		if (now.places[i].key && !*member_slot(&all_common, now.places[i].place))
			fail("a place that its slot hides");
	}
}

/* ---- moves ---- */

/* Whose first process, or user code, lives: what there is to be looked at. */
static bool can_be_seen(int i)
{
	return is_user(i) || (now.truth[i].role == INIT && now.truth[i].pivoted) ||
	       now.truth[i].inside;
}

/* … and which container that leads to. */
static int leads_to(int i)
{
	return now.truth[i].inside ? now.truth[i].inside : now.truth[i].of;
}

static void look_at(int i, int j)
{
	struct truth *process = &now.truth[leader_of(i)];
	int of = leads_to(j);

	show();
	current = i;
	if (lockc_ptrace_access_check(&tasks_of[j], PTRACE_MODE_READ))
		fail("the host may not look");
	process->several |= process->looked && process->looked != of;
	process->looked = of;
	process->got = may['g'] ? now.truth[j].mntns : -1;
	process->got_of = of;
}

/* User code is about to run for container `of`; `certain`: nothing speaks against it. */
static void start_user(int i, int of, enum role role, bool certain)
{
	bool let;

	now.truth[i].failed |= now.truth[i].role == HOST;
	if (may['z'])
		open_something(i, of);
	let = execute(i, of);
	if (!let && certain && !was_busy())
		fail("user code was refused to start");
	if (!let) {
		end_task(i); /* as runtimes do */
		return;
	}
	now.has_started[of] |= now.truth[i].role == INIT;
	now.truth[i].role = role;
	now.truth[i].of = of;
	now.truth[i].inside = 0;
	/* By the root alone it is of whoever has that, and is still there. */
	if (may['w'] && (!now.truth[i].mntns || !now.has_record[of]) && now.has_storage[i] &&
	    now.has_record[now.storage[i].container])
		now.truth[i].of = now.storage[i].container;
}

/* Whether who comes there without having looked is told: otherwise that is a known gap. */
static bool is_known(int namespace, int of)
{
	return now.pivoted_in[namespace] || (!now.shows_host[namespace] &&
	       find_place((__u64)root_inode[root_of(of)].i_sb) >= 0);
}

static bool enter(int i, int j, int target)
{
	struct truth *t = &now.truth[i], *process = &now.truth[leader_of(i)];
	int of = leads_to(j);
	/* In the host's own mounts the root alone tells, which may be several's. */
	bool certain = process->looked == of && !process->several && target;

	if (t->root)
		return 0;
	t->mntns = target;
	t->root = of;
	start_user(i, of, USER, certain && now.has_record[of]);
	return 1;
}

/* Move number `m` of task i, if there is one and it can be made. -1: there are no more. */
static int move(int i, int m)
{
	struct truth *t = &now.truth[i], *process = &now.truth[leader_of(i)];
	bool may_fail;
	int j, child;

#define MOVE(name) if (m-- == 0 && (move_name = (name)))
#define FREE_MOVE(name) MOVE(name) if (now.left-- == 0) return 0; else
	MOVE("exit") { end_task(i); return 1; }
	if (t->role == HOST) {
		for (j = 1; j <= (may['2'] ? 2 : 1); j++) {
			MOVE("creates") {
				int shim = 0;

				while (shim < TASKS && lives(shim))
					shim++;
				if (now.was_created[j] || process->looked || t->mntns ||
				    shim == TASKS || process != t)
					return 0;
				return create(i, j);
			}
		}
		for (j = 0; j < task_count; j++) {
			FREE_MOVE("looks") {
				if (!(may['e'] || may['d']) || i == j || !can_be_seen(j) || t->inside)
					return 0;
				look_at(i, j);
				return 1;
			}
			MOVE("enters where that is now") {
				/* setns(2) of a pidfd looks in the same breath; the other may have moved since. */
				if (!may['e'] || i == j || !can_be_seen(j) || t->root || t->made ||
				    process->looked != leads_to(j))
					return 0;
				return enter(i, j, now.truth[j].mntns);
			}
			MOVE("enters where that was") {
				if (!may['g'] || i == j || process->got < 0 || !can_be_seen(j) ||
				    t->root || t->made || process->looked != leads_to(j))
					return 0;
				return enter(i, j, process->got);
			}
			FREE_MOVE("goes in") {
				if (!may['i'] || i == j || !can_be_seen(j) || t->root || t->made ||
				    process->looked != leads_to(j))
					return 0;
				t->mntns = now.truth[j].mntns;
				t->root = t->inside = leads_to(j);
				return 1;
			}
		}
		MOVE("enters a namespace whose container may be over") {
			int of = process->got_of;

			if (!may['g'] || process->got < 0 || t->root || t->made ||
			    process->several || (!process->looked && !is_known(process->got, of)))
				return 0;
			t->mntns = process->got;
			t->root = of;
			start_user(i, of, USER, 0);
			return 1;
		}
		MOVE("executes inside") {
			if (!t->inside)
				return 0;
			start_user(i, t->inside, USER, !process->several && now.has_record[t->inside]);
			return 1;
		}
		MOVE("goes back") {
			if (!t->inside)
				return 0;
			t->mntns = t->root = t->inside = 0;
			return 1;
		}
		FREE_MOVE("fails to execute") {
			struct file file = program_of(t->root);

			if (!may['a'] || (!process->looked && !t->inside))
				return 0;
			t->failed |= t->inside != 0;
			if (!open_program(i, &file) && !t->inside && !was_busy())
				fail("the host may not open a program");
			return 1;
		}
		for (j = 1; j <= 2; j++) {
			MOVE("enters by the root's path") {
				if (!may['w'] || !may['o'] || t->root || t->made || !now.has_record[j] ||
				    process->looked || process != t)
					return 0;
				t->root = j;
				start_user(i, j, USER, 0);
				return 1;
			}
		}
		FREE_MOVE("makes a thread") {
			if (!may['t'] || process != t || t->forked || t->inside)
				return 0;
			t->forked = 1;
			child = fork_task(i, HOST);
			if (child < 0)
				return 0;
			now.truth[child].leader = i + 1;
			now.truth[child].forked = 1;
			return 1;
		}
		FREE_MOVE("unshares") {
			if (!may['d'] || t->made || t->inside)
				return 0;
			return unshare_mounts(i);
		}
		FREE_MOVE("mounts") {
			struct path path = { .mnt = &mounts[0].mnt, .dentry = &host_root };

			if (!may['d'] || !t->made || t->told)
				return 0;
			show();
			current = i;
			if (lockc_sb_mount(NULL, &path))
				fail("the host may not mount");
			t->told = 1;
			return 1;
		}
		MOVE("pivots for itself") {
			struct path path = { .mnt = &mounts[CONTAINERS].mnt,
					     .dentry = &root_dentry[CONTAINERS] };

			if (!may['d'] || !t->told || t->root)
				return 0;
			show();
			current = i;
			if (lockc_sb_pivotroot(&fs[i].root, &path))
				fail("the host may not pivot");
			t->root = CONTAINERS;
			return 1;
		}
		FREE_MOVE("executes") {
			if ((!may['d'] && !process->looked) || t->inside)
				return 0;
			/* Where another thread looked elsewhere, only the record tells what is home. */
			may_fail = t->leader ? t->made || !now.has_record[process->looked] : may['t'] && t->made;
			if (!execute(i, t->root) && !was_busy() && !may_fail)
				fail("the host may not execute");
			return 1;
		}
		FREE_MOVE("forks") {
			if (t->forked || t->inside)
				return 0;
			t->forked = 1;
			return fork_task(i, HOST) >= 0;
		}
	}
	if (t->role == CREATOR) {
		MOVE("forks init") {
			if (t->forked)
				return 0;
			t->forked = 1;
			child = fork_task(i, INIT);
			return child >= 0 && unshare_mounts(child);
		}
	}
	if (t->role == INIT) {
		MOVE("forks a hook") {
			if (!may['h'] || t->pivoted || t->forked)
				return 0;
			t->forked = 1;
			return fork_task(i, HOOK) >= 0;
		}
		MOVE("pivots") {
			if (t->pivoted)
				return 0;
			pivot(i, t->of);
			return 1;
		}
		MOVE("forks a startContainer hook") {
			if (!may['s'] || !t->pivoted || t->forked)
				return 0;
			t->forked = 1;
			child = fork_task(i, START_HOOK);
			if (child < 0)
				return 0;
			start_user(child, t->of, START_HOOK, now.has_record[t->of]);
			return 1;
		}
		MOVE("starts") {
			if (!t->pivoted)
				return 0;
			start_user(i, t->of, USER, now.has_record[t->of]);
			return 1;
		}
	}
	if (t->role == HOOK) {
		for (j = 0; j < task_count; j++) {
			FREE_MOVE("looks as a hook") {
				if (!may['l'] || i == j || !can_be_seen(j) || is_user(i) || t->root ||
				    leads_to(j) == t->of)
					return 0;
				look_at(i, j);
				return 1;
			}
			MOVE("enters as a hook") {
				if (!may['l'] || i == j || !can_be_seen(j) || is_user(i) || t->root ||
				    t->looked != leads_to(j) || !t->looked)
					return 0;
				t->mntns = now.truth[j].mntns;
				t->root = leads_to(j);
				start_user(i, t->root, USER, 0);
				return 1;
			}
		}
		MOVE("executes") {
			/* One that goes on after the pivot, or after its container, is the host's at home only. */
			if (t->root)
				start_user(i, t->of, HOOK, now.has_record[t->of]);
			else if (!execute(i, 0)) {
				if (!was_busy() &&
				    (!t->mntns || (now.has_record[t->of] &&
						   find_place(mntns[t->mntns].id.ns.ns_id) < 0)))
					fail("a hook was refused to execute");
				end_task(i);
			}
			return 1;
		}
		MOVE("unshares") {
			if (is_user(i) || t->root || t->told)
				return 0;
			if (!unshare_mounts(i))
				return 0;
			t->told = 1; /* once */
			return 1;
		}
		MOVE("pivots") {
			if (is_user(i) || t->pivoted || !t->told || !now.has_record[t->of] ||
			    may['n'])
				return 0;
			pivot(i, t->of);
			return 1;
		}
	}
	if (is_user(i)) {
		FREE_MOVE("unshares") { return may['u'] && unshare_mounts(i); }
		FREE_MOVE("makes a namespace of the host's root") {
			if (!may['r'] || !unshare_mounts(i))
				return 0;
			now.shows_host[t->mntns] = 1;
			return 1;
		}
		FREE_MOVE("forks") {
			if (!may['f'] || t->forked)
				return 0;
			t->forked = 1;
			return fork_task(i, USER) >= 0;
		}
		FREE_MOVE("executes") {
			if (t->role != USER)
				return 0;
			if (!execute(i, t->of) && !was_busy())
				fail("user code may not execute");
			return 1;
		}
	}
	return -1;
}

/* ---- all orders ---- */

#define SEEN (1u << 25)
static __u64 *seen;
static unsigned long states;

static __u64 hash_bytes(const void *bytes, size_t size)
{
	const __u64 *word = bytes;
	__u64 hash = 0x9e3779b97f4a7c15ul;
	size_t i;

	for (i = 0; i < size / sizeof(*word); i++) {
		hash = (hash ^ word[i]) * 0xff51afd7ed558ccdul;
		hash ^= hash >> 32;
	}
	return hash ? hash : 1;
}

static bool is_new(void)
{
	__u64 hash, place;
	struct world world;

	memcpy(&world, &now, sizeof(world));
	world.generation = 0; /* only ever compared with what was copied, which user code may */
	hash = hash_bytes(&world, sizeof(world) & ~7ul);
	for (place = hash % SEEN; seen[place]; place = (place + 1) % SEEN)
		if (seen[place] == hash)
			return 0;
	seen[place] = hash;
	if (++states > SEEN / 2)
		fail("too many states: fewer tasks");
	return 1;
}

static void count_move(void)
{
	int i;

	for (i = 0; made_of[i].name && strcmp(made_of[i].name, move_name); i++)
		;
	made_of[i].name = move_name;
	made_of[i].count++;
	moves++;
}

static void explore(void)
{
	struct world *before = &befores[depth];
	int i, m, made, busy, ever = 0;

	memcpy(before, &now, sizeof(*before));
	for (i = 0; i < task_count; i++) {
		if (before->truth[i].role == FREE)
			continue;
		for (m = 0, busy = -1;;) {
			restore(before);
			asked = 0;
			busy_at = busy;
			now.busy &= busy < 0;
			made = move(i, m);
			if (made < 0)
				break;
			/* Once more, with the next of what it asked for not given. */
			if (busy < 0)
				ever = asked;
			if (before->busy && busy + 1 < ever) {
				busy++;
			} else {
				m++;
				busy = -1;
			}
			if (!made)
				continue;
			count_move();
			snprintf(trail[depth++], sizeof(trail[0]), "task %d of %d %s%s", i,
				 before->truth[i].of, move_name, was_busy() ? ", busy" : "");
			check();
			keep();
			if (depth == DEEPEST)
				fail("too deep");
			if (is_new())
				explore();
			depth--;
		}
	}
	restore(before);
}

int main(int argc, char **argv)
{
	const char *letter;
	int i;

	if (argc != 4)
		return 2;
	for (letter = argv[1]; *letter; letter++)
		may[*letter & 127] = 1;
	task_count = atoi(argv[2]);
	seen = calloc(SEEN, sizeof(*seen));
	set_up();
	memset(&now, 0, sizeof(now));
	now.namespaces = 1;
	now.left = atoi(argv[3]);
	now.busy = may['b'];
	for (i = 0; i < (may['2'] ? 2 : 1) + (may['e'] || may['d']); i++) {
		now.truth[i].role = HOST;
		now.truth[i].got = -1;
	}
	explore();
	printf("states %lu moves %lu refused %lu\n", states, moves, refusals);
	for (i = 0; made_of[i].name; i++)
		printf("%s: %lu\n", made_of[i].name, made_of[i].count);
	return 0;
}
