// SPDX-License-Identifier: Apache-2.0
/*
 * The last task of a container ends while somebody enters. Whoever comes too late is
 * refused, or is held although nothing else of the container is left.
 */
#include "membership.h"
#include <sys/resource.h>
#include <time.h>
#include "descriptors.h"

/* At which moment of the entering what happens. */
static enum moment when;
static pid_t victim;

static void ends(enum moment moment)
{
	if (moment == when)
		end(victim);
}

/* The same without waiting: who is first is open. */
static void kills(enum moment moment)
{
	if (moment == when)
		kill(victim, SIGKILL);
}

static void enter_while(struct container wanted, enum moment moment, enum by by,
			void (*between)(enum moment))
{
	struct container *c = run_container(wanted);

	when = moment;
	victim = c->init;
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .by = by,
				       .between = between });
}

#define ENDS(name, tries, moment, by, between, racing_, ...)                                       \
	CASE(name, tries, MAY_REFUSE, .racing = racing_)                                           \
	{                                                                                          \
		enter_while((struct container){ __VA_ARGS__ }, moment, by, between);               \
	}

ENDS("end-before-open", "init ends before the exec opens its namespace", BEFORE_OPEN, BY_PATH,
     ends, 0)
ENDS("end-before-setns", "init ends between open and setns", BEFORE_SETNS, BY_PATH, ends, 0)
ENDS("end-before-setns-pidfd", "init ends between pidfd_open and setns", BEFORE_SETNS, BY_PIDFD,
     ends, 0)
ENDS("end-before-chroot", "init ends between the open of its root and chroot", BEFORE_SETNS,
     BY_CHROOT, ends, 0)
ENDS("end-before-exec", "init ends between setns and exec", BEFORE_EXEC, BY_PATH, ends, 0)
ENDS("end-before-exec-pids", "the same with a PID namespace that the exec does not join",
     BEFORE_EXEC, BY_PATH, ends, 0, .namespaces = CLONE_NEWPID)
ENDS("end-before-exec-in-pids", "the same with a PID namespace that it joins", BEFORE_EXEC,
     BY_EVERY, ends, 0, .namespaces = CLONE_NEWPID)
ENDS("end-before-setns-pids", "init ends before the exec joins its PID namespace", BEFORE_SETNS,
     BY_EVERY, ends, 0, .namespaces = CLONE_NEWPID)
ENDS("end-before-exec-no-pivot", "init ends between setns and exec; the root was moved",
     BEFORE_EXEC, BY_PATH, ends, 0, .no_pivot = 1)
ENDS("end-before-exec-foreground", "init ends, the runtime stays", BEFORE_EXEC, BY_PATH, ends, 0,
     .foreground = 1)
ENDS("end-before-exec-users", "init ends; the container has a user namespace", BEFORE_EXEC,
     BY_PATH, ends, 0, .namespaces = CLONE_NEWUSER | CLONE_NEWPID)
ENDS("race-open", "init is killed as the exec opens its namespace", BEFORE_OPEN, BY_PATH, kills, 1)
ENDS("race-setns", "init is killed as the exec joins", BEFORE_SETNS, BY_PATH, kills, 1)
ENDS("race-exec", "init is killed as the exec executes", BEFORE_EXEC, BY_PATH, kills, 1)
ENDS("race-setns-pids", "init is killed as the exec joins, PIDs too", BEFORE_SETNS, BY_EVERY,
     kills, 1, .namespaces = CLONE_NEWPID)
ENDS("race-exec-pids", "init is killed as the exec executes, PIDs too", BEFORE_EXEC, BY_EVERY,
     kills, 1, .namespaces = CLONE_NEWPID)

/* A moment of the exec's way that differs from run to run. */
CASE("race-anywhere", "init is killed at any moment of the exec's way", MAY_REFUSE, .racing = 1)
{
	struct container *c = run_container((struct container){});
	struct timespec now;
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec" });

	clock_gettime(CLOCK_MONOTONIC, &now);
	usleep(now.tv_nsec / 1000 % 3000);
	kill(c->init, SIGKILL);
	waitpid(exec, NULL, 0);
}

