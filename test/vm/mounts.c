// SPDX-License-Identifier: Apache-2.0
/*
 * Mounts, as user code makes them, and uses what it has mounted: a line NAME=ANSWER for each,
 * "ok" or the errno's name. Each in a process and a mount namespace of its own.
 *
 *   mounts            what lies in its own root file system, /v (a volume) and /x (a directory of
 *                     the host's)
 *   mounts leaked     of /leak, a directory of the host's that lies above the volume and that
 *                     somebody has bound there
 *   mounts churn N    mounts and unmounts so many file systems; mounts one that stays
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#define M "/m"
#define LEAK "/leak"

static int write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), failed;

	if (fd < 0)
		return -1;
	failed = write(fd, text, strlen(text)) < 0;
	return close(fd) || failed ? -1 : 0;
}

static int read_from(const char *path)
{
	char text[64];
	int fd = open(path, O_RDONLY), failed;

	if (fd < 0)
		return -1;
	failed = read(fd, text, sizeof(text)) < 0;
	return close(fd) || failed ? -1 : 0;
}

static int list(const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY);

	return fd < 0 ? -1 : close(fd);
}

/* All that can be done to a file, in that directory. */
static int use(const char *directory)
{
	const struct timespec times[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

	if (chdir(directory) || write_to("f", "text") || read_from("f") || chmod("f", 0640) ||
	    utimensat(AT_FDCWD, "f", times, 0) || mkdir("d", 0700) || rename("f", "d/f") ||
	    symlink("d/f", "s") || link("d/f", "l") || truncate("l", 1) || read_from("s"))
		return -1;
	return unlink("l") || unlink("s") || unlink("d/f") || rmdir("d") ? -1 : 0;
}

static int mount_new(const char *type, const char *name, const char *value)
{
	int fs = syscall(SYS_fsopen, type, 0), tree;

	if (fs < 0 || (name && syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, name, value, 0)) ||
	    syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return -1;
	tree = syscall(SYS_fsmount, fs, 0, 0);
	if (tree < 0)
		return -1;
	return syscall(SYS_move_mount, tree, "", AT_FDCWD, M, MOVE_MOUNT_F_EMPTY_PATH);
}

static int bind_new(const char *from)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, from, OPEN_TREE_CLONE);

	return tree < 0 ? -1 : syscall(SYS_move_mount, tree, "", AT_FDCWD, M, MOVE_MOUNT_F_EMPTY_PATH);
}

static int bind_to(const char *from)
{
	return mount(from, M, NULL, MS_BIND | MS_REC, NULL);
}

static int fresh_tmpfs(const char *at)
{
	return mount("none", at, "tmpfs", 0, NULL);
}

static int tmpfs(void)
{
	return fresh_tmpfs(M) ? -1 : use(M);
}

static int tmpfs_new(void)
{
	return mount_new("tmpfs", "size", "1m") ? -1 : use(M);
}

static int ramfs(void)
{
	return mount("none", M, "ramfs", 0, NULL) ? -1 : use(M);
}

static int proc(void)
{
	return mount("none", M, "proc", 0, NULL) ? -1 : read_from(M "/self/status");
}

static int proc_new(void)
{
	return mount_new("proc", NULL, NULL) ? -1 : read_from(M "/self/status");
}

static int devpts(void)
{
	return mount("none", M, "devpts", 0, "ptmxmode=0666") ? -1 : list(M);
}

static int own_directory(void)
{
	return bind_to("/own/sub") ? -1 : use(M);
}

static int own_directory_new(void)
{
	return bind_new("/own/sub") ? -1 : use(M);
}

static int own_deep(void)
{
	char path[600] = "/own/deep";
	int i;

	for (i = 0; i < 100; i++)
		if (mkdir(path, 0700) && errno != EEXIST)
			return -1;
		else
			strcat(path, "/d");
	if (mkdir(path, 0700) && errno != EEXIST)
		return -1;
	return bind_to(path) ? -1 : use(M);
}

static int own_file(void)
{
	if (write_to("/own/file", "") || write_to("/own/other", "") ||
	    mount("/own/file", "/own/other", NULL, MS_BIND, NULL))
		return -1;
	return write_to("/own/other", "x");
}

static int own_detached(void)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, "/own/sub", OPEN_TREE_CLONE);

	return tree < 0 || fchdir(tree) ? -1 : use(".");
}

static int volume(void)
{
	return bind_to("/v/sub") ? -1 : use(M);
}

static int volume_new(void)
{
	return bind_new("/v/sub") ? -1 : use(M);
}

