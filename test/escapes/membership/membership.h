// SPDX-License-Identifier: Apache-2.0
/*
 * Is user code always CONFINED? Each case leads user code into a container, by one of the
 * kernel's ways and at one moment, and what runs there says of itself whether it is held.
 *
 *   CASE("unshare-mounts-by-path", "init unshares its mounts; an exec enters them", MAY_REFUSE,
 *        .inside = unshares)
 *   {
 *           struct container *c = run_container((struct container){});
 *
 *           enter_and_wait((struct entry){ .pid = c->init, .who = "exec" });
 *   }
 *
 * A whole runtime takes a second under emulation, and a race that loses once in a thousand
 * needs thousands of them. So this is a runtime in miniature (runtime.c): it registers a
 * container as lockc-runc's shim does and makes it as runc does, in milliseconds.
 */
#ifndef MEMBERSHIP_H
#define MEMBERSHIP_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/types.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../../../bpf/lockc.h"

/* How whatever runs has to find itself. */
enum expected {
	AS_CASE = 0,
	MUST_HOLD,  /* it runs, and is held */
	MAY_REFUSE, /* it is held, or does not come to run: the container may be over */
	IS_HOST,    /* it runs, and may do anything: it is the host's */
	IS_SANDBOX, /* the same, in a user namespace of the host's users */
};

enum verdict {
	HELD = 1,
	FREE,
	REFUSED, /* it could not enter or be executed */
	LACKING, /* this kernel has no such call */
	FAILED,  /* what the case needs did not work */
};

/* How far a container is. */
enum step {
	REGISTERED = 1, /* the record is there, and the launcher is the runtime */
	UNSHARED,	/* init is in its namespaces */
	MOUNTED,	/* its mounts are there, in the host's root */
	PIVOTED,
	CREATED, /* it waits for `start` */
	STARTED, /* its program is about to be executed */
	READY,	 /* … and says that it runs */
};

enum root {
	ROOT_TMPFS = 0, /* a file system of its own, as engines' overlayfs */
	ROOT_DIRECTORY, /* of a file system that has more */
	ROOT_OVERLAY,
	ROOTS,
};

struct container;
typedef void hook(struct container *);

/* A container of one run, in memory that all of the run share. */
struct container {
	/* The case's choice: */
	enum root root;
	unsigned namespaces;  /* CLONE_NEWPID, CLONE_NEWUSER: beside that of mounts */
	unsigned without;     /* enum lockc_rule bits that its policy lacks */
	__u64 lacking;	      /* capabilities that its policy does not allow */
	int unregistered;     /* plain runc */
	int without_record;   /* the launcher's storage was written, and no record */
	int no_pivot;	      /* MS_MOVE and chroot(2) */
	int by_tree;	      /* setns(2) into what open_tree(2) made of the root: no pivot, no chroot */
	int foreground;	      /* the runtime stays until the end, as with `run` */
	volatile int unattended; /* create() does not wait, nor does it tell a failure */
	enum step die;	      /* the launcher is killed (-9) when init is that far */
	pid_t pid_namespace;  /* whose PID namespace it joins */
	pid_t mount_namespace; /* whose mount namespace it joins, instead of a new one */
	hook *before;	      /* what the launcher does before it is registered */
	hook *runtime_hook;   /* prestart, createRuntime: of the launcher, in the host's namespace */
	hook *container_hook; /* createContainer: of init, before the pivot */
	hook *start_hook;     /* startContainer: of init, after it */
	int failing_hook;     /* startContainer's end is that of the container */
	enum expected expected; /* of its program; MUST_HOLD, or IS_HOST if not registered */
	/* Found: */
	int index;
	__u64 key;
	pid_t launcher;
	volatile pid_t init;
	volatile int step;
	volatile int mapped, hooked, may_start;
};

#define CONTAINERS 3
#define FLAGS 16
#define PIDS 8

/* What all processes of a run share, user code too: it inherits STAGE and maps it. */
struct stage {
	struct container containers[CONTAINERS];
	volatile int made;	    /* containers of it */
	volatile int flags[FLAGS];  /* a case's own */
	volatile pid_t pids[PIDS];  /* … */
};
extern struct stage *stage;

struct test_case {
	const char *name;
	const char *tries;
	enum expected expected;
	void (*run)(void);
	void (*inside)(int index); /* what the container's program does; default: waits */
	int racing;		   /* who comes first is open, so it wants many runs */
	const char *since;	   /* of the kernel that has what it needs; older ones may lack it */
};

