// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * Orders of events that the explorer (lifecycle.c) does not come to, step by step: each prints
 * what became of it, and says FAULT where it is not as it must be.
 */
#include <sys/mman.h>
#include <unistd.h>

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

/* How the programs are attached is a constant to the compiler, and fixed at load to the kernel. */
static void attach_by_function(int whether)
{
	unsigned long page = (unsigned long)&kernel_by_function & ~(sysconf(_SC_PAGESIZE) - 1);

	if (mprotect((void *)page, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE))
		exit(2);
	*(volatile int *)&kernel_by_function = whether;
}

/* Under fmod_ret the programs are asked before the kernel, which may still refuse the exec. */
static void refused_by_kernel(void)
{
	struct file file = program_of(0);
	struct linux_binprm bprm = { .file = &file, .cred = (struct cred *)&creds };
	int user;

	begin("eu");
	user = program_runs(0, 1);
	unshare_mounts(user);
	look_at(1, user);
	attach_by_function(1);
	open_program(1, &file);
	show();
	current = 1;
	expect("an exec at home passes", !lockc_bprm_creds_from_file(&bprm));
	go(1, user, 1);
	expect("… and where the kernel refuses it, who looked is not the host's inside",
	       execute(1, 1) && is_in(1, LOCKC_PHASE_CONFINED, 1));
	begin("eu");
	user = program_runs(0, 1);
	look_at(1, user);
	open_program(1, &file);
	show();
	current = 1;
	lockc_bprm_creds_from_file(&bprm);
	lockc_bprm_committing_creds(&bprm);
	expect("where it does not, the look is forgotten", !now.has_storage[1]);
	attach_by_function(0);
}

/* The host's task whose exec inside failed forks; the child goes home and executes. */
static void child_of_failed(void)
{
	struct file file = program_of(1);
	int user, child, tasks;

	begin("eia");
	user = program_runs(0, 1);
	look_at(1, user);
	go(1, user, 1);
	open_program(1, &file);
	tasks = now.record[1].tasks;
	child = child_of(1, HOST);
	expect("a child of who only tried is none of the container's", now.record[1].tasks == tasks);
	go(child, 2, 0);
	execute(child, 0);
	expect("… nor of its runtime", is_in(child, LOCKC_PHASE_NONE, 0) || !now.has_storage[child]);
}

/* The root of a service of the host lies below a directory that a container was given. */
static void root_below_given(bool given)
{
	static struct inode inode = { .i_ino = 77, .i_mode = S_IFDIR, .i_sb = &host_sb };
	static struct inode plain = { .i_ino = 78, .i_mode = S_IFDIR, .i_sb = &host_sb };
	static struct dentry above = { .d_inode = &inode, .d_parent = &host_root,
				       .d_sb = &host_sb };
	static struct dentry root = { .d_inode = &plain, .d_parent = &above, .d_sb = &host_sb };
	struct dentry *usual = mounts[0].mnt.mnt_root;
	int user;

	begin("eugr");
	user = program_runs(0, 1);
	if (given)
		grant_record(1, (__u64)&host_sb, 77, grant_which(host_sb.s_dev, 0),
			     LOCKC_GRANT_MOUNT);
	mounts[0].mnt.mnt_root = &root;
	look_at(1, user);
	unshare_mounts(user);
	now.shows_host[now.truth[user].mntns] = 1;
	now.is_nested[now.truth[user].mntns] = 0;
	go(1, user, 0);
	if (given)
		expect("a copy that user code could have made of a directory below what it has is none",
		       !execute(1, 0) || is_in(1, LOCKC_PHASE_CONFINED, 1));
	else
		expect("… and of what it was not given it could make none",
		       execute(1, 0) && !is_in(1, LOCKC_PHASE_CONFINED, 1));
	mounts[0].mnt.mnt_root = usual;
}

/* /dev/mem, where the container has it. */
static struct super_block device_sb = { .s_dev = 3 };
static struct inode device = { .i_mode = S_IFCHR, .i_rdev = KERNEL_DEV(1, 1), .i_sb = &device_sb };
static struct dentry device_name = { .d_inode = &device, .d_parent = &device_name,
				     .d_sb = &device_sb };

static int open_device(int i)
{
	struct file file = { .f_path = { .mnt = &mounts[1].mnt, .dentry = &device_name },
			     .f_inode = &device, .f_mode = FMODE_READ, .f_cred = &creds };

	show();
	current = i;
	return lockc_file_open(&file);
}

