// SPDX-License-Identifier: Apache-2.0
/*
 * For burst.test.ts:
 *
 *   burst COUNT PROCESSES OBJECTS   inside: so many refused calls of syslog(2) by all of them
 *                                   together, each process about OBJECTS of its own in turn;
 *                                   prints how many were refused
 *   deep DIRECTORY LENGTH           inside: tries to make a device whose path has LENGTH bytes
 *   deleted PROGRAM                 inside: executes PROGRAM's copy, which removes itself first
 *   refused                         inside: one refused call
 *   counts                          on the host: event_counts, and what waits in `recent`
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../../bpf/lockc.h"

#define FIRST 1000 /* no such act of syslog(2): nothing happens where it is not refused */
#define PINS "/sys/fs/bpf/lockc/maps/"

static void must(int true, const char *what)
{
	if (true)
		return;
	perror(what);
	exit(2);
}

static int refused(int act)
{
	return klogctl(act, NULL, 0) < 0 && errno == EPERM;
}

static long refuse(long count, int first, int objects)
{
	long i, sum = 0;

	for (i = 0; i < count; i++)
		sum += refused(first + i % objects);
	return sum;
}

static int burst(long count, int processes, int objects)
{
	long sum = 0, part;
	int i, ends[2];

	must(!pipe(ends), "pipe");
	for (i = 0; i < processes; i++) {
		if (fork())
			continue;
		part = refuse(count / processes, FIRST + i * objects, objects);
		must(write(ends[1], &part, sizeof(part)) == sizeof(part), "write");
		_exit(0);
	}
	for (i = 0; i < processes; i++) {
		must(read(ends[0], &part, sizeof(part)) == sizeof(part), "read");
		sum += part;
	}
	while (wait(NULL) > 0)
		;
	printf("%ld\n", sum);
	return 0;
}

/* Names of up to 250 bytes, the last of them the device's. */
static int deep(const char *directory, int length)
{
	int at = open(directory, O_DIRECTORY), left = length - strlen(directory);
	char name[256];

	must(at >= 0, directory);
	for (;;) {
		int size = left - 1 <= 250 ? left - 1 : left - 1 <= 252 ? 100 : 250;

		memset(name, 'd', size);
		name[size] = 0;
		left -= size + 1;
		if (!left)
			break;
		must(!mkdirat(at, name, 0700) || errno == EEXIST, "mkdirat");
		at = openat(at, name, O_DIRECTORY);
		must(at >= 0, "openat");
	}
	if (mknodat(at, name, S_IFBLK | 0600, makedev(8, 0)))
		printf("%s\n", strerrorname_np(errno));
	return 0;
}

static int deleted(const char *program)
{
	must(!unlink(program), program);
	return !refused(FIRST);
}

static int bpf(int command, union bpf_attr *attributes)
{
	int result = syscall(SYS_bpf, command, attributes, sizeof(*attributes));

	must(result >= 0, "bpf");
	return result;
}

static void read_element(const char *map, __u32 key, void *value)
{
	union bpf_attr get = { .pathname = (__u64)map };
	union bpf_attr look_up = { .key = (__u64)&key, .value = (__u64)value };
	static const char *opened;
	static int fd;

	if (opened != map)
		fd = bpf(BPF_OBJ_GET, &get);
	opened = map;
	look_up.map_fd = fd;
	bpf(BPF_MAP_LOOKUP_ELEM, &look_up);
}

static int counts(void)
{
	struct lockc_event_counts all;
	struct lockc_recent element;
	__u64 pending = 0;
	__u32 i;

	read_element(PINS "event_counts", 0, &all);
	for (i = 0; i < LOCKC_RECENT; i++) {
		read_element(PINS "recent", i, &element);
		pending += element.pending;
	}
	printf("{\"sequence\":%llu,\"dropped\":%llu,\"lost\":%llu,\"merged\":%llu,\"pending\":%llu}\n",
	       all.sequence, all.dropped, all.lost, all.merged, pending);
	return 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	if (!strcmp(verb, "burst") && argc == 5)
		return burst(atol(argv[2]), atoi(argv[3]), atoi(argv[4]));
	if (!strcmp(verb, "deep") && argc == 4)
		return deep(argv[2], atoi(argv[3]));
	if (!strcmp(verb, "deleted") && argc == 3)
		return deleted(argv[2]);
	if (!strcmp(verb, "refused"))
		return !refused(FIRST);
	if (!strcmp(verb, "counts"))
		return counts();
	fprintf(stderr, "burst: see its source for what it takes\n");
	return 2;
}
