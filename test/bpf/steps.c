// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * Orders of events that the explorer (lifecycle.c) does not come to, step by step: each prints
 * what became of it, and says FAULT where it is not as it must be.
 */
#define main explore_orders
#include "lifecycle.c"
#undef main

#define PTRACE_MODE_ATTACH 2

static void begin(const char *letters)
{
	int i;

	memset(may, 0, sizeof(may));
	for (; *letters; letters++)
		may[*letters & 127] = 1;
	task_count = TASKS;
	set_up();
	memset(&now, 0, sizeof(now));
	memset(&all_common, 0, sizeof(all_common));
	now.namespaces = 1;
	for (i = 0; i < 3; i++)
		now.truth[i] = (struct truth){ .role = HOST, .got = -1 };
	restore(&now);
}

static void expect(const char *what, bool is_so)
{
	printf("%s: %s\n", is_so ? "ok" : "FAULT", what);
}

static int child_of(int parent, enum role role)
{
	int child;

	now.truth[parent].forked = 0;
	child = fork_task(parent, role);
	if (child < 0)
		exit(2);
	return child;
}

/* Container `of`, made by that task: its init, unshared. */
static int init_of(int creator, int of)
{
	int init;

	create(creator, of);
	init = child_of(creator, INIT);
	unshare_mounts(init);
	return init;
}

/* … whose program runs. */
static int program_runs(int creator, int of)
{
	int init = init_of(creator, of);

	pivot(init, of);
	start_user(init, of, USER, 1);
	return init;
}

/* What task i does in the mount namespace of task j, with that root. */
static void go(int i, int j, int root)
{
	now.truth[i].mntns = now.truth[j].mntns;
	now.truth[i].root = root;
}

static __u64 owner_of(int mount_namespace)
{
	int place = find_place(mntns[mount_namespace].id.ns.ns_id);

	return place < 0 ? 0 : now.places[place].key;
}

static bool is_in(int i, __u32 phase, __u64 of)
{
	return now.has_storage[i] && now.storage[i].phase == phase &&
	       now.storage[i].container == of;
}

static int trace(int by, int who, unsigned int mode)
{
	show();
	current = by;
	return lockc_ptrace_access_check(&tasks_of[who], mode);
}

/* A hook of another container, which has the same root, enters what user code made, and opens. */
static void shared_root(void)
{
	int user, hook;

	begin("hluwz2");
	user = program_runs(0, 1);
	unshare_mounts(user);
	hook = child_of(init_of(1, 2), HOOK);
	look_at(hook, user);
	go(hook, user, 1);
	open_something(hook, 1);
	expect("a namespace of user code's is not taken by who looked", !owner_of(now.truth[user].mntns));
	look_at(2, user);
	go(2, user, 1);
	execute(2, 1);
	expect("who enters it is its container's", is_in(2, LOCKC_PHASE_CONFINED, 1));
}

/* User code with CAP_SYS_PTRACE and who enters. */
static void memory(void)
{
	static struct mm_struct then, later;
	struct file file = program_of(1);
	struct linux_binprm bprm = { .file = &file, .cred = (struct cred *)&creds };
	int user;

	begin("e");
	user = program_runs(0, 1);
	tasks_of[1].mm = &then;
	look_at(1, user);
	go(1, user, 1);
	expect("who enters is not traced", trace(user, 1, PTRACE_MODE_ATTACH));
	open_program(1, &file);
	expect("… nor as it joins", trace(user, 1, PTRACE_MODE_ATTACH));
	show();
	current = 1;
	expect("it becomes user code", !lockc_bprm_creds_from_file(&bprm) &&
					       is_in(1, LOCKC_PHASE_CONFINED, 1));
	expect("… nor while its memory is the runtime's", trace(user, 1, PTRACE_MODE_ATTACH));
	tasks_of[1].mm = &later;
	expect("then it is", !trace(user, 1, PTRACE_MODE_ATTACH));
	show();
	current = 1;
	lockc_bprm_creds_from_file(&bprm);
	tasks_of[1].mm = &then;
	expect("… also when a later exec gets that address", !trace(user, 1, PTRACE_MODE_ATTACH));
}

