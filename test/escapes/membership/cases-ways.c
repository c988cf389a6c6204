// SPDX-License-Identifier: Apache-2.0
/* The ordinary container, by each way that the kernel has into it: all are held. */
#include "membership.h"
#include <pthread.h>
#include "descriptors.h"

static void enter_by(struct container wanted, enum by by, enum execution execution)
{
	struct container *c = run_container(wanted);

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .by = by,
				       .execution = execution });
}

#define ENTERS(name, tries, expected, by, execution, ...)                                          \
	CASE(name, tries, expected)                                                                \
	{                                                                                          \
		enter_by((struct container){ __VA_ARGS__ }, by, execution);                        \
	}

ENTERS("exec", "an exec joins by /proc/PID/ns/mnt", MUST_HOLD, BY_PATH, EXEC_PATH)
ENTERS("exec-pidfd", "an exec joins by a pidfd", MUST_HOLD, BY_PIDFD, EXEC_PATH)
ENTERS("exec-passed", "an exec joins a namespace whose descriptor came over a socket", MUST_HOLD,
       BY_PASSED, EXEC_PATH)
ENTERS("exec-forked", "a child joins the namespace that its parent opened", MUST_HOLD, BY_FORKED,
       EXEC_PATH)
ENTERS("exec-thread-joins", "a thread joins, and executes", MUST_HOLD, BY_THREAD, EXEC_PATH)
ENTERS("exec-chroot", "a task of the host's namespace has the container's root", MAY_REFUSE,
       BY_CHROOT, EXEC_PATH)
ENTERS("exec-pids", "an exec joins the PID namespace as well", MUST_HOLD, BY_EVERY, EXEC_PATH,
       .namespaces = CLONE_NEWPID)
ENTERS("exec-vfork", "the child of vfork(2) executes", MUST_HOLD, BY_PATH, EXEC_VFORK)
ENTERS("execveat", "the program is executed by its descriptor", MUST_HOLD, BY_PATH, EXEC_AT)
ENTERS("execveat-before", "the descriptor was opened through /proc/PID/root before the join",
       MAY_REFUSE, BY_PATH, EXEC_AT_BEFORE)
ENTERS("exec-host-program", "the host's program is executed inside by its descriptor", MAY_REFUSE,
       BY_PATH, EXEC_HOST_PROGRAM)
ENTERS("exec-script", "the program is a script, its interpreter the container's", MUST_HOLD,
       BY_PATH, EXEC_SCRIPT)
ENTERS("exec-thread", "a thread that is not the first executes", MUST_HOLD, BY_PATH, EXEC_THREAD)
ENTERS("exec-again", "the program executes itself again", MUST_HOLD, BY_PATH, EXEC_AGAIN)
ENTERS("exec-users", "the container has a user namespace", MUST_HOLD, BY_PATH, EXEC_PATH,
       .namespaces = CLONE_NEWUSER | CLONE_NEWPID)
ENTERS("exec-overlay", "the root file system is an overlay", MUST_HOLD, BY_PATH, EXEC_PATH,
       .root = ROOT_OVERLAY)
ENTERS("exec-directory", "the root is a directory of a file system that has more", MUST_HOLD,
       BY_PATH, EXEC_PATH, .root = ROOT_DIRECTORY)
ENTERS("exec-directory-chroot", "a task of the host's namespace has that directory as root",
       MAY_REFUSE, BY_CHROOT, EXEC_PATH, .root = ROOT_DIRECTORY)
ENTERS("exec-no-pivot", "the runtime moves the root instead of pivot_root(2)", MUST_HOLD, BY_PATH,
       EXEC_PATH, .no_pivot = 1)
ENTERS("exec-foreground", "the runtime stays, as with run", MUST_HOLD, BY_PATH, EXEC_PATH,
       .foreground = 1)

CASE("exec-entered", "the exec came through lockc-runc while the guard is on", MUST_HOLD)
{
	struct container *c = run_container((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .entered = 1 });
}

/* ---- what user code does to be another task ---- */

static int probe_and_exit(void *who)
{
	exec_probe(INSIDE, who, MUST_HOLD);
	_exit(1);
}

static void clone_and_wait(unsigned flags, const char *who)
{
	static char stack[65536] __attribute__((aligned(16)));
	pid_t child = clone(probe_and_exit, stack + sizeof(stack), flags, (void *)who);

	must(child, "clone");
	waitpid(child, NULL, __WALL);
}

