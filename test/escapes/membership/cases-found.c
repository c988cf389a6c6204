// SPDX-License-Identifier: Apache-2.0
#include "membership.h"
#include <pthread.h>
#include <sys/stat.h>
#include "descriptors.h"

static void found_unshares(int index)
{
	if (index)
		return;
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	stage->flags[0] = 1;
}

static void daemon_joins(struct container *c)
{
	if (fork() > 0)
		return;
	stage->pids[0] = getpid();
	await(stage->flags[1]);
	enter_and_wait((struct entry){ .pid = stage->containers[0].init, .who = "daemon", .expected = MAY_REFUSE });
	stage->flags[2] = 1;
	(void)c;
	_exit(0);
}

CASE("found-runtime-other", "hook daemon of K2 enters what K1 unshared", MAY_REFUSE, .inside = found_unshares)
{
	run_container((struct container){ .root = ROOT_DIRECTORY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	run_container((struct container){ .runtime_hook = daemon_joins, .expected = MUST_HOLD });
	stage->flags[1] = 1;
	await(stage->flags[2]);
}

static int found_fd = -1;
static pid_t found_pid;
static void *found_opens(void *x)
{
	char path[64];
	(void)x;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", found_pid);
	found_fd = open(path, O_RDONLY | O_CLOEXEC);
	must(found_fd, path);
	return NULL;
}

static void found_join_exec(void)
{
	if (setns(found_fd, CLONE_NEWNS)) {
		not_executed("exec", MAY_REFUSE, "setns");
		_exit(0);
	}
	exec_probe(INSIDE, "exec", MAY_REFUSE);
	_exit(0);
}

static void thread_looks(struct container *c)
{
	pthread_t t;
	found_pid = c->init;
	must(-pthread_create(&t, NULL, found_opens, NULL), "thread");
	pthread_join(t, NULL);
	found_join_exec();
}

static void thread_looks_child(struct container *c)
{
	pthread_t t;
	found_pid = c->init;
	must(-pthread_create(&t, NULL, found_opens, NULL), "thread");
	pthread_join(t, NULL);
	if (fork() == 0)
		found_join_exec();
	wait(NULL);
}

static void forget_mount(struct container *c)
{
	found_pid = c->init;
	found_opens(NULL);
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
	found_join_exec();
}

static void forget_move(struct container *c)
{
	found_pid = c->init;
	found_opens(NULL);
	syscall(SYS_pivot_root, "/nonexistent", "/");
	int t = syscall(428, AT_FDCWD, "/run", 1 | O_CLOEXEC);
	must(t, "open_tree");
	syscall(429, t, "", AT_FDCWD, "/mnt", 4);
	umount2("/mnt", MNT_DETACH);
	found_join_exec();
}

static void host_chroot(struct container *c)
{
	char path[64];
	int fd;
	snprintf(path, sizeof(path), "/proc/%d/exe", c->init);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd, path);
	must(chroot(root_path(ROOT_DIRECTORY)), "chroot");
	must(chdir("/"), "chdir");
	exec_probe(INSIDE, "host", IS_HOST);
	_exit(1);
}

#define FOUND(name, tries, expected_, f, ...) \
CASE(name, tries, expected_, .inside = found_unshares) { \
	struct container *c = run_container((struct container){ .expected = MUST_HOLD, __VA_ARGS__ }); \
	await(stage->flags[0]); \
	child_status(run_child(f, c)); \
}
FOUND("found-thread-looks", "one thread opens, another enters", MAY_REFUSE, thread_looks, .root = ROOT_DIRECTORY)
FOUND("found-thread-child", "one thread opens, another's child enters", MAY_REFUSE, thread_looks_child, .root = ROOT_DIRECTORY)
FOUND("found-forget-mount", "opens, unshares+mounts, then enters", MAY_REFUSE, forget_mount, .root = ROOT_DIRECTORY)
FOUND("found-forget-move", "opens, move_mounts at home, then enters", MAY_REFUSE, forget_move, .root = ROOT_DIRECTORY)
FOUND("found-host-chroot", "host looked, chroots to another mount", IS_HOST, host_chroot, .root = ROOT_TMPFS)

CASE("found-shared-root", "K1's unshared is entered; K2 has the same root and no rules", MAY_REFUSE, .inside = found_unshares)
{
	struct container *a = run_container((struct container){ .expected = MUST_HOLD });
	await(stage->flags[0]);
	run_container((struct container){ .expected = IS_HOST, .without = ~0u });
	enter_and_wait((struct entry){ .pid = a->init, .who = "exec of K1" });
}

/* ---- ptrace where PROCESS is not a rule ---- */
static void found_traces(int index)
{
	(void)index;
	await(stage->pids[0]);
	int s = !syscall(SYS_ptrace, 0x4206, stage->pids[0], 0, 0);
	report("traces", MAY_REFUSE, s ? FREE : HELD, "seize %s", s ? "ok" : strerrorname_np(errno));
	stage->flags[3] = 1;
	if (s) _exit(0);
}
static void found_show(enum moment moment)
{
	if (moment != BEFORE_EXEC) return;
	stage->pids[0] = getpid();
	await(stage->flags[3]);
}
CASE("found-trace", "user code without rule PROCESS traces who enters before its exec", MAY_REFUSE, .inside = found_traces)
{
	struct container *c = run_container((struct container){ .without = LOCKC_RULE_PROCESS });
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .between = found_show });
}

