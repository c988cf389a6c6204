// SPDX-License-Identifier: Apache-2.0
/*
 * A container runtime in miniature, with lockc's half of it: the launcher waits for the
 * shim, which registers it in the pinned maps (shim/enroll.ts), and becomes the runtime,
 * which makes init; that unshares, mounts, pivots, waits for `start`, and executes the
 * container's program. Hooks are where runc has them.
 */
#include "membership.h"
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include "descriptors.h"

#define MAPS "/sys/fs/bpf/lockc/maps/"
/* What a probe tries, and what keeps user code from the runtime's processes. */
#define RULES                                                                                      \
	(LOCKC_RULE_FILES | LOCKC_RULE_KEYRINGS | LOCKC_RULE_SYSLOG | LOCKC_RULE_BPF |             \
	 LOCKC_RULE_PROCESS | LOCKC_RULE_MOUNT)
#define MAPPED_ID 100000 /* the host's user that is root of a user namespace */
#define TREE_NAMESPACE 2 /* OPEN_TREE_NAMESPACE of linux/mount.h, since Linux 7.0 */

/* ---- the maps ---- */

static int bpf(int command, union bpf_attr *attributes)
{
	return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static int open_map(const char *path)
{
	union bpf_attr get = { .pathname = (__u64)path };
	int fd = bpf(BPF_OBJ_GET, &get);

	must(fd, path);
	return fd;
}

static int update(int map, const void *key, const void *value, __u64 how)
{
	union bpf_attr set = {
		.map_fd = map, .key = (__u64)key, .value = (__u64)value, .flags = how
	};

	return bpf(BPF_MAP_UPDATE_ELEM, &set);
}

static int has_key(const char *path, const void *key, void *value)
{
	int map = open_map(path), found;
	union bpf_attr get = { .map_fd = map, .key = (__u64)key, .value = (__u64)value };

	found = !bpf(BPF_MAP_LOOKUP_ELEM, &get);
	close(map);
	return found;
}

int container_exists(__u64 key)
{
	struct lockc_container record;

	return has_key(MAPS "containers", &key, &record);
}

int grants_exist(__u64 key)
{
	struct lockc_grant_key page = { .container = key };
	struct lockc_grant_page grants;

	return has_key(MAPS "grants", &page, &grants);
}

/* As core/kernel/plan.ts: microseconds since boot and the launcher's process id. */
static __u64 container_key(pid_t launcher)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((now.tv_sec * 1000000ull + now.tv_nsec / 1000) << 22) | launcher;
}

static void become(int tasks, pid_t pid, struct lockc_task as)
{
	int fd = syscall(SYS_pidfd_open, pid, 0);

	must(fd, "pidfd_open");
	must(update(tasks, &fd, &as, BPF_ANY), "registering a task");
	close(fd);
}

void mark_entered(void)
{
	become(open_map(MAPS "tasks"), getpid(),
	       (struct lockc_task){ .phase = LOCKC_PHASE_ENTERED });
}

static void insert_record(const struct container *c)
{
	struct lockc_container record = {
		.rules = (RULES | (c->lacking ? LOCKC_RULE_CAPABILITY : 0)) & ~c->without,
		.capabilities = ~c->lacking,
		.own_grants = 1,
		.writable_grants = 1,
		.talking_grants = 1,
		.tasks = 1,
		.pid = c->launcher,
		.policy = "membership",
		.root = "/run/membership",
	};

	snprintf(record.id, sizeof(record.id), "%s-%d", the_case->name, c->index);
	must(update(open_map(MAPS "containers"), &c->key, &record, BPF_NOEXIST),
	     "inserting the record");
}

/* The shim: in this order, as shim/enroll.ts says. */
static void enroll(struct container *c)
{
	int root = open(root_path(c->root), O_PATH | O_DIRECTORY | O_CLOEXEC);
	int tasks = open_map(MAPS "tasks"), self = syscall(SYS_pidfd_open, getpid(), 0);
	union bpf_attr remove = { .map_fd = tasks, .key = (__u64)&self };
	struct lockc_task runtime = {
		.container = c->key, .phase = LOCKC_PHASE_RUNTIME, .counted = 1
	};
	struct stat status;

	must(root, "opening the root");
	become(tasks, c->launcher, runtime);
	if (c->without_record)
		return;
	insert_record(c);
	become(tasks, getpid(),
	       (struct lockc_task){ .container = c->key, .phase = LOCKC_PHASE_ENROLLING });
	must(fstat(root, &status), "fstat of the root");
	must(bpf(BPF_MAP_DELETE_ELEM, &remove), "leaving ENROLLING");
}

