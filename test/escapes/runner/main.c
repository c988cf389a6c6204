// SPDX-License-Identifier: Apache-2.0
/*
 * All escapes in one program, static, so that it runs in any image.
 *
 *   escapes list                      what there is, one line of JSON each
 *   escapes serve CHANNEL             inside: tries what `try` asks for. Two processes wait,
 *                                     root at CHANNEL, user 1000 at CHANNEL-user
 *   escapes try CHANNEL ID NAME…      on the host: has each tried in the container that
 *                                     serves CHANNEL, and prints how it went, with the
 *                                     counters that rose in lockc's record of container ID,
 *                                     and the events about it ("-": lockc does not know it)
 *   escapes try-spare …               the same, each in a mount namespace of its own
 *   escapes attempt NAME VICTIM       one attempt, by this process
 *   escapes nothing|pause|seteuid-0|getegid
 *                                     for escapes that execute a program: its status is 0,
 *                                     never given, the errno of seteuid(2), or 0 in group 42
 *
 * A result is "ok", an errno's name, or what kept the attempt from being made.
 */
#include "escape.h"
#include "events.h"
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/types.h>
#include <poll.h>
#include <stddef.h>
#include <sys/prctl.h>
#include "../../../bpf/lockc.h"

#define PIN "/sys/fs/bpf/lockc/maps/containers"
#define LIMIT_MS 60000 /* 2,100 directories take 15 s in a guest on a busy machine */
#define USER 1000
#define LINE 512

int victim, inside;
char marker[8] = "inside";
/* This program's command line for an attempt: its name and the victim are filled in. */
static char number[16];
static char *attempt_arguments[] = { "escapes", "attempt", NULL, number, NULL };
static int ready_fd = -1;
static int result_fd = STDOUT_FILENO;

extern const struct escape *const __start_escapes[], *const __stop_escapes[];
#define EACH(escape)                                                                               \
	(const struct escape *const *escape = __start_escapes; escape < __stop_escapes; escape++)

/* ---- what escapes call ---- */

static void tell(const char *result)
{
	dprintf(result_fd, "%s\n", result);
	_exit(result_fd == STDERR_FILENO);
}

void must_be(int true, const char *what)
{
	char line[LINE];

	if (true)
		return;
	snprintf(line, sizeof(line), "cannot try: %s: %s", what, strerrorname_np(errno));
	tell(line);
}

void ready(void)
{
	if (ready_fd >= 0)
		dprintf(ready_fd, "ready\n");
	close(ready_fd);
	ready_fd = -1;
}

void join_mounts(void)
{
	char path[LINE];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", inside);
	must(setns(open(path, O_RDONLY | O_CLOEXEC), CLONE_NEWNS));
}

int after_exec(int (*what)(void))
{
	/* The program asks itself whether it is there by this variable. */
	if (getenv("ESCAPES_EXECUTED"))
		return what();
	setenv("ESCAPES_EXECUTED", "1", 1);
	must(dup2(result_fd, STDOUT_FILENO));
	return execve(SHARED "/escapes", attempt_arguments, environ);
}

/* ---- the attempt ---- */

static const struct escape *find(const char *name)
{
	for
		EACH (escape)
			if (strlen(name) + 2 == strlen((*escape)->file) &&
			    !strncmp((*escape)->file, name, strlen(name)))
				return *escape;
	fprintf(stderr, "escapes: there is no '%s'\n", name);
	exit(2);
}

static void attempt(const char *name, int of)
{
	const struct escape *escape = find(name);

	victim = of;
	attempt_arguments[2] = strdup(name);
	snprintf(number, sizeof(number), "%d", of);
	umask(0);
	tell(escape->attempt() < 0 ? strerrorname_np(errno) : "ok");
}

/* ---- inside ---- */

/* As whoever gave up root for good reasons, but not quite: every capability, saved user ID 0. */
static void become_user(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	must(prctl(PR_SET_KEEPCAPS, 1));
	must(syscall(SYS_capget, &header, data));
	must(setresuid(USER, USER, 0));
	data[0].effective = data[0].permitted;
	data[1].effective = data[1].permitted;
	must(syscall(SYS_capset, &header, data));
}

/* One line from `fd`, in `line`; what was written before the writer ended, if it is too slow. */
static int read_line(int fd, char *line, int limit_ms)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int length = 0;

	while (length < LINE - 1 && poll(&wait, 1, limit_ms) > 0 &&
	       read(fd, line + length, 1) == 1 && line[length] != '\n')
		length++;
	line[length] = 0;
	return length;
}

/* A mount namespace of its own for each attempt, where mounts may be spoiled. */
static void spare_mounts(void)
{
	must(unshare(CLONE_NEWNS));
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
}

