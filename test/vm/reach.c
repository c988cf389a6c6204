// SPDX-License-Identifier: Apache-2.0
/*
 * What user code reaches beside opening it, and what it leaves behind. Says how it went
 * as probe.c does: "ok", or the errno's name; status 2: it could not try. NAME is a
 * path, or an abstract name after "@".
 *
 *   reach serve NAME…        streams and datagrams at each name, until killed
 *   reach pass SOCKET FILE   pass FILE, open for reading, to whoever connects, until killed;
 *                            "memory" is a memfd
 *   reach stream|dgram NAME  reach a server
 *   reach receive SOCKET     be passed a file, and read from it
 *   reach own NAME           reach oneself at NAME
 *   reach times|xattr|unxattr|acl|flags PATH
 *                            change an attribute
 *   reach mode PATH MODE     chmod; octal
 *   reach create PATH MODE   a new file of that mode; removed again
 *   reach tmpfile DIRECTORY MODE
 *                            one without a name, given one
 *   reach node PATH MAJOR    a device node, a whiteout if MAJOR is 0; removed again
 *   reach filecap PATH       give a file a capability
 *   reach push|paste|winsize TIOCSTI, TIOCLINUX, TIOCGWINSZ on a terminal of one's own
 *   reach memfd              execute a copy of this program in a memfd
 *   reach gone DIRECTORY     … in a file of DIRECTORY that was unlinked
 *   reach map|protect        map a memfd executable, at once or later
 *   reach anonymous          the same with memory that is nobody's file
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <unistd.h>

static int told(int failed)
{
	puts(failed ? strerrorname_np(errno) : "ok");
	fflush(stdout);
	return failed != 0;
}

static socklen_t name_socket(const char *name, struct sockaddr_un *address)
{
	size_t length = strlen(name);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(address->sun_path, name, length + 1);
	if (*name != '@')
		return sizeof(*address);
	address->sun_path[0] = 0;
	return offsetof(struct sockaddr_un, sun_path) + length;
}

static int serve_at(const char *name, int type)
{
	struct sockaddr_un address;
	socklen_t length = name_socket(name, &address);
	int fd = socket(AF_UNIX, type, 0);

	if (*name != '@')
		unlink(name);
	if (bind(fd, (void *)&address, length) || (type == SOCK_STREAM && listen(fd, 100)))
		exit(2);
	if (*name != '@')
		chmod(name, 0666);
	return fd;
}

/* Servers of datagrams have names that end in "d". */
static _Noreturn void serve(char **names)
{
	for (; *names; names++)
		serve_at(*names, (*names)[strlen(*names) - 1] == 'd' ? SOCK_DGRAM : SOCK_STREAM);
	for (;;)
		pause();
}

static int reach(const char *name, int type)
{
	struct sockaddr_un address;
	socklen_t length = name_socket(name, &address);
	int fd = socket(AF_UNIX, type, 0);

	if (type == SOCK_DGRAM)
		return sendto(fd, "x", 1, 0, (void *)&address, length) < 0;
	return connect(fd, (void *)&address, length);
}

union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

static int pass(const char *name, const char *file)
{
	int listener = serve_at(name, SOCK_STREAM);
	int fd = strcmp(file, "memory") ? open(file, O_RDONLY) : memfd_create("reach", 0);
	char byte = 0;
	struct iovec data = { &byte, 1 };
	union control control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
					      .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
				  .msg_control = control.room, .msg_controllen = sizeof(control) };

	if (fd < 0)
		return 2;
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	for (;;)
		sendmsg(accept(listener, NULL, NULL), &message, 0);
}

/* What is refused is left out of the message: recvmsg(2) itself succeeds. */
static int receive(const char *name)
{
	struct sockaddr_un address;
	socklen_t length = name_socket(name, &address);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char byte;
	struct iovec data = { &byte, 1 };
	union control control;
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
				  .msg_control = control.room, .msg_controllen = sizeof(control) };

	if (connect(fd, (void *)&address, length) || recvmsg(fd, &message, 0) != 1)
		exit(2);
	errno = EPERM;
	if (!CMSG_FIRSTHDR(&message))
		return 1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return read(fd, &byte, 1) < 0;
}

static int reach_own(const char *name)
{
	serve_at(name, SOCK_STREAM);
	return reach(name, SOCK_STREAM);
}

static int set_acl(const char *path)
{
	/* Version 2; the owner, somebody, the group, the mask and others, all read. */
	static const unsigned short acl[] = { 2, 0, 1, 4, 0xffff, 0xffff, 2, 4, 1000, 0,
					      4, 4, 0xffff, 0xffff, 16, 4, 0xffff, 0xffff,
					      32, 4, 0xffff, 0xffff };

	return setxattr(path, "system.posix_acl_access", acl, sizeof(acl), 0);
}