/* ---- file handles of nsfs ---- */
struct found_handle { struct file_handle h; char b[128]; };
static void found_handles(int index)
{
	struct found_handle h;
	(void)index;
	memcpy(&h, (void *)&stage->containers[2], sizeof(h));
	int fd = open_by_handle_at(-10003, &h.h, O_RDONLY);
	if (fd < 0)
		report("nsfs handle", MAY_REFUSE, REFUSED, "open %s", strerrorname_np(errno));
	else if (setns(fd, 0))
		report("nsfs handle", MAY_REFUSE, REFUSED, "setns %s", strerrorname_np(errno));
	else
		report("nsfs handle", MAY_REFUSE, FREE, "in the host's namespace");
	stage->flags[3] = 1;
}
static void found_nsfs(const char *ns)
{
	struct found_handle h = { .h.handle_bytes = 128 };
	int id;
	if (name_to_handle_at(AT_FDCWD, ns, &h.h, &id, AT_SYMLINK_FOLLOW)) {
		lacking("name_to_handle_at");
		return;
	}
	memcpy((void *)&stage->containers[2], &h, sizeof(h));
	run_container((struct container){});
	await(stage->flags[3]);
}
CASE("found-nsfs-mnt", "user code opens the host's mounts by handle", MAY_REFUSE, .inside = found_handles, .since = "6.18") { found_nsfs("/proc/self/ns/mnt"); }

/* ---- toggling between two namespaces, one with the host's root ---- */
#include <sys/ioctl.h>
struct found_ns_info { __u32 size, nr; __u64 id; };

