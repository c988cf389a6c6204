// SPDX-License-Identifier: Apache-2.0
/*
 * Runs commands and says how long each took: `spawn JOBS <PLAN`, at most JOBS at a time,
 * begun in the plan's order. In the plan every word ends with a zero byte. A command is the
 * exit status that is right, its words, and an empty word; "@gone" with a file's name is
 * no command, but waits until the process whose number is in that file has ended.
 *
 * Prints a line for each command: nanoseconds from the first one's start to its own start
 * and to its end, and nanoseconds of CPU time, with that of children it waited for. After
 * a status with "+" the processes that it left behind are waited for, and counted as well.
 * What measures is the same for everything and small: vfork(2), execve(2) and wait4(2) of a
 * process that has next to no memory.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS 64
#define LAST_WORDS 4096 /* of a command's standard error that are shown */

struct command {
	int status, whole;
	char *words[WORDS];
	pid_t pid; /* 0: not begun, or over */
	long start, end, cpu;
};

static struct command *commands;
static size_t count;
static int null, errors;

static void die(const char *what)
{
	fprintf(stderr, "spawn: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long nanoseconds(struct timeval time)
{
	return time.tv_sec * 1000000000L + time.tv_usec * 1000L;
}

static long cpu_time(const struct rusage *usage)
{
	return nanoseconds(usage->ru_utime) + nanoseconds(usage->ru_stime);
}

static char *read_plan(size_t *size)
{
	size_t room = 1 << 16, length = 0;
	char *text = malloc(room);
	ssize_t got;

	while (text && (got = read(0, text + length, room - length)) > 0) {
		length += got;
		if (length == room)
			text = realloc(text, room *= 2);
	}
	if (!text || got < 0)
		die("cannot read the plan");
	*size = length;
	return text;
}

static void parse(char *text, size_t size)
{
	char *at = text, *end = text + size;

	while (at < end) {
		struct command *command;
		int word = 0;

		commands = realloc(commands, (count + 1) * sizeof(*commands));
		if (!commands)
			die("cannot keep the plan");
		command = &commands[count++];
		memset(command, 0, sizeof(*command));
		command->status = atoi(at);
		command->whole = !!strchr(at, '+');
		for (at += strlen(at) + 1; at < end && *at; at += strlen(at) + 1) {
			if (word == WORDS - 1) {
				errno = E2BIG;
				die("a command of the plan");
			}
			command->words[word++] = at;
		}
		at++;
	}
}

static void begin(struct command *command)
{
	command->start = now();
	command->pid = vfork();
	if (command->pid < 0)
		die("vfork");
	if (command->pid)
		return;
	dup2(null, 0);
	dup2(null, 1);
	dup2(errors, 2);
	execv(command->words[0], command->words);
	_exit(127);
}

static void complain(const struct command *command, int status)
{
	static char said[LAST_WORDS + 1];
	off_t size = lseek(errors, 0, SEEK_END);

	if (pread(errors, said, LAST_WORDS, size > LAST_WORDS ? size - LAST_WORDS : 0) < 0)
		said[0] = 0;
	fprintf(stderr, "spawn: wait status %#x, not exit %d, of:", status, command->status);
	for (int word = 0; command->words[word]; word++)
		fprintf(stderr, " %s", command->words[word]);
	fprintf(stderr, "\n%s\n", said);
	exit(1);
}

/* Waits for one command; processes that others left behind become ours, and are none. */
static void finish_one(void)
{
	for (;;) {
		struct rusage usage;
		int status;
		pid_t pid = wait4(-1, &status, 0, &usage);
		long end = now();

		if (pid < 0)
			die("wait4");
		for (size_t index = 0; index < count; index++) {
			struct command *command = &commands[index];

			if (command->pid != pid)
				continue;
			command->pid = 0;
			command->end = end;
			command->cpu = cpu_time(&usage);
			if (!WIFEXITED(status) || WEXITSTATUS(status) != command->status)
				complain(command, status);
			while (command->whole && wait4(-1, NULL, 0, &usage) > 0)
				command->cpu += cpu_time(&usage);
			return;
		}
	}
}

static void wait_gone(const char *name)
{
	FILE *file = fopen(name, "re");
	int pid;

	if (!file || fscanf(file, "%d", &pid) != 1)
		die(name);
	fclose(file);
	/* A container's init is ours: whoever forked it has ended. */
	if (waitpid(pid, NULL, 0) < 0 && errno != ECHILD)
		die("waitpid");
}

int main(int argc, char **argv)
{
	int jobs = argc == 2 ? atoi(argv[1]) : 0, running = 0;
	size_t size;
	char *plan;

	if (jobs < 1) {
		fputs("Usage: spawn JOBS <PLAN\n", stderr);
		return 2;
	}
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	errors = open("/tmp", O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
	if (null < 0 || errors < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		die("cannot begin");
	plan = read_plan(&size);
	parse(plan, size);
	for (size_t index = 0; index < count; index++) {
		if (!strcmp(commands[index].words[0], "@gone")) {
			wait_gone(commands[index].words[1]);
			continue;
		}
		if (running == jobs) {
			finish_one();
			running--;
		}
		begin(&commands[index]);
		running++;
	}
	while (running--)
		finish_one();
	for (size_t index = 0; index < count; index++)
		if (commands[index].start)
			printf("%ld %ld %ld\n", commands[index].start - commands[0].start,
			       commands[index].end - commands[0].start, commands[index].cpu);
	return 0;
}
