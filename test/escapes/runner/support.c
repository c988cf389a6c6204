// SPDX-License-Identifier: Apache-2.0
/* What more than one escape needs. */
#include "escape.h"
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/xattr.h>
#include <linux/io_uring.h>

int only_leak(void)
{
	return 0;
}

int hand_over_stdin(void)
{
	int file = openat(LEAKED, "handed", O_RDONLY | O_CREAT, 0600);

	must(file);
	return dup2(file, STDIN_FILENO);
}

static long as_libc(long result)
{
	if (result >= 0)
		return result;
	errno = -result;
	return -1;
}

long high_syscall(long number, long a, long b, long c, long d)
{
	register long fourth __asm__("r10") = d;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number | 1l << 32), "D"(a), "S"(b), "d"(c), "r"(fourth)
			 : "rcx", "r11", "memory");
	return as_libc((int)result);
}

long i386_syscall(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "r8", "r9", "r10", "r11", "memory");
	return as_libc((int)result);
}

int dig(const char *top, int levels)
{
	must(mkdir(top, 0755));
	must(chdir(top));
	for (; levels > 0; levels--) {
		must(mkdir("d", 0755));
		must(chdir("d"));
	}
	return 0;
}

int make_below(const char *top)
{
	must(chdir(top));
	while (!chdir("d"))
		;
	return open("program", O_CREAT | O_WRONLY, 0755);
}

int move_up(const char *path)
{
	return rename("program", path);
}

int let_execute(const char *path)
{
	/* struct posix_acl_xattr_header and its entries: owner, user 1000, group, mask, others. */
	const struct {
		unsigned version;
		struct {
			unsigned short tag, permissions;
			unsigned id;
		} entries[5];
	} acl = { 2, { { 1, 7, -1 }, { 2, 5, 1000 }, { 4, 0, -1 }, { 16, 5, -1 }, { 32, 0, -1 } } };

	return setxattr(path, "system.posix_acl_access", &acl, sizeof(acl), 0);
}

int past_permission(long result, int reason)
{
	return result >= 0 || errno == reason ? 0 : -1;
}

int write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	return fd < 0 ? -1 : write(fd, text, strlen(text));
}

int read_from(const char *path)
{
	char byte;
	int fd = open(path, O_RDONLY);

	return fd < 0 ? -1 : read(fd, &byte, 1);
}

const char *of_victim(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "/proc/%d/%s", victim, name);
	return path;
}

static int victim_ended(void)
{
	char state[256] = "";
	int fd = open(of_victim("stat"), O_RDONLY);
	int ended = fd < 0 || read(fd, state, sizeof(state) - 1) < 0 || strstr(state, ") Z");

	close(fd);
	return ended;
}

int let_owner_die(const int pair[2])
{
	int waited;

	must(fcntl(pair[0], F_SETSIG, SIGKILL));
	must(fcntl(pair[0], F_SETFL, O_ASYNC));
	must(write(pair[1], "x", 1));
	for (waited = 0; waited < 20; waited++, usleep(10000))
		if (victim_ended())
			return 0;
	errno = EPERM;
	return -1;
}

/* An errno or 0 in place of a result, to get it out of a thread or a process. */
static int errno_of(int (*what)(void))
{
	return what() < 0 ? errno : 0;
}

static int as_result(int number)
{
	errno = number;
	return number ? -1 : 0;
}

static void *thread_of(void *what)
{
	return (void *)(long)errno_of(what);
}

int in_thread(int (*what)(void))
{
	pthread_t thread;
	void *number;

	must(-pthread_create(&thread, NULL, thread_of, (void *)what));
	pthread_join(thread, &number);
	return as_result((long)number);
}

int in_child(int (*what)(void))
{
	int status, child = fork();

	must(child);
	if (child == 0)
		_exit(errno_of(what));
	must(waitpid(child, &status, 0));
	must_be(WIFEXITED(status), "the child ended by itself");
	return as_result(WEXITSTATUS(status));
}