/* Opens what it would execute there, and then the exec fails. */
static void fail_to_execute(int i, int root)
{
	struct file file = program_of(root);

	open_program(i, &file);
}

/* Who enters opens what the container has in a device's place. */
static void visit(void)
{
	int user, thread;

	begin("etu");
	user = program_runs(0, 1);
	now.record[1].rules = LOCKC_RULE_DEVICES | LOCKC_RULE_FILES;
	thread = child_of(1, HOST);
	now.truth[thread].leader = 2;
	look_at(1, user);
	look_at(thread, user);
	expect("who looked opens devices at home", !open_device(1));
	go(1, user, 1);
	expect("… and inside what the container may", open_device(1) == -EPERM);
	go(thread, user, 1);
	expect("… by an older thread, too", open_device(thread) == -EPERM);
	fail_to_execute(1, 1);
	expect("… after an exec that failed, too", open_device(1) == -EPERM);
	unshare_mounts(user);
	look_at(1, user);
	go(1, user, 1);
	expect("… wherever that is", open_device(1) == -EPERM);
	expect("it is counted for the container", now.record[1].denials[20] == 4);
	device.i_mode = S_IFREG;
	expect("files of its own it opens there", !open_device(1));
	device.i_mode = S_IFCHR;
	expect("others open what they like", !open_device(2));
}

/* A runtime, or a hook that pivoted, whose exec inside failed. */
static void failed_runtime(void)
{
	struct file library;
	int init, hook;

	begin("eia");
	init = init_of(0, 1);
	pivot(init, 1);
	now.record[1].rules = LOCKC_RULE_DEVICES | LOCKC_RULE_FILES;
	fail_to_execute(init, 1);
	expect("what a runtime opens is judged after an exec that failed", open_device(init) == -EPERM);
	begin("ehao");
	init = init_of(0, 1);
	hook = child_of(init, HOOK);
	now.record[1].rules = LOCKC_RULE_HOOKS;
	now.record[1].hooked = 1;
	pivot(hook, 1);
	fail_to_execute(hook, 1);
	library = program_of(1);
	library.f_flags = 0;
	show();
	current = hook;
	expect("… and what a hook maps", lockc_mmap_file(&library, PROT_EXEC) == -EPERM);
}

/* The host's service whose exec inside failed mounts something at home. */
static void mounts_at_home(void)
{
	static struct inode top = { .i_ino = 2, .i_mode = S_IFDIR };
	static struct dentry root = { .d_inode = &top, .d_parent = &root };
	static struct super_block disk = { .s_dev = 99, .s_root = &root };
	int user, home;

	top.i_sb = root.d_sb = &disk;
	begin("eia");
	user = program_runs(0, 1);
	unshare_mounts(1);
	home = now.truth[1].mntns;
	look_at(1, user);
	go(1, user, 1);
	fail_to_execute(1, 1);
	now.truth[1].mntns = home;
	now.truth[1].root = 0;
	show();
	current = 1;
	lockc_sb_kern_mount(&disk);
	expect("what it mounts is not the container's",
	       !grant_find(1, (__u64)&disk, 0, 99, LOCKC_GRANT_SUPERBLOCK));
}

/* A hook of one container whose exec inside another one failed. */
static void hook_of_another(void)
{
	int user, hook;

	begin("ehliasd2");
	user = program_runs(0, 2);
	create(1, 1);
	hook = child_of(1, HOOK);
	look_at(hook, user);
	go(hook, user, 2);
	fail_to_execute(hook, 2);
	go(hook, 1, 0);
	expect("it is its own container's again at home",
	       execute(hook, 0) && is_in(hook, LOCKC_PHASE_RUNTIME, 1) && now.record[1].tasks == 2);
	now.truth[hook].root = 1;
	execute(hook, 1);
	expect("… whose code it then runs", is_in(hook, LOCKC_PHASE_CONFINED, 1));
}

/* By the path of a root that is a file system of its own, without a look, and back. */
static void by_path(bool by_thread)
{
	int i = 1;

	begin("ewoia");
	create(0, 1);
	if (by_thread) {
		i = child_of(1, HOST);
		now.truth[i].leader = 2;
	}
	now.truth[i].root = 1;
	fail_to_execute(i, 1);
	now.truth[i].root = 0;
	expect("who came by a path, failed and went back is the host's",
	       execute(i, 0) && (!now.has_storage[i] || is_in(i, LOCKC_PHASE_NONE, 0)));
}

