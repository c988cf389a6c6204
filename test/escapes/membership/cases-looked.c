// SPDX-License-Identifier: Apache-2.0
/* By a look, and what might make it forgotten or go unseen. */
#include "membership.h"
#include <linux/btf.h>
#include <pthread.h>
#include "descriptors.h"

/* Waits in a mount namespace that nobody reaches but by a look. */
static void unshares(int index)
{
	if (index)
		return;
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	stage->flags[0] = 1;
}

static struct container *run_unsharing(void)
{
	struct container *c = run_container(
		(struct container){ .root = ROOT_DIRECTORY, .expected = MUST_HOLD });

	await(stage->flags[0]);
	return c;
}

static int open_mounts(pid_t pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd, path);
	return fd;
}

static void join_and_execute(int mounts, const char *who)
{
	if (setns(mounts, CLONE_NEWNS)) {
		not_executed(who, MAY_REFUSE, "setns");
		_exit(0);
	}
	exec_probe(INSIDE, who, MAY_REFUSE);
	_exit(0);
}

/* ---- an exec that executes nothing ---- */

static void fails_at_home(struct container *c)
{
	int mounts = open_mounts(c->init), file;
	char path[64];

	snprintf(path, sizeof(path), "/run/no-program-%d", getpid());
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	must(file, path);
	must(write(file, "garbage!", 8), "write");
	close(file);
	execl(path, "no-program", NULL);
	if (errno != ENOEXEC)
		must(-1, "exec of no program");
	unlink(path);
	join_and_execute(mounts, "after a failed exec");
}

CASE("look-failed-exec", "P looks, an exec at home fails, and P enters what K unshared",
     MAY_REFUSE, .inside = unshares)
{
	child_status(run_child(fails_at_home, run_unsharing()));
}

#define EXECVE_CHECK 0x10000 /* AT_EXECVE_CHECK of <linux/fcntl.h> */

static void checks_at_home(struct container *c)
{
	char *const none[] = { NULL };
	int mounts = open_mounts(c->init);

	if (syscall(SYS_execveat, AT_FDCWD, host_program(), none, none, EXECVE_CHECK)) {
		lacking("AT_EXECVE_CHECK");
		_exit(0);
	}
	join_and_execute(mounts, "after a check");
}

CASE("look-exec-check", "P looks, asks whether it might execute, and enters what K unshared",
     MAY_REFUSE, .inside = unshares, .since = "6.14")
{
	child_status(run_child(checks_at_home, run_unsharing()));
}

/* ---- from mounts of its own ---- */

static void mounts_and_changes_root(struct container *c)
{
	char path[64];
	int root;

	snprintf(path, sizeof(path), "/proc/%d/root", c->init);
	root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	must(root, path);
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
	must(mount("none", "/mnt", "tmpfs", 0, NULL), "mount");
	must(fchdir(root), "fchdir");
	must(chroot("."), "chroot");
	exec_probe(INSIDE, "by its root", MAY_REFUSE);
	_exit(0);
}

CASE("look-root-mounts", "P looks, makes mounts of its own, and changes its root to K's",
     MAY_REFUSE)
{
	child_status(run_child(mounts_and_changes_root,
			       run_container((struct container){ .root = ROOT_DIRECTORY,
								 .expected = MUST_HOLD })));
}

/* ---- at who is on the way itself ---- */

static volatile pid_t enterer;
static volatile int entered_mounts = -1;

static void *thread_enters(void *nothing)
{
	(void)nothing;
	enterer = gettid();
	while (entered_mounts < 0)
		usleep(100);
	must(unshare(CLONE_FS), "unshare");
	must(setns(entered_mounts, CLONE_NEWNS), "setns");
	stage->pids[0] = getpid();
	stage->pids[1] = enterer;
	for (;;)
		pause();
	return NULL;
}

/* The thread is older than the look, so it has no storage of its own. */
static void enters_by_thread(struct container *c)
{
	pthread_t thread;

	must(-pthread_create(&thread, NULL, thread_enters, NULL), "thread");
	while (!enterer)
		usleep(100);
	entered_mounts = open_mounts(c->init);
	for (;;)
		pause();
}

CASE("look-at-thread", "P looks at a thread of another process that has entered what K unshared",
     MAY_REFUSE, .inside = unshares)
{
	char path[64];

	run_child(enters_by_thread, run_unsharing());
	await(stage->pids[1]);
	snprintf(path, sizeof(path), "/proc/%d/task/%d/ns/mnt", stage->pids[0], stage->pids[1]);
	enter_and_wait((struct entry){ .path = path, .who = "by the thread" });
}

static void enters_and_waits(struct container *c)
{
	must(setns(open_mounts(c->init), CLONE_NEWNS), "setns");
	stage->pids[0] = getpid();
	for (;;)
		pause();
}

static void daemon_enters(const struct container *of, pid_t by)
{
	(void)of;
	enter_and_wait((struct entry){ .pid = by, .who = "daemon" });
	stage->flags[2] = 1;
	_exit(0);
}

static void daemon_follows(struct container *c)
{
	if (fork() > 0)
		return;
	await(stage->flags[1]);
	daemon_enters(c, stage->pids[0]);
}

