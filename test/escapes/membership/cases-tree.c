// SPDX-License-Identifier: Apache-2.0
/*
 * A runtime that makes no pivot: open_tree(2) makes it a mount namespace of the root file
 * system, which it enters by setns(2). No hook is on that way (crun from 1.29 on).
 */
#include "membership.h"

/* Its program runs and is held, and so is an exec into it. NULL: the kernel has no such call. */
static struct container *run_tree(struct container wanted)
{
	struct container *c;

	wanted.by_tree = 1;
	c = create(wanted);
	if (c->step < CREATED)
		return NULL;
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
	return c;
}

#define RUNS(name, tries, ...)                                                                     \
	CASE(name, tries, MUST_HOLD, .since = "7.0")                                               \
	{                                                                                          \
		run_tree((struct container){ __VA_ARGS__ });                                       \
	}

RUNS("tree", "the runtime enters its root's own namespace")
RUNS("tree-directory", "… of a directory of a file system", .root = ROOT_DIRECTORY)
RUNS("tree-pids", "… with a PID namespace", .namespaces = CLONE_NEWPID)
RUNS("tree-foreground", "… and stays", .foreground = 1)

static void execute_inside(struct container *c)
{
	(void)c;
	exec_probe(INSIDE, "hook", MUST_HOLD);
}

RUNS("tree-start-hook", "… and runs a startContainer hook there", .start_hook = execute_inside)
RUNS("tree-start-hook-foreground", "… and stays", .start_hook = execute_inside, .foreground = 1)

static void probe_hook(struct container *c)
{
	(void)c;
	probe_host("hook");
}

RUNS("tree-hooks", "hooks before that are the host's own", .runtime_hook = probe_hook,
     .container_hook = probe_hook)

CASE("tree-exec-before-start", "an exec enters it before it starts, and ends", MUST_HOLD,
     .since = "7.0")
{
	struct container *c = create((struct container){ .by_tree = 1 });

	if (c->step < CREATED)
		return;
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec before it" });
	if (!container_exists(c->key))
		report("record", MUST_HOLD, FAILED, "it is gone before the start");
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec after it" });
	end(c->init);
	while (container_exists(c->key))
		usleep(1000);
}

CASE("tree-killed", "the runtime is killed, and its init goes on alone", MAY_REFUSE,
     .since = "7.0")
{
	struct container *c = create((struct container){ .by_tree = 1,
							 .expected = MAY_REFUSE,
							 .die = PIVOTED });

	if (c->step >= PIVOTED)
		start(c);
}
