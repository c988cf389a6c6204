// SPDX-License-Identifier: Apache-2.0
/*
 * Somebody is killed between two steps of a create: the runtime, init, or who enters.
 * What goes on is held, or does not come to run.
 */
#include "membership.h"

/* Init goes on by itself; runc's would notice. */
static void run_orphaned(struct container wanted)
{
	struct container *c;

	wanted.expected = MAY_REFUSE;
	c = create(wanted);
	start(c);
	enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
}

#define DIES(name, tries, ...)                                                                     \
	CASE(name, tries, MAY_REFUSE)                                                              \
	{                                                                                          \
		run_orphaned((struct container){ __VA_ARGS__ });                                   \
	}

DIES("runtime-killed-first", "the runtime is killed when it made init", .die = REGISTERED)
DIES("runtime-killed-unshared", "… when init has its namespaces", .die = UNSHARED)
DIES("runtime-killed-mounted", "… when init has its mounts", .die = MOUNTED)
DIES("runtime-killed-pivoted", "… when init has pivoted", .die = PIVOTED)
DIES("runtime-killed-created", "… when the container is created", .die = CREATED, .foreground = 1)
DIES("runtime-killed-started", "… when init is about to execute", .die = STARTED, .foreground = 1)
DIES("runtime-killed-no-pivot", "… when init has moved its root", .die = PIVOTED, .no_pivot = 1)
DIES("no-record", "the runtime has a container's key, and the record is not there",
     .without_record = 1)
DIES("no-record-no-pivot", "the same where it moves the root", .without_record = 1, .no_pivot = 1)

/* ---- init ---- */

static enum moment when;
static struct container *created;

static void init_ends(enum moment moment)
{
	if (moment == when)
		end(created->init);
}

static void enter_created_while(struct container wanted, enum moment moment)
{
	created = create(wanted);
	when = moment;
	enter_and_wait((struct entry){ .pid = created->init, .who = "exec",
				       .between = init_ends });
}

#define CREATED_ENDS(name, tries, moment, ...)                                                     \
	CASE(name, tries, MAY_REFUSE)                                                              \
	{                                                                                          \
		enter_created_while((struct container){ __VA_ARGS__ }, moment);                    \
	}

CREATED_ENDS("created-ends-before-open", "init of a created container ends before an exec opens",
	     BEFORE_OPEN)
CREATED_ENDS("created-ends-before-setns", "… between open and setns", BEFORE_SETNS)
CREATED_ENDS("created-ends-before-exec", "… between setns and exec", BEFORE_EXEC)
CREATED_ENDS("created-ends-no-pivot", "… between setns and exec; the root was moved", BEFORE_EXEC,
	     .no_pivot = 1)
CREATED_ENDS("created-ends-foreground", "… and the runtime stays", BEFORE_EXEC, .foreground = 1)

CASE("created-race", "init of a created container is killed while an exec enters", MAY_REFUSE,
     .racing = 1)
{
	struct container *c = create((struct container){});
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec" });

	usleep(getpid() % 8 * 300);
	kill(c->init, SIGKILL);
	waitpid(exec, NULL, 0);
}

CASE("start-race", "init is killed while it executes its program, and an exec enters",
     MAY_REFUSE, .racing = 1)
{
	struct container *c = create((struct container){ .expected = MAY_REFUSE });
	pid_t exec = enter((struct entry){ .pid = c->init, .who = "exec" });

	c->may_start = 1;
	usleep(getpid() % 8 * 300);
	kill(c->init, SIGKILL);
	waitpid(exec, NULL, 0);
}

/* The whole create, killed at any moment: whatever ran until then was held. */
CASE("create-race", "the runtime is killed at any moment of a create, and init goes on",
     MAY_REFUSE, .racing = 1)
{
	struct container *c =
		create((struct container){ .unattended = 1, .expected = MAY_REFUSE,
					   .may_start = 1 });

	usleep(getpid() % 16 * 400);
	c->hooked = 1;
	end(c->launcher);
	usleep(4000);
	if (c->init)
		enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
}