/* OPEN_TREE_NAMESPACE under the rule MOUNT: another root without a hook? */
static void found_tree(int index)
{
	(void)index;
	must(unshare(CLONE_NEWUSER), "unshare users");
	must(unshare(CLONE_NEWNS), "unshare");
	int fd = syscall(428, AT_FDCWD, "/new", 0x2 | 0x1 | O_CLOEXEC);
	if (fd < 0) fd = syscall(428, AT_FDCWD, "/new", 0x2 | O_CLOEXEC);
	if (fd < 0) { report("open_tree ns", MAY_REFUSE, errno == EPERM ? REFUSED : LACKING, "%s", strerrorname_np(errno)); stage->flags[4] = 1; }
	else if (setns(fd, CLONE_NEWNS)) { report("setns", MAY_REFUSE, REFUSED, "%s", strerrorname_np(errno)); stage->flags[4] = 1; }
	stage->flags[0] = 1;
}
CASE("found-tree-looked", "init makes a namespace of a subdirectory (rule MOUNT holds); an exec enters", MAY_REFUSE, .inside = found_tree, .since = "7.0")
{
	struct container *c = run_container((struct container){ .root = ROOT_OVERLAY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	if (!stage->flags[4]) enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
}
CASE("found-tree-thread", "the same, by a thread of whose process another looked", MAY_REFUSE, .inside = found_tree, .since = "7.0")
{
	struct container *c = run_container((struct container){ .root = ROOT_OVERLAY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	if (!stage->flags[4]) child_status(run_child(thread_looks, c));
}

/* an exec that failed in K1's place, then K2's own namespace */
static void failed_then_other(struct container *c)
{
	struct container *b = &stage->containers[1];
	char path[64];
	int f1, f2;
	(void)b;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", stage->containers[1].init);
	f1 = open(path, O_RDONLY | O_CLOEXEC);
	must(f1, path);
	must(setns(f1, CLONE_NEWNS), "setns 1");
	must(open("/tmp/bad", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755), "bad");
	int w = open("/tmp/bad2", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	must(write(w, "garbage!", 8), "w");
	close(w);
	execl("/tmp/bad2", "bad", NULL);
	if (errno != ENOEXEC) must(-1, "exec of bad");
	found_pid = c->init;
	f2 = stage->flags[5];
	found_fd = f2;
	found_join_exec();
}
CASE("found-failed-exec", "an exec fails in K2 (no rules), then enters K1's unshared", MAY_REFUSE, .inside = found_unshares)
{
	struct container *a = run_container((struct container){ .root = ROOT_DIRECTORY, .expected = MUST_HOLD });
	char path[64];
	await(stage->flags[0]);
	run_container((struct container){ .expected = IS_HOST, .without = ~0u });
	pid_t child = fork();
	if (child == 0) {
		snprintf(path, sizeof(path), "/proc/%d/ns/mnt", a->init);
		stage->flags[5] = open(path, O_RDONLY | O_CLOEXEC);
		must(stage->flags[5], path);
		failed_then_other(a);
		_exit(0);
	}
	child_status(child);
}

/* looks only after the failed exec: is the second look recorded? */
static void failed_then_look(struct container *c)
{
	char path[64];
	int f1, w;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", stage->containers[1].init);
	f1 = open(path, O_RDONLY | O_CLOEXEC);
	must(f1, path);
	int procfd = open("/proc", O_PATH | O_CLOEXEC);
	must(setns(f1, CLONE_NEWNS), "setns 1");
	w = open("/tmp/bad2", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	must(write(w, "garbage!", 8), "w");
	close(w);
	execl("/tmp/bad2", "bad", NULL);
	if (errno != ENOEXEC) must(-1, "exec of bad");
	snprintf(path, sizeof(path), "%d/ns/mnt", c->init);
	found_fd = openat(procfd, path, O_RDONLY | O_CLOEXEC);
	must(found_fd, path);
	found_join_exec();
}
CASE("found-failed-look", "an exec fails in K2 (no rules), then looks at and enters K1's unshared", MAY_REFUSE, .inside = found_unshares)
{
	struct container *a = run_container((struct container){ .root = ROOT_DIRECTORY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	run_container((struct container){ .expected = IS_HOST, .without = ~0u });
	child_status(run_child(failed_then_look, a));
}

/* host harm */
static void host_users_after(struct container *c)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/exe", c->init);
	must(open(path, O_RDONLY | O_CLOEXEC), path);
	must(unshare(CLONE_NEWNS), "unshare m");
	must(unshare(CLONE_NEWUSER), "unshare u");
	exec_probe(host_program(), "host", IS_SANDBOX);
	_exit(1);
}
FOUND("found-host-users", "host looked, unshares mounts and then users, executes", IS_SANDBOX, host_users_after)
/* user code reaches the host's mount namespace by NS_MNT_GET_PREV and changes its mounts */
struct found_attr { __u64 set, clr, prop, ns; };
static void found_prev(int index)
{
	int fd = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC), n = 0;
	struct found_ns_info info;
	(void)index;
	must(fd, "self");
	for (;;) {
		info = (struct found_ns_info){ .size = 16 };
		int next = ioctl(fd, _IOR(0xb7, 12, struct found_ns_info), &info);
		if (next < 0) break;
		close(fd);
		fd = next;
		n++;
	}
	if (!n) { report("prev", MAY_REFUSE, REFUSED, "%s", strerrorname_np(errno)); goto out; }
	if (setns(fd, CLONE_NEWNS)) { report("prev", MAY_REFUSE, REFUSED, "setns %s", strerrorname_np(errno)); goto out; }
	struct found_attr a = { .set = 1 };
	long r = syscall(442, AT_FDCWD, "/mnt/red", 0, &a, sizeof(a));
	report("prev", MAY_REFUSE, FREE, "%d steps; mount_setattr %s", n, r ? strerrorname_np(errno) : "ok");
out:
	stage->flags[3] = 1;
}
CASE("found-prev", "user code goes to the host's mount namespace by NS_MNT_GET_PREV", MAY_REFUSE, .inside = found_prev, .since = "6.12")
{
	mkdir("/mnt/red", 0755);
	must(mount("none", "/mnt/red", "tmpfs", 0, NULL), "tmpfs");
	run_container((struct container){});
	await(stage->flags[3]);
	int fd = open("/mnt/red/x", O_CREAT | O_WRONLY, 0644);
	if (fd < 0) report("host's mount", MAY_REFUSE, FREE, "now %s", strerrorname_np(errno));
	umount2("/mnt/red", MNT_DETACH);
}
CASE("found-runtime-tree", "hook daemon/poststart enters a namespace of a subdirectory; rule MOUNT holds", MAY_REFUSE, .inside = found_tree, .since = "7.0")
{
	run_container((struct container){ .runtime_hook = daemon_joins, .root = ROOT_OVERLAY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	if (stage->flags[4]) return;
	stage->flags[1] = 1;
	await(stage->flags[2]);
}
CASE("found-tree-forget", "unshares+mounts between look and setns; rule MOUNT holds", MAY_REFUSE, .inside = found_tree, .since = "7.0")
{
	struct container *c = run_container((struct container){ .root = ROOT_OVERLAY, .expected = MUST_HOLD });
	await(stage->flags[0]);
	if (!stage->flags[4]) child_status(run_child(forget_mount, c));
}
static void found_race_life(struct container *c) { (void)c; }
CASE("found-slot-race", "a container ends while another of the same root registers", MAY_REFUSE)
{
	(void)found_race_life;
	struct container *a = run_container((struct container){ .expected = MUST_HOLD });
	if (fork() == 0) { usleep(getpid() % 40 * 25); kill(a->init, SIGKILL); _exit(0); }
	struct container *b = run_container((struct container){ .expected = MUST_HOLD });
	enter_and_wait((struct entry){ .pid = b->init, .who = "exec", .expected = MUST_HOLD });
}

CASE("found-prev-pidns", "found-prev in a PID namespace", MAY_REFUSE, .inside = found_prev, .since = "6.12")
{
	run_container((struct container){ .namespaces = CLONE_NEWPID });
	await(stage->flags[3]);
}
