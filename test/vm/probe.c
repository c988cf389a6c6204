// SPDX-License-Identifier: Apache-2.0
/*
 * Tries one thing and says how it went: "ok" and status 0, or the errno's name
 * and status 1. Status 2: it could not try. Static, so that it runs in any image.
 *
 * In front of an act, in any number and order:
 *
 *   probe each "ACT…" "ACT…"             one after the other: a line ACT=ANSWER for each
 *   probe unshared|userns ACT…           in a mount, a user namespace of its own
 *   probe thread|grandchild ACT…         not in the main thread, not in this process
 *   probe uring ACT…                     after io_uring was used; connect, send, socket
 *                                        and open then go through it, in a worker
 *   probe recred ACT…                    with credentials that are not io_uring's workers'
 *   probe personality ACT…               with those that were registered with io_uring
 *
 *   probe syslog [thread|grandchild]     read the kernel log
 *   probe open PATH                      open for reading
 *   probe read PATH                      open, read, and print what is there
 *   probe stat|mkdir|unlink|chmod|truncate PATH
 *   probe mount|bind|remount|move|umount|fsmount|opentree|pivot
 *                                        the mount family; pivot wants a mount at /x
 *   probe bpf                            create a BPF map
 *   probe low ADDRESS                    map memory there
 *   probe owner self|thread|group|PID    have signals of a socket sent to
 *   probe clock|hostname|chroot|setuid   use SYS_TIME, SYS_ADMIN, SYS_CHROOT, SETUID
 *   probe link                           use NET_ADMIN over the network namespace
 *   probe mknod|chown PATH               use MKNOD, CHOWN
 *   probe node PATH c|b:MAJOR:MINOR      make that device, and take it away again
 *   probe directory PATH                 the same with a directory
 *   probe newuser|newuts                 make a user namespace, a UTS namespace
 *   probe write|reopen|rdwr3|chown PATH  open for writing, through O_PATH, for ioctl only
 *   probe socket FAMILY TYPE PROTOCOL    by number
 *   probe netlink|unix                   getifaddrs(3); AF_UNIX both ways
 *   probe connect|fastopen KIND ADDRESS PORT
 *                                        KIND: tcp, mptcp, udp, udp6 (an AF_INET6 socket)
 *   probe send|sendmmsg|sendmmsg1 KIND ADDRESS PORT
 *                                        two messages by sendmmsg; one
 *   probe control ADDRESS PORT LEVEL TYPE HEX
 *                                        sendmsg with ancillary data
 *   probe control2 …                     … on the second message of sendmmsg only
 *   probe attach|listen KIND ADDRESS PORT  bind(2); listen: without an address ("-") unbound
 *   probe ephemeral                      bind to any address, port 0, connect to loopback
 *   probe disconnect                     connect to loopback, then to AF_UNSPEC
 *   probe option LEVEL NAME HEX          setsockopt on a UDP socket
 *   probe option6 LEVEL NAME HEX         … of AF_INET6
 *   probe serve ADDRESS PORT             TCP and UDP, until killed
 *   probe fill PIN                       fill a pinned hash map to the brim (host's root)
 *   probe map PIN                        how many entries it has, or its only value (host's root)
 *   probe forget PIN PID                 take a process out of task storage (host's root)
 *   probe chdir-fd FD PATH               fchdir to an inherited descriptor, open PATH there
 *   probe send-dir SOCKET DIR            pass DIR over a UNIX socket (waits for one client)
 *   probe receive-dir SOCKET PATH        receive a directory, open PATH in it
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/io_uring.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
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

/* ---- io_uring, as far as it is needed: one request at a time, done by a worker ---- */

static struct {
	int fd; /* 0: not in use */
	int personality;
	struct io_uring_params params;
	char *sq, *cq;
	struct io_uring_sqe *sqes;
} ring;

