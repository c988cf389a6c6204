// SPDX-License-Identifier: Apache-2.0
/*
 * One escape to a file: what it tries, which rule stands in its way, and the attempt.
 *
 *   ESCAPE("binds the root directory elsewhere", .rule = "mounting")
 *   {
 *           return mount("/", "/mnt", NULL, MS_BIND, NULL);
 *   }
 *
 * The file's name is the escape's, and its folder is its rule, or gap/ where nothing refuses it.
 * An attempt answers as a system call does: not below zero when it got through, else -1 and
 * errno. It runs in a process of its own, with every capability, in the host's namespaces but
 * for that of mounts.
 */
#ifndef ESCAPE_H
#define ESCAPE_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct escape {
	const char *file;   /* its source's name */
	const char *tries;  /* for the table: a verb first */
	const char *cve;    /* where one is known for this road */
	const char *rule;   /* the policy's rule that refuses it */
	int refused;	    /* errno of the refusal; 0 stands for EPERM */
	const char *policy; /* under which policy; NULL stands for "careless" */
	const char *alone;  /* further rules, each of which refuses it by itself; by spaces */
	const char *gap;    /* nothing refuses it: why that is so */
	int as_user;	    /* as user 1000, with the saved user ID 0 and every capability */
	int (*attempt)(void);
	int (*host)(void);  /* what a process of the host, the victim, does before */
	void (*undo)(void); /* what the host puts right afterwards */
	/*
	 * The attempt's process does not come from inside: the host's enters the container
	 * as a runtime does, does this, and executes. LEAKED and the like are open then.
	 */
	int (*enter)(void);
};

#define ESCAPE(what, ...)                                                                          \
	static int attempt(void);                                                                  \
	static const struct escape escape = {                                                      \
		.file = __FILE_NAME__, .tries = what, .attempt = attempt, __VA_ARGS__              \
	};                                                                                         \
	static const struct escape *const listed __attribute__((section("escapes"), used)) =       \
		&escape;                                                                           \
	static int attempt(void)

/* The directory that container and host share, as each sees it. */
#define SHARED "/x"
#define HOST_SHARED "/home/x"
/* Where the container has the token of a service account, writable; the host's name for it. */
#define SECRETS "/run/secrets"
#define ACCOUNT SECRETS "/kubernetes.io/serviceaccount"
#define HOST_SECRETS HOST_SHARED "/secrets"
#define HOST_ACCOUNT HOST_SECRETS "/kubernetes.io/serviceaccount"
/* A directory that is the host's alone, and what is in it. */
#define HOST_DIRECTORY "/home/secret"
#define HOST_FILE "/home/secret/secret"

/* Open in the entering process: HOST_DIRECTORY, HOST_FILE, the host's /run, a terminal. */
enum { LEAKED = 50, LEAKED_FILE, LEAKED_RUN, LEAKED_TERMINAL };

/* A process of the host; all of the above is open in it, and it stands in HOST_DIRECTORY. */
extern int victim;
/* The host: a process of the container; and a way into its mount namespace. */
extern int inside;
void join_mounts(void);
/* Lies at the same address in every process of this program; "host" in the victim. */
extern char marker[8];

/* For .enter when there is nothing to be done: the leak is enough. */
int only_leak(void);
/* For .enter: stdin is a file "handed" of HOST_DIRECTORY, for reading. */
int hand_over_stdin(void);

/* Fails an attempt that could not even be made, which is neither escape nor refusal. */
#define must(that) must_be((that) >= 0, #that)
void must_be(int true, const char *what);

/* A result that shows that permission was given, though the call then failed for `reason`. */
int past_permission(long result, int reason);

/* Writes to a file that it does not make; and reads a byte of one. */
int write_to(const char *path, const char *text);
int read_from(const char *path);
/* "/proc/VICTIM/NAME", in memory that the next call uses again. */
const char *of_victim(const char *name);

/* System calls by numbers that libc does not make: of 64-bit programs, of 32-bit ones. */
long high_syscall(long number, long a, long b, long c, long d);
long i386_syscall(long number, long a, long b, long c);

/* So many directories below a new directory `top`; a new file there; and its name up here. */
int dig(const char *top, int levels);
int make_below(const char *top);
int move_up(const char *path);
/* By an ACL user 1000 may execute the file. */
int let_execute(const char *path);

/* Has the kernel send SIGKILL to the owner of pair[0]; whether that was the victim's end. */
int let_owner_die(const int pair[2]);

/* The same in another thread, in a child, after an execve of this program. */
int in_thread(int (*what)(void));
int in_child(int (*what)(void));
int after_exec(int (*what)(void));
/* In a user namespace in which this process is root. */
int own_users(void);

/* A UNIX socket of a kind at a path, or, with a first '@', at an abstract name. */
socklen_t unix_address(struct sockaddr_un *address, const char *name);
int listen_at(const char *name, int type);
int connect_to(const char *name, int type);
/* The host: gives `fd` to whoever connects to SHARED "/socket"; the attempt: takes one. */
void hand_over(int fd);
int take_over(void);

/* Says that the host's side is ready, for one that goes on with something. */
void ready(void);

/* One request, done by a worker of io_uring. */
int ring_open(int directory, const char *path, int flags);
int ring_connect(int fd, const void *address, socklen_t length);
int ring_socket(int family, int type, int protocol);
int ring_unlink(int directory, const char *path);

#endif