/* Another than the first thread executes in mounts of its own. */
static void thread_executes(void)
{
	int user, thread;

	begin("etdgku");
	user = program_runs(0, 1);
	unshare_mounts(user);
	thread = child_of(1, HOST);
	now.truth[thread].leader = 2;
	look_at(thread, user);
	unshare_mounts(thread);
	expect("it executes in mounts of its own", execute(thread, 0));
	go(thread, user, 1);
	execute(thread, 1);
	expect("… and is known inside afterwards", is_in(thread, LOCKC_PHASE_CONFINED, 1));
}

/* The kernel connects to the host's server for core dumps. */
static void core_dump(void)
{
	static struct inode inode = { .i_ino = 900, .i_mode = 0140000, .i_sb = &host_sb }; /* a socket */
	static struct dentry name = { .d_inode = &inode, .d_parent = &host_root, .d_sb = &host_sb };
	static struct unix_sock own, server;
	int user;

	begin("e");
	user = program_runs(0, 1);
	server.path = (struct path){ .mnt = &mounts[0].mnt, .dentry = &name };
	attach_by_function(1); /* there is no map of sockets here */
	show();
	current = user;
	expect("user code connects to no socket of the host's",
	       lockc_unix_stream_connect(&own.sk, &server.sk) == -EPERM);
	tasks_of[user].flags = PF_DUMPCORE;
	LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 16, 0);
	expect("… but the kernel does, for its core", !lockc_unix_stream_connect(&own.sk, &server.sk));
	tasks_of[user].io_uring = (void *)1;
	expect("… and not what it left in a ring", lockc_unix_stream_connect(&own.sk, &server.sk));
	tasks_of[user].io_uring = NULL;
	LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);
	expect("… nor where the kernel has no such server",
	       lockc_unix_stream_connect(&own.sk, &server.sk));
	tasks_of[user].flags = 0;
	attach_by_function(0);
}

/* Who looked enters what user code made, of the host's root or a disk, after the container's end. */
static void copy_after_end(bool given)
{
	int user, made;

	begin("eugr");
	user = program_runs(0, 1);
	if (given) {
		grant_record(1, (__u64)&host_sb, kernel_number(&host_inode),
			     grant_which(host_sb.s_dev, 0), LOCKC_GRANT_MOUNT);
	} else {
		now.record[1].rules = LOCKC_RULE_FILES | LOCKC_RULE_CAPABILITY;
		now.record[1].capabilities = 1ull << CAP_SYS_ADMIN;
	}
	look_at(1, user);
	unshare_mounts(user);
	made = now.truth[user].mntns;
	now.shows_host[made] = 1;
	now.is_nested[made] = 0;
	end_task(0);
	end_task(user);
	memset(&page_of[1], 0, sizeof(page_of[1])); /* grant_drop_all */
	now.truth[1].mntns = made;
	now.truth[1].root = 0;
	expect("what user code made is not the host's after its container's end",
	       !now.has_record[1] && (!execute(1, 0) || is_in(1, LOCKC_PHASE_CONFINED, 1)));
}

/* … in a user namespace of its own, by who looked at another container since. */
static void copy_of_several(void)
{
	static struct cred nested = { .user_ns = &own_users };
	int user, other, made;

	begin("eugr2");
	user = program_runs(0, 1);
	other = program_runs(1, 2);
	now.record[1].rules |= LOCKC_RULE_CAPABILITY;
	grant_record(1, (__u64)&host_sb, kernel_number(&host_inode), grant_which(host_sb.s_dev, 0),
		     LOCKC_GRANT_MOUNT);
	look_at(2, user);
	look_at(2, other);
	unshare_mounts(user);
	made = now.truth[user].mntns;
	now.shows_host[made] = 1;
	now.is_nested[made] = 1;
	now.truth[2].mntns = made;
	now.truth[2].root = 0;
	tasks_of[2].cred = tasks_of[2].real_cred = &nested;
	expect("… nor by who looked at several",
	       !execute(2, 0) || now.storage[2].phase == LOCKC_PHASE_CONFINED);
	tasks_of[2].cred = tasks_of[2].real_cred = &creds;
}

