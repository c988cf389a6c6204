// SPDX-License-Identifier: Apache-2.0
/*
 * Whoever enters a container from the host: `exec` of an engine, nsenter, a debugger. None
 * of them was registered, and none tells lockc where it goes.
 */
#include "membership.h"
#include <pthread.h>
#include <sys/socket.h>
#include "descriptors.h"

static void leave_refused(const struct entry *entry, const char *what)
{
	not_executed(entry->who, entry->expected, what);
	_exit(1);
}

static void at(const struct entry *entry, enum moment moment)
{
	if (entry->between)
		entry->between(moment);
}

static int open_namespace(const struct entry *entry)
{
	char path[64];
	int fd;

	if (entry->by == BY_PIDFD || entry->by == BY_EVERY) {
		fd = syscall(SYS_pidfd_open, entry->pid, 0);
	} else {
		snprintf(path, sizeof(path), "/proc/%d/%s", entry->pid,
			 entry->by == BY_CHROOT ? "root" : "ns/mnt");
		fd = open(entry->path ? entry->path : path, O_RDONLY | O_CLOEXEC);
	}
	if (fd < 0)
		leave_refused(entry, "opening the namespace");
	return fd;
}

/* A second process opens the namespace and passes its descriptor on. */
static int receive_namespace(const struct entry *entry)
{
	char byte = 0, control[CMSG_SPACE(sizeof(int))] = {};
	struct iovec one = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1, .msg_control = control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	int pair[2], fd;
	pid_t child;

	must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), "socketpair");
	child = fork();
	must(child, "fork");
	if (child == 0) {
		fd = open_namespace(entry);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(header), &fd, sizeof(fd));
		must(sendmsg(pair[1], &message, 0), "sendmsg");
		_exit(0);
	}
	close(pair[1]);
	if (recvmsg(pair[0], &message, MSG_CMSG_CLOEXEC) != 1)
		_exit(1); /* the second process has told why */
	waitpid(child, NULL, 0);
	memcpy(&fd, CMSG_DATA(header), sizeof(fd));
	close(pair[0]);
	return fd;
}

static void go_on_as_child(const struct entry *entry)
{
	pid_t child = fork();

	if (child < 0)
		leave_refused(entry, "fork");
	if (child > 0)
		_exit(child_status(child));
}

static void join(const struct entry *entry, int fd)
{
	int types = CLONE_NEWNS | (entry->by == BY_EVERY ? CLONE_NEWPID : 0);

	if (entry->by == BY_CHROOT) {
		if (fchdir(fd) || chroot(".") || chdir("/"))
			leave_refused(entry, "chroot");
	} else if (setns(fd, types)) {
		leave_refused(entry, "setns");
	}
	close(fd);
	if (entry->by == BY_EVERY)
		go_on_as_child(entry);
}

/* ---- exec ---- */

/* What a probe is told of how it has to find itself. */
static const char *expectation(const struct entry *entry)
{
	static char number[8];

	snprintf(number, sizeof(number), "%d",
		 entry->expected ? entry->expected : the_case->expected);
	return number;
}

static void exec_with(const struct entry *entry, const char *program, const char *verb)
{
	execl(program, program, verb, entry->who, expectation(entry), NULL);
}

static void exec_descriptor(const struct entry *entry, int fd)
{
	const char *const arguments[] = { INSIDE, "probe", entry->who, expectation(entry), NULL };

	syscall(SYS_execveat, fd, "", arguments, environ, AT_EMPTY_PATH);
}

static void exec_inside(const struct entry *entry)
{
	execl(INSIDE, INSIDE, "inside", the_case->name, "1", expectation(entry), NULL);
}

static void exec_script(const struct entry *entry)
{
	execl("/script", "/script", entry->who, expectation(entry), NULL);
}

static void *exec_in_thread(void *entry)
{
	exec_with(entry, INSIDE, "probe");
	leave_refused(entry, "exec");
	return NULL;
}

static void exec_by_thread(const struct entry *entry)
{
	pthread_t thread;

	must(-pthread_create(&thread, NULL, exec_in_thread, (void *)entry), "pthread_create");
	for (;;)
		pause();
}

static void exec_by_vfork(const struct entry *entry)
{
	pid_t child = vfork();

	if (child == 0) {
		exec_with(entry, INSIDE, "probe");
		_exit(1);
	}
	if (child > 0 && !child_status(child))
		_exit(0);
}

/* What a descriptor that was opened before the join is of; -1: none is needed. */
static int open_program(const struct entry *entry)
{
	char path[64];

	if (entry->execution == EXEC_HOST_PROGRAM)
		return open(host_program(), O_PATH | O_CLOEXEC);
	if (entry->execution != EXEC_AT_BEFORE)
		return -1;
	snprintf(path, sizeof(path), "/proc/%d/root" INSIDE, entry->pid);
	return open(path, O_PATH | O_CLOEXEC);
}

static void execute_with(const struct entry *entry, int program)
{
	switch (entry->execution) {
	case EXEC_PATH:
		exec_with(entry, INSIDE, "probe");
		break;
	case EXEC_HOST_PATH:
		exec_with(entry, host_program(), "probe");
		break;
	case EXEC_AGAIN:
		exec_with(entry, INSIDE, "again");
		break;
	case EXEC_AT:
		exec_descriptor(entry, open(INSIDE, O_PATH | O_CLOEXEC));
		break;
	case EXEC_AT_BEFORE:
	case EXEC_HOST_PROGRAM:
		exec_descriptor(entry, program);
		break;
	case EXEC_INSIDE:
		exec_inside(entry);
		break;
	case EXEC_SCRIPT:
		exec_script(entry);
		break;
	case EXEC_THREAD:
		exec_by_thread(entry);
		break;
	case EXEC_VFORK:
		exec_by_vfork(entry);
		break;
	}
	leave_refused(entry, "exec");
}

void execute(const struct entry *entry)
{
	execute_with(entry, open_program(entry));
}

/* ---- the whole way ---- */

static void *join_in_thread(void *argument)
{
	const struct entry *entry = argument;
	int fd = open_namespace(entry);

	must(unshare(CLONE_FS), "unshare");
	join(entry, fd);
	execute(entry);
	return NULL;
}

static void join_by_thread(const struct entry *entry)
{
	pthread_t thread;

	must(-pthread_create(&thread, NULL, join_in_thread, (void *)entry), "pthread_create");
	for (;;)
		pause();
}

static void go(const struct entry *entry)
{
	int fd, program;

	if (entry->entered)
		mark_entered();
	if (entry->by == BY_THREAD)
		join_by_thread(entry);
	at(entry, BEFORE_OPEN);
	program = open_program(entry);
	fd = entry->by == BY_PASSED ? receive_namespace(entry) : open_namespace(entry);
	if (entry->by == BY_FORKED)
		go_on_as_child(entry);
	at(entry, BEFORE_SETNS);
	join(entry, fd);
	at(entry, BEFORE_EXEC);
	execute_with(entry, program);
}

pid_t enter(struct entry entry)
{
	pid_t child = fork();

	must(child, "fork");
	if (child == 0) {
		go(&entry);
		_exit(0);
	}
	return child;
}

int enter_and_wait(struct entry entry)
{
	return child_status(enter(entry));
}