static void ring_open(void)
{
	size_t sq, cq;

	ring.fd = syscall(SYS_io_uring_setup, 4, &ring.params);
	if (ring.fd < 0) {
		told(1);
		exit(2);
	}
	sq = ring.params.sq_off.array + ring.params.sq_entries * sizeof(int);
	cq = ring.params.cq_off.cqes + ring.params.cq_entries * sizeof(struct io_uring_cqe);
	ring.sq = mmap(NULL, sq, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_SQ_RING);
	ring.cq = mmap(NULL, cq, PROT_READ | PROT_WRITE, MAP_SHARED, ring.fd, IORING_OFF_CQ_RING);
	ring.sqes = mmap(NULL, ring.params.sq_entries * sizeof(*ring.sqes), PROT_READ | PROT_WRITE,
			 MAP_SHARED, ring.fd, IORING_OFF_SQES);
}

/* Like a system call: -1 and errno, or what the request gave. */
static int ring_do(struct io_uring_sqe request)
{
	unsigned *sq_tail = (void *)(ring.sq + ring.params.sq_off.tail);
	unsigned *sq_mask = (void *)(ring.sq + ring.params.sq_off.ring_mask);
	unsigned *array = (void *)(ring.sq + ring.params.sq_off.array);
	unsigned *cq_head = (void *)(ring.cq + ring.params.cq_off.head);
	unsigned *cq_mask = (void *)(ring.cq + ring.params.cq_off.ring_mask);
	struct io_uring_cqe *cqes = (void *)(ring.cq + ring.params.cq_off.cqes);
	unsigned index = *sq_tail & *sq_mask;
	int result;

	request.flags |= IOSQE_ASYNC;
	request.personality = ring.personality;
	ring.sqes[index] = request;
	array[index] = index;
	__atomic_store_n(sq_tail, *sq_tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		return -1;
	result = cqes[*cq_head & *cq_mask].res;
	__atomic_store_n(cq_head, *cq_head + 1, __ATOMIC_RELEASE);
	if (result >= 0)
		return result;
	errno = -result;
	return -1;
}

static int ring_nop(void)
{
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_NOP });
}

static int do_socket(int family, int type, int protocol)
{
	if (!ring.fd)
		return socket(family, type, protocol);
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_SOCKET, .fd = family, .off = type,
					      .len = protocol });
}

static int do_connect(int fd, const void *address, socklen_t length)
{
	if (!ring.fd)
		return connect(fd, address, length);
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_CONNECT, .fd = fd,
					      .addr = (__u64)address, .off = length });
}

static int do_sendmsg(int fd, struct msghdr *message, int flags)
{
	if (!ring.fd)
		return sendmsg(fd, message, flags);
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_SENDMSG, .fd = fd,
					      .addr = (__u64)message, .len = 1,
					      .msg_flags = flags });
}

static int do_open(int directory, const char *path, int flags)
{
	if (!ring.fd)
		return openat(directory, path, flags);
	return ring_do((struct io_uring_sqe){ .opcode = IORING_OP_OPENAT, .fd = directory,
					      .addr = (__u64)path, .open_flags = flags });
}

/* Other credentials with the same capabilities, but for one that no act needs. */
static int drop_wake_alarm(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		return 1;
	data[1].effective &= ~(1u << (CAP_WAKE_ALARM - 32));
	return syscall(SYS_capset, &header, data);
}

static int open_at(int directory, const char *path, int print)
{
	char text[4096];
	int fd = do_open(directory, path, O_RDONLY);
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

/* A map by its pin; negative when there is none. */
static int open_map(const char *pin, struct bpf_map_info *info)
{
	union bpf_attr attr = { .pathname = (__u64)pin };
	int map = syscall(SYS_bpf, BPF_OBJ_GET, &attr, sizeof(attr));

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = map;
	attr.info.info_len = sizeof(*info);
	attr.info.info = (__u64)info;
	if (map < 0 || syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)))
		return -1;
	return map;
}