/* ---- processes ---- */

int child_status(pid_t pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

pid_t run_child(hook *function, struct container *c)
{
	pid_t child = fork();

	must(child, "fork");
	if (child == 0) {
		function(c);
		_exit(0);
	}
	return child;
}

static int run_hook(hook *function, struct container *c)
{
	return function ? child_status(run_child(function, c)) : 0;
}

/* ---- init ---- */

/* Its way ends here: that is told where nothing was meant to end it. */
static void init_failed(const struct container *c, const char *what)
{
	if (c->unattended || c->die)
		report("init", MAY_REFUSE, REFUSED, "%s: %s", what, strerrorname_np(errno));
	else
		report("init", c->expected, REFUSED, "%s: %s", what, strerrorname_np(errno));
	_exit(1);
}

static void init_must(long result, const struct container *c, const char *what)
{
	if (result < 0)
		init_failed(c, what);
}

/* Init is that far; where the runtime is to be killed then, it is dead before init goes on. */
static void reach(struct container *c, enum step step)
{
	c->step = step;
	if (c->die == step)
		end(c->launcher);
}

static void join_namespace(const struct container *c, pid_t of, const char *name, int type)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", of, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	init_must(fd, c, path);
	init_must(setns(fd, type), c, "setns");
	close(fd);
}

static void enter_namespaces(struct container *c)
{
	if (c->namespaces & CLONE_NEWUSER) {
		init_must(unshare(CLONE_NEWUSER), c, "unshare of users");
		c->mapped = 1;
		await(c->mapped == 2);
		init_must(setresgid(0, 0, 0), c, "setresgid");
		init_must(setresuid(0, 0, 0), c, "setresuid");
	}
	if (c->pid_namespace)
		join_namespace(c, c->pid_namespace, "pid", CLONE_NEWPID);
	if (c->mount_namespace)
		join_namespace(c, c->mount_namespace, "mnt", CLONE_NEWNS);
	else if (c->by_tree)
		init_must(unshare(c->namespaces & ~CLONE_NEWUSER), c, "unshare");
	else
		init_must(unshare(CLONE_NEWNS | (c->namespaces & ~CLONE_NEWUSER)), c, "unshare");
}

static void mount_root(const struct container *c)
{
	const char *root = root_path(c->root);
	char proc[256];

	init_must(mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL), c, "making mounts slaves");
	init_must(mount(root, root, NULL, MS_BIND | MS_REC, NULL), c, "binding the root");
	snprintf(proc, sizeof(proc), "%s/proc", root);
	if (!(c->namespaces & CLONE_NEWUSER) || (c->namespaces & CLONE_NEWPID))
		init_must(mount("proc", proc, "proc", 0, NULL), c, "mounting proc");
}

static int move_root(const char *root)
{
	return chdir(root) || mount(root, "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/") ?
		       -1 :
		       0;
}

static int pivot(const char *root)
{
	return chdir(root) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
			       chdir("/") ?
		       -1 :
		       0;
}

/* As crun does from 1.29 on. */
static int enter_tree(struct container *c)
{
	int fd = syscall(SYS_open_tree, AT_FDCWD, root_path(c->root),
			 TREE_NAMESPACE | O_CLOEXEC | AT_RECURSIVE);

	if (fd < 0 && errno == EINVAL) {
		lacking("OPEN_TREE_NAMESPACE");
		c->unattended = 1; /* the launcher need not wait */
		_exit(0);
	}
	return fd < 0 || setns(fd, CLONE_NEWNS) || close(fd) || chdir("/") ||
			       mount("proc", "/proc", "proc", 0, NULL) ?
		       -1 :
		       0;
}

void switch_root(const struct container *c, const char *root)
{
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "making mounts private");
	must(mount(root, root, NULL, MS_BIND | MS_REC, NULL), "binding a root");
	must(c && c->no_pivot ? move_root(root) : pivot(root), "switching the root");
}

