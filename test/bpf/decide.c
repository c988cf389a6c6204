// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * The kernel half's deciders on this host, without a kernel: reads questions from
 * stdin, a line each, and answers each with a number on a line.
 *
 *   rule PATH ACCESS           adds to the set of rules; "forget" empties it
 *   entry HASH ACCESS          the same by the path's hash, in hexadecimal
 *   access PATH                what the set leaves open of PATH (pseudo.bpf.h)
 *   stray PATH                 the same, for a dentry that does not lead to the root
 *   own N PATH                 the same, where the directory N steps up is the container's cgroup
 *   device c|b MAJOR MINOR ACCESS
 *                              opens a device; "forget" closes it again
 *   open|make c|b:MAJOR:MINOR WANTED
 *                              1: that device may be opened, made (device.bpf.h)
 *   hash PATH                  the key under which a rule for PATH is found, in hexadecimal
 *   connect|bind|send FAMILY HEX
 *                              1: that sockaddr is allowed by NETWORK (net.bpf.h)
 *   batch FAMILY HEX           1: send, of a message of sendmmsg(2) after which others come
 *   control HEX                1: ancillary data of that content is allowed
 *   option LEVEL NAME          1: that socket option is allowed
 *   socket FAMILY TYPE PROTOCOL
 *   holds OWN TARGET FLAGS     1: a task of the user namespace at depth OWN has a capability
 *                              in the one at depth TARGET: h held, o its user owns the
 *                              namespace below its own, s TARGET is on another branch
 *   rules BITS                 lockc_apply gives the container these rules; "end" takes its
 *                              record away
 *   looked-up                  1: the question before had to look up the record
 *   layer MAGIC MODE           1: overlayfs may open such a file in its layer, the root of a file
 *                              system, for the container; hexadecimal, octal
 *   starting N                 so many containers have not started yet
 *   mode MODE DEVICE           1: such a file lends its owner's rights (attr.bpf.h); octal
 *   xattr NAME MODE            1: such an attribute lets a file of that mode do so; octal
 *   handle NUMBER STATUS       1: a task whose rax and thread status are so is in
 *                              open_by_handle_at(2) (kernel.bpf.h); hexadecimal
 *   engine PATH                an engine has its socket there; "forget" empties that, too
 *   is-engine PATH             1: a socket bound there is an engine's (unix.bpf.h)
 *   grant PATH FLAGS           the container was given PATH; "forget" takes it away
 *   above PATH FLAGS           1: PATH lies on something given with these flags (grant.bpf.h),
 *                              2: nobody can say
 *   lies SUBVOLUME GENERATION  all further paths are of that subvolume of btrfs (0: of another
 *                              file system), and their inodes of that generation
 *   token PATH ON              1: to open PATH is refused by the rule TOKEN, where what was given
 *                              with a token lies on that file system; other: on another one,
 *                              several: on both (token.bpf.h)
 *   loose PATH FLAGS           the same of a file that hangs on no directory
 *   hand MODE WANTED           1: a file that the runtime handed over with descriptors of these
 *                              modes, a digit for each, may be used so: enum lockc_access bits
 *   share OWN NUMBER OTHER AT  a container's first process is NUMBER in the PID namespace OWN,
 *                              another container has OTHER; in the namespace AT 1: it can name
 *                              processes of others, 2 more: the other container is marked
 *                              (pids.bpf.h). Namespaces are 1 to 9, each the parent of the next
 *   signals OWN OTHER          1: a container may signal the other; of each
 *                              RULES/AUDITED/CAPABILITIES/FILES/DEVICES/PIDS, the first three in
 *                              hexadecimal, then its sets, then its PID namespace as above
 *   self WHO                   1: F_SETOWN means the caller by that: group leader 7, thread 8,
 *                              process group 6, in a PID namespace below the host's
 */
#include <stdio.h>
#include <stdlib.h>

