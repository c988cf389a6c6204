// SPDX-License-Identifier: Apache-2.0
/*
 * All cases in one program, static, since it is also what runs inside.
 *
 *   membership list                what there is, one line of JSON each
 *   membership run NAME COUNT      as the host's root: tries it so often, and prints a line
 *                                  of JSON: how many probes were rightly held, refused or the
 *                                  host's; how many were FREE although they are a container's
 *                                  ("free"), or held or refused although they must not be
 *                                  ("wrong"); runs that left a record or a grant ("left"), or
 *                                  could not be tried ("errors"); the first fault
 *   membership probe WHO EXPECTED  user code: tries what is refused, and reports
 *   membership inside NAME INDEX EXPECTED
 *                                  the program of a container of case NAME
 *
 * and for containers that a real runtime makes:
 *
 *   membership unshare             a first process: unshares users and mounts, and stays
 *   membership linger COUNT        a first process: opens so many files, and ends as soon as
 *                                  it sees a runtime enter
 *   membership pivot ROOT [PROGRAM [ARG]…]
 *                                  a hook: makes ROOT its root in mounts of its own, and
 *                                  executes PROGRAM there, or ends
 *
 * The case's body is a process of its own. What it leaves behind gets this one as its
 * parent, which ends it.
 */
#include "membership.h"
#include <dirent.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include "descriptors.h"

#define WAIT_US 100
#define WAIT_TURNS 50000 /* five seconds, and more where the processor is busy */
#define LIMIT_MS 10000
#define HOST_EXECUTES 10 /* every so many runs: it costs as much as a container */
#define RUN_LIMIT_S 20
#define LEFT_TURNS 2000 /* of 1 ms, for what RCU frees */

/* Small enough for one write(2) to a pipe, so that reports do not mix. */
struct report {
	char who[32];
	char detail[96];
	int expected, verdict;
};

struct summary {
	int runs, held, refused, host, free, wrong, left, errors, lacking;
	char detail[256];
};

struct stage *stage;
const struct test_case *the_case;

extern const struct test_case *const __start_cases[], *const __stop_cases[];
#define EACH(test_case)                                                                            \
	(const struct test_case *const *test_case = __start_cases; test_case < __stop_cases;       \
	 test_case++)

/* ---- what cases call ---- */

void report(const char *who, enum expected expected, enum verdict verdict, const char *format, ...)
{
	struct report told = { .expected = expected ? expected : the_case->expected,
			       .verdict = verdict };
	va_list arguments;

	snprintf(told.who, sizeof(told.who), "%s", who);
	va_start(arguments, format);
	vsnprintf(told.detail, sizeof(told.detail), format, arguments);
	va_end(arguments);
	if (write(REPORT, &told, sizeof(told)) != sizeof(told))
		_exit(3);
}

void must(long result, const char *what)
{
	if (result >= 0)
		return;
	report("case", 0, FAILED, "%s: %s", what, strerrorname_np(errno));
	_exit(1);
}

void lacking(const char *what)
{
	report("case", 0, LACKING, "%s: %s", what, strerrorname_np(errno));
}

void await_turn(int *turns, const char *what)
{
	if ((*turns)++ > WAIT_TURNS) {
		report("case", 0, FAILED, "waited too long for %s", what);
		_exit(1);
	}
	usleep(WAIT_US);
}

/* Whether the process is a zombie or gone; waits so long for it. */
static int ends_within(pid_t pid, int limit_ms)
{
	int fd = syscall(SYS_pidfd_open, pid, 0), ended;
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	if (fd < 0)
		return 1;
	ended = poll(&wait, 1, limit_ms) == 1;
	close(fd);
	return ended;
}

int has_ended(pid_t pid)
{
	return ends_within(pid, 0);
}

void await_end(pid_t pid)
{
	if (!ends_within(pid, LIMIT_MS))
		report("case", 0, FAILED, "process %d does not end", pid);
}

