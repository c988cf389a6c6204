// SPDX-License-Identifier: Apache-2.0
/*
 * Mount namespaces that user code makes: whoever enters one of them comes to the
 * container's files as well. The image's own health check is such an exec.
 */
#include "membership.h"
#include <pthread.h>
#include "descriptors.h"

#define OPEN_TREE_NAMESPACE (1 << 1)	/* <linux/mount.h>, from 7.0 */
#define UNSHARE_EMPTY_MNTNS 0x00100000	/* <linux/sched.h>, from 7.1 */

/* `pid`'s namespace, by each way. */
static void enter_all(pid_t pid)
{
	enter_and_wait((struct entry){ .pid = pid, .who = "exec by path" });
	enter_and_wait((struct entry){ .pid = pid, .who = "exec by pidfd", .by = BY_PIDFD });
	enter_and_wait((struct entry){ .pid = pid, .who = "exec passed", .by = BY_PASSED });
	enter_and_wait((struct entry){ .pid = pid, .who = "exec by root", .by = BY_CHROOT });
}

/* Init did what it does, and is there. */
static struct container *run_until_made(struct container wanted)
{
	struct container *c = run_container(wanted);

	await(stage->flags[0]);
	return c;
}

static void run_and_enter(struct container wanted)
{
	enter_all(run_until_made(wanted)->init);
}

static void made(void)
{
	stage->flags[0] = 1;
	for (;;)
		pause();
}

static void unshares_users(int index)
{
	(void)index;
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	probe_inside("child in it");
	made();
}

CASE("unshare-users", "init unshares users and mounts; execs enter", MAY_REFUSE,
     .inside = unshares_users)
{
	run_and_enter((struct container){});
}

CASE("unshare-users-pids", "the same in a PID namespace, which the exec joins too", MAY_REFUSE,
     .inside = unshares_users)
{
	struct container *c = run_until_made((struct container){ .namespaces = CLONE_NEWPID });

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .by = BY_EVERY });
}

CASE("unshare-users-no-pivot", "the same where the runtime moved the root", MAY_REFUSE,
     .inside = unshares_users)
{
	run_and_enter((struct container){ .no_pivot = 1 });
}

CASE("unshare-users-overlay", "the same on an overlay", MAY_REFUSE, .inside = unshares_users)
{
	run_and_enter((struct container){ .root = ROOT_OVERLAY });
}

static void unshares(int index)
{
	(void)index;
	must(unshare(CLONE_NEWNS), "unshare");
	probe_inside("child in it");
	made();
}

CASE("unshare", "init unshares mounts, as CAP_SYS_ADMIN may", MAY_REFUSE, .inside = unshares)
{
	run_and_enter((struct container){});
}

CASE("unshare-entered", "who enters came through lockc-runc while the guard is on", MAY_REFUSE,
     .inside = unshares)
{
	struct container *c = run_until_made((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .entered = 1 });
}

CASE("unshare-in-users", "init of a container with a user namespace unshares mounts", MAY_REFUSE,
     .inside = unshares)
{
	run_and_enter((struct container){ .namespaces = CLONE_NEWUSER | CLONE_NEWPID });
}

static void write_own(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	must(fd, path);
	must(write(fd, text, strlen(text)), path);
	close(fd);
}

static void unshares_often(int index)
{
	(void)index;
	for (int i = 0; i < 2; i++) {
		must(unshare(CLONE_NEWUSER), "unshare of users");
		write_own("/proc/self/setgroups", "deny");
		write_own("/proc/self/uid_map", "0 0 1");
		write_own("/proc/self/gid_map", "0 0 1");
	}
	for (int i = 0; i < 4; i++)
		must(unshare(CLONE_NEWNS), "unshare");
	made();
}

CASE("unshare-nested", "init unshares users twice and mounts four times, one in another",
     MAY_REFUSE, .inside = unshares_often)
{
	run_and_enter((struct container){});
}

static void unshares_and_chroots(int index)
{
	(void)index;
	must(unshare(CLONE_NEWNS), "unshare");
	must(chroot("/new"), "chroot");
	must(chdir("/"), "chdir");
	made();
}

CASE("unshare-chroot", "init unshares mounts and changes its root to a directory", MAY_REFUSE,
     .inside = unshares_and_chroots)
{
	run_and_enter((struct container){});
}