/* A hook looks at another one of its container's, which is where user code changed the root. */
static void kin(void)
{
	int user, first, second;

	begin("hleu");
	user = init_of(0, 1);
	first = child_of(user, HOOK);
	second = child_of(user, HOOK);
	pivot(user, 1);
	start_user(user, 1, USER, 1);
	unshare_mounts(user);
	now.truth[user].root = CONTAINERS;
	look_at(first, user);
	go(first, user, CONTAINERS);
	trace(second, first, PTRACE_MODE_READ);
	go(second, user, CONTAINERS);
	expect("who follows who looked is not the host's there",
	       !execute(second, CONTAINERS) || is_in(second, LOCKC_PHASE_CONFINED, 1));
}

/* A createContainer hook changes its root to the root file system, a directory on "/". */
static void plain_directory(void)
{
	int init, hook;
	struct path path;

	begin("e");
	mounts[0].mnt_parent = &below;
	mounts[0].mnt_mountpoint = &host_root;
	root_dentry[1].d_parent = &host_root;
	init = init_of(0, 1);
	hook = child_of(init, HOOK);
	path = (struct path){ .mnt = fs[hook].root.mnt, .dentry = &root_dentry[1] };
	show();
	current = hook;
	expect("a hook may change its root", !lockc_path_chroot(&path));
	expect("… and the namespace is not the container's before the pivot",
	       !owner_of(now.truth[init].mntns));
}

/* The host's root has the number of the container's: subvolumes of one btrfs. */
static void one_number(void)
{
	struct file file = program_of(0);
	int init;

	begin("e");
	host_inode.i_ino = 256;
	root_inode[1].i_ino = 256;
	root_dentry[1].d_sb = root_inode[1].i_sb = &host_sb;
	mounts[0].mnt_parent = &below;
	mounts[0].mnt_mountpoint = &host_root;
	host_sb.s_root = &host_root;
	init = init_of(0, 1);
	file.f_flags = 0;
	show();
	current = init;
	expect("the runtime opens the host's files before the pivot", !lockc_file_open(&file));
	expect("… its namespace is the host's", !owner_of(now.truth[init].mntns));
	expect("… and the host's file system is no place", find_place((__u64)&host_sb) < 0);
	execute(1, 0);
	expect("the host's programs are the host's", !is_in(1, LOCKC_PHASE_CONFINED, 1));
}

/* A task of the host whose exec inside failed goes home and makes a container of its own. */
static void went_home(void)
{
	struct path path = { .mnt = &mounts[CONTAINERS].mnt, .dentry = &root_dentry[CONTAINERS] };
	struct path here = { .mnt = &mounts[0].mnt, .dentry = &host_root };
	struct file file = program_of(1);
	int user;

	begin("eiad");
	user = program_runs(0, 1);
	look_at(1, user);
	go(1, user, 1);
	open_program(1, &file);
	go(1, 2, 0);
	unshare_mounts(1);
	show();
	current = 1;
	lockc_sb_mount(NULL, &here);
	show();
	expect("it may pivot", !lockc_sb_pivotroot(&fs[1].root, &path));
	expect("… and the namespace is not the container's", !owner_of(now.truth[1].mntns));
}

/* User code that was given the host's root gives that directory another generation. */
static void changed_generation(__u32 later)
{
	int user;

	begin("eugr");
	host_sb.s_root = &host_root;
	host_inode.i_generation = 5;
	user = program_runs(0, 1);
	grant_record(1, (__u64)&host_sb, kernel_number(&host_inode), grant_which(host_sb.s_dev, 5),
		     LOCKC_GRANT_MOUNT);
	host_inode.i_generation = later;
	look_at(1, user);
	unshare_mounts(user);
	now.shows_host[now.truth[user].mntns] = 1;
	now.is_nested[now.truth[user].mntns] = 0;
	go(1, user, 0);
	expect("a copy of home that user code could have made is none",
	       !execute(1, 0) || is_in(1, LOCKC_PHASE_CONFINED, 1));
	host_inode.i_generation = 0;
}

int main(void)
{
	changed_generation(5);
	changed_generation(6);
	shared_root();
	memory();
	kin();
	plain_directory();
	one_number();
	went_home();
	return 0;
}