/* A hook changes its root to the root file system, a directory, where its first exec fails. */
static void tries_twice(bool elsewhere)
{
	int user, hook;

	begin("ehliasd2");
	user = program_runs(0, 2);
	create(1, 1);
	hook = child_of(1, HOOK);
	if (elsewhere) {
		look_at(hook, user);
		go(hook, user, 2);
		fail_to_execute(hook, 2);
		now.truth[hook].mntns = 0;
	}
	now.truth[hook].root = 1;
	if (!elsewhere)
		fail_to_execute(hook, 1);
	execute(hook, 1);
	expect("what a hook executes in its container's root, after an exec that failed, is user code",
	       is_in(hook, LOCKC_PHASE_CONFINED, 1));
}

/* A hook fails inside another container, and then in its own one's place. */
static void fails_twice(void)
{
	int user, hook, init, before;

	begin("ehliasd2");
	user = program_runs(0, 2);
	init = init_of(1, 1);
	hook = child_of(init, HOOK);
	before = now.record[1].tasks;
	look_at(hook, user);
	go(hook, user, 2);
	fail_to_execute(hook, 2);
	pivot(init, 1);
	go(hook, init, 1);
	fail_to_execute(hook, 1);
	go(hook, 1, 0);
	execute(hook, 0);
	expect("who failed twice counts again",
	       now.storage[hook].counted && now.record[1].tasks == before);
}

/* A child of the host's, in a namespace of its own, with that root: an engine's, without a runtime. */
static int pivoted_child(int parent, int root)
{
	struct path path = { .mnt = &mounts[root].mnt, .dentry = &root_dentry[root] };
	struct path here = { .mnt = &mounts[0].mnt, .dentry = &host_root };
	int child = child_of(parent, HOST);

	unshare_mounts(child);
	show();
	current = child;
	lockc_sb_mount(NULL, &here);
	show();
	lockc_sb_pivotroot(&fs[child].root, &path);
	now.truth[child].root = root;
	return child;
}

/* A manager that looked once makes a container without lockc; what runs there unshares. */
static void manager(void)
{
	int user, child;

	begin("edu");
	user = program_runs(0, 1);
	look_at(1, user);
	child = pivoted_child(1, CONTAINERS);
	expect("what a manager makes is the host's", execute(child, CONTAINERS));
	unshare_mounts(child);
	expect("… and so are further mounts there",
	       execute(child, CONTAINERS) && !is_in(child, LOCKC_PHASE_CONFINED, 1));
}

/* User code that may mount has the disk on which the host's root is, and who enters looks twice. */
static void mounts_disk(void)
{
	int user, own, made;

	begin("eug");
	user = program_runs(0, 1);
	now.record[1].rules = LOCKC_RULE_FILES | LOCKC_RULE_CAPABILITY;
	now.record[1].capabilities = 1ull << CAP_SYS_ADMIN;
	own = now.truth[user].mntns;
	unshare_mounts(user);
	made = now.truth[user].mntns;
	now.is_nested[made] = 0;
	now.shows_host[made] = 1;
	look_at(1, user);
	now.truth[user].mntns = own;
	trace(1, user, PTRACE_MODE_READ);
	now.truth[1].mntns = made;
	now.truth[1].root = 0;
	expect("a namespace of user code's that may mount is no copy of home",
	       !execute(1, 0) || is_in(1, LOCKC_PHASE_CONFINED, 1));
}

/* A container joins the network of an agent that was given the host's root. */
static void beside_agent(void)
{
	struct path here = { .mnt = &mounts[0].mnt, .dentry = &host_root };
	int user, init, hook;

	begin("e2h");
	user = program_runs(0, 2);
	now.record[2].rules = 0;
	grant_record(2, (__u64)&host_sb, kernel_number(&host_inode), grant_which(host_sb.s_dev, 0),
		     LOCKC_GRANT_MOUNT);
	create(1, 1);
	init = child_of(1, INIT);
	trace(init, user, PTRACE_MODE_READ);
	unshare_mounts(init);
	show();
	current = init;
	lockc_sb_mount(NULL, &here);
	expect("its runtime opens the host's files", !open_something(init, 0));
	hook = child_of(init, HOOK);
	expect("… and its hooks are its own",
	       execute(hook, 0) && is_in(hook, LOCKC_PHASE_RUNTIME, 1));
	now.truth[hook].root = 1;
	execute(hook, 1);
	expect("… as is what they run of it", is_in(hook, LOCKC_PHASE_CONFINED, 1));
}

