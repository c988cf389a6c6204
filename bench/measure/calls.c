// SPDX-License-Identifier: Apache-2.0
/*
 * What a system call costs: calls [--landlock] RUNS DIRECTORY all|CALL. In a guest that
 * counts instructions a nanosecond is one. Prints a line for each call: its name and the
 * median of RUNS, less what reading the clock takes. execve(2) is `spawn` less `vfork`.
 *
 * DIRECTORY has a file `file`, a folder `volume` with another, and the program `exit`.
 * With --landlock the process first restricts itself by a ruleset of four rules.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WARM_UP 20

static struct sockaddr_in address;
static int listener;
static long clock_cost;

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long open_file(const char *path)
{
	long start = now();
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		err(1, "open %s", path);
	close(fd);
	return now() - start;
}

static long open_main(void)
{
	return open_file("file");
}

static long open_volume(void)
{
	return open_file("volume/file");
}

static long open_proc(void)
{
	return open_file("/proc/self/status");
}

/* Below a path where rules for names anywhere below begin: the dear kind. */
static long open_sys(void)
{
	return open_file("/sys/devices/system/cpu/online");
}

static long stat_file(void)
{
	struct stat status;
	long start = now();

	if (stat("file", &status))
		err(1, "stat");
	return now() - start;
}

/* socket, connect and close; what else keeps the next connection like this one is not counted. */
static long connect_loopback(void)
{
	struct linger reset = { .l_onoff = 1 };
	long start = now(), made, connecting;
	int client = socket(AF_INET, SOCK_STREAM, 0), server;

	made = now() - start;
	setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	start = now();
	if (connect(client, (void *)&address, sizeof(address)))
		err(1, "connect");
	connecting = now() - start;
	server = accept(listener, NULL, NULL);
	if (server < 0)
		err(1, "accept");
	start = now();
	close(client);
	connecting += now() - start;
	close(server);
	return made + connecting - 2 * clock_cost;
}

static void reap(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child || status)
		errx(1, "the child failed");
}

static long fork_exit(void)
{
	long start = now();
	pid_t child = fork();

	if (!child)
		_exit(0);
	reap(child);
	return now() - start;
}

static long vfork_exit(void)
{
	long start = now();
	pid_t child = vfork();

	if (!child)
		_exit(0);
	reap(child);
	return now() - start;
}

static long vfork_execve(void)
{
	char *arguments[] = { "exit", NULL }, *environment[] = { NULL };
	long start = now();
	pid_t child = vfork();

	if (!child) {
		execve("exit", arguments, environment);
		_exit(1);
	}
	reap(child);
	return now() - start;
}

static long nothing(void)
{
	long start = now();

	return now() - start;
}

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

static long median(long (*call)(void), int runs)
{
	long *times = calloc(runs, sizeof(*times)), middle;
	int run;

	if (!times)
		err(1, "calloc");
	for (run = 0; run < WARM_UP; run++)
		call();
	for (run = 0; run < runs; run++)
		times[run] = call();
	qsort(times, runs, sizeof(*times), compare);
	middle = times[runs / 2];
	free(times);
	return middle - clock_cost;
}

static void listen_on_loopback(void)
{
	socklen_t length = sizeof(address);

	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (void *)&address, length) || listen(listener, 8) ||
	    getsockname(listener, (void *)&address, &length))
		err(1, "listen");
}

/* Everything below three folders is allowed, nothing else: what this program needs. */
static void restrict_by_landlock(void)
{
	const char *folders[] = { ".", "volume", "/proc", "/sys" };
	struct landlock_ruleset_attr ruleset = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};
	int fd = syscall(SYS_landlock_create_ruleset, &ruleset, sizeof(ruleset), 0), i;

	if (fd < 0)
		err(1, "landlock_create_ruleset");
	for (i = 0; i < (int)(sizeof(folders) / sizeof(*folders)); i++) {
		struct landlock_path_beneath_attr rule = {
			.allowed_access = ruleset.handled_access_fs,
			.parent_fd = open(folders[i], O_PATH),
		};

		if (rule.parent_fd < 0 ||
		    syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
			err(1, "landlock_add_rule %s", folders[i]);
		close(rule.parent_fd);
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_landlock_restrict_self, fd, 0))
		err(1, "landlock_restrict_self");
	close(fd);
}

static const struct {
	const char *name;
	long (*run)(void);
} calls[] = {
	{ "open", open_main }, { "stat", stat_file },	 { "connect", connect_loopback },
	{ "fork", fork_exit }, { "vfork", vfork_exit },	 { "spawn", vfork_execve },
	{ "volume", open_volume }, { "proc", open_proc },
	{ "sys", open_sys },
};

int main(int argc, char **argv)
{
	int landlock = argc == 5 && !strcmp(argv[1], "--landlock");
	int runs;
	size_t i;

	/* Where things lie in memory decides what fork(2) copies. */
	if (!(personality(0xffffffff) & ADDR_NO_RANDOMIZE)) {
		personality(ADDR_NO_RANDOMIZE);
		execv("/proc/self/exe", argv);
		err(1, "/proc/self/exe");
	}
	argv += landlock;
	if (argc != 4 + landlock || (runs = atoi(argv[1])) < 1)
		errx(2, "usage: calls [--landlock] RUNS DIRECTORY all|CALL");
	if (chdir(argv[2]))
		err(1, "%s", argv[2]);
	if (landlock)
		restrict_by_landlock();
	listen_on_loopback();
	clock_cost = median(nothing, runs);
	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(argv[3], "all") || !strcmp(argv[3], calls[i].name))
			printf("%s %ld\n", calls[i].name, median(calls[i].run, runs));
	return 0;
}