void end(pid_t pid)
{
	if (pid > 0)
		kill(pid, SIGKILL);
	await_end(pid);
}

/* ---- where containers lie ---- */

static char base[64];

const char *root_path(enum root root)
{
	static const char *const names[ROOTS] = { "tmpfs", "directory", "overlay" };
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", base, names[root]);
	return path;
}

const char *host_program(void)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/m", base);
	return path;
}

static void copy_program(const char *target)
{
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int to = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	struct stat status;

	must(from, "opening this program");
	must(to, target);
	must(fstat(from, &status), "fstat");
	while (status.st_size > 0) {
		long copied = sendfile(to, from, NULL, status.st_size);

		must(copied, "copying this program");
		status.st_size -= copied;
	}
	close(from);
	close(to);
}

static void make_directory(const char *parent, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", parent, name);
	must(mkdir(path, 0755), path);
}

/* A root file system: this program, and places to mount at. */
static void fill_root(const char *root)
{
	static const char *const names[] = { "proc", "old", "new", "tmp" };
	char path[256], again[256];
	int script;

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++)
		make_directory(root, names[i]);
	snprintf(path, sizeof(path), "%s" INSIDE, root);
	copy_program(path);
	snprintf(again, sizeof(again), "%s/new" INSIDE, root);
	must(link(path, again), again);
	snprintf(path, sizeof(path), "%s/script", root);
	script = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	must(script, path);
	dprintf(script, "#!" INSIDE " script\n");
	close(script);
}

static void make_base(void)
{
	char options[512];

	snprintf(base, sizeof(base), "/run/membership-%d", getpid());
	must(mkdir(base, 0755), base);
	for (enum root root = 0; root < ROOTS; root++)
		must(mkdir(root_path(root), 0755), "mkdir of a root");
	make_directory(base, "upper");
	make_directory(base, "work");
	copy_program(host_program());
	fill_root(root_path(ROOT_DIRECTORY));
	must(mount("none", root_path(ROOT_TMPFS), "tmpfs", 0, "mode=755"), "mounting a root");
	fill_root(root_path(ROOT_TMPFS));
	snprintf(options, sizeof(options), "lowerdir=%s/directory,upperdir=%s/upper,workdir=%s/work",
		 base, base, base);
	must(mount("none", root_path(ROOT_OVERLAY), "overlay", 0, options), "mounting an overlay");
}

static void remove_base(void)
{
	char command[128];

	umount2(root_path(ROOT_OVERLAY), MNT_DETACH);
	umount2(root_path(ROOT_TMPFS), MNT_DETACH);
	snprintf(command, sizeof(command), "rm -rf %s", base);
	if (system(command))
		fprintf(stderr, "membership: %s stays\n", base);
}

/* ---- one run ---- */

static void place(int fd, int at)
{
	must(dup2(fd, at), "dup2");
	close(fd);
}

/* Ends everything that the body left; what has no parent any more becomes this process' child. */
static void end_children(void)
{
	char path[64];
	int pid;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	do {
		FILE *children = fopen(path, "re");

		while (children && fscanf(children, "%d", &pid) == 1)
			kill(pid, SIGKILL);
		if (children)
			fclose(children);
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			;
		if (pid == 0)
			usleep(WAIT_US);
	} while (pid == 0);
}

static void too_late(int signal)
{
	(void)signal;
}

/* The body's end; whatever else ended meanwhile is reaped, as PID namespaces want it. */
static void await_body(pid_t body)
{
	struct sigaction interrupt = { .sa_handler = too_late };
	pid_t ended;

	sigaction(SIGALRM, &interrupt, NULL);
	alarm(RUN_LIMIT_S);
	do
		ended = waitpid(-1, NULL, 0);
	while (ended > 0 && ended != body);
	if (ended != body)
		report("case", 0, FAILED, "the run does not end");
	alarm(0);
}