#define HOST_RECORDS
#include "lockc.bpf.c"

#define MAGIC PROC_SUPER_MAGIC
#define SET 7

static struct task_struct task = { .group_leader = &task, .bpf_storage = (void *)1 };
static struct lockc_task storage = { .container = 1, .phase = LOCKC_PHASE_CONFINED };
static struct lockc_container container = { .rules = LOCKC_RULE_NETWORK | LOCKC_RULE_DEVICES,
					      .pseudo = SET, .devices = SET };
static struct {
	struct lockc_pseudo_key key;
	__u32 access;
} rules[512];
static unsigned rule_count;
static struct {
	struct lockc_device_key key;
	__u32 access;
} open_devices[64];
static unsigned device_count;
static struct lockc_common all_common;
static int record_is_gone, looked_up, record_looked_up;
static struct lockc_grant_page pages[4];
static struct lockc_socket_key engines[64];
static unsigned engine_count;

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

void *host_task(void)
{
	return &task;
}

void *host_look_up(void *map, const void *key)
{
	unsigned i;

	if (map == &tasks)
		return &storage;
	if (map == &common)
		return &all_common;
	if (map == &containers) {
		looked_up = 1;
		return record_is_gone ? NULL : &container;
	}
	for (i = 0; map == &pseudo && i < rule_count; i++)
		if (!memcmp(&rules[i].key, key, sizeof(rules[i].key)))
			return &rules[i].access;
	for (i = 0; map == &devices && i < device_count; i++)
		if (!memcmp(&open_devices[i].key, key, sizeof(open_devices[i].key)))
			return &open_devices[i].access;
	if (map == &grants) {
		const struct lockc_grant_key *page = key;

		return page->container == 1 && page->page < 4 ? &pages[page->page] : NULL;
	}
	for (i = 0; map == &engine_sockets && i < engine_count; i++)
		if (!memcmp(&engines[i], key, sizeof(engines[i])))
			return &engines[i];
	return NULL;
}

/* The dentries of a path, the root first; the last one's number is returned. */
static int make_dentries(char *path, struct dentry *dentries)
{
	static char *rooms[4096];
	char *name = strtok(path, "/");
	int last = 0;

	dentries[0] = (struct dentry){ .d_parent = &dentries[0] };
	for (; name; name = strtok(NULL, "/")) {
		/* As much as the kernel has for a name at least: reading past it is found. */
		size_t size = (strlen(name) + 8) & ~7ul;
		char *room = realloc(rooms[++last], size);

		rooms[last] = memset(room, 0, size);
		strcpy(room, name);
		dentries[last] = (struct dentry){
			.d_parent = &dentries[last - 1],
			.d_name = { .len = strlen(name), .name = (unsigned char *)room },
		};
	}
	return last;
}

static __u64 hash_path(char *path)
{
	static struct dentry dentries[4096];
	__u64 hash = PSEUDO_FNV_START;
	int i, last = make_dentries(path, dentries);

	for (i = 1; i <= last; i++)
		pseudo_hash_name(&hash, &dentries[i]);
	return hash;
}

/* A file's place: its dentries, whose inodes are numbered by their paths, in a file system. */
static struct super_block file_system = { .s_dev = 9 };
static struct btrfs_root subvolume;
static __u32 file_generation;

static struct dentry *make_file(char *path)
{
	static struct dentry dentries[4096];
	static struct btrfs_inode inodes[4096];
	__u64 hash = PSEUDO_FNV_START;
	int i, last = make_dentries(path, dentries);

	file_system.s_root = dentries;
	for (i = 0; i <= last; i++) {
		if (i)
			pseudo_hash_name(&hash, &dentries[i]);
		inodes[i].root = &subvolume;
		inodes[i].vfs_inode = (struct inode){ .i_ino = (__u32)hash, .i_sb = &file_system,
						      .i_mode = S_IFDIR,
						      .i_generation = file_generation };
		dentries[i].d_inode = &inodes[i].vfs_inode;
		dentries[i].d_sb = &file_system;
	}
	return &dentries[last];
}