static void chroots(int index)
{
	(void)index;
	must(chroot("/new"), "chroot");
	must(chdir("/"), "chdir");
	made();
}

CASE("chroot", "init changes its root to a directory; an exec takes that root", MAY_REFUSE,
     .inside = chroots)
{
	struct container *c = run_until_made((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec by root", .by = BY_CHROOT });
}

static void unshares_and_pivots(int index)
{
	(void)index;
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "making mounts private");
	must(mount("/", "/new", NULL, MS_BIND, NULL), "binding the root");
	must(chdir("/new"), "chdir");
	must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
	must(umount2(".", MNT_DETACH), "umount");
	must(chdir("/"), "chdir");
	probe_inside("child in it");
	made();
}

CASE("unshare-pivot", "init unshares mounts and pivots; its policy has no rule of mounts",
     MAY_REFUSE, .inside = unshares_and_pivots)
{
	run_and_enter((struct container){ .without = LOCKC_RULE_MOUNT });
}

static void waits_in_child(int flags)
{
	pid_t child = syscall(SYS_clone, SIGCHLD | flags, NULL, NULL, NULL, NULL);

	must(child, "clone");
	if (child == 0) {
		for (;;)
			pause();
	}
	stage->pids[0] = child; /* its number is the host's: there is no PID namespace */
	made();
}

static void clones(int index)
{
	(void)index;
	waits_in_child(CLONE_NEWNS);
}

CASE("clone", "init makes a child in mounts of its own; execs enter the child", MAY_REFUSE,
     .inside = clones)
{
	run_until_made((struct container){});
	enter_all(stage->pids[0]);
}

static void clones_users(int index)
{
	(void)index;
	waits_in_child(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID);
}

CASE("clone-users", "the same with users and PIDs", MAY_REFUSE, .inside = clones_users)
{
	run_until_made((struct container){});
	enter_all(stage->pids[0]);
}

static void *unshares_in_thread(void *unused)
{
	(void)unused;
	must(unshare(CLONE_NEWNS), "unshare");
	stage->pids[0] = gettid();
	made();
	return NULL;
}

static void thread_unshares(int index)
{
	pthread_t thread;

	(void)index;
	pthread_create(&thread, NULL, unshares_in_thread, NULL);
}

CASE("thread-unshares", "a thread of init unshares mounts; execs enter the thread", MAY_REFUSE,
     .inside = thread_unshares)
{
	run_until_made((struct container){});
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec by path" });
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec by root",
				       .by = BY_CHROOT });
}

static void *toggles_in_thread(void *unused)
{
	int own = open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC);

	(void)unused;
	must(own, "opening its own namespace");
	stage->pids[0] = gettid();
	stage->flags[0] = 1;
	for (;;) {
		must(unshare(CLONE_NEWNS), "unshare");
		must(setns(own, CLONE_NEWNS), "setns");
	}
	return NULL;
}

static void thread_toggles(int index)
{
	pthread_t thread;

	(void)index;
	pthread_create(&thread, NULL, toggles_in_thread, NULL);
}

CASE("toggle", "a thread unshares and goes back all the time while an exec looks", MAY_REFUSE,
     .inside = thread_toggles, .racing = 1)
{
	run_until_made((struct container){});
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec by path" });
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec by pidfd",
				       .by = BY_PASSED });
}

static void keeps(int index)
{
	pid_t child = fork();
	int fd;

	(void)index;
	must(child, "fork");
	if (child == 0) {
		must(unshare(CLONE_NEWNS), "unshare");
		stage->flags[2] = 1;
		for (;;)
			pause();
	}
	await(stage->flags[2]);
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", child);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd, path);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	stage->pids[0] = fd;
	made();
}

/* The namespace that the descriptor stage->pids[0] of init is of. */
static void enter_descriptor(const struct container *c, const char *who)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", c->init, stage->pids[0]);
	enter_and_wait((struct entry){ .pid = c->init, .path = path, .who = who });
}

CASE("keep", "init keeps open a namespace whose last task ended", MAY_REFUSE, .inside = keeps)
{
	enter_descriptor(run_until_made((struct container){}), "exec");
}

static void joins_kept(int index)
{
	pid_t child = fork();
	char path[64];
	int fd;

	(void)index;
	must(child, "fork");
	if (child == 0) {
		must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
		stage->flags[2] = 1;
		for (;;)
			pause();
	}
	await(stage->flags[2]);
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", child);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd, path);
	must(setns(fd, CLONE_NEWNS), "setns");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	probe_inside("child in it");
	made();
}

