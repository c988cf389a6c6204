// SPDX-License-Identifier: Apache-2.0
/*
 * User code that says of itself whether it is held: it tries four things that lockc refuses
 * to who is CONFINED, and does not to anybody else. Two need no privilege, so that they
 * tell in every user namespace; a record's rules always have these.
 */
#include "membership.h"
#include <linux/keyctl.h>
#include <sys/klog.h>
#include "descriptors.h"

#define KERNEL_LOG_SIZE 10 /* SYSLOG_ACTION_SIZE_BUFFER */

enum { OPENED = 1, ADDED = 2, LOGGED = 4, LISTED = 8, ALL = 15 };

static int open_host_file(void)
{
	int fd = openat(HOST_DIRECTORY, "passwd", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd;
}

static int add_key(void)
{
	return syscall(SYS_add_key, "user", "membership", "x", 1, KEY_SPEC_PROCESS_KEYRING);
}

static int list_programs(void)
{
	union bpf_attr next = { .start_id = 0 };

	return syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &next, sizeof(next));
}

void probe(const char *who, enum expected expected)
{
	static const struct {
		int bit;
		const char *name;
	} acts[] = { { OPENED, "open" }, { ADDED, "add_key" }, { LOGGED, "syslog" }, { LISTED, "bpf" } };
	const int results[] = { open_host_file() >= 0	     ? 0 : errno,
				add_key() >= 0	     ? 0 : errno,
				klogctl(KERNEL_LOG_SIZE, NULL, 0) >= 0 ? 0 : errno,
				list_programs() >= 0	     ? 0 : errno };
	int allowed = 0, odd = 0, wanted = expected == IS_SANDBOX ? OPENED | ADDED : ALL;
	char detail[96] = "";

	for (int i = 0; i < 4; i++) {
		size_t length = strlen(detail);

		if (!results[i])
			allowed |= acts[i].bit;
		else if (results[i] != EPERM)
			odd = 1;
		snprintf(detail + length, sizeof(detail) - length, "%s %s ", acts[i].name,
			 results[i] ? strerrorname_np(results[i]) : "ok");
	}
	if (expected == IS_HOST || expected == IS_SANDBOX)
		report(who, expected, (allowed & wanted) == wanted ? FREE : HELD, "%s", detail);
	else
		report(who, expected, allowed ? FREE : odd ? FAILED : HELD, "%s", detail);
}

void not_executed(const char *who, enum expected expected, const char *what)
{
	report(who, expected, REFUSED, "%s: %s", what, strerrorname_np(errno));
}

void exec_probe(const char *program, const char *who, enum expected expected)
{
	char number[8];

	snprintf(number, sizeof(number), "%d", expected ? expected : the_case->expected);
	execl(program, program, "probe", who, number, NULL);
	not_executed(who, expected, "exec");
}

static void probe_in_child(const char *program, const char *who, enum expected expected)
{
	pid_t child = fork();

	must(child, "fork");
	if (child == 0) {
		exec_probe(program, who, expected);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

void probe_host(const char *who)
{
	probe_in_child(host_program(), who, IS_HOST);
}

void probe_inside(const char *who)
{
	probe_in_child(INSIDE, who, MUST_HOLD);
}