/*
 * A thread with mounts of its own, whose root nobody was given, looks at who was given the host's root.
 * Its process has that one, looked at another container, too, and enters what user code made of it.
 */
static void looked_elsewhere(void)
{
	int user, other, thread, made;

	begin("eugrt2");
	user = program_runs(0, 1);
	other = program_runs(1, 2);
	grant_record(1, (__u64)&host_sb, kernel_number(&host_inode), grant_which(host_sb.s_dev, 0),
		     LOCKC_GRANT_MOUNT);
	look_at(2, other);
	thread = child_of(2, HOST);
	now.truth[thread].leader = 3;
	unshare_mounts(thread);
	now.truth[thread].root = CONTAINERS;
	look_at(thread, user);
	unshare_mounts(user);
	made = now.truth[user].mntns;
	now.shows_host[made] = 1;
	now.is_nested[made] = 0;
	now.truth[2].mntns = made;
	now.truth[2].root = 0;
	expect("what user code made of home's root is no copy where another thread looked",
	       !execute(2, 0) || now.storage[2].phase == LOCKC_PHASE_CONFINED);
}

/*
 * User code that might mount and use CAP_SYS_ADMIN made a namespace of the host's disk; then its container got a
 * stricter policy. Who enters has looked at it where it is, and the descriptor is from a moment before.
 */
static void tightened(bool keeps)
{
	struct lockc_change change = {
		.container = 1, .rules = LOCKC_RULE_FILES | LOCKC_RULE_MOUNT | LOCKC_RULE_CAPABILITY,
		.capabilities = keeps ? 1ull << CAP_SYS_ADMIN : 0,
	};
	int user, own, made;

	begin("eug");
	user = program_runs(0, 1);
	now.record[1].rules = LOCKC_RULE_FILES | LOCKC_RULE_CAPABILITY;
	now.record[1].capabilities = 1ull << CAP_SYS_ADMIN;
	own = now.truth[user].mntns;
	unshare_mounts(user);
	made = now.truth[user].mntns;
	now.is_nested[made] = 0;
	now.shows_host[made] = 1;
	expect("the policy is changed", !lockc_apply(&change));
	look_at(1, user);
	now.truth[user].mntns = own;
	trace(1, user, PTRACE_MODE_READ);
	now.truth[1].mntns = made;
	now.truth[1].root = 0;
	expect("what user code made under a laxer policy is no copy of home",
	       !execute(1, 0) || is_in(1, LOCKC_PHASE_CONFINED, 1));
}

/* A container whose policy holds nothing is given the host's own root for its root; then others start. */
static void hosts_root(void)
{
	int user;

	begin("eo2");
	host_sb.s_root = &host_root;
	register_container(0, 1, 0, &host_root); /* lockc-runc-privileged, root: { path: "/" } */
	execute(0, 0);
	expect("the runtime of a container that has the host's root is no user code at home",
	       is_in(0, LOCKC_PHASE_RUNTIME, 1));
	execute(2, 0);
	expect("... nor is anything of the host", !is_in(2, LOCKC_PHASE_CONFINED, 1));
	register_container(1, 2, LOCKC_RULE_FILES | LOCKC_RULE_MOUNT, &root_dentry[2]);
	execute(1, 0);
	user = child_of(1, INIT);
	unshare_mounts(user);
	pivot(user, 2);
	execute(user, 2);
	expect("user code of another container has its own policy", is_in(user, LOCKC_PHASE_CONFINED, 2));
}

/*
 * dockerd executes a program of the container's with its root (docker cp -a: getent), which it pivots
 * to: of one that runs, in a file system of its own.
 */
static void engine_inside(void)
{
	int user, child;

	begin("edo");
	user = program_runs(0, 1);
	look_at(1, user);
	child = pivoted_child(1, 1);
	execute(child, 1);
	expect("what an engine executes of a container's, with its root, has its policy",
	       is_in(child, LOCKC_PHASE_CONFINED, 1));
}

/*
 * Who looked unshares users and mounts, mounts nothing, and executes what lies on an overlay, while a
 * container starts: overlayfs opens the layer's file with credentials of its own.
 */