CASE("join-childs", "init joins the namespace that a child made, which ends", MAY_REFUSE,
     .inside = joins_kept)
{
	run_and_enter((struct container){});
}

static void second_unshares(int index)
{
	if (!index)
		return;
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	stage->pids[0] = getpid();
	made();
}

CASE("second-unshares", "what an exec brought in unshares, and another exec enters that",
     MAY_REFUSE, .inside = second_unshares)
{
	struct container *c = run_container((struct container){});

	enter((struct entry){ .pid = c->init, .who = "exec", .execution = EXEC_INSIDE });
	await(stage->flags[0]);
	enter_all(stage->pids[0]);
}

static void opens_tree(int index)
{
	int fd = syscall(428 /* open_tree */, AT_FDCWD, "/", OPEN_TREE_NAMESPACE | O_CLOEXEC);

	(void)index;
	if (fd < 0) {
		if (errno == EPERM)
			report("open_tree", MAY_REFUSE, REFUSED, "open_tree: EPERM");
		else
			lacking("open_tree");
		stage->flags[1] = 1;
	}
	stage->pids[0] = fd;
	made();
}

CASE("open-tree", "init makes a namespace by open_tree(2); an exec enters it", MAY_REFUSE,
     .inside = opens_tree, .since = "7.0")
{
	struct container *c = run_until_made((struct container){ .without = LOCKC_RULE_MOUNT });

	if (!stage->flags[1])
		enter_descriptor(c, "exec");
}

static void opens_tree_and_joins(int index)
{
	int fd = syscall(428 /* open_tree */, AT_FDCWD, "/", OPEN_TREE_NAMESPACE | O_CLOEXEC);

	(void)index;
	if (fd < 0) {
		lacking("open_tree");
		stage->flags[1] = 1;
	} else {
		must(setns(fd, CLONE_NEWNS), "setns");
		probe_inside("child in it");
	}
	made();
}

CASE("open-tree-joined", "init makes a namespace by open_tree(2) and joins it", MAY_REFUSE,
     .inside = opens_tree_and_joins, .since = "7.0")
{
	struct container *c = run_until_made((struct container){ .without = LOCKC_RULE_MOUNT });

	if (!stage->flags[1])
		enter_all(c->init);
}

/* What is in it is what init puts there: its own root again. */
static void unshares_empty(int index)
{
	int root = syscall(428 /* open_tree */, AT_FDCWD, "/", OPEN_TREE_CLONE | O_CLOEXEC);

	(void)index;
	must(root, "open_tree");
	if (unshare(CLONE_NEWNS | UNSHARE_EMPTY_MNTNS)) {
		lacking("unshare into an empty namespace");
		stage->flags[1] = 1;
		made();
	}
	must(syscall(429 /* move_mount */, root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH),
	     "move_mount");
	must(fchdir(root), "fchdir");
	must(chroot("."), "chroot");
	probe_inside("child in it");
	made();
}

CASE("unshare-empty", "init unshares into an empty namespace, where it attaches its root",
     MAY_REFUSE, .inside = unshares_empty, .since = "7.1")
{
	struct container *c = run_until_made((struct container){ .without = LOCKC_RULE_MOUNT });

	if (!stage->flags[1])
		enter_all(c->init);
}

/* ---- namespaces that the host holds when the container is over ---- */

static int hold_namespace(pid_t pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	fd = open(path, O_RDONLY);
	must(fd, path);
	return fd;
}

static void enter_held(int fd)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enter_and_wait((struct entry){ .path = path, .who = "exec after the end" });
}

CASE("held-after-end", "the host holds the container's namespace and enters it after the end",
     MAY_REFUSE)
{
	struct container *c = run_container((struct container){});
	int fd = hold_namespace(c->init);

	end(c->init);
	enter_held(fd);
}

CASE("held-unshared-after-end", "the same with the namespace that init unshared", MAY_REFUSE,
     .inside = unshares)
{
	struct container *c = run_until_made((struct container){});
	int fd = hold_namespace(c->init);

	end(c->init);
	enter_held(fd);
}

CASE("held-created-after-end", "the same where the container never started", MAY_REFUSE)
{
	struct container *c = create((struct container){});
	int fd = hold_namespace(c->init);

	end(c->init);
	enter_held(fd);
}