CASE("race-exec-task", "the exec is killed as it executes, and another follows", MUST_HOLD,
     .racing = 1)
{
	struct container *c = run_container((struct container){});
	struct timespec now;
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "killed exec",
					   .expected = MAY_REFUSE });

	clock_gettime(CLOCK_MONOTONIC, &now);
	usleep(now.tv_nsec / 1000 % 4000);
	kill(exec, SIGKILL);
	waitpid(exec, NULL, 0);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
}

/* ---- an end that takes long ---- */

#define FILES 50000

/* Until all of them are closed its namespaces are there, and it counts no longer. */
static void holds_files(int index)
{
	(void)index;
	for (int i = 0; i < FILES; i++)
		must(dup(STAGE), "dup");
	stage->flags[0] = 1;
	await(stage->flags[1]);
	_exit(0);
}

static void allow_files(struct container *c)
{
	struct rlimit limit = { .rlim_cur = 2 * FILES, .rlim_max = 2 * FILES };

	(void)c;
	must(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

/* Execs come one after the other until there is nothing to enter any more. */
static void enter_until_gone(pid_t pid, enum by by)
{
	char path[64];
	int turns = 0;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	while (turns++ < 5 && !access(path, F_OK))
		enter_and_wait((struct entry){ .pid = pid, .who = "exec", .by = by });
}

CASE("end-many-files", "init ends with 50,000 open files, and is entered meanwhile", MAY_REFUSE,
     .inside = holds_files)
{
	struct container *c = run_container((struct container){ .before = allow_files });

	await(stage->flags[0]);
	stage->flags[1] = 1;
	enter_until_gone(c->init, BY_PATH);
}

CASE("end-many-files-pids", "the same with a PID namespace of its own, as by default", MAY_REFUSE,
     .inside = holds_files)
{
	struct container *c = run_container((struct container){ .before = allow_files,
								.namespaces = CLONE_NEWPID });

	await(stage->flags[0]);
	kill(c->init, SIGKILL);
	enter_until_gone(c->init, BY_PATH);
}

/* ---- an end that init chooses ---- */

static void ends_when_seen(int index)
{
	(void)index;
	await(stage->pids[0]);
	stage->flags[0] = 1;
	_exit(0);
}

static void is_seen(enum moment moment)
{
	if (moment == BEFORE_EXEC)
		stage->pids[0] = getpid();
}

CASE("end-when-seen", "init ends as soon as it sees who enters", MAY_REFUSE,
     .inside = ends_when_seen, .racing = 1)
{
	struct container *c = run_container((struct container){});

	enter_and_wait((struct entry){ .pid = c->init, .who = "exec", .between = is_seen });
}

/* ---- the container outlives its first process ---- */

static void leaves_orphan(int index)
{
	pid_t child = fork();

	(void)index;
	must(child, "fork");
	if (child > 0)
		_exit(0);
	await(getppid() != stage->containers[0].init);
	stage->pids[0] = getpid();
	await(stage->flags[0]);
	probe_inside("child of the orphan");
	stage->flags[1] = 1;
}

CASE("orphan", "init ends, a child of it goes on and is entered", MUST_HOLD,
     .inside = leaves_orphan)
{
	struct container *c = run_container((struct container){ .expected = MUST_HOLD });

	await_end(c->init);
	await(stage->pids[0]);
	enter_and_wait((struct entry){ .pid = stage->pids[0], .who = "exec" });
	stage->flags[0] = 1;
	await(stage->flags[1]);
}

static void ends_at_once(int index)
{
	(void)index;
	_exit(0);
}

static void waits_for_end(enum moment moment)
{
	if (moment != BEFORE_EXEC)
		return;
	stage->flags[0] = 1;
	await(stage->flags[1]);
}

CASE("exec-outlives", "what an exec brought in goes on after init, and is entered", MUST_HOLD,
     .inside = ends_at_once)
{
	struct container *c = create((struct container){});
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec", .expected = MAY_REFUSE,
					   .between = waits_for_end });

	await(stage->flags[0]);
	start(c);
	await_end(c->init);
	stage->flags[1] = 1;
	waitpid(exec, NULL, 0);
}
