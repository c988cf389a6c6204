// SPDX-License-Identifier: Apache-2.0
/* Two containers that share something, one after the other or at the same time. */
#include "membership.h"

static struct container *first, *second;

static enum moment when;

/* Who enters waits at that moment until the containers are others. */
static void wait_for_others(enum moment moment)
{
	if (moment != when)
		return;
	stage->flags[0] = 1;
	await(stage->flags[1]);
}

/* An exec of the first container, which meanwhile ends and starts again; maybe that ends, too. */
static void enter_replaced(enum root root, enum moment moment, enum by by, int second_ends)
{
	pid_t exec;

	first = run_container((struct container){ .root = root, .expected = MUST_HOLD });
	when = moment;
	exec = enter((struct entry){ .pid = first->init, .who = "exec of the former", .by = by,
				     .between = wait_for_others });
	await(stage->flags[0]);
	end(first->init);
	second = run_container((struct container){ .root = root, .expected = MUST_HOLD });
	if (second_ends)
		end(second->init);
	stage->flags[1] = 1;
	waitpid(exec, NULL, 0);
	if (!second_ends)
		enter_and_wait((struct entry){ .pid = second->init, .who = "exec",
					       .expected = MUST_HOLD });
}

CASE("restart", "a container starts again with its root while an exec of the former one enters",
     MAY_REFUSE)
{
	enter_replaced(ROOT_TMPFS, BEFORE_EXEC, BY_PATH, 0);
}

CASE("restart-overlay", "the same on an overlay", MAY_REFUSE)
{
	enter_replaced(ROOT_OVERLAY, BEFORE_EXEC, BY_PATH, 0);
}

CASE("restart-setns", "… before the exec joins", MAY_REFUSE)
{
	enter_replaced(ROOT_TMPFS, BEFORE_SETNS, BY_PATH, 0);
}

CASE("restart-chroot", "… after it took the root only", MAY_REFUSE)
{
	enter_replaced(ROOT_TMPFS, BEFORE_EXEC, BY_CHROOT, 0);
}

CASE("restart-ended", "both containers of the root are over when the exec executes", MAY_REFUSE)
{
	enter_replaced(ROOT_TMPFS, BEFORE_EXEC, BY_PATH, 1);
}

CASE("restart-race", "a container is killed and starts again while execs enter", MAY_REFUSE,
     .racing = 1)
{
	pid_t execs[2];

	first = run_container((struct container){ .expected = MUST_HOLD });
	for (int i = 0; i < 2; i++)
		execs[i] = enter((struct entry){ .pid = first->init, .who = "exec of the former" });
	kill(first->init, SIGKILL);
	second = run_container((struct container){ .expected = MUST_HOLD });
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec", .expected = MUST_HOLD });
	for (int i = 0; i < 2; i++)
		waitpid(execs[i], NULL, 0);
}

static void run_two(struct container wanted)
{
	first = run_container(wanted);
	second = run_container(wanted);
}

static void share_root(struct container wanted)
{
	run_two(wanted);
	enter_and_wait((struct entry){ .pid = first->init, .who = "exec" });
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec" });
	end(first->init);
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec into the second" });
}

CASE("shared-root", "two containers have one root, and the first ends", MUST_HOLD)
{
	share_root((struct container){});
}

CASE("shared-directory", "the same where the root is a directory", MUST_HOLD)
{
	share_root((struct container){ .root = ROOT_DIRECTORY });
}

CASE("shared-root-no-pivot", "the same where the runtime moves the root", MUST_HOLD)
{
	share_root((struct container){ .no_pivot = 1 });
}

CASE("shared-root-second-ends", "of two containers with one root the second ends", MUST_HOLD)
{
	run_two((struct container){});
	end(second->init);
	enter_and_wait((struct entry){ .pid = first->init, .who = "exec" });
}

static void first_ends(enum moment moment)
{
	if (moment == BEFORE_EXEC)
		end(first->init);
}