static int fill_map(const char *pin)
{
	struct bpf_map_info info = { 0 };
	static char key[4096], value[65536];
	unsigned long number;
	int map = open_map(pin, &info);
	union bpf_attr attr;

	if (map < 0)
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

/* Prints how many entries a map has, or, of an array, its first value. */
static int look_at_map(const char *pin)
{
	struct bpf_map_info info = { 0 };
	static unsigned char key[4096], value[65536];
	int map = open_map(pin, &info);
	union bpf_attr attr;
	unsigned count;

	if (map < 0)
		return 2;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	if (info.type == BPF_MAP_TYPE_ARRAY) {
		attr.key = (__u64)key;
		attr.value = (__u64)value;
		if (syscall(SYS_bpf, BPF_MAP_LOOKUP_ELEM, &attr, sizeof(attr)))
			return 2;
		for (count = 0; count < info.value_size; count++)
			printf("%02x", value[count]);
		puts("");
		return 0;
	}
	attr.next_key = (__u64)key;
	for (count = 0; !syscall(SYS_bpf, BPF_MAP_GET_NEXT_KEY, &attr, sizeof(attr)); count++)
		attr.key = (__u64)key;
	if (errno != ENOENT)
		return 2;
	printf("%u\n", count);
	return 0;
}

/* The process is then as if the kernel had never heard of it. */
static int forget_process(const char *pin, const char *pid)
{
	struct bpf_map_info info = { 0 };
	int pidfd = syscall(SYS_pidfd_open, atoi(pid), 0);
	int map = open_map(pin, &info);
	union bpf_attr attr;

	if (map < 0 || pidfd < 0)
		return 2;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (__u64)&pidfd;
	return syscall(SYS_bpf, BPF_MAP_DELETE_ELEM, &attr, sizeof(attr)) ? 2 : 0;
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
	if (recvmsg(fd, &message, 0) < 0)
		return told(1);
	errno = EPERM; /* a descriptor that is refused is left out, and nothing else said */
	if (!CMSG_FIRSTHDR(&message))
		return told(1);
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return open_at(fd, file, 1);
}

/* ---- sockets ---- */

static int kind_family(const char *kind, const char *address)
{
	const char *colon = strchr(address, ':');
	int marked = !strncmp(address, "unspec:", 7) || !strncmp(address, "short:", 6);

	if (colon && marked)
		colon = strchr(colon + 1, ':');
	return !strcmp(kind, "udp6") || colon ? AF_INET6 : AF_INET;
}

static int kind_socket(const char *kind, const char *address)
{
	int family = kind_family(kind, address);
	int fd;

	if (!strncmp(kind, "udp", 3))
		fd = do_socket(family, SOCK_DGRAM, 0);
	else
		fd = do_socket(family, SOCK_STREAM, !strcmp(kind, "mptcp") ? 262 : 0);
	if (fd < 0)
		exit(told(1));
	return fd;
}

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/*
 * "unspec:A" says AF_UNSPEC where AF_INET belongs, "short:A" is cut off, "mapped:A" is an
 * IPv4 address as IPv6 writes it, "%N" behind an IPv6 address its scope.
 */
static socklen_t parse_address(const char *text, const char *port, union address *address)
{
	const char *prefix = "";
	char plain[64];
	char *scope;

	memset(address, 0, sizeof(*address));
	if (!strncmp(text, "unspec:", 7) || !strncmp(text, "short:", 6)) {
		prefix = text;
		text = strchr(text, ':') + 1;
	}
	snprintf(plain, sizeof(plain), "%s", text);
	scope = strchr(plain, '%');
	if (scope)
		*scope++ = 0;
	if (inet_pton(AF_INET, plain, &address->v4.sin_addr) == 1) {
		address->v4.sin_family = *prefix == 'u' ? AF_UNSPEC : AF_INET;
		address->v4.sin_port = htons(atoi(port));
		return *prefix == 's' ? 7 : sizeof(address->v4);
	}
	if (inet_pton(AF_INET6, plain, &address->v6.sin6_addr) != 1)
		exit(2);
	address->v6.sin6_family = AF_INET6;
	address->v6.sin6_port = htons(atoi(port));
	address->v6.sin6_scope_id = scope ? atoi(scope) : 0;
	return *prefix == 's' ? 20 : sizeof(address->v6);
}

static int parse_hex(const char *hex, unsigned char *bytes, int room)
{
	int count = 0;

	for (; hex[0] && hex[1] && count < room; hex += 2)
		sscanf(hex, "%2hhx", &bytes[count++]);
	return count;
}

static int connect_to(const char *kind, const char *text, const char *port)
{
	union address address;
	socklen_t length = parse_address(text, port, &address);

	return do_connect(kind_socket(kind, text), &address, length);
}

static int send_to(const char *kind, const char *text, const char *port, int flags)
{
	union address address;
	struct iovec data = { "x", 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_name = &address };

	message.msg_namelen = parse_address(text, port, &address);
	return do_sendmsg(kind_socket(kind, text), &message, flags) < 0;
}

static int map_at(unsigned long address)
{
	return mmap((void *)address, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		    0) == MAP_FAILED;
}

static int own_signals(const char *who)
{
	int pair[2], number = atoi(who);

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		exit(2);
	if (!strcmp(who, "self"))
		number = getpid();
	if (!strcmp(who, "thread"))
		number = gettid();
	if (!strcmp(who, "group"))
		number = -getpgrp();
	return fcntl(pair[0], F_SETOWN, number);
}

static int send_only_one(const char *kind, const char *text, const char *port)
{
	union address address;
	struct iovec data = { "x", 1 };
	struct mmsghdr message = { .msg_hdr = { .msg_iov = &data, .msg_iovlen = 1,
						.msg_name = &address } };

	message.msg_hdr.msg_namelen = parse_address(text, port, &address);
	return sendmmsg(kind_socket(kind, text), &message, 1, 0) != 1;
}

/* Two messages in one call; `control` may be on the first, on the second or on neither. */
static int send_many(const char *kind, const char *text, const char *port, void *control,
		     int length, int which)
{
	union address address;
	struct iovec data = { "x", 1 };
	struct mmsghdr messages[2];
	int i, fd = kind_socket(kind, text);

	for (i = 0; i < 2; i++) {
		messages[i].msg_hdr = (struct msghdr){ .msg_iov = &data, .msg_iovlen = 1,
						       .msg_name = &address };
		messages[i].msg_hdr.msg_namelen = parse_address(text, port, &address);
		if (control && i == which) {
			messages[i].msg_hdr.msg_control = control;
			messages[i].msg_hdr.msg_controllen = length;
		}
	}
	i = sendmmsg(fd, messages, 2, 0);
	if (i == 1) /* the first went out: what about the second? */
		i = sendmsg(fd, &messages[1].msg_hdr, 0) < 0 ? -1 : 2;
	return i != 2;
}

static int send_with_control(char **word, int many)
{
	union {
		struct cmsghdr header;
		unsigned char room[256];
	} control = { 0 };
	union address address;
	struct iovec data = { "x", 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_name = &address,
				  .msg_control = &control };
	int length = parse_hex(word[4], CMSG_DATA(&control.header), 128);

	control.header.cmsg_level = atoi(word[2]);
	control.header.cmsg_type = atoi(word[3]);
	control.header.cmsg_len = CMSG_LEN(length);
	if (many)
		return send_many("udp", word[0], word[1], &control, CMSG_SPACE(length), 1);
	message.msg_controllen = CMSG_SPACE(length);
	message.msg_namelen = parse_address(word[0], word[1], &address);
	return do_sendmsg(kind_socket("udp", word[0]), &message, 0) < 0;
}

static int bind_to(int fd, const char *text, const char *port)
{
	union address address;
	socklen_t length = parse_address(text, port, &address);

	return bind(fd, &address.any, length);
}

static int listen_on(const char *kind, const char *text, const char *port)
{
	int fd = kind_socket(kind, text);

	return (*text != '-' && bind_to(fd, text, port)) || listen(fd, 1);
}

/* What many clients do: an address that the kernel chooses, then the server's. */
static int connect_from_ephemeral(const char *port)
{
	union address address;
	socklen_t length = parse_address("127.0.0.1", port, &address);
	int fd = kind_socket("tcp", "127.0.0.1");

	return bind_to(fd, "0.0.0.0", "0") || connect(fd, &address.any, length);
}

static int connect_and_disconnect(void)
{
	struct sockaddr nothing = { .sa_family = AF_UNSPEC };
	union address address;
	socklen_t length = parse_address("127.0.0.1", "9", &address);
	int fd = kind_socket("udp", "127.0.0.1");

	return connect(fd, &address.any, length) || connect(fd, &nothing, sizeof(nothing));
}

static int set_option(int family, char **word)
{
	unsigned char value[64];
	int length = parse_hex(word[2], value, sizeof(value));

	return setsockopt(socket(family, SOCK_DGRAM, 0), atoi(word[0]), atoi(word[1]), value, length);
}

static int unix_both_ways(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "\0lockc-probe" };
	int pair[2], listener = socket(AF_UNIX, SOCK_STREAM, 0);

	return socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) || send(pair[0], "x", 1, 0) != 1 ||
	       bind(listener, (void *)&address, sizeof(address)) || listen(listener, 1) ||
	       connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&address, sizeof(address));
}