static void run_body(void)
{
	pid_t body = fork();

	must(body, "fork");
	if (body == 0) {
		must(setsid(), "setsid");
		the_case->run();
		_exit(0);
	}
	await_body(body);
	end_children();
}

/* Where it counts. */
static int *place_of(const struct report *told, struct summary *all)
{
	int host = told->expected == IS_HOST || told->expected == IS_SANDBOX;

	if (told->verdict == FAILED)
		return &all->errors;
	if (told->verdict == LACKING)
		return &all->lacking;
	if (told->verdict == FREE)
		return host ? &all->host : &all->free;
	if (told->verdict == HELD && !host)
		return &all->held;
	return told->verdict == REFUSED && told->expected == MAY_REFUSE ? &all->refused :
									 &all->wrong;
}

static void read_reports(int from, struct summary *all)
{
	static const char *const verdicts[] = { "", "held", "FREE", "refused", "lacking",
						"failed" };
	struct report told;

	while (read(from, &told, sizeof(told)) == sizeof(told)) {
		int *place = place_of(&told, all);

		++*place;
		if (place != &all->held && place != &all->refused && place != &all->host &&
		    !all->detail[0])
			snprintf(all->detail, sizeof(all->detail), "run %d: %s: %s %s", all->runs,
				 told.who, verdicts[told.verdict], told.detail);
	}
}

static int exists(const struct container *c)
{
	return c->key && !c->unregistered && (container_exists(c->key) || grants_exist(c->key));
}

/* Whether what lockc knew of the run's containers goes with them. */
static void look_for_left(struct summary *all)
{
	for (int i = 0; i < CONTAINERS; i++) {
		const struct container *c = &stage->containers[i];
		int turns = 0;

		while (exists(c) && turns++ < LEFT_TURNS)
			usleep(1000);
		if (!exists(c))
			continue;
		all->left++;
		if (!all->detail[0])
			snprintf(all->detail, sizeof(all->detail), "run %d: container %d left %s",
				 all->runs, i, container_exists(c->key) ? "its record" : "grants");
	}
}

static void run_once(struct summary *all)
{
	int pipe_fds[2], memory = memfd_create("stage", 0);

	must(pipe2(pipe_fds, O_CLOEXEC), "pipe2");
	must(memory, "memfd_create");
	must(ftruncate(memory, sizeof(*stage)), "ftruncate");
	place(memory, STAGE);
	stage = mmap(NULL, sizeof(*stage), PROT_READ | PROT_WRITE, MAP_SHARED, STAGE, 0);
	must(stage == MAP_FAILED ? -1 : 0, "mmap");
	place(pipe_fds[1], REPORT);
	fcntl(pipe_fds[0], F_SETPIPE_SZ, 1 << 18);
	fcntl(pipe_fds[0], F_SETFL, O_NONBLOCK);
	run_body();
	probe("host after it", IS_HOST);
	if (all->runs % HOST_EXECUTES == 0)
		probe_host("host executing after it");
	look_for_left(all);
	read_reports(pipe_fds[0], all);
	close(pipe_fds[0]);
	munmap(stage, sizeof(*stage));
	all->runs++;
}

/* ---- the command line ---- */

static const struct test_case *find(const char *name)
{
	for
		EACH (test_case)
			if (!strcmp((*test_case)->name, name))
				return *test_case;
	fprintf(stderr, "membership: there is no '%s'\n", name);
	exit(2);
}

static int list(void)
{
	static const char *const right[] = { "", "held", "held, or refused when it is over",
					     "the host's", "the host's sandbox" };

	for
		EACH (test_case)
			printf("{\"name\":\"%s\",\"tries\":\"%s\",\"right\":\"%s\",\"racing\":%s,"
			       "\"since\":\"%s\"}\n",
			       (*test_case)->name, (*test_case)->tries,
			       right[(*test_case)->expected],
			       (*test_case)->racing ? "true" : "false",
			       (*test_case)->since ? (*test_case)->since : "");
	return 0;
}

