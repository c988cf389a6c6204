// SPDX-License-Identifier: Apache-2.0
/*
 * What runs between create and start: hooks are the host's own code, whatever they do with
 * namespaces, and none of them may end the record, or be taken for the container's init.
 */
#include "membership.h"

static struct container *run_with(struct container wanted)
{
	struct container *c = run_container(wanted);

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
	return c;
}

/* Its program runs and is held, and so is an exec into it. */
#define RUNS(name, tries, ...)                                                                     \
	CASE(name, tries, MUST_HOLD)                                                               \
	{                                                                                          \
		run_with((struct container){ __VA_ARGS__ });                                       \
	}

/* ---- startContainer ---- */

static void execute_inside(struct container *c)
{
	(void)c;
	exec_probe(INSIDE, "hook", MUST_HOLD);
}

static void fork_inside(struct container *c)
{
	if (fork() == 0)
		execute_inside(c);
	usleep(3000);
}

static void do_nothing(struct container *c)
{
	(void)c;
}

RUNS("start-hook", "a startContainer hook executes and ends", .start_hook = execute_inside)
RUNS("start-hook-no-exec", "a startContainer hook ends without an exec", .start_hook = do_nothing)
RUNS("start-hook-child", "a startContainer hook leaves a child that executes",
     .start_hook = fork_inside)
RUNS("start-hook-no-pivot", "the hook executes and ends; the root was moved",
     .start_hook = execute_inside, .no_pivot = 1)
RUNS("start-hook-pids", "the hook executes and ends in a PID namespace",
     .start_hook = execute_inside, .namespaces = CLONE_NEWPID)
RUNS("start-hook-foreground", "the hook executes and ends while the runtime stays",
     .start_hook = execute_inside, .foreground = 1)

static void execute_twice(struct container *c)
{
	for (int i = 0; i < 2; i++)
		child_status(run_child(execute_inside, c));
}

RUNS("start-hooks", "two startContainer hooks execute and end", .start_hook = execute_twice)

static void fail(struct container *c)
{
	probe_inside("hook");
	(void)c;
	_exit(1);
}

CASE("start-hook-fails", "a startContainer hook fails, and the container ends with it", MUST_HOLD)
{
	struct container *c =
		create((struct container){ .start_hook = fail, .failing_hook = 1 });
	int fd = -1;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", c->init);
	fd = open(path, O_RDONLY);
	start(c);
	await_end(c->init);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enter_and_wait((struct entry){ .path = path, .who = "exec after it",
				       .expected = MAY_REFUSE });
}

/* The daemon that a hook left, and that waits for flag 0, does what it is for. */
static void release_daemon(void)
{
	await(stage->pids[0]);
	stage->flags[0] = 1;
	await_end(stage->pids[0]);
}

/* A daemon of the hook's: waits until it is told, and executes. */
static void leave_daemon(struct container *c)
{
	(void)c;
	if (fork() > 0)
		return;
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	exec_probe(INSIDE, "daemon", MUST_HOLD);
	_exit(1);
}

CASE("start-hook-daemon", "a startContainer hook leaves a daemon that executes later", MUST_HOLD)
{
	struct container *c = run_with((struct container){ .start_hook = leave_daemon });

	release_daemon();
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec after it" });
}

/* ---- an exec into a container that is created ---- */

CASE("exec-created", "an exec into a created container ends before the start", MUST_HOLD)
{
	struct container *c = create((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec after it" });
}

CASE("exec-created-pids", "the same with a PID namespace", MUST_HOLD)
{
	struct container *c = create((struct container){ .namespaces = CLONE_NEWPID });

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .by = BY_EVERY });
	enter_and_wait((struct entry){ .pid = c->init, .who = "second exec", .by = BY_EVERY });
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec after it", .by = BY_EVERY });
}

CASE("exec-created-killed", "an exec into a created container is killed, then it starts",
     MUST_HOLD, .racing = 1)
{
	struct container *c = create((struct container){});
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec", .expected = MAY_REFUSE });

	usleep(2000);
	kill(exec, SIGKILL);
	waitpid(exec, NULL, 0);
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec after it" });
}

CASE("exec-while-start", "an exec enters while the container starts", MUST_HOLD, .racing = 1)
{
	struct container *c = create((struct container){});
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec" });

	start(c);
	waitpid(exec, NULL, 0);
}

/* ---- hooks that change their root ---- */

static void pivot_and_end(struct container *c)
{
	switch_root(NULL, root_path(c->root));
}

static void pivot_and_execute(struct container *c)
{
	switch_root(NULL, root_path(c->root));
	exec_probe(INSIDE, "hook", MAY_REFUSE);
}

/* In a mount namespace of its own, as what updates ldconfig's cache for a GPU. */
static void pivot_in_child(struct container *c)
{
	child_status(run_child(pivot_and_execute, c));
}

static void chroot_and_execute(struct container *c)
{
	must(chroot(root_path(c->root)), "chroot");
	must(chdir("/"), "chdir");
	exec_probe(INSIDE, "hook", MAY_REFUSE);
}

static void execute_host(struct container *c)
{
	(void)c;
	exec_probe(host_program(), "hook", IS_HOST);
}

static void unshare_and_execute_inside(struct container *c)
{
	must(unshare(CLONE_NEWNS), "unshare");
	exec_probe(INSIDE, "hook", MAY_REFUSE);
	(void)c;
}

static void unshare_and_execute_host(struct container *c)
{
	must(unshare(CLONE_NEWNS), "unshare");
	execute_host(c);
}

RUNS("runtime-hook", "a createRuntime hook executes the host's program",
     .runtime_hook = execute_host)
RUNS("container-hook", "a createContainer hook executes the host's program",
     .container_hook = execute_host)