CASE("look-of-runtime", "K2's hook looks at who has entered what K1 unshared, and enters",
     MAY_REFUSE, .inside = unshares)
{
	run_child(enters_and_waits, run_unsharing());
	await(stage->pids[0]);
	run_container((struct container){ .runtime_hook = daemon_follows, .expected = MUST_HOLD });
	stage->flags[1] = 1;
	await(stage->flags[2]);
}

static void daemon_enters_first(struct container *c)
{
	if (fork() > 0)
		return;
	await(stage->flags[1]);
	daemon_enters(c, stage->containers[0].init);
}

CASE("look-same-root", "K2's hook, without rules, enters what K1 unshared; both have one root",
     MAY_REFUSE, .inside = unshares)
{
	run_container((struct container){ .expected = MUST_HOLD });
	await(stage->flags[0]);
	run_container((struct container){ .runtime_hook = daemon_enters_first,
					  .without = ~0u,
					  .expected = IS_HOST });
	stage->flags[1] = 1;
	await(stage->flags[2]);
}

/* ---- task storage of another tool's ---- */

static int foreign_map = -1;

static int call_bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static int make_foreign_map(void)
{
	const struct {
		struct btf_header header;
		__u32 types[4];
		char strings[8];
	} btf = { .header = { .magic = 0xeB9F,
			      .version = 1,
			      .hdr_len = sizeof(struct btf_header),
			      .type_len = 16,
			      .str_off = 16,
			      .str_len = 8 },
		  .types = { 1, BTF_KIND_INT << 24, 4, BTF_INT_SIGNED << 24 | 32 },
		  .strings = "\0int\0" };
	union bpf_attr load = { .btf = (__u64)&btf, .btf_size = sizeof(btf) };
	union bpf_attr create = { .map_type = BPF_MAP_TYPE_TASK_STORAGE,
				  .key_size = 4,
				  .value_size = 4,
				  .map_flags = BPF_F_NO_PREALLOC,
				  .btf_key_type_id = 1,
				  .btf_value_type_id = 1 };
	int map;

	create.btf_fd = call_bpf(BPF_BTF_LOAD, &load);
	must(create.btf_fd, "BPF_BTF_LOAD");
	map = call_bpf(BPF_MAP_CREATE, &create);
	must(map, "BPF_MAP_CREATE");
	return map;
}

static void mark_foreign(enum moment moment)
{
	int self, value = 1;
	union bpf_attr set = { .map_fd = foreign_map, .key = (__u64)&self, .value = (__u64)&value };

	if (moment != BEFORE_SETNS)
		return;
	self = syscall(SYS_pidfd_open, getpid(), 0);
	must(self, "pidfd_open");
	must(call_bpf(BPF_MAP_UPDATE_ELEM, &set), "foreign storage");
	close(self);
}

static void goes_elsewhere(int index)
{
	if (!index)
		return;
	probe("user code in it", MUST_HOLD);
	must(unshare(CLONE_NEWNS), "unshare");
	probe("user code elsewhere", MUST_HOLD);
	probe_inside("its child");
	_exit(0);
}

static void enter_foreign(enum by by)
{
	struct container *c;

	foreign_map = make_foreign_map();
	c = run_container((struct container){ .root = ROOT_DIRECTORY });
	enter_and_wait((struct entry){ .pid = c->init,
				       .who = "exec",
				       .by = by,
				       .execution = EXEC_INSIDE,
				       .between = mark_foreign });
}

CASE("foreign-storage-passed", "who enters unlooked has task storage of another program's map",
     MUST_HOLD, .inside = goes_elsewhere)
{
	enter_foreign(BY_PASSED);
}

CASE("foreign-storage-path", "who enters by a look has task storage of another program's map",
     MUST_HOLD, .inside = goes_elsewhere)
{
	enter_foreign(BY_PATH);
}

/* ---- one root ---- */

static void chroot_by_host_path(struct container *c)
{
	must(chroot(root_path(c->root)), "chroot");
	must(chdir("/"), "chdir");
	exec_probe(INSIDE, "by its root", MAY_REFUSE);
	_exit(0);
}

CASE("one-root-place", "of two containers with one root one ends; the root is entered by its path",
     MAY_REFUSE)
{
	struct container *first = run_container((struct container){ .expected = MUST_HOLD });
	struct container *second = run_container((struct container){ .expected = MUST_HOLD });

	child_status(run_child(chroot_by_host_path, second));
	end(first->init);
	while (container_exists(first->key))
		usleep(1000);
	child_status(run_child(chroot_by_host_path, second));
}

CASE("one-root-third", "the same, and a third comes before the first two end", MAY_REFUSE)
{
	struct container *first = run_container((struct container){ .expected = MUST_HOLD });
	struct container *second = run_container((struct container){ .expected = MUST_HOLD });
	struct container *third = run_container((struct container){ .expected = MUST_HOLD });

	end(first->init);
	end(second->init);
	while (container_exists(first->key) || container_exists(second->key))
		usleep(1000);
	child_status(run_child(chroot_by_host_path, third));
}