static int host_directory(void)
{
	return bind_to("/x/sub") ? -1 : use(M);
}

static int part_of_tmpfs(void)
{
	return fresh_tmpfs(M) || mkdir(M "/a", 0700) || mount(M "/a", "/m2", NULL, MS_BIND, NULL) ?
		       -1 :
		       use("/m2");
}

static int programs(void)
{
	return bind_to("/bin") ? -1 : system("/m/true") ? -1 : 0;
}

static int remounted(void)
{
	if (fresh_tmpfs(M) || mount("none", M, NULL, MS_REMOUNT | MS_RDONLY, NULL) ||
	    !write_to(M "/f", "x") || errno != EROFS ||
	    mount("none", M, NULL, MS_REMOUNT, NULL))
		return -1;
	return use(M);
}

static int set_attributes(void)
{
	struct { unsigned long long set, clear, propagation, users; } attr = { .set = 1 };

	if (bind_to("/own/sub") || syscall(SYS_mount_setattr, AT_FDCWD, M, 0, &attr, sizeof(attr)) ||
	    !write_to(M "/f", "x") || errno != EROFS)
		return -1;
	attr.set = 0;
	attr.clear = 1;
	return syscall(SYS_mount_setattr, AT_FDCWD, M, 0, &attr, sizeof(attr)) ? -1 : use(M);
}

static int moved(void)
{
	return fresh_tmpfs(M) || mount(M, "/m2", NULL, MS_MOVE, NULL) ? -1 : use("/m2");
}

static int unmounted(void)
{
	return fresh_tmpfs(M) || umount(M) ? -1 : use(M);
}

/* The container's own root file system below, what is written in a tmpfs. */
static int overlay(void)
{
	if (fresh_tmpfs("/m2") || mkdir("/m2/upper", 0700) || mkdir("/m2/work", 0700) ||
	    mount("none", M, "overlay", 0,
		  "lowerdir=/own/sub:/bin,upperdir=/m2/upper,workdir=/m2/work"))
		return -1;
	return use(M) || system("/m/true") ? -1 : 0;
}

static int overlay_read(void)
{
	return mount("none", M, "overlay", 0, "lowerdir=/v/sub:/x/sub:/own/sub") ? -1 : list(M);
}

static int own_socket(void)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX, .sun_path = M "/socket" };
	int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fresh_tmpfs(M) || bind(server, (void *)&to, sizeof(to)) || listen(server, 1))
		return -1;
	return connect(client, (void *)&to, sizeof(to));
}

/* What makes a sandbox inside: a root of its own, made of parts. */
static int sandbox(void)
{
	if (fresh_tmpfs(M) || mkdir(M "/bin", 0700) || mkdir(M "/old", 0700) ||
	    mkdir(M "/proc", 0700) || mount("/bin", M "/bin", NULL, MS_BIND, NULL) ||
	    mount("none", M "/proc", "proc", 0, NULL) || syscall(SYS_pivot_root, M, M "/old") ||
	    chdir("/") || umount2("/old", MNT_DETACH))
		return -1;
	return system("cat /proc/self/status && echo x >/f && cat /f") ? -1 : 0;
}

static int user_namespace(void)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS))
		return -1;
	return fresh_tmpfs(M) || list(M) || mount("/own/sub", "/m2", NULL, MS_BIND, NULL) ? -1 : list("/m2");
}

/* ---- what is not the container's ---- */

static int leaked_open(void)
{
	return read_from(LEAK "/secret");
}

static int leaked_bind(void)
{
	return bind_to(LEAK) ? -1 : read_from(M "/secret");
}

static int leaked_bind_below(void)
{
	return bind_to(LEAK "/other") ? -1 : read_from(M "/secret");
}

static int leaked_bind_new(void)
{
	return bind_new(LEAK) ? -1 : read_from(M "/secret");
}

static int leaked_detached(void)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, LEAK, OPEN_TREE_CLONE);

	return tree < 0 || fchdir(tree) ? -1 : read_from("secret");
}

static int leaked_write(void)
{
	return bind_to(LEAK) ? -1 : write_to(M "/written", "x");
}

static int leaked_overlay(void)
{
	return mount("none", M, "overlay", 0, "lowerdir=" LEAK ":/own/sub") ? -1 :
									   read_from(M "/secret");
}

static int leaked_overlay_lowest(void)
{
	return mount("none", M, "overlay", 0, "lowerdir=/own/sub:/bin:" LEAK) ?
		       -1 :
		       read_from(M "/secret");
}