#define CASE_NAME(a, b) CASE_JOIN(a, b)
#define CASE_JOIN(a, b) a##b
#define CASE(name_, tries_, expected_, ...)                                                        \
	static void CASE_NAME(run_, __LINE__)(void);                                               \
	static const struct test_case CASE_NAME(case_, __LINE__) = {                               \
		.name = name_,                                                                     \
		.tries = tries_,                                                                   \
		.expected = expected_,                                                             \
		.run = CASE_NAME(run_, __LINE__),                                                  \
		__VA_ARGS__                                                                        \
	};                                                                                         \
	static const struct test_case *const CASE_NAME(pointer_, __LINE__)                         \
		__attribute__((section("cases"), used)) = &CASE_NAME(case_, __LINE__);             \
	static void CASE_NAME(run_, __LINE__)(void)

/* ---- main.c ---- */

extern const struct test_case *the_case;

/* Tells how something went; text is cut. */
void report(const char *who, enum expected expected, enum verdict verdict, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* What the case needs did not work: ends this process. */
void must(long result, const char *what);
void lacking(const char *what);
/* Waits until it is so, for seconds at most. */
#define await(condition)                                                                           \
	do {                                                                                       \
		int turns_ = 0;                                                                    \
		while (!(condition))                                                               \
			await_turn(&turns_, #condition);                                           \
	} while (0)
void await_turn(int *turns, const char *what);
/* Until the process is a zombie, or gone. */
void await_end(pid_t pid);
int has_ended(pid_t pid);
void end(pid_t pid);
const char *root_path(enum root root);

/* ---- probe.c ---- */

/* Where inside a root the program is, and where on the host. */
#define INSIDE "/m"
const char *host_program(void);
/* Tries what is refused to who is held, and reports. */
void probe(const char *who, enum expected expected);
/* Executes a probe; comes back only to report that it was not executed. */
void exec_probe(const char *program, const char *who, enum expected expected);
void not_executed(const char *who, enum expected expected, const char *what);
/* In a child: executes a probe of the host's, or as user code of its own. */
void probe_host(const char *who);
void probe_inside(const char *who);

/* ---- runtime.c ---- */

/* Registers and makes it, up to CREATED. */
struct container *create(struct container wanted);
void start(struct container *c);
/* Both, and its program runs. */
struct container *run_container(struct container wanted);
int container_exists(__u64 key);
int grants_exist(__u64 key);
/* In a mount namespace of the caller's own: makes the root the container's. */
void switch_root(const struct container *c, const char *root);
/* As a process that came through lockc-runc while the guard is on. */
void mark_entered(void);
pid_t run_child(hook *function, struct container *c);
int child_status(pid_t pid);

/* ---- enter.c ---- */

enum by {
	BY_PATH = 0, /* /proc/PID/ns/mnt */
	BY_PIDFD,
	BY_PASSED,  /* the namespace's descriptor came over a socket */
	BY_FORKED,  /* … from the parent */
	BY_CHROOT,  /* /proc/PID/root, and no namespace */
	BY_EVERY,   /* the PID namespace as well, then a child */
	BY_THREAD,  /* a thread of its own joined */
};

enum execution {
	EXEC_PATH = 0,
	EXEC_VFORK,
	EXEC_AT,	  /* execveat(2) of a descriptor, opened inside */
	EXEC_AT_BEFORE,	  /* … opened by /proc/PID/root before it joins */
	EXEC_HOST_PROGRAM, /* a descriptor of the host's program */
	EXEC_HOST_PATH,	  /* the host's program by its path */
	EXEC_SCRIPT,
	EXEC_THREAD,	  /* by a thread that is not the first */
	EXEC_AGAIN,	  /* twice: the program executes itself */
	EXEC_INSIDE,	  /* not a probe, but the case's program, as if of container 1 */
};

enum moment { BEFORE_OPEN = 1, BEFORE_SETNS, BEFORE_EXEC };

/* Somebody of the host who enters a container, as `exec` does. */
struct entry {
	pid_t pid;
	const char *path; /* of a namespace's file, instead of /proc/PID/ns/mnt */
	const char *who;
	enum expected expected;
	enum by by;
	enum execution execution;
	int entered;			/* it came through lockc-runc, while the guard is on */
	void (*between)(enum moment);	/* called before each step */
};

pid_t enter(struct entry entry);
int enter_and_wait(struct entry entry);
/* What an entering process does once it is where it wants to be. */
void execute(const struct entry *entry);

#endif