static void execute_program(const struct container *c)
{
	char index[8], expected[8];

	snprintf(index, sizeof(index), "%d", c->index);
	snprintf(expected, sizeof(expected), "%d", c->expected);
	execl(INSIDE, INSIDE, "inside", the_case->name, index, expected, NULL);
	init_failed(c, "exec of the program");
}

/* `runc init`, when it is in its namespaces. */
static void init(struct container *c)
{
	reach(c, UNSHARED);
	await(c->hooked || c->die == UNSHARED);
	if (c->by_tree) {
		reach(c, MOUNTED);
		run_hook(c->container_hook, c);
		init_must(enter_tree(c), c, "entering a tree's namespace");
		/* Anything: the runtime opens what it needs there. */
		close(open("/proc/self/status", O_RDONLY | O_CLOEXEC));
	} else if (!c->mount_namespace) {
		mount_root(c);
		reach(c, MOUNTED);
		run_hook(c->container_hook, c);
		init_must(c->no_pivot ? move_root(root_path(c->root)) : pivot(root_path(c->root)), c,
			  "pivot");
	}
	reach(c, PIVOTED);
	reach(c, CREATED);
	await(c->may_start);
	if (run_hook(c->start_hook, c) && c->failing_hook)
		_exit(1);
	reach(c, STARTED);
	execute_program(c);
	_exit(1);
}

/* Its first process, as runc's stages: what unshares PIDs is not in the new namespace itself. */
static void init_stages(struct container *c)
{
	pid_t child;

	enter_namespaces(c);
	if (!(c->namespaces & CLONE_NEWPID) && !c->pid_namespace) {
		c->init = getpid();
		init(c);
	}
	child = fork();
	init_must(child, c, "fork into the PID namespace");
	if (child == 0) {
		await(c->init);
		init(c);
	}
	c->init = child;
	_exit(0);
}

/* ---- the runtime ---- */

static void write_map(pid_t pid, const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	must(fd, path);
	must(dprintf(fd, "0 %d 65536\n", MAPPED_ID), path);
	close(fd);
}

/* lockc-runc: waits until the shim registered it, and becomes the runtime. */
static void launch(struct container *c)
{
	pid_t child;

	if (c->before)
		c->before(c);
	await(c->step >= REGISTERED);
	child = fork();
	must(child, "fork");
	if (child == 0)
		init_stages(c);
	if (c->die == REGISTERED) {
		c->hooked = 1;
		kill(getpid(), SIGKILL);
	}
	if (c->namespaces & CLONE_NEWUSER) {
		await(c->mapped == 1);
		write_map(child, "gid_map");
		write_map(child, "uid_map");
		c->mapped = 2;
	}
	if (c->namespaces & CLONE_NEWPID || c->pid_namespace)
		waitpid(child, NULL, 0);
	await(c->step >= UNSHARED || c->unattended);
	run_hook(c->runtime_hook, c);
	c->hooked = 1;
	await(c->step >= CREATED || c->unattended);
	while (c->foreground)
		pause();
	_exit(0);
}

/* Waits until it is that far, or its init ended. */
static void await_step(struct container *c, enum step step)
{
	int turns = 0;

	while (c->step < (int)step) {
		if (c->init && turns % 16 == 15 && has_ended(c->init))
			return;
		await_turn(&turns, "the container's next step");
	}
}

struct container *create(struct container wanted)
{
	struct container *c = &stage->containers[stage->made];
	pid_t child, launcher;

	*c = wanted;
	c->index = stage->made++;
	if (!c->expected)
		c->expected = c->unregistered ? IS_HOST : MUST_HOLD;
	launcher = fork();
	must(launcher, "fork");
	if (launcher == 0) {
		prctl(PR_SET_NAME, "launcher");
		launch(c);
	}
	c->launcher = launcher;
	c->key = container_key(c->launcher);
	if (!c->unregistered) {
		child = run_child(enroll, c);
		if (child_status(child))
			_exit(1);
	}
	c->step = REGISTERED;
	if (!c->unattended)
		await_step(c, CREATED);
	if (!c->foreground && !c->unattended)
		waitpid(c->launcher, NULL, 0);
	return c;
}

void start(struct container *c)
{
	c->may_start = 1;
	await_step(c, READY);
}

struct container *run_container(struct container wanted)
{
	struct container *c = create(wanted);

	start(c);
	return c;
}