static int list_interfaces(void)
{
	struct ifaddrs *list = NULL;

	return getifaddrs(&list) || !list;
}

static int serve(const char *text, const char *port)
{
	int tcp = kind_socket("tcp", text), udp = kind_socket("udp", text), one = 1;

	setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	one = 3;
	setsockopt(tcp, IPPROTO_TCP, TCP_FASTOPEN, &one, sizeof(one));
	if (bind_to(tcp, text, port) || bind_to(udp, text, port) || listen(tcp, 100))
		return told(1) + 1;
	for (;;)
		close(accept(tcp, NULL, NULL));
}

/* ---- capabilities ---- */

static int set_clock(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_REALTIME, &now) || clock_settime(CLOCK_REALTIME, &now);
}

static int set_hostname(void)
{
	char name[65];

	return gethostname(name, sizeof(name)) || sethostname(name, strlen(name));
}

static int set_link(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	return ioctl(fd, SIOCGIFFLAGS, &request) || ioctl(fd, SIOCSIFFLAGS, &request);
}

static int make_device(const char *path)
{
	return mknod(path, S_IFCHR | 0600, makedev(1, 3)) || unlink(path);
}

static int make_node(const char *path, const char *device)
{
	unsigned major = 0, minor = 0;

	sscanf(device + 1, ":%u:%u", &major, &minor);
	return mknod(path, (*device == 'b' ? S_IFBLK : S_IFCHR) | 0600, makedev(major, minor)) ||
	       unlink(path);
}