static void serve_line(const char *line, int out)
{
	char name[LINE], result[LINE];
	int of, spare, pipe_fds[2], child;

	if (sscanf(line, "%511s %d %d", name, &of, &spare) != 3)
		exit(2);
	must(pipe2(pipe_fds, O_CLOEXEC));
	child = fork();
	must(child);
	if (child == 0) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		result_fd = pipe_fds[1];
		if (spare)
			spare_mounts();
		attempt(name, of);
	}
	close(pipe_fds[1]);
	setpgid(child, child);
	if (!read_line(pipe_fds[0], result, LIMIT_MS))
		strcpy(result, "no answer");
	close(pipe_fds[0]);
	kill(-child, SIGKILL);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	dprintf(out, "%s\n", result);
}

/* The two ends of one channel; inside they are never closed, and have a reader and a writer. */
static void open_channel(const char *channel, const char *suffix, int host, int fds[2])
{
	const char *shared = host ? HOST_SHARED : SHARED;
	char path[LINE];

	snprintf(path, sizeof(path), "%s/%s%s.in", shared, channel, suffix);
	must(fds[0] = open(path, (host ? O_WRONLY : O_RDWR) | O_CLOEXEC));
	snprintf(path, sizeof(path), "%s/%s%s.out", shared, channel, suffix);
	must(fds[1] = open(path, (host ? O_RDONLY : O_RDWR) | O_CLOEXEC));
}

static void serve_as(const char *channel, const char *suffix, int as_user)
{
	char line[LINE];
	int fds[2];

	open_channel(channel, suffix, 0, fds);
	if (as_user)
		become_user();
	while (read_line(fds[0], line, -1)) {
		if (strcmp(line, "hello"))
			serve_line(line, fds[1]);
		else
			dprintf(fds[1], "%d\n", getpid());
	}
}

static int serve(const char *channel)
{
	mkdir("/mnt", 0755);
	if (fork() == 0)
		serve_as(channel, "-user", 1);
	serve_as(channel, "", 0);
	return 2;
}

/* ---- on the host ---- */

static int bpf(int command, union bpf_attr *attributes)
{
	return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

/* The container's counters, all zero for "-", and its key. */
static __u64 read_denials(const char *id, __u64 denials[LOCKC_RULES])
{
	static __u64 key;
	struct lockc_container record;
	union bpf_attr get = { .pathname = (__u64)PIN };
	union bpf_attr next = { .key = 0, .next_key = (__u64)&key };
	union bpf_attr look_up = { .key = (__u64)&key, .value = (__u64)&record };
	int map;

	memset(denials, 0, sizeof(record.denials));
	if (!strcmp(id, "-"))
		return 0;
	must(map = bpf(BPF_OBJ_GET, &get));
	next.map_fd = look_up.map_fd = map;
	do {
		must(bpf(BPF_MAP_GET_NEXT_KEY, &next));
		next.key = (__u64)&key;
		if (bpf(BPF_MAP_LOOKUP_ELEM, &look_up))
			record.id[0] = 0;
	} while (strcmp(record.id, id));
	close(map);
	memcpy(denials, record.denials, sizeof(record.denials));
	return key;
}

static void open_as(int fd, const char *path, int flags)
{
	int opened = open(path, flags);

	must(opened);
	must(dup2(opened, fd));
	close(opened);
}

static void open_leaks(void)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);

	open_as(LEAKED, HOST_DIRECTORY, O_RDONLY | O_DIRECTORY);
	open_as(LEAKED_FILE, HOST_FILE, O_RDWR);
	open_as(LEAKED_RUN, "/run", O_PATH | O_DIRECTORY);
	must(terminal);
	must(unlockpt(terminal));
	open_as(LEAKED_TERMINAL, ptsname(terminal), O_RDWR | O_NOCTTY);
}

static int start_victim(const struct escape *escape)
{
	char line[LINE];
	int pipe_fds[2], child;

	must(pipe2(pipe_fds, O_CLOEXEC));
	child = fork();
	must(child);
	if (child == 0) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		ready_fd = pipe_fds[1];
		open_leaks();
		must(chdir(HOST_DIRECTORY));
		strcpy(marker, "host");
		if (escape->host)
			must(escape->host());
		ready();
		for (;;)
			pause();
	}
	setpgid(child, child);
	close(pipe_fds[1]);
	if (!read_line(pipe_fds[0], line, LIMIT_MS)) {
		printf("{\"name\":\"%s\",\"result\":\"the host's side ended\"}\n", escape->file);
		exit(2);
	}
	close(pipe_fds[0]);
	return child;
}

