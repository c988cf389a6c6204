// SPDX-License-Identifier: Apache-2.0
/*
 * The host's ordinary life beside a container: none of it is ever held or refused, whatever
 * it looked at before.
 */
#include "membership.h"

/* As monitoring, an engine or `ps` does: and keeps some of it open. */
static void look_at(pid_t pid)
{
	static const char *const names[] = { "stat", "status",	 "cmdline", "mountinfo", "ns/mnt",
					     "root", "ns/user", "cgroup",  "maps" };
	char path[64], text[512];

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++) {
		int fd;

		snprintf(path, sizeof(path), "/proc/%d/%s", pid, names[i]);
		fd = open(path, O_RDONLY);
		must(fd, path);
		if (read(fd, text, sizeof(text)) < 0)
			text[0] = 0; /* of a directory or a namespace */
	}
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	must(readlink(path, text, sizeof(text)), path);
}

static void host_execute(struct container *c)
{
	(void)c;
	exec_probe(host_program(), "host", IS_HOST);
	_exit(1);
}

static void unshare_and_execute(struct container *c)
{
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "making mounts private");
	must(mount("none", "/mnt", "tmpfs", 0, NULL), "mount");
	host_execute(c);
}

static void chroot_and_execute(struct container *c)
{
	(void)c;
	must(chroot(root_path(ROOT_DIRECTORY)), "chroot");
	must(chdir("/"), "chdir");
	exec_probe("/new" INSIDE, "host", IS_HOST);
	_exit(1);
}

static void pivot_and_execute(struct container *c)
{
	(void)c;
	switch_root(NULL, root_path(ROOT_DIRECTORY));
	exec_probe(INSIDE, "host", IS_HOST);
	_exit(1);
}

/* A sandbox of an ordinary user: its own users and mounts, and a root that it made. */
static void sandbox_and_execute(struct container *c)
{
	(void)c;
	must(setresgid(1000, 1000, 1000), "setresgid");
	must(setresuid(1000, 1000, 1000), "setresuid");
	must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "making mounts private");
	must(mount(root_path(ROOT_DIRECTORY), "/mnt", NULL, MS_BIND | MS_REC, NULL), "binding");
	must(chdir("/mnt"), "chdir");
	must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
	must(umount2(".", MNT_DETACH), "umount");
	exec_probe(INSIDE, "sandbox", IS_SANDBOX);
	_exit(1);
}

/* As a service manager: forks, unshares, mounts, executes; the child of the child too. */
static void manage_and_execute(struct container *c)
{
	child_status(run_child(unshare_and_execute, c));
	must(unshare(CLONE_NEWNS), "unshare");
	child_status(run_child(host_execute, c));
	child_status(run_child(unshare_and_execute, c));
}

static pid_t contained;

static void join_network_and_execute(struct container *c)
{
	int fd = syscall(SYS_pidfd_open, contained, 0);

	must(fd, "pidfd_open");
	must(setns(fd, CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS), "setns");
	host_execute(c);
}

static void join_pids_and_execute(struct container *c)
{
	int fd = syscall(SYS_pidfd_open, contained, 0);

	must(fd, "pidfd_open");
	must(setns(fd, CLONE_NEWPID), "setns");
	child_status(run_child(host_execute, c));
}

/* Goes in and comes back, as what copies files out of a container may. */
static void visit_and_execute(struct container *c)
{
	int own = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	int fd = syscall(SYS_pidfd_open, contained, 0);

	must(own, "opening its own namespace");
	must(fd, "pidfd_open");
	must(setns(fd, CLONE_NEWNS), "setns");
	must(access(INSIDE, X_OK), "looking inside");
	must(setns(own, CLONE_NEWNS), "setns back");
	host_execute(c);
}

static void trace_and_execute(struct container *c)
{
	must(syscall(SYS_ptrace, 0x4206 /* PTRACE_SEIZE */, contained, 0, 0), "ptrace");
	host_execute(c);
}