static void makes_tasks(int index)
{
	(void)index;
	probe_inside("child of fork");
	clone_and_wait(SIGCHLD | CLONE_VM | CLONE_VFORK, "child of vfork");
	clone_and_wait(0, "child without a signal");
	clone_and_wait(SIGCHLD | CLONE_NEWNS, "child in new mounts");
	clone_and_wait(SIGCHLD | CLONE_NEWPID, "child in new PIDs");
	clone_and_wait(SIGCHLD | CLONE_NEWUSER, "child in new users");
	clone_and_wait(SIGCHLD | CLONE_FILES | CLONE_FS, "child with its files");
	clone(probe_and_exit, (char[16384]){} + 16384, SIGCHLD | CLONE_PARENT, (void *)"sibling");
	stage->flags[0] = 1;
}

CASE("tasks", "user code makes tasks by every kind of clone(2)", MUST_HOLD, .inside = makes_tasks)
{
	run_container((struct container){});
	await(stage->flags[0]);
}

static void *executes_in_thread(void *unused)
{
	(void)unused;
	exec_probe(INSIDE, "thread", MUST_HOLD);
	return NULL;
}

static void thread_executes(int index)
{
	pthread_t thread;

	(void)index;
	pthread_create(&thread, NULL, executes_in_thread, NULL);
	pause();
}

CASE("thread-executes", "a thread of init executes, and is init from then on", MUST_HOLD,
     .inside = thread_executes)
{
	struct container *c = run_container((struct container){});

	await_end(c->init);
}

static void *goes_on(void *unused)
{
	(void)unused;
	stage->pids[0] = gettid();
	stage->flags[0] = 1;
	await(stage->flags[1]);
	probe_inside("child of the thread");
	exec_probe(INSIDE, "thread", MUST_HOLD);
	return NULL;
}

static void leader_ends(int index)
{
	pthread_t thread;

	(void)index;
	pthread_create(&thread, NULL, goes_on, NULL);
	pthread_exit(NULL);
}

CASE("leader-ends", "init's first thread ends, another goes on and is entered", MUST_HOLD,
     .inside = leader_ends)
{
	struct container *c = run_container((struct container){});

	await(stage->flags[0]);
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec" });
	stage->flags[1] = 1;
	await_end(c->init);
}

/* ---- ptrace ---- */

static void traces(int index)
{
	static const char *const who = "tracing the exec";
	pid_t victim;
	enum expected expected = stage->containers[index].expected;
	int pidfd, seized;

	await(stage->pids[0]);
	victim = stage->pids[0];
	pidfd = syscall(SYS_pidfd_open, victim, 0);
	seized = !syscall(SYS_ptrace, 0x4206 /* PTRACE_SEIZE */, victim, 0, 0);
	if (seized)
		report(who, expected, FREE, "ptrace ok");
	else if (syscall(438 /* pidfd_getfd */, pidfd, REPORT, 0) >= 0)
		report(who, expected, FREE, "pidfd_getfd ok");
	else
		report(who, expected, HELD, "%s", strerrorname_np(errno));
	stage->flags[0] = 1;
	if (seized)
		_exit(0); /* whom it traces could not be reaped otherwise */
}

static void show_itself(enum moment moment)
{
	if (moment != BEFORE_EXEC)
		return;
	stage->pids[0] = getpid();
	await(stage->flags[0]);
}

CASE("trace-entering", "user code traces who enters, before its exec", MUST_HOLD, .inside = traces)
{
	struct container *c = run_container((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .between = show_itself });
}

CASE("trace-entering-plain", "the same under plain runc", IS_HOST, .inside = traces)
{
	struct container *c = run_container((struct container){ .unregistered = 1 });

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .between = show_itself });
}

static void traces_child(int index)
{
	pid_t child = fork();

	(void)index;
	must(child, "fork");
	if (child == 0) {
		syscall(SYS_ptrace, 0 /* PTRACE_TRACEME */, 0, 0, 0);
		exec_probe(INSIDE, "traced child", MUST_HOLD);
		_exit(0);
	}
	for (int status; waitpid(child, &status, 0) == child && WIFSTOPPED(status);)
		syscall(SYS_ptrace, 7 /* PTRACE_CONT */, child, 0, 0);
	stage->flags[0] = 1;
}

CASE("trace-child", "user code traces its own child through an exec", MUST_HOLD,
     .inside = traces_child)
{
	run_container((struct container){});
	await(stage->flags[0]);
}