/* Enters the container of process `inside` as a runtime would, and executes the attempt there. */
static void enter(const struct escape *escape, const char *name, char *result)
{
	int pipe_fds[2], child;

	must(pipe2(pipe_fds, O_CLOEXEC));
	child = fork();
	must(child);
	if (child == 0) {
		setpgid(0, 0);
		open_leaks();
		join_mounts();
		must(escape->enter());
		must(dup2(pipe_fds[1], STDOUT_FILENO));
		snprintf(number, sizeof(number), "%d", victim);
		attempt_arguments[2] = (char *)name;
		execv(SHARED "/escapes", attempt_arguments);
		must_be(0, "execve");
	}
	close(pipe_fds[1]);
	if (!read_line(pipe_fds[0], result, LIMIT_MS))
		strcpy(result, "no answer");
	close(pipe_fds[0]);
	kill(-child, SIGKILL);
	waitpid(child, NULL, 0);
}

struct channel {
	int fds[2];
	int inside; /* the process that serves it */
};

static struct channel open_served(const char *name, const char *suffix)
{
	struct channel channel;
	char line[LINE];

	open_channel(name, suffix, 1, channel.fds);
	dprintf(channel.fds[0], "hello\n");
	must_be(read_line(channel.fds[1], line, LIMIT_MS) > 0, "nobody serves");
	channel.inside = atoi(line);
	return channel;
}

/* A result may quote what could not be done. */
static void print_outcome(const char *name, const char *result)
{
	printf("{\"name\":\"%s\",\"result\":\"", name);
	for (; *result; result++)
		putchar(*result == '"' || *result == '\\' ? '\'' : *result);
	printf("\",\"refusals\":{");
}

static void try(const char *name, const char *id, int spare, const struct channel channels[2])
{
	const struct escape *escape = find(name);
	const struct channel *channel = &channels[escape->as_user];
	__u64 before[LOCKC_RULES], after[LOCKC_RULES];
	char result[LINE], *comma = "";
	__u64 container;
	int rule;

	inside = channel->inside;
	victim = start_victim(escape);
	container = read_denials(id, before);
	if (container)
		events_forget();
	if (escape->enter) {
		enter(escape, name, result);
	} else {
		dprintf(channel->fds[0], "%s %d %d\n", name, victim, spare);
		if (!read_line(channel->fds[1], result, 2 * LIMIT_MS))
			strcpy(result, "no answer from inside");
	}
	read_denials(id, after);
	kill(-victim, SIGKILL);
	waitpid(victim, NULL, 0);
	if (escape->undo)
		escape->undo();
	print_outcome(name, result);
	for (rule = 0; rule < LOCKC_RULES; rule++) {
		if (after[rule] == before[rule])
			continue;
		printf("%s\"%d\":%llu", comma, rule, after[rule] - before[rule]);
		comma = ",";
	}
	printf("},\"events\":[");
	if (container)
		events_print(container);
	printf("]}\n");
	fflush(stdout);
}

static int try_all(const char *name, const char *id, int spare, char **names)
{
	struct channel channels[2];
	int secret;

	result_fd = STDERR_FILENO; /* for what must be, on the host */
	if (strcmp(id, "-"))
		events_open();
	channels[0] = open_served(name, "");
	channels[1] = open_served(name, "-user");
	mkdir(HOST_DIRECTORY, 0700);
	must(secret = open(HOST_FILE, O_WRONLY | O_CREAT | O_TRUNC, 0600));
	must(write(secret, "secret\n", 7));
	close(secret);
	for (; *names; names++)
		try(*names, id, spare, channels);
	return 0;
}

static void print_text(const char *key, const char *text)
{
	if (text)
		printf(",\"%s\":\"%s\"", key, text);
}

static int list(void)
{
	for
		EACH (escape) {
			const struct escape *e = *escape;

			printf("{\"name\":\"%.*s\"", (int)strlen(e->file) - 2, e->file);
			print_text("tries", e->tries);
			print_text("cve", e->cve);
			print_text("rule", e->rule);
			print_text("refused", strerrorname_np(e->refused ? e->refused : EPERM));
			print_text("policy", e->policy ? e->policy : "careless");
			print_text("alone", e->alone);
			print_text("gap", e->gap);
			puts("}");
		}
	return 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	signal(SIGPIPE, SIG_IGN);
	if (!strcmp(verb, "list"))
		return list();
	if (!strcmp(verb, "serve") && argc == 3)
		return serve(argv[2]);
	if (!strcmp(verb, "try") && argc > 4)
		return try_all(argv[2], argv[3], 0, argv + 4);
	if (!strcmp(verb, "try-spare") && argc > 4)
		return try_all(argv[2], argv[3], 1, argv + 4);
	if (!strcmp(verb, "attempt") && argc == 4)
		attempt(argv[2], atoi(argv[3]));
	if (!strcmp(verb, "nothing"))
		return 0;
	if (!strcmp(verb, "seteuid-0"))
		return seteuid(0) ? errno : 0;
	if (!strcmp(verb, "getegid"))
		return getegid() == 42 ? 0 : ECANCELED;
	if (!strcmp(verb, "pause"))
		for (;;)
			pause();
	fprintf(stderr, "escapes: see its source for what it takes\n");
	return 2;
}