/* Found by a handle, or not linked yet. */
static struct dentry *make_loose(char *path)
{
	struct dentry *file = make_file(path);

	file->d_parent = file;
	file->d_inode->i_mode = S_IFREG;
	return file;
}

/* As grant_stdio records it; asked of the file that has its number then, of that generation. */
static int hand_over(const char *modes, __u32 generation, __u32 wanted)
{
	struct inode inode = { .i_ino = 77, .i_sb = &file_system, .i_generation = generation };
	const struct member m = { .key = 1 };

	for (; *modes; modes++) {
		struct file file = { .f_mode = *modes - '0' };

		grant_record(1, (__u64)&file_system, 77, grant_which(file_system.s_dev, 5),
			     LOCKC_GRANT_FILE | GRANT_WITH(grant_mode(&file)));
	}
	return grant_hands_over(&m, &inode, wanted);
}

static struct lockc_container other_container;

void host_for_each(void *map, void *callback, void *context)
{
	long (*call)(void *, const __u64 *, struct lockc_container *, void *) = callback;

	if (!call(map, &(__u64){ 1 }, &container, context))
		call(map, &(__u64){ 2 }, &other_container, context);
}

static struct pid_namespace *namespace_of(int number)
{
	static struct pid_namespace all[10];
	int i;

	for (i = 1; i < 10; i++)
		all[i].parent = i > 1 ? &all[i - 1] : NULL;
	return &all[number];
}

static int share_pids(int own, int number, int other, int at)
{
	struct pid pid = { .numbers = { { .nr = number, .ns = namespace_of(own) } } };
	struct task_struct first = { .thread_pid = &pid };
	struct member m = { .key = 1, .container = &container };

	container.shared_pids = 1; /* as a hook that pivoted before left it */
	other_container = (struct lockc_container){ .pid_namespace = (__u64)namespace_of(other) };
	process_learn_pids(1, &container, &first);
	return pids_names_others(&m, namespace_of(at)) + 2 * other_container.shared_pids;
}

/* Rules, those only audited, capabilities, sets of files and of devices, a PID namespace. */
static struct lockc_container holding(const char *said)
{
	struct lockc_container it = {};
	unsigned int pseudo, devices, capabilities;
	int namespace;

	if (sscanf(said, "%x/%x/%x/%u/%u/%d", &it.rules, &it.audit, &capabilities, &pseudo,
		   &devices, &namespace) != 6)
		exit(2);
	it.capabilities = capabilities;
	it.pseudo = pseudo;
	it.devices = devices;
	it.pid_namespace = namespace ? (__u64)namespace_of(namespace) : 0;
	return it;
}

static int signals(const char *own, const char *its)
{
	struct lockc_container sender = holding(own), receiver = holding(its);

	return pids_are_shared(&sender, &receiver);
}

/* Three processes' numbers in the host's namespace and in the one below. */
static int is_self(int who)
{
	static struct {
		struct pid pid;
		struct upid inner;
	} leader = { { .level = 1, .numbers = { { .nr = 107 } } }, { .nr = 7 } },
	  thread = { { .level = 1, .numbers = { { .nr = 108 } } }, { .nr = 8 } },
	  group = { { .level = 1, .numbers = { { .nr = 106 } } }, { .nr = 6 } };
	struct signal_struct signal = { .pids = { [PIDTYPE_PGID] = &group.pid } };
	struct task_struct first = { .thread_pid = &leader.pid };
	struct task_struct caller = { .thread_pid = &thread.pid, .group_leader = &first,
				      .signal = &signal };

	return process_is_self(&caller, who);
}

static int in_open_by_handle(const char *number, const char *status)
{
	int result;

	host_registers.orig_ax = strtoul(number, NULL, 16);
	task.thread_info.status = strtoul(status, NULL, 16);
	result = kernel_in_open_by_handle();
	task.thread_info.status = 0;
	return result;
}