static void overlay_in_copy(void)
{
	static struct cred nested = { .user_ns = &own_users };
	static struct mount layer;
	struct file file = program_of(0), behind = program_of(0);
	int user;

	begin("edu");
	user = program_runs(0, 1);
	look_at(1, user);
	unshare_mounts(1);
	now.is_nested[now.truth[1].mntns] = 1;
	all_common.starting = 1;
	tasks_of[1].cred = tasks_of[1].real_cred = &nested;
	expect("who looked executes in a copy of home, of its own users", open_program(1, &file));
	layer = mounts[0];
	layer.mnt_ns = (void *)MNT_NS_INTERNAL;
	behind.f_path.mnt = &layer.mnt;
	tasks_of[1].cred = &creds;
	open_program(1, &behind);
	expect("... also what lies on an overlay", now.storage[1].phase == LOCKC_PHASE_NONE);
	tasks_of[1].cred = tasks_of[1].real_cred = &creds;
	all_common.starting = 0;
}

/* User code of container 1, under these rules, and `*user` of container 2. */
static int administers(__u32 rules, __u32 audit, int *user)
{
	int admin;

	begin("eo2");
	admin = program_runs(0, 1);
	now.record[1].rules = rules;
	now.record[1].audit = audit;
	now.storage[admin].copied = 0;
	*user = program_runs(1, 2);
	return admin;
}

/*
 * User code of a container whose policy holds nothing, or only audits, enters another's place and
 * executes (nsenter from a pod that administers); under one that holds something it stays.
 */
static void administrator(__u32 rules, __u32 audit, bool by_root)
{
	int user, admin = administers(rules, audit, &user);
	bool crosses = !(rules & ~audit);

	expect("an administrator's program runs at home", execute(admin, 1) && is_in(admin, LOCKC_PHASE_CONFINED, 1));
	go(admin, by_root ? admin : user, 2);
	execute(admin, 2);
	expect(crosses ? "who is held by nothing executes in another's place: it is that one's" :
			 "who is held by something is what it was, wherever it executes",
	       is_in(admin, LOCKC_PHASE_CONFINED, crosses ? 2 : 1));
	expect("... and counts there alone",
	       now.record[2].tasks == 2 + crosses && now.record[1].confined == !crosses);
}

/* By /proc/PID/root of one whose root is a directory of a larger file system. */
static void administrator_far(void)
{
	int user, admin = administers(0, 0, &user);

	root_dentry[2].d_sb->s_root = &host_root;
	now.truth[admin].root = 2;
	far_root[admin] = now.truth[user].mntns + 1;
	execute(admin, 2);
	expect("... by a root that is a part of a file system", is_in(admin, LOCKC_PHASE_CONFINED, 2));
	far_root[admin] = 0;
	root_dentry[2].d_sb->s_root = &root_dentry[2];
}

/* Who is held by nothing is not traced in another's place by that one, before it executes there. */
static void administrator_traced(void)
{
	int user, admin = administers(0, 0, &user);

	now.record[2].rules = LOCKC_RULE_FILES; /* not PROCESS */
	go(admin, user, 2);
	expect("who enters from a container that nothing holds is not traced there",
	       trace(user, admin, PTRACE_MODE_ATTACH));
	execute(admin, 2);
	tasks_of[admin].mm = (void *)1; /* its own by then */
	expect("... until it is that one's", !trace(user, admin, PTRACE_MODE_ATTACH));
	tasks_of[admin].mm = NULL;
}

/* The same where the other container is gone. */
static void administrator_late(void)
{
	int user, admin = administers(0, 0, &user);

	go(admin, user, 2);
	now.has_record[2] = 0;
	expect("... which is gone: it is refused", !execute(admin, 2));
}

int main(void)
{
	administrator(0, 0, 0);
	administrator(0, 0, 1); /* chroot /proc/PID/root */
	administrator(LOCKC_RULE_FILES, LOCKC_RULE_FILES, 0);
	administrator(LOCKC_RULE_FILES, 0, 0);
	administrator(LOCKC_RULE_FILES, 0, 1);
	administrator_late();
	administrator_far();
	administrator_traced();
	overlay_in_copy();
	hosts_root();
	engine_inside();
	tightened(0);
	tightened(1);
	looked_elsewhere();
	refused_by_kernel();
	child_of_failed();
	root_below_given(1);
	root_below_given(0);
	visit();
	failed_runtime();
	mounts_at_home();
	hook_of_another();
	by_path(0);
	by_path(1);
	thread_executes();
	core_dump();
	copy_after_end(1);
	copy_after_end(0);
	copy_of_several();
	tries_twice(0);
	tries_twice(1);
	fails_twice();
	manager();
	mounts_disk();
	beside_agent();
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
