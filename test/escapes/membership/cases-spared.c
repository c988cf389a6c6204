// SPDX-License-Identifier: Apache-2.0
/* The host's own code that has looked, or has been in a container's place, and is at home. */
#include "membership.h"
#include <linux/capability.h>
#include <pthread.h>
#include <sys/stat.h>
#include "descriptors.h"

static int open_namespace(pid_t pid, const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd, path);
	return fd;
}

/* ---- a container that was given the host's root, as exporters and agents are ---- */

static int call_bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* As the shim does it. */
static void grant_host_root(struct container *c)
{
	int self = syscall(SYS_pidfd_open, getpid(), 0), root = open("/", O_PATH | O_CLOEXEC);
	struct lockc_task task = { .container = c->key, .phase = LOCKC_PHASE_ENROLLING };
	union bpf_attr get = { .pathname = (__u64) "/sys/fs/bpf/lockc/maps/tasks" };
	int tasks = call_bpf(BPF_OBJ_GET, &get);
	union bpf_attr set = { .map_fd = tasks, .key = (__u64)&self, .value = (__u64)&task };
	union bpf_attr unset = { .map_fd = tasks, .key = (__u64)&self };
	struct stat status;

	must(tasks, "tasks");
	must(call_bpf(BPF_MAP_UPDATE_ELEM, &set), "enrolling");
	must(fstat(root, &status), "fstat");
	must(call_bpf(BPF_MAP_DELETE_ELEM, &unset), "leaving");
}

static void looks_and_unshares(struct container *c)
{
	close(open_namespace(c->init, "net"));
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
	exec_probe(host_program(), "host", IS_HOST);
	_exit(0);
}

CASE("host-root-given", "K was given the host's root; who looked at K unshares and executes",
     IS_HOST)
{
	struct container *c = run_container(
		(struct container){ .lacking = 1 << CAP_SYS_ADMIN, .expected = MUST_HOLD });

	child_status(run_child(grant_host_root, c));
	child_status(run_child(looks_and_unshares, c));
}

/* ---- where home is ---- */

static volatile int has_looked;
static volatile pid_t looks_at;
static int host_proc = -1;

static void look_below_proc(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "%d/ns/net", pid);
	must(openat(host_proc, path, O_RDONLY | O_CLOEXEC), path);
}

static void thread_unshares_and_looks(void)
{
	must(unshare(CLONE_FS), "unshare");
	switch_root(NULL, root_path(ROOT_DIRECTORY));
	look_below_proc(looks_at);
}

static void *thread_with_root_looks(void *nothing)
{
	(void)nothing;
	thread_unshares_and_looks();
	has_looked = 1;
	for (;;)
		pause();
	return NULL;
}

static void executes_beside_thread(struct container *c)
{
	pthread_t thread;

	looks_at = c->init;
	host_proc = open("/proc", O_PATH | O_CLOEXEC);
	must(-pthread_create(&thread, NULL, thread_with_root_looks, NULL), "thread");
	while (!has_looked)
		usleep(100);
	probe_host("child at home");
	_exit(0);
}

CASE("home-of-thread", "a thread with a root of its own looks; its process executes at home",
     IS_HOST)
{
	struct container *c = run_container((struct container){ .expected = MUST_HOLD });

	child_status(run_child(executes_beside_thread, c));
}

static void *thread_with_root_executes(void *nothing)
{
	thread_unshares_and_looks();
	exec_probe(INSIDE, "thread in mounts of its own", IS_HOST);
	_exit(0);
	return nothing;
}

static void waits_for_thread(struct container *c)
{
	pthread_t thread;

	looks_at = c->init;
	host_proc = open("/proc", O_PATH | O_CLOEXEC);
	must(-pthread_create(&thread, NULL, thread_with_root_executes, NULL), "thread");
	for (;;)
		pause();
}

CASE("home-of-thread-itself", "a thread with a root of its own looks, and executes there", IS_HOST)
{
	struct container *c = run_container((struct container){ .expected = MUST_HOLD });

	child_status(run_child(waits_for_thread, c));
}

static void agent_returns(struct container *c)
{
	int host = open_namespace(getpid(), "mnt");

	host_proc = open("/proc", O_PATH | O_CLOEXEC);
	switch_root(NULL, root_path(ROOT_DIRECTORY));
	look_below_proc(c->init);
	must(setns(host, CLONE_NEWNS), "setns");
	exec_probe(host_program(), "host", IS_HOST);
	_exit(0);
}

CASE("agent-returns", "an agent with mounts of its own looks, goes to the host's and executes",
     IS_HOST)
{
	struct container *c = run_container((struct container){ .expected = MUST_HOLD });

	child_status(run_child(agent_returns, c));
}

/* ---- an exec inside that failed ---- */

static void fails_inside(struct container *c)
{
	int own = open_namespace(getpid(), "mnt"), mounts = open_namespace(c->init, "mnt"), file;

	must(setns(mounts, CLONE_NEWNS), "setns");
	file = open("/tmp/no-program", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	must(file, "no program");
	must(write(file, "garbage!", 8), "write");
	close(file);
	execl("/tmp/no-program", "no-program", NULL);
	if (errno != ENOEXEC)
		must(-1, "exec of no program");
	must(setns(own, CLONE_NEWNS), "setns back");
	probe_host("child at home");
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
	must(mount("none", "/mnt", "tmpfs", 0, NULL), "mount");
	exec_probe(host_program(), "in mounts of its own", IS_HOST);
	_exit(0);
}

CASE("failed-inside", "an exec in K fails; who tried goes home, unshares, mounts and executes",
     IS_HOST)
{
	struct container *c = run_container((struct container){ .expected = MUST_HOLD });

	child_status(run_child(fails_inside, c));
}

/* ---- the host's program inside ---- */

static void hook_executes_hosts(struct container *c)
{
	const char *const arguments[] = { "m", "probe", "hook", "2", NULL };
	int program = open(host_program(), O_RDONLY | O_CLOEXEC);

	must(program, "host program");
	switch_root(NULL, root_path(c->root));
	syscall(SYS_execveat, program, "", arguments, environ, AT_EMPTY_PATH);
	not_executed("hook", MAY_REFUSE, "exec");
}

CASE("hook-hosts-program", "a createContainer hook pivots and executes the host's by a descriptor",
     MAY_REFUSE)
{
	run_container((struct container){ .container_hook = hook_executes_hosts,
					  .expected = MUST_HOLD });
}