CASE("shared-root-ended", "of two containers with one root the one ends that an exec enters",
     MAY_REFUSE)
{
	run_two((struct container){});
	enter_and_wait((struct entry){ .pid = first->init, .who = "exec",
				       .between = first_ends });
}

/* ---- PID namespaces ---- */

static void join_pids(void)
{
	first = run_container((struct container){ .namespaces = CLONE_NEWPID });
	second = run_container((struct container){ .pid_namespace = first->init });
}

CASE("shared-pids", "a container joins another's PID namespace; both are entered", MUST_HOLD)
{
	join_pids();
	enter_and_wait((struct entry){ .pid = first->init, .who = "exec", .by = BY_EVERY });
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec", .by = BY_EVERY });
}

CASE("shared-pids-end", "the first one's init ends, and takes the second along as it is entered",
     MAY_REFUSE)
{
	join_pids();
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec",
				       .between = first_ends });
}

CASE("shared-pids-race", "the same at the same time", MAY_REFUSE, .racing = 1)
{
	pid_t exec;

	join_pids();
	exec = enter((struct entry){ .pid = second->init, .who = "exec" });
	usleep(getpid() % 8 * 300);
	kill(first->init, SIGKILL);
	waitpid(exec, NULL, 0);
}

/* ---- mount namespaces ---- */

CASE("joined-mounts", "a runtime joins another container's mounts instead of its own", MAY_REFUSE)
{
	first = run_container((struct container){ .expected = MUST_HOLD });
	second = create((struct container){ .mount_namespace = first->init, .unattended = 1,
					    .expected = MAY_REFUSE, .may_start = 1 });
	usleep(5000);
	end(second->launcher);
}

static void unshares(int index)
{
	if (index)
		return;
	must(unshare(CLONE_NEWNS), "unshare");
	stage->flags[0] = 1;
}

CASE("joined-unshared-mounts", "a runtime joins the mounts that another container unshared",
     MAY_REFUSE, .inside = unshares)
{
	first = run_container((struct container){ .expected = MUST_HOLD });
	await(stage->flags[0]);
	second = create((struct container){ .mount_namespace = first->init, .unattended = 1,
					    .expected = MAY_REFUSE, .may_start = 1 });
	usleep(5000);
	end(second->launcher);
}

/* A child of init joins the mounts of stage->pids[0], and executes there. */
static void joins_other(int index)
{
	char path[64];
	pid_t child;
	int fd;

	if (index)
		return;
	await(stage->pids[0]);
	child = fork();
	must(child, "fork");
	if (child == 0) {
		snprintf(path, sizeof(path), "/proc/%d/ns/mnt", stage->pids[0]);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd >= 0 && !setns(fd, CLONE_NEWNS))
			exec_probe(INSIDE, "after the join", MAY_REFUSE);
		not_executed("after the join", MAY_REFUSE, "joining");
		_exit(0);
	}
	waitpid(child, NULL, 0);
	stage->flags[0] = 1;
}

CASE("join-other", "user code joins another container's mounts; no rule is against it",
     MAY_REFUSE, .inside = joins_other)
{
	run_container((struct container){ .without = LOCKC_RULE_PROCESS, .expected = MUST_HOLD });
	second = run_container((struct container){ .expected = MUST_HOLD });
	stage->pids[0] = second->init;
	await(stage->flags[0]);
}

static void join_first(struct container *c)
{
	(void)c;
	enter_and_wait((struct entry){ .pid = first->init, .who = "hook",
				       .expected = MAY_REFUSE });
}

static void hook_joins(enum root other)
{
	first = run_container((struct container){});
	second = run_container((struct container){ .runtime_hook = join_first, .root = other });
	enter_and_wait((struct entry){ .pid = first->init, .who = "exec of the first" });
	enter_and_wait((struct entry){ .pid = second->init, .who = "exec" });
}

CASE("hook-joins-other", "a hook of one container enters another", MUST_HOLD)
{
	hook_joins(ROOT_DIRECTORY);
}

CASE("hook-joins-same-root", "a hook of one container enters another that has the same root",
     MUST_HOLD)
{
	hook_joins(ROOT_TMPFS);
}