/* The flags that it has. */
static int set_flags(const char *path)
{
	int flags, fd = open(path, O_RDONLY);

	return ioctl(fd, FS_IOC_GETFLAGS, &flags) || ioctl(fd, FS_IOC_SETFLAGS, &flags);
}

static int create(const char *path, int mode)
{
	unlink(path);
	return open(path, O_CREAT | O_EXCL | O_WRONLY, mode) < 0 || unlink(path);
}

static int create_nameless(const char *directory, int mode)
{
	int fd = open(directory, O_TMPFILE | O_RDWR, mode);
	char from[32], to[256];

	snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	snprintf(to, sizeof(to), "%s/named", directory);
	return fd < 0 || linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) || unlink(to);
}

static int set_capability(const char *path)
{
	static const unsigned capability[] = { 0x02000000, 1 << 10, 0, 0, 0 };

	return setxattr(path, "security.capability", capability, sizeof(capability), 0);
}

/* On a terminal of one's own, which controls this process. */
static int on_terminal(unsigned long act)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), terminal;
	char byte[sizeof(struct winsize)] = { 'x' };

	if (master < 0 || unlockpt(master))
		exit(2);
	setsid();
	terminal = open(ptsname(master), O_RDWR);
	if (terminal < 0)
		exit(2);
	return ioctl(terminal, act, byte);
}

static int copy_to(int to)
{
	int from = open("/proc/self/exe", O_RDONLY);
	struct stat status;

	return fstat(from, &status) || sendfile(to, from, NULL, status.st_size) != status.st_size;
}

/* Executes the copy of this program in an open file, which no name leads to. */
static int run(int fd)
{
	char *argv[] = { "reach", "fine", NULL };
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (copy_to(fd))
		exit(2);
	fd = open(path, O_RDONLY | O_CLOEXEC); /* not open for writing any more */
	close(atoi(path + 14));
	return fexecve(fd, argv, environ);
}

static int run_gone(const char *directory)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/gone", directory);
	fd = open(path, O_CREAT | O_RDWR, 0755);
	unlink(path);
	return run(fd);
}

static int map_code(int fd, int flags, int late)
{
	void *code = mmap(NULL, 4096, late ? PROT_READ : PROT_READ | PROT_EXEC, flags, fd, 0);

	return code == MAP_FAILED || (late && mprotect(code, 4096, PROT_READ | PROT_EXEC));
}

static int memory(void)
{
	int fd = memfd_create("reach", 0);

	return ftruncate(fd, 4096) || fchmod(fd, 0700) ? -1 : fd;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	const char *a = argc > 2 ? argv[2] : "", *b = argc > 3 ? argv[3] : "";
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	umask(0);
#define IS(text) (!strcmp(name, text))
	if (IS("fine"))
		return told(0);
	if (IS("serve"))
		serve(argv + 2);
	if (IS("pass"))
		return pass(a, b);
	if (IS("stream"))
		return told(reach(a, SOCK_STREAM));
	if (IS("dgram"))
		return told(reach(a, SOCK_DGRAM));
	if (IS("receive"))
		return told(receive(a));
	if (IS("own"))
		return told(reach_own(a));
	if (IS("times"))
		return told(utimensat(AT_FDCWD, a, times, 0));
	if (IS("xattr"))
		return told(setxattr(a, "trusted.reach", "x", 1, 0));
	if (IS("unxattr"))
		return told(setxattr(a, "trusted.reach", "x", 1, 0) || removexattr(a, "trusted.reach"));
	if (IS("acl"))
		return told(set_acl(a));
	if (IS("flags"))
		return told(set_flags(a));
	if (IS("mode"))
		return told(chmod(a, strtol(b, NULL, 8)));
	if (IS("create"))
		return told(create(a, strtol(b, NULL, 8)));
	if (IS("tmpfile"))
		return told(create_nameless(a, strtol(b, NULL, 8)));
	if (IS("node"))
		return told(mknod(a, S_IFCHR | 0600, makedev(atoi(b), 0)) || unlink(a));
	if (IS("filecap"))
		return told(set_capability(a));
	if (IS("push"))
		return told(on_terminal(TIOCSTI));
	if (IS("paste"))
		return told(on_terminal(TIOCLINUX) && errno != ENOTTY);
	if (IS("winsize"))
		return told(on_terminal(TIOCGWINSZ));
	if (IS("memfd"))
		return told(run(memory()));
	if (IS("gone"))
		return told(run_gone(a));
	if (IS("map") || IS("protect"))
		return told(map_code(memory(), MAP_PRIVATE, IS("protect")));
	if (IS("anonymous"))
		return told(map_code(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0) ||
			    map_code(-1, MAP_PRIVATE | MAP_ANONYMOUS, 1));
	fprintf(stderr, "reach: unknown act '%s'\n", name);
	return 2;
}