RUNS("runtime-hook-unshare", "a createRuntime hook executes it in mounts of its own",
     .runtime_hook = unshare_and_execute_host)
RUNS("container-hook-unshare", "a createContainer hook executes it in mounts of its own",
     .container_hook = unshare_and_execute_host)
RUNS("runtime-hook-pivot", "a createRuntime hook pivots in mounts of its own, and ends",
     .runtime_hook = pivot_and_end)
RUNS("container-hook-pivot", "a createContainer hook pivots in mounts of its own, and ends",
     .container_hook = pivot_and_end)
RUNS("start-hook-unshare", "a startContainer hook executes inside in mounts of its own",
     .start_hook = unshare_and_execute_inside)
RUNS("runtime-hook-pivot-exec", "a createRuntime hook pivots, executes inside, and ends",
     .runtime_hook = pivot_and_execute)
RUNS("container-hook-pivot-exec", "a createContainer hook pivots, executes inside, and ends",
     .container_hook = pivot_and_execute)
RUNS("runtime-hook-pivot-child", "a child of a createRuntime hook does",
     .runtime_hook = pivot_in_child)
RUNS("container-hook-pivot-child", "a child of a createContainer hook does",
     .container_hook = pivot_in_child)
RUNS("runtime-hook-chroot",
     "a createRuntime hook changes its root to the container's, and executes",
     .runtime_hook = chroot_and_execute)
RUNS("container-hook-chroot",
     "a createContainer hook changes its root to the container's, and executes",
     .container_hook = chroot_and_execute)
RUNS("runtime-hook-chroot-directory", "the same where the root is a directory",
     .runtime_hook = chroot_and_execute, .root = ROOT_DIRECTORY)
RUNS("hooks-pivot", "hooks of both stages pivot, and one executes inside",
     .runtime_hook = pivot_and_execute, .container_hook = pivot_and_end)
RUNS("hooks-pivot-no-pivot", "hooks of both stages pivot; the runtime moves the root",
     .runtime_hook = pivot_and_end, .container_hook = pivot_and_end, .no_pivot = 1)
RUNS("hooks-pivot-pids", "hooks of both stages pivot; init is in a PID namespace",
     .runtime_hook = pivot_and_end, .container_hook = pivot_and_end, .namespaces = CLONE_NEWPID)

static void join_and_execute(struct container *c)
{
	enter_and_wait((struct entry){ .pid = c->init, .who = "hook", .expected = IS_HOST,
				       .execution = EXEC_HOST_PATH });
}

RUNS("runtime-hook-joins", "a createRuntime hook joins init's mounts before the pivot",
     .runtime_hook = join_and_execute)

/* ---- daemons of hooks ---- */

/* Waits until it is told, then executes the host's program. */
static void leave_host_daemon(struct container *c)
{
	(void)c;
	if (fork() > 0)
		return;
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	exec_probe(host_program(), "daemon", IS_HOST);
	_exit(1);
}

CASE("host-daemon", "a daemon of a createRuntime hook executes on the host, after the end too",
     IS_HOST)
{
	struct container *c = run_container((struct container){
		.runtime_hook = leave_host_daemon });

	end(c->init);
	usleep(2000);
	release_daemon();
}

/* Waits, joins the container as it is then, and executes. */
static void leave_joining_daemon(struct container *c)
{
	if (fork() > 0)
		return;
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	enter_and_wait((struct entry){ .pid = c->init, .who = "daemon", .expected = MUST_HOLD });
	_exit(0);
}

CASE("joining-daemon", "a daemon of a createRuntime hook joins the container later", MUST_HOLD)
{
	run_with((struct container){ .runtime_hook = leave_joining_daemon });
	release_daemon();
}

/* In the container's mounts, with whatever root the pivot left it. */
static void execute_when_told(void)
{
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	exec_probe(INSIDE, "daemon", MAY_REFUSE);
	_exit(1);
}

static void leave_container_daemon(struct container *c)
{
	(void)c;
	if (fork() == 0)
		execute_when_told();
}

CASE("container-daemon", "a daemon of a createContainer hook executes inside", MUST_HOLD)
{
	run_with((struct container){ .container_hook = leave_container_daemon });
	release_daemon();
}

CASE("container-daemon-after-end", "the same after the container's end", MAY_REFUSE)
{
	struct container *c = run_container((struct container){
		.container_hook = leave_container_daemon });

	end(c->init);
	release_daemon();
}

CASE("start-daemon-after-end", "a daemon of a startContainer hook executes after the end",
     MAY_REFUSE)
{
	struct container *c = run_container((struct container){
		.start_hook = leave_container_daemon });

	end(c->init);
	release_daemon();
}

static void leave_daemon_with_namespace(struct container *c)
{
	char path[64];
	int fd;

	if (fork() > 0)
		return;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", c->init);
	fd = open(path, O_RDONLY);
	must(fd, path);
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enter_and_wait((struct entry){ .path = path, .who = "daemon", .expected = MAY_REFUSE });
	_exit(0);
}

CASE("joining-daemon-after-end", "a hook's daemon joins the container's mounts after the end",
     MAY_REFUSE)
{
	struct container *c = run_container((struct container){
		.runtime_hook = leave_daemon_with_namespace });

	await(stage->pids[0]);
	end(c->init);
	release_daemon();
}

static void leave_chroot_daemon(struct container *c)
{
	if (fork() > 0)
		return;
	must(chroot(root_path(c->root)), "chroot");
	must(chdir("/"), "chdir");
	execute_when_told();
}

CASE("chroot-daemon-after-end", "a hook's daemon with the container's root executes after the end",
     MAY_REFUSE)
{
	struct container *c = run_container((struct container){
		.runtime_hook = leave_chroot_daemon });

	await(stage->pids[0]);
	end(c->init);
	release_daemon();
}
