// SPDX-License-Identifier: Apache-2.0
/*
 * Tries one thing and says how it went: "ok" and status 0, or the errno's name
 * and status 1. Status 2: it could not try. Static, so that it runs in any image.
 *
 *   probe syslog [thread|grandchild]     read the kernel log
 *   probe open PATH                      open for reading
 *   probe read PATH                      open, read, and print what is there
 *   probe stat|mkdir|unlink|chmod|truncate PATH
 *   probe mount|bind|remount|move|umount|fsmount|opentree|pivot
 *                                        the mount family; pivot wants a mount at /x
 *   probe bpf                            create a BPF map
 *   probe unshared ACT…                  the same in a mount namespace of its own
 *   probe fill PIN                       fill a pinned hash map to the brim (host's root)
 *   probe chdir-fd FD PATH               fchdir to an inherited descriptor, open PATH there
 *   probe send-dir SOCKET DIR            pass DIR over a UNIX socket (waits for one client)
 *   probe receive-dir SOCKET PATH        receive a directory, open PATH in it
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int told(int failed)
{
	puts(failed ? strerrorname_np(errno) : "ok");
	fflush(stdout);
	return failed != 0;
}

static int read_log(void)
{
	char text[256];

	return klogctl(3 /* SYSLOG_ACTION_READ_ALL */, text, sizeof(text)) < 0;
}

static void *read_log_in_thread(void *failed)
{
	*(int *)failed = read_log() ? errno : 0;
	return NULL;
}

static int in_thread(void)
{
	pthread_t thread;
	int failed = -1;

	if (pthread_create(&thread, NULL, read_log_in_thread, &failed))
		exit(2);
	pthread_join(thread, NULL);
	errno = failed;
	return told(failed != 0);
}

static int in_grandchild(void)
{
	int status;

	if (fork() == 0) {
		if (fork() == 0)
			exit(told(read_log()));
		wait(&status);
		exit(WEXITSTATUS(status));
	}
	wait(&status);
	return WEXITSTATUS(status);
}

static int open_at(int directory, const char *path, int print)
{
	char text[4096];
	int fd = openat(directory, path, O_RDONLY);
	ssize_t length;

	if (fd < 0)
		return told(1);
	if (!print)
		return told(0);
	while ((length = read(fd, text, sizeof(text))) > 0)
		fwrite(text, 1, length, stdout);
	return length < 0 ? told(1) : 0;
}

static int fs_mount(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", 0);

	if (fs < 0 || syscall(SYS_fsconfig, fs, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0))
		return 1;
	fs = syscall(SYS_fsmount, fs, 0, 0);
	return fs < 0 || syscall(SYS_move_mount, fs, "", AT_FDCWD, "/mnt", 4);
}

static int tree_mount(void)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, "/", 1 /* OPEN_TREE_CLONE */);

	return tree < 0 || syscall(SYS_move_mount, tree, "", AT_FDCWD, "/mnt", 4);
}

static int create_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1
	};

	return syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr)) < 0;
}

static int fill_map(const char *pin)
{
	union bpf_attr attr = { .pathname = (__u64)pin };
	struct bpf_map_info info = { 0 };
	static char key[4096], value[65536];
	unsigned long number;
	int map = syscall(SYS_bpf, BPF_OBJ_GET, &attr, sizeof(attr));

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = map;
	attr.info.info_len = sizeof(info);
	attr.info.info = (__u64)&info;
	if (map < 0 || syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)))
		return 2;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (__u64)key;
	attr.value = (__u64)value;
	for (number = 0; number < info.max_entries + 2ul; number++) {
		*(unsigned long *)key = number | 1ul << 63;
		if (syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr)))
			return errno == E2BIG || errno == ENOSPC ? 0 : 2;
	}
	return 2;
}

static int unix_socket(const char *path, struct sockaddr_un *address)
{
	address->sun_family = AF_UNIX;
	strncpy(address->sun_path, path, sizeof(address->sun_path) - 1);
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

static int send_dir(const char *path, const char *directory)
{
	struct sockaddr_un address = { 0 };
	int listener = unix_socket(path, &address);
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	char byte = 0;
	struct iovec data = { &byte, 1 };
	union control control;
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
				  .msg_control = control.room, .msg_controllen = sizeof(control) };

	unlink(path);
	if (fd < 0 || bind(listener, (void *)&address, sizeof(address)) || listen(listener, 1))
		return 2;
	chmod(path, 0666);
	control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)),
					   .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return told(sendmsg(accept(listener, NULL, NULL), &message, 0) < 0);
}

static int receive_dir(const char *path, const char *file)
{
	struct sockaddr_un address = { 0 };
	int fd = unix_socket(path, &address);
	char byte;
	struct iovec data = { &byte, 1 };
	union control control;
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
				  .msg_control = control.room, .msg_controllen = sizeof(control) };

	if (connect(fd, (void *)&address, sizeof(address)))
		return told(1) + 1;
	if (recvmsg(fd, &message, 0) < 0 || !CMSG_FIRSTHDR(&message))
		return told(1);
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return open_at(fd, file, 1);
}

/* A mount namespace whose changes do not reach where it came from. */
static int own_mounts(void)
{
	if (unshare(CLONE_NEWNS))
		return 1;
	/* Refused under lockc, where nothing can be changed anyway. */
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	return 0;
}

int main(int argc, char **argv)
{
	int unshared = argc > 1 && !strcmp(argv[1], "unshared");

	if (unshared && own_mounts())
		return 2;
	argv += unshared;
	argc -= unshared;

	const char *act = argc > 1 ? argv[1] : "";
	const char *a = argc > 2 ? argv[2] : "";
	const char *b = argc > 3 ? argv[3] : "";

#define IS(name) (!strcmp(act, name))
	if (IS("syslog"))
		return !strcmp(a, "thread") ? in_thread() :
		       !strcmp(a, "grandchild") ? in_grandchild() : told(read_log());
	if (IS("open") || IS("read"))
		return open_at(AT_FDCWD, a, IS("read"));
	if (IS("stat")) {
		struct stat status;

		return told(stat(a, &status));
	}
	if (IS("mkdir"))
		return told(mkdir(a, 0755));
	if (IS("unlink"))
		return told(unlink(a));
	if (IS("chmod"))
		return told(chmod(a, 0700));
	if (IS("truncate"))
		return told(truncate(a, 0));
	if (IS("mount"))
		return told(mount("none", "/mnt", "tmpfs", 0, NULL));
	if (IS("bind"))
		return told(mount("/", "/mnt", "none", MS_BIND, NULL));
	if (IS("remount"))
		return told(mount(NULL, "/proc", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL));
	if (IS("move"))
		return told(mount("/dev", "/mnt", NULL, MS_MOVE, NULL));
	if (IS("umount"))
		return told(umount2("/dev/shm", MNT_DETACH));
	if (IS("fsmount"))
		return told(fs_mount());
	if (IS("opentree"))
		return told(tree_mount());
	if (IS("pivot"))
		return told(chdir("/x") || syscall(SYS_pivot_root, ".", "."));
	if (IS("bpf"))
		return told(create_map());
	if (IS("fill"))
		return fill_map(a);
	if (IS("chdir-fd"))
		return fchdir(atoi(a)) ? told(1) : open_at(AT_FDCWD, b, 1);
	if (IS("send-dir"))
		return send_dir(a, b);
	if (IS("receive-dir"))
		return receive_dir(a, b);
	fprintf(stderr, "probe: unknown act '%s'\n", act);
	return 2;
}