int own_users(void)
{
	if (unshare(CLONE_NEWUSER) || write_to("/proc/self/setgroups", "deny") < 0)
		return -1;
	if (write_to("/proc/self/uid_map", "0 0 1") < 0)
		return -1;
	return write_to("/proc/self/gid_map", "0 0 1");
}

socklen_t unix_address(struct sockaddr_un *address, const char *name)
{
	size_t length = strlen(name);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(address->sun_path, name, length + 1);
	if (*name == '@')
		address->sun_path[0] = 0;
	return offsetof(struct sockaddr_un, sun_path) + length + (*name != '@');
}

int listen_at(const char *name, int type)
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, name);
	int fd = socket(AF_UNIX, type, 0);

	if (*name != '@')
		unlink(name);
	must(bind(fd, (void *)&address, length));
	if (type == SOCK_STREAM)
		must(listen(fd, 8));
	return fd;
}

int connect_to(const char *name, int type)
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, name);

	return connect(socket(AF_UNIX, type, 0), (void *)&address, length);
}

union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

void hand_over(int fd)
{
	char byte = 0;
	struct iovec data = { &byte, 1 };
	union control control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
					      .cmsg_level = SOL_SOCKET,
					      .cmsg_type = SCM_RIGHTS } };
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	int listener = listen_at(HOST_SHARED "/socket", SOCK_STREAM);

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	ready();
	must(sendmsg(accept(listener, NULL, NULL), &message, 0));
}

int take_over(void)
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, SHARED "/socket");
	char byte;
	struct iovec data = { &byte, 1 };
	union control control;
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (connect(fd, (void *)&address, length))
		return -1;
	must(recvmsg(fd, &message, 0));
	if (!CMSG_FIRSTHDR(&message)) {
		errno = EBADF; /* the message came without it */
		return -1;
	}
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

static int ring_do(struct io_uring_sqe request)
{
	struct io_uring_params params = { 0 };
	int ring = syscall(SYS_io_uring_setup, 1, &params);
	size_t sq_size = params.sq_off.array + params.sq_entries * sizeof(int);
	size_t cq_size = params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe);
	size_t sqe_size = params.sq_entries * sizeof(struct io_uring_sqe);
	int access = PROT_READ | PROT_WRITE, result;
	struct io_uring_sqe *sqes;
	char *sq, *cq;

	must(ring);
	sq = mmap(NULL, sq_size, access, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	cq = mmap(NULL, cq_size, access, MAP_SHARED, ring, IORING_OFF_CQ_RING);
	sqes = mmap(NULL, sqe_size, access, MAP_SHARED, ring, IORING_OFF_SQES);
	sqes[0] = request;
	sqes[0].flags |= IOSQE_ASYNC; /* by a worker, not by this task */
	*(unsigned *)(sq + params.sq_off.array) = 0;
	__atomic_store_n((unsigned *)(sq + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	must(syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0));
	result = ((struct io_uring_cqe *)(cq + params.cq_off.cqes))->res;
	errno = result < 0 ? -result : 0;
	return result < 0 ? -1 : result;
}

int ring_open(int directory, const char *path, int flags)
{
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_OPENAT,
					      .fd = directory,
					      .addr = (__u64)path,
					      .open_flags = flags });
}

int ring_connect(int fd, const void *address, socklen_t length)
{
	return ring_do((struct io_uring_sqe){
		.opcode = IORING_OP_CONNECT, .fd = fd, .addr = (__u64)address, .off = length });
}

int ring_socket(int family, int type, int protocol)
{
	return ring_do((struct io_uring_sqe){
		.opcode = IORING_OP_SOCKET, .fd = family, .off = type, .len = protocol });
}

int ring_unlink(int directory, const char *path)
{
	return ring_do((struct io_uring_sqe){
		.opcode = IORING_OP_UNLINKAT, .fd = directory, .addr = (__u64)path });
}