static void give(char *path, __u32 flags)
{
	struct inode *inode = make_file(path)->d_inode;

	grant_record(1, (__u64)&file_system, kernel_number(inode),
		     grant_which(file_system.s_dev, inode->i_generation),
		     LOCKC_GRANT_MOUNT | GRANT_WITH(flags));
}

static int opens_token(char *path, const char *on)
{
	static struct super_block other;
	struct dentry *file = make_file(path);
	struct member m = { .key = 1, .phase = LOCKC_PHASE_CONFINED, .rules = LOCKC_RULE_TOKEN };

	container.token_superblock = 0;
	if (strcmp(on, "other"))
		token_lies_on(&container, &file_system);
	if (*on)
		token_lies_on(&container, &other);
	return token_verdict(&m, NULL, file) == -EPERM;
}

static __u32 ask_pseudo(struct dentry *root, struct dentry *dentry, __u64 own)
{
	struct pseudo_question asked = {
		.set = SET,
		.magic = MAGIC,
		.root = (__u64)root,
		.dentry = (__u64)dentry,
		.own = own,
	};

	return pseudo_access(&asked);
}

static __u32 access_of(char *path, int stray)
{
	static struct dentry dentries[4096], elsewhere;
	int last = make_dentries(path, dentries);

	return ask_pseudo(stray ? &elsewhere : dentries, &dentries[last], 0);
}

/* All are directories, but for a last name with a dot. */
static __u32 access_in_cgroup(int up, char *path)
{
	static struct dentry dentries[4096];
	static struct inode inodes[4096];
	int i, last = make_dentries(path, dentries);
	const char *name = (const char *)dentries[last].d_name.name;

	for (i = 0; i <= last; i++) {
		inodes[i] = (struct inode){ .i_mode = 0040000, .i_ino = 100 + last - i };
		dentries[i].d_inode = &inodes[i];
	}
	if (last && strchr(name, '.'))
		inodes[last].i_mode = S_IFREG;
	return ask_pseudo(dentries, &dentries[last], 100 + up);
}

static __u32 parse_type(const char *text)
{
	return *text == 'b' ? S_IFBLK : S_IFCHR;
}

/* As mknod(2) takes them. */
static unsigned int encode_dev(unsigned major, unsigned minor)
{
	return (minor & 0xff) | major << 8 | (minor & ~0xffu) << 12;
}

static int device(const char *act, const char *text, int wanted)
{
	static struct super_block sb = { .s_magic = TMPFS_MAGIC };
	/* Nine bytes are read of a name, as much as devtmpfs' has. */
	static const char name[9] = "tmpfs";
	static struct file_system_type tmpfs = { .name = name };
	struct inode inode = { .i_sb = &sb };
	struct dentry root = { .d_inode = &inode }, entry = { .d_parent = &root };
	struct vfsmount mnt = { .mnt_root = &root, .mnt_sb = &sb };
	struct path dir = { .mnt = &mnt, .dentry = &root };
	struct file file = { .f_path = { .mnt = &mnt, .dentry = &root }, .f_inode = &inode,
			     .f_mode = wanted };
	unsigned major = 0, minor = 0;

	sb.s_type = &tmpfs;
	sscanf(text + 1, ":%u:%u", &major, &minor);
	if (!strcmp(act, "make"))
		return !lockc_path_mknod(&dir, &entry, parse_type(text) | 0600,
					 encode_dev(major, minor));
	inode.i_mode = parse_type(text) | 0600;
	inode.i_rdev = KERNEL_DEV(major, minor);
	return !lockc_file_open(&file);
}