static int leaked_overlay_upper(void)
{
	return mount("none", M, "overlay", 0,
		     "lowerdir=/own/sub,upperdir=" LEAK "/upper,workdir=" LEAK "/work") ?
		       -1 :
		       write_to(M "/written", "x");
}

/* The upper layer is the volume's, only where it works is not. */
static int leaked_overlay_work(void)
{
	return mount("none", M, "overlay", 0,
		     "lowerdir=/own/sub,upperdir=" LEAK "/data/upper,workdir=" LEAK "/work") ?
		       -1 :
		       write_to(M "/written", "x");
}

/* An overlay of the container's own over one that is not. */
static int leaked_overlay_twice(void)
{
	if (mount("none", "/m2", "overlay", 0, "lowerdir=" LEAK ":/own/sub"))
		return -1;
	return mount("none", M, "overlay", 0, "lowerdir=/m2:/bin") ? -1 :
									   read_from(M "/secret");
}

/* By an overlay set-user-ID programs come into the host's directory, past the rule for that. */
static int host_overlay_upper(void)
{
	return mount("none", M, "overlay", 0,
		     "lowerdir=/own/sub,upperdir=/x/upper,workdir=/x/work") ?
		       -1 :
		       write_to(M "/written", "x") || chmod(M "/written", 04755);
}

/* Of which the host has the only one. */
static int hosts_sysfs(void)
{
	return mount("none", M, "sysfs", 0, NULL) ? -1 : read_from(M "/devices/system/cpu/online");
}

static int hosts_devtmpfs(void)
{
	return mount("none", M, "devtmpfs", 0, NULL) ? -1 : list(M);
}

static int hosts_cgroups(void)
{
	return mount("none", M, "cgroup2", 0, NULL) ? -1 : read_from(M "/cgroup.controllers");
}

static int hosts_debugfs(void)
{
	return mount("none", M, "debugfs", 0, NULL) ? -1 : list(M);
}

static const struct trial {
	const char *name;
	int (*try)(void);
	int leaked;
} TRIALS[] = {
#define TRIAL(name) { #name, name, 0 }
#define LEAKED(name) { #name, name, 1 }
	TRIAL(tmpfs), TRIAL(tmpfs_new), TRIAL(ramfs), TRIAL(proc), TRIAL(proc_new),
	TRIAL(devpts), TRIAL(own_directory), TRIAL(own_directory_new), TRIAL(own_deep),
	TRIAL(own_file), TRIAL(own_detached), TRIAL(volume), TRIAL(volume_new),
	TRIAL(host_directory), TRIAL(part_of_tmpfs), TRIAL(programs), TRIAL(remounted),
	TRIAL(set_attributes), TRIAL(moved), TRIAL(unmounted), TRIAL(overlay),
	TRIAL(overlay_read), TRIAL(own_socket), TRIAL(sandbox), TRIAL(user_namespace),
	LEAKED(leaked_open), LEAKED(leaked_bind), LEAKED(leaked_bind_below),
	LEAKED(leaked_bind_new), LEAKED(leaked_detached), LEAKED(leaked_write),
	LEAKED(leaked_overlay), LEAKED(leaked_overlay_lowest), LEAKED(leaked_overlay_upper),
	LEAKED(leaked_overlay_work), LEAKED(leaked_overlay_twice), LEAKED(host_overlay_upper),
	LEAKED(hosts_sysfs), LEAKED(hosts_devtmpfs), LEAKED(hosts_cgroups), LEAKED(hosts_debugfs),
};

static void try(const struct trial *trial)
{
	int pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		int failed = unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);

		printf("%s=%s\n", trial->name,
		       failed || trial->try() ? strerrorname_np(errno) : "ok");
		exit(0);
	}
	waitpid(pid, NULL, 0);
}

static int churn(int count)
{
	for (; count > 0; count--)
		if (fresh_tmpfs(M) || umount(M))
			return 1;
	return fresh_tmpfs(M) || use(M);
}

int main(int argc, char **argv)
{
	static const char *const directories[] = { M, "/m2", "/own", "/own/sub", "/v/sub",
						   "/x/sub", "/x/upper", "/x/work" };
	const int leaked = argc > 1 && !strcmp(argv[1], "leaked");
	unsigned int i;

	for (i = 0; i < sizeof(directories) / sizeof(*directories); i++)
		mkdir(directories[i], 0755);
	if (argc > 2)
		return churn(atoi(argv[2]));
	for (i = 0; i < sizeof(TRIALS) / sizeof(*TRIALS); i++)
		if (TRIALS[i].leaked == leaked)
			try(&TRIALS[i]);
	return 0;
}