/* Without having looked, having looked, and after the container's end. */
static void live_beside(hook *life)
{
	struct container *c = run_container((struct container){});

	contained = c->init;
	child_status(run_child(life, c));
	look_at(c->init);
	child_status(run_child(life, c));
}

static void live_on(hook *life)
{
	struct container *c = run_container((struct container){});

	look_at(c->init);
	end(c->init);
	child_status(run_child(life, c));
}

#define LIVES(name, tries, life, lives)                                                            \
	CASE(name, tries, IS_HOST)                                                                 \
	{                                                                                          \
		lives(life);                                                                       \
	}

LIVES("host-exec", "executes", host_execute, live_beside)
LIVES("host-unshare", "unshares mounts and executes", unshare_and_execute, live_beside)
LIVES("host-chroot", "changes its root and executes", chroot_and_execute, live_beside)
LIVES("host-pivot", "pivots in mounts of its own and executes", pivot_and_execute, live_beside)
LIVES("host-sandbox", "an ordinary user's sandbox with a user namespace", sandbox_and_execute,
      live_beside)
LIVES("host-manager", "a service manager starts services in mounts of their own",
      manage_and_execute, live_beside)
LIVES("host-network", "joins the container's network, not its mounts, and executes",
      join_network_and_execute, live_beside)
LIVES("host-pids", "joins the container's PIDs, not its mounts, and executes",
      join_pids_and_execute, live_beside)
LIVES("host-visit", "joins the container's mounts, goes back and executes", visit_and_execute,
      live_beside)
LIVES("host-tracer", "traces the container's init and executes", trace_and_execute, live_beside)
LIVES("host-after-end", "executes after the container's end", host_execute, live_on)
LIVES("host-manager-after-end", "a service manager goes on after the container's end",
      manage_and_execute, live_on)
LIVES("host-sandbox-after-end", "a sandbox is made after the container's end",
      sandbox_and_execute, live_on)
LIVES("host-pivot-after-end", "pivots after the container's end", pivot_and_execute, live_on)

static void run_plain(struct container wanted)
{
	struct container *held = run_container((struct container){});
	struct container *plain;

	wanted.unregistered = 1;
	look_at(held->init);
	plain = run_container(wanted);
	enter_and_wait((struct entry){ .pid = plain->init, .who = "exec" });
	end(held->init);
	enter_and_wait((struct entry){ .pid = plain->init, .who = "exec after the end" });
}

CASE("plain", "a container under plain runc beside one that is held", IS_HOST)
{
	run_plain((struct container){ .root = ROOT_DIRECTORY });
}

CASE("plain-pids", "the same with a PID namespace", IS_HOST)
{
	run_plain((struct container){ .root = ROOT_OVERLAY, .namespaces = CLONE_NEWPID });
}

static void plain_unshares(int index)
{
	if (stage->containers[index].unregistered)
		must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
	stage->flags[index] = 1;
}

CASE("plain-unshares", "its init unshares users and mounts, and is entered", IS_HOST,
     .inside = plain_unshares)
{
	struct container *plain;

	run_container((struct container){});
	plain = run_container((struct container){ .unregistered = 1, .root = ROOT_DIRECTORY });
	await(stage->flags[plain->index]);
	enter_and_wait((struct entry){ .pid = plain->init, .who = "exec", .expected = IS_SANDBOX });
}

CASE("plain-after", "a plain container with the root of a held one that is over", IS_HOST)
{
	struct container *held = run_container((struct container){});
	struct container *plain;

	end(held->init);
	plain = run_container((struct container){ .unregistered = 1 });
	enter_and_wait((struct entry){ .pid = plain->init, .who = "exec" });
}

static void looks(struct container *c)
{
	(void)c;
	look_at(contained);
}

CASE("plain-by-looker", "who looked at a held container is a plain runtime", IS_HOST)
{
	struct container *held = run_container((struct container){});
	struct container *plain;

	contained = held->init;
	plain = run_container((struct container){ .unregistered = 1, .root = ROOT_DIRECTORY,
						  .before = looks });
	enter_and_wait((struct entry){ .pid = plain->init, .who = "exec" });
}