/* As overlayfs does: with other credentials, through a mount of the kernel's own. */
static int open_layer(unsigned long magic, unsigned mode)
{
	static const char name[9] = "layer";
	static struct file_system_type type = { .name = name };
	static const struct cred layers, own;
	static struct super_block sb;
	struct inode inode = { .i_sb = &sb, .i_mode = mode, .i_rdev = KERNEL_DEV(8, 0) };
	struct dentry root = { .d_inode = &inode, .d_parent = &root, .d_sb = &sb };
	struct mount mount = { .mnt = { .mnt_root = &root, .mnt_sb = &sb },
			       .mnt_ns = (void *)MNT_NS_INTERNAL };
	struct file file = { .f_path = { .mnt = &mount.mnt, .dentry = &root }, .f_inode = &inode,
			     .f_mode = FMODE_READ, .f_cred = &layers };
	int allowed;

	sb = (struct super_block){ .s_magic = magic, .s_root = &root, .s_type = &type };
	task.cred = &layers;
	task.real_cred = &own;
	allowed = !lockc_file_open(&file);
	task.cred = task.real_cred = NULL;
	return allowed;
}

static int parse_hex(const char *hex, unsigned char *bytes)
{
	int count = 0;

	for (; hex[0] && hex[1]; hex += 2)
		sscanf(hex, "%2hhx", &bytes[count++]);
	return count;
}

static int holds(int own, int target, const char *flags)
{
	static struct user_namespace line[CRED_NAMESPACES], branch[CRED_NAMESPACES];
	const struct cred cred = { .euid = { 1000 },
				   .cap_effective = { { strchr(flags, 'h') ? 1 << 5 : ~(1 << 5) } },
				   .user_ns = &line[own] };
	int i;

	for (i = 0; i < CRED_NAMESPACES; i++) {
		__u32 owner = i == own + 1 && strchr(flags, 'o') ? 1000 : 1001;

		line[i] = (struct user_namespace){ i ? &line[i - 1] : NULL, i, { owner } };
		branch[i] = line[i];
		branch[i].parent = i > 1 ? &branch[i - 1] : line;
	}
	return cred_holds(&cred, strchr(flags, 's') ? &branch[target] : &line[target], 5);
}

static int answer(const char *act, char *a, char *b, const char *c, const char *d)
{
	static unsigned char bytes[4096];
	struct sock sk = { .__sk_common = { .skc_family = atoi(a) } };
	struct socket sock = { .state = SS_UNCONNECTED, .sk = &sk };
	struct msghdr message = { 0 };

	if (!strcmp(act, "rules")) {
		struct lockc_change change = { .container = 1, .rules = atoi(a),
					       .pseudo = SET, .devices = SET };

		return lockc_apply(&change);
	}
	if (!strcmp(act, "end")) {
		record_is_gone = 1;
		lifecycle_release(1, &container);
		return 0;
	}
	if (!strcmp(act, "looked-up"))
		return record_looked_up;
	looked_up = 0;
	if (!strcmp(act, "layer"))
		return open_layer(strtoul(a, NULL, 16), strtoul(b, NULL, 8));
	if (!strcmp(act, "access") || !strcmp(act, "stray"))
		return access_of(a, !strcmp(act, "stray"));
	if (!strcmp(act, "holds"))
		return holds(atoi(a), atoi(b), c);
	if (!strcmp(act, "own"))
		return access_in_cgroup(atoi(a), b);
	if (!strcmp(act, "open") || !strcmp(act, "make"))
		return device(act, a, atoi(b));
	if (!strcmp(act, "mode"))
		return attr_lends_rights(strtol(a, NULL, 8), atoi(b));
	if (!strcmp(act, "xattr"))
		return attr_name_lends((__u64)a, strtol(b, NULL, 8));
	if (!strcmp(act, "handle"))
		return in_open_by_handle(a, b);
	if (!strcmp(act, "hand"))
		return hand_over(a, atoi(c), atoi(b));
	if (!strcmp(act, "share"))
		return share_pids(atoi(a), atoi(b), atoi(c), atoi(d));
	if (!strcmp(act, "signals"))
		return signals(a, b);
	if (!strcmp(act, "self"))
		return is_self(strtoll(a, NULL, 10));
	if (!strcmp(act, "loose"))
		return grant_above(1, (__u64)make_loose(a), atoi(b));
	if (!strcmp(act, "is-engine"))
		return unix_is_engine((__u64)make_file(a));
	if (!strcmp(act, "above"))
		return grant_above(1, (__u64)make_file(a), atoi(b));
	if (!strcmp(act, "token"))
		return opens_token(a, b);
	if (!strcmp(act, "socket"))
		return !lockc_socket_create(atoi(a), atoi(b), atoi(c), 0);
	if (!strcmp(act, "option")) {
		sk.__sk_common.skc_family = AF_INET;
		return !lockc_socket_setsockopt(&sock, atoi(a), atoi(b));
	}
	memset(bytes, 0xee, sizeof(bytes));
	if (!strcmp(act, "control")) {
		sk.__sk_common.skc_family = AF_INET;
		message.msg_control = bytes;
		message.msg_controllen = parse_hex(a, bytes);
		return !lockc_socket_sendmsg(&sock, &message);
	}
	message.msg_name = bytes;
	message.msg_namelen = parse_hex(b, bytes);
	if (!strcmp(act, "connect"))
		return !lockc_socket_connect(&sock, bytes, message.msg_namelen);
	if (!strcmp(act, "bind"))
		return !lockc_socket_bind(&sock, bytes, message.msg_namelen);
	message.msg_flags = strcmp(act, "batch") ? 0 : MSG_BATCH;
	if (!strcmp(act, "send") || !strcmp(act, "batch"))
		return !lockc_socket_sendmsg(&sock, &message);
	exit(2);
}