static int run(int count)
{
	struct summary all = {};
	int etc = open("/etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	place(dup(STDERR_FILENO), REPORT); /* of what goes wrong before the first run */
	must(etc, "opening /etc");
	place(etc, HOST_DIRECTORY);
	must(prctl(PR_SET_CHILD_SUBREAPER, 1), "PR_SET_CHILD_SUBREAPER");
	make_base();
	while (all.runs < count)
		run_once(&all);
	remove_base();
	printf("{\"name\":\"%s\",\"runs\":%d,\"held\":%d,\"refused\":%d,\"host\":%d,\"free\":%d,"
	       "\"wrong\":%d,\"left\":%d,\"errors\":%d,\"lacking\":%d,\"detail\":\"%s\"}\n",
	       the_case->name, all.runs, all.held, all.refused, all.host, all.free, all.wrong,
	       all.left, all.errors, all.lacking, all.detail);
	return 0;
}

static void map_stage(void)
{
	stage = mmap(NULL, sizeof(*stage), PROT_READ | PROT_WRITE, MAP_SHARED, STAGE, 0);
	must(stage == MAP_FAILED ? -1 : 0, "mapping the stage");
}

static void inside(const char *name, int index, enum expected expected)
{
	the_case = find(name);
	map_stage();
	probe(index ? "program of the second" : "program", expected);
	stage->containers[index].step = READY;
	if (the_case->inside)
		the_case->inside(index);
	for (;;)
		pause();
}

/* Whether one of the processes that it sees is runc, about to become the exec's program. */
static int sees_runtime(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	int seen = 0;

	must(processes ? 0 : -1, "opening /proc");
	while (!seen && (entry = readdir(processes))) {
		char path[300], name[16] = "";
		int fd;

		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		fd = atoi(entry->d_name) > 1 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
		seen = fd >= 0 && read(fd, name, sizeof(name) - 1) > 0 &&
		       !strncmp(name, "runc:[2", 7);
		if (fd >= 0)
			close(fd);
	}
	closedir(processes);
	return seen;
}

static void unshare_and_stay(void)
{
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	printf("unshared\n");
	fflush(stdout);
	for (;;)
		pause();
}

static int linger(int count)
{
	int file = open("/proc/self/exe", O_RDONLY);

	while (count-- > 0)
		must(dup(file), "dup");
	printf("lingers\n");
	fflush(stdout);
	while (!sees_runtime())
		;
	return 0;
}

static int pivot_as_hook(char **arguments)
{
	switch_root(NULL, arguments[0]);
	if (!arguments[1])
		return 0;
	execv(arguments[1], arguments + 1);
	return errno == EPERM ? 0 : 1; /* to be refused is one right answer */
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	if (!strcmp(verb, "list"))
		return list();
	if (!strcmp(verb, "run") && argc == 4) {
		the_case = find(argv[2]);
		return run(atoi(argv[3]));
	}
	if (!strcmp(verb, "probe") && argc == 4) {
		probe(argv[2], atoi(argv[3]));
		return 0;
	}
	if (!strcmp(verb, "script") && argc >= 5) { /* INSIDE script /script WHO EXPECTED */
		probe(argv[3], atoi(argv[4]));
		return 0;
	}
	if (!strcmp(verb, "again") && argc == 4) {
		probe(argv[2], atoi(argv[3]));
		exec_probe(argv[0], argv[2], atoi(argv[3]));
		return 0;
	}
	if (!strcmp(verb, "unshare"))
		unshare_and_stay();
	if (!strcmp(verb, "linger") && argc == 3)
		return linger(atoi(argv[2]));
	if (!strcmp(verb, "pivot") && argc >= 3)
		return pivot_as_hook(argv + 2);
	if (!strcmp(verb, "inside") && argc == 5)
		inside(argv[2], atoi(argv[3]), atoi(argv[4]));
	fprintf(stderr, "membership: there is no such command\n");
	return 2;
}