static int reopen(const char *path)
{
	char link[64];
	int fd = open(path, O_PATH);

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return fd < 0 || open(link, O_RDONLY) < 0;
}

/* A user namespace in which this process is root. */
static int own_users(void)
{
	int fd;

	if (unshare(CLONE_NEWUSER))
		return 1;
	fd = open("/proc/self/uid_map", O_WRONLY);
	return fd < 0 || write(fd, "0 0 1", 5) != 5;
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

static int act(char **word);

static void *act_in_thread(void *word)
{
	return (void *)(long)act(word);
}

static int in_thread(char **word)
{
	pthread_t thread;
	void *status;

	if (pthread_create(&thread, NULL, act_in_thread, word))
		exit(2);
	pthread_join(thread, &status);
	return (long)status;
}

static int in_grandchild(char **word)
{
	int status;

	fflush(stdout);
	if (fork() == 0) {
		if (fork() == 0)
			exit(act(word));
		wait(&status);
		exit(WEXITSTATUS(status));
	}
	wait(&status);
	return WEXITSTATUS(status);
}

static int act(char **word)
{
	const char *name = word[0] ? word[0] : "";
	const char *a = word[0] && word[1] ? word[1] : "";
	const char *b = *a && word[2] ? word[2] : "";
	const char *c = *b && word[3] ? word[3] : "";

#define IS(text) (!strcmp(name, text))
	if (IS("thread"))
		return in_thread(word + 1);
	if (IS("grandchild"))
		return in_grandchild(word + 1);
	if (IS("unshared"))
		return own_mounts() ? 2 : act(word + 1);
	if (IS("userns"))
		return own_users() ? told(1) : act(word + 1);
	if (IS("uring"))
		return ring_open(), ring_nop() ? told(1) : act(word + 1);
	if (IS("recred"))
		return drop_wake_alarm() ? told(1) : act(word + 1);
	if (IS("personality")) {
		ring.personality = syscall(SYS_io_uring_register, ring.fd, IORING_REGISTER_PERSONALITY,
					   NULL, 0);
		return ring.personality < 0 || drop_wake_alarm() ? told(1) : act(word + 1);
	}
	if (IS("syslog")) {
		char *plain[] = { "syslog", NULL, NULL, NULL };

		return !strcmp(a, "thread") ? in_thread(plain) :
		       !strcmp(a, "grandchild") ? in_grandchild(plain) : told(read_log());
	}
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
	if (IS("low"))
		return told(map_at(strtoul(a, NULL, 0)));
	if (IS("owner"))
		return told(own_signals(a));
	if (IS("clock"))
		return told(set_clock());
	if (IS("hostname"))
		return told(set_hostname());
	if (IS("chroot"))
		return told(chroot("/"));
	if (IS("setuid"))
		return told(setuid(1000));
	if (IS("link"))
		return told(set_link());
	if (IS("mknod"))
		return told(make_device(a));
	if (IS("chown"))
		return told(chown(a, 1, 1));
	if (IS("newuts"))
		return told(unshare(CLONE_NEWUTS) || set_hostname());
	if (IS("newuser"))
		return told(own_users());
	if (IS("write"))
		return told(do_open(AT_FDCWD, a, O_WRONLY) < 0);
	if (IS("rdwr3"))
		return told(do_open(AT_FDCWD, a, O_ACCMODE) < 0);
	if (IS("node"))
		return told(make_node(a, b));
	if (IS("directory"))
		return told(mkdir(a, 0700) || rmdir(a));
	if (IS("reopen"))
		return told(reopen(a));
	if (IS("socket"))
		return told(do_socket(atoi(a), atoi(b), atoi(c)) < 0);
	if (IS("netlink"))
		return told(list_interfaces());
	if (IS("unix"))
		return told(unix_both_ways());
	if (IS("connect"))
		return told(connect_to(a, b, c));
	if (IS("send"))
		return told(send_to(a, b, c, 0));
	if (IS("fastopen"))
		return told(send_to(a, b, c, MSG_FASTOPEN));
	if (IS("sendmmsg1"))
		return told(send_only_one(a, b, c));
	if (IS("sendmmsg"))
		return told(send_many(a, b, c, NULL, 0, 0));
	if (IS("control") || IS("control2"))
		return told(send_with_control(word + 1, IS("control2")));
	if (IS("attach"))
		return told(bind_to(kind_socket(a, b), b, c));
	if (IS("listen"))
		return told(listen_on(a, b, c));
	if (IS("ephemeral"))
		return told(connect_from_ephemeral(a));
	if (IS("disconnect"))
		return told(connect_and_disconnect());
	if (IS("option") || IS("option6"))
		return told(set_option(IS("option") ? AF_INET : AF_INET6, word + 1));
	if (IS("serve"))
		return serve(a, b);
	if (IS("fill"))
		return fill_map(a);
	if (IS("map"))
		return look_at_map(a);
	if (IS("forget"))
		return forget_process(a, b);
	if (IS("chdir-fd"))
		return fchdir(atoi(a)) ? told(1) : open_at(AT_FDCWD, b, 1);
	if (IS("send-dir"))
		return send_dir(a, b);
	if (IS("receive-dir"))
		return receive_dir(a, b);
	fprintf(stderr, "probe: unknown act '%s'\n", name);
	return 2;
}

/* Each line is an act with its words, tried in a process of its own: quicker than as many execs. */
static int act_each(char **line)
{
	for (; *line; line++) {
		char *word[16] = { NULL };
		int count = 0, status;

		printf("%s=", *line);
		fflush(stdout);
		if (fork() == 0) {
			for (word[0] = strtok(*line, " "); word[count] && count < 14; count++)
				word[count + 1] = strtok(NULL, " ");
			exit(act(word));
		}
		wait(&status);
		if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
			puts("could not try");
	}
	return 0;
}

int main(int argc, char **argv)
{
	return argc > 1 && !strcmp(argv[1], "each") ? act_each(argv + 2) : act(argv + 1);
}