int main(void)
{
	static char line[8192], act[16], a[8192], b[2048], c[16], d[16];

	while (fgets(line, sizeof(line), stdin)) {
		*a = *b = *c = *d = 0;
		if (sscanf(line, "%15s %8191s %2047s %15s %15s", act, a, b, c, d) < 1)
			return 2;
		if (!strcmp(act, "forget")) {
			rule_count = device_count = engine_count = 0;
			memset(pages, 0, sizeof(pages));
			container.granted = 0;
			file_system.s_magic = subvolume.root_key.objectid = file_generation = 0;
		} else if (!strcmp(act, "rule")) {
			rules[rule_count].access = atoi(b);
			rules[rule_count++].key = (struct lockc_pseudo_key){
				.set = SET, .path = hash_path(a), .magic = MAGIC
			};
		} else if (!strcmp(act, "entry")) {
			rules[rule_count].access = atoi(b);
			rules[rule_count++].key = (struct lockc_pseudo_key){
				.set = SET, .path = strtoul(a, NULL, 16), .magic = MAGIC
			};
		} else if (!strcmp(act, "device")) {
			open_devices[device_count].access = atoi(d);
			open_devices[device_count++].key = (struct lockc_device_key){
				.set = SET, .type = parse_type(a), .major = atoi(b), .minor = atoi(c)
			};
		} else if (!strcmp(act, "starting")) {
			all_common.starting = atoi(a);
		} else if (!strcmp(act, "grant")) {
			give(a, atoi(b));
		} else if (!strcmp(act, "lies")) {
			file_system.s_magic = atoi(a) ? BTRFS_SUPER_MAGIC : 0;
			subvolume.root_key.objectid = atoi(a);
			file_generation = atoi(b);
		} else if (!strcmp(act, "engine")) {
			engines[engine_count++] = (struct lockc_socket_key){ .path = hash_path(a),
									     .dev = file_system.s_dev };
		} else if (!strcmp(act, "hash")) {
			printf("%llx\n", hash_path(a));
		} else {
			printf("%d\n", answer(act, a, b, c, d));
			record_looked_up = looked_up;
		}
	}
	return 0;
}
