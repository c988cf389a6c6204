/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fields of kernel structures that lockc reads, and no others. Offsets are
 * relocated at load (CO-RE), so one object serves every kernel; where a field
 * moved between kernels there is a getter below.
 */
#ifndef LOCKC_KERNEL_BPF_H
#define LOCKC_KERNEL_BPF_H

#include <asm/socket.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/fcntl.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/magic.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef _Bool bool;

/*
 * The lower half of a number, or of an address, that is to be reckoned with: the verifier
 * allows it of no address, and the compiler would go on with the whole.
 */
static inline __attribute__((always_inline)) __u32 kernel_low(__u64 number)
{
	__u32 low = number;

#ifdef __bpf__
	asm volatile("%0 = %1" : "=w"(low) : "w"((__u32)number));
#endif
	return low;
}

enum { EPERM = 1, ENOENT = 2, EBADF = 9, ENOMEM = 12, EBUSY = 16, ENOSPC = 28, EOPNOTSUPP = 95 };

#define S_IFMT 0170000
#define S_IFCHR 0020000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_IFIFO 0010000
#define S_IFSOCK 0140000
#define S_ISUID 0004000
#define S_ISGID 0002000

#define FMODE_EXEC_FLAG 0x20		  /* __FMODE_EXEC in f_flags: an open for execve */
#define FMODE_READ 0x1
#define FMODE_WRITE 0x2
#define FMODE_BACKING (1u << 24)	  /* what is behind a file of overlayfs or FUSE … */
#define FMODE_BACKING_OLD (1u << 25)	  /* … before 6.12 */
#define PF_IO_WORKER 0x10		  /* also io_uring's SQPOLL thread */
#define PF_DUMPCORE 0x200
#define SIGKILL 9
#define CAP_OPT_NOAUDIT 0x2
#define SOCK_BINDADDR_LOCK 4
#define MSG_BATCH 0x40000		  /* sendmmsg(2): of each message but the last */
#define TS_COMPAT 0x2			  /* in a system call of i386 */
#define X32_BIT 0x40000000		  /* __X32_SYSCALL_BIT */
#define SB_RDONLY 1ul
#define SB_KERNMOUNT (1ul << 22)
#define SB_NOUSER (1ul << 31)
#define ATTR_MODE 0x1
#define VM_EXEC 0x4
#define READ_IMPLIES_EXEC 0x0400000
#define PROT_EXEC 0x4
#define TIOCSTI 0x5412
#define TIOCLINUX 0x541c
#define TIOCCONS 0x541d
#define FIOSETOWN 0x8901
#define SIOCSPGRP 0x8902
#define BPF_FS_MAGIC 0xcafe4a11
#define CONFIGFS_MAGIC 0x62656570
#define FUSE_SUPER_MAGIC 0x65735546	  /* also of fuseblk and virtiofs */
#define MQUEUE_MAGIC 0x19800202
#define FUSE_CTL_SUPER_MAGIC 0x65735543
/* Not the kernel's, whose devtmpfs has tmpfs' or ramfs': "devtmpfs", as its type is called. */
#define DEVTMPFS_MAGIC 0x7366706d74766564ul
#define KERNEL_CGROUP_ROOT 1		  /* id of cgroup v2's root (fs/kernfs/dir.c) */
#define MNT_READONLY 0x40
#define MNT_NS_INTERNAL ((__u64)(__s64)-22) /* ERR_PTR(-EINVAL), fs/mount.h */

/* <sys/socket.h> has these for user programs, and does not compile here. */
enum { AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10, AF_NETLINK = 16 };
enum { AF_RDS = 21, AF_IUCV = 32, AF_ISDN = 34, AF_VSOCK = 40, AF_QIPCRTR = 42 };
enum { SOCK_STREAM = 1, SOCK_DGRAM = 2 };
enum { SOL_IP = 0, SOL_UDP = 17, SOL_IPV6 = 41 };

/* Newer than the headers of Debian 12. */
#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51
#endif

#define KERNEL_DEV(major, minor) (((major) << 20) | (minor))
#define KERNEL_MAJOR(dev) ((dev) >> 20)
#define KERNEL_MINOR(dev) ((dev) & 0xfffff)

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	int counter;
} atomic_t;

struct dentry;

struct file_system_type {
	const char *name;
};

struct super_block {
	__u32 s_dev;
	atomic_t s_active;
	struct file_system_type *s_type;
	unsigned long s_flags;
	unsigned long s_magic;
	struct dentry *s_root;
	void *s_fs_info;
};

struct inode {
	unsigned short i_mode;
	unsigned int i_nlink;
	__u32 i_rdev;
	unsigned long i_ino;
	__u32 i_generation;
	struct super_block *i_sb;
};

struct qstr {
	__u32 hash;
	__u32 len;
	const unsigned char *name;
};

struct dentry {
	struct inode *d_inode;
	struct dentry *d_parent;
	struct qstr d_name;
	struct super_block *d_sb;
};

struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
	int mnt_flags;
};

struct list_head {
	struct list_head *next;
};

struct mount;

struct mnt_namespace {
	struct mount *root;
	struct user_namespace *user_ns; /* whose capabilities count in it */
};

struct mount {
	struct mount *mnt_parent; /* its own, where there is none */
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct list_head mnt_mounts; /* those that lie on it … */
	struct list_head mnt_child;  /* … each of them by this */
	struct mnt_namespace *mnt_ns;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct cred;

struct file {
	struct path f_path;
	struct inode *f_inode;
	unsigned int f_flags;
	unsigned int f_mode;
	const struct cred *f_cred;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
	unsigned long *close_on_exec;
};

struct files_struct {
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root;
};

struct net;

struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
};

struct pid;

enum { PIDTYPE_PGID = 2 };

struct signal_struct {
	atomic_t live;
	struct pid *pids[4];
};

typedef struct {
	__u32 val;
} kuid_t;

typedef struct {
	__u32 val;
} kgid_t;

struct user_namespace {
	struct user_namespace *parent;
	int level;
	kuid_t owner;
};

/* Two words of 32 bits up to 6.2, one of 64 since: the same bytes. */
typedef struct {
	__u32 cap[2];
} kernel_cap_t;

struct key;
struct group_info;

struct cred {
	kuid_t uid;
	kuid_t suid;
	kuid_t euid;
	kgid_t egid;
	kuid_t fsuid;
	kernel_cap_t cap_permitted;
	kernel_cap_t cap_effective;
	struct key *session_keyring;
	struct user_namespace *user_ns;
	struct group_info *group_info;
};

struct bpf_local_storage;
struct io_uring_task;

struct hlist_node {
	struct hlist_node *next;
};

struct hlist_head {
	struct hlist_node *first;
};

struct pid_namespace {
	struct pid_namespace *parent;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct hlist_head tasks[4];
	struct upid numbers[1]; /* one for each level */
};

struct mm_struct {
	struct file *exe_file;
};

struct thread_info {
	__u32 status;
};

struct task_struct {
	struct thread_info thread_info;
	int pid;
	int tgid;
	struct mm_struct *mm;
	struct task_struct *group_leader;
	char comm[16];
	struct pid *thread_pid;
	struct hlist_node pid_links[4];
	unsigned int flags;
	unsigned int personality;
	const struct cred *real_cred;
	const struct cred *cred;
	struct io_uring_task *io_uring;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct files_struct *files;
	struct fs_struct *fs;
	struct bpf_local_storage *bpf_storage;
};

struct proc_fs_info {
	struct pid_namespace *pid_ns;
};

struct proc_inode {
	struct pid *pid;
	struct inode vfs_inode;
};

struct fc_log;

struct p_log {
	struct fc_log *log;
};

struct fs_context {
	struct file_system_type *fs_type;
	struct p_log log;
};

struct linux_binprm {
	struct file *file;
	struct cred *cred;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct sock_common {
	unsigned short skc_family;
	possible_net_t skc_net;
	__u32 skc_rcv_saddr;
	struct {
		__u32 words[4];
	} skc_v6_rcv_saddr;
};

struct sock {
	struct sock_common __sk_common;
	__u16 sk_protocol;
	unsigned char sk_userlocks : 4;
};

struct socket {
	socket_state state;
	short type;
	struct sock *sk;
};

struct sockaddr_un {
	__u16 sun_family;
	char sun_path[108];
};

struct unix_address {
	int len; /* of `name` */
	struct sockaddr_un name[1];
};

struct unix_sock {
	struct sock sk;
	struct unix_address *addr; /* NULL: it has no name at all */
	struct path path;	   /* what it is bound to; no dentry: an abstract name, or none */
};

/* Of the module btrfs: known if that is loaded, or built in, when lockc's programs are. */
struct btrfs_key {
	__u64 objectid;
};

struct btrfs_root {
	struct btrfs_key root_key;
};

struct btrfs_inode {
	struct btrfs_root *root;
	struct inode vfs_inode;
};

/* Of the module overlay: known like btrfs'. */
struct ovl_layer {
	struct vfsmount *mnt; /* a private clone, whose root is the layer */
};

struct ovl_fs {
	unsigned int numlayer; /* also where it has no upper one */
	struct ovl_layer *layers; /* the first is the upper one; of a layer that is none the mount is NULL */
	struct dentry *workbasedir; /* NULL: it is not written */
};

struct iattr {
	unsigned int ia_valid;
	unsigned short ia_mode;
};

struct vm_area_struct {
	unsigned long vm_flags;
	struct file *vm_file;
};

struct msghdr {
	void *msg_name;
	int msg_namelen;
	void *msg_control;
	bool msg_control_is_user : 1;
	__u64 msg_controllen;
	unsigned int msg_flags;
};

struct pt_regs {
	unsigned long orig_ax;
};

/* Up to 6.17 a mount namespace's never-reused number is `seq` … */
struct mnt_namespace___seq {
	__u64 seq;
};

/* … later it is the id that every namespace has. */
struct ns_common___id {
	__u64 ns_id;
};

struct mnt_namespace___id {
	struct ns_common___id ns;
};

#pragma clang attribute pop

/* Of the kernel that loads this: what depends on it is decided then, and costs nothing. */
extern int LINUX_KERNEL_VERSION __kconfig;

/* lockctl load: 1 where programs are attached to functions (fmod_ret) and not to hooks. */
const volatile int kernel_by_function = 0;

/*
 * The number of the task's mount namespace. Unlike the inode number that
 * /proc/PID/ns/mnt shows it is never given to another namespace while the host
 * is up. 0: the task has none (it is exiting).
 */
static __always_inline __u64 kernel_mntns(struct task_struct *task)
{
	struct mnt_namespace *ns = task->nsproxy->mnt_ns;

	if (bpf_core_field_exists(struct mnt_namespace___id, ns.ns_id))
		return ((struct mnt_namespace___id *)ns)->ns.ns_id;
	return ((struct mnt_namespace___seq *)ns)->seq;
}

/* The same for a namespace that is only known by its address. */
static __always_inline __u64 kernel_mntns_number(struct mnt_namespace *ns)
{
	if (bpf_core_field_exists(struct mnt_namespace___id, ns.ns_id))
		return BPF_CORE_READ((struct mnt_namespace___id *)ns, ns.ns_id);
	return BPF_CORE_READ((struct mnt_namespace___seq *)ns, seq);
}

/* … for a task that is. */
static __always_inline __u64 kernel_mntns_at(struct task_struct *task)
{
	return kernel_mntns_number(BPF_CORE_READ(task, nsproxy, mnt_ns));
}

/* The address of the user namespace whose capabilities count in the task's mount namespace. */
static __always_inline __u64 kernel_mntns_users(struct task_struct *task)
{
	return (__u64)task->nsproxy->mnt_ns->user_ns;
}

/* The task that a file or directory of /proc/PID is about; NULL: none, or it has ended. */
static __always_inline struct task_struct *kernel_task_of(struct inode *inode)
{
	struct proc_inode *proc =
		(void *)((char *)inode - bpf_core_field_offset(struct proc_inode, vfs_inode));
	struct pid *pid = BPF_CORE_READ(proc, pid);
	struct hlist_node *node = pid ? BPF_CORE_READ(pid, tasks[0].first) : NULL;

	if (!node)
		return NULL;
	return (void *)((char *)node - bpf_core_field_offset(struct task_struct, pid_links[0]));
}

/* What mknod(2) is given: the low byte of the minor first (include/linux/kdev_t.h, new_decode_dev). */
static __always_inline __u32 kernel_decode_dev(__u32 dev)
{
	return KERNEL_DEV((dev & 0xfff00) >> 8, (dev & 0xff) | ((dev >> 12) & 0xfff00));
}

/* The magic of a file system, and DEVTMPFS_MAGIC for devtmpfs. */
static __always_inline __u64 kernel_magic(struct super_block *sb)
{
	__u64 magic = sb->s_magic;
	char name[9] = {};

	if (magic != TMPFS_MAGIC && magic != RAMFS_MAGIC)
		return magic;
	bpf_probe_read_kernel(name, sizeof(name), sb->s_type->name);
	return *(__u64 *)name == DEVTMPFS_MAGIC && !name[8] ? DEVTMPFS_MAGIC : magic;
}

/* `ino`, made one of the whole file system where that is btrfs, by the inode's subvolume. */
static __always_inline __u64 kernel_number_in(__u64 magic, __u64 ino, struct inode *inode)
{
	struct btrfs_inode *own;

	if (magic != BTRFS_SUPER_MAGIC)
		return ino;
	if (!bpf_core_field_exists(struct btrfs_inode, root))
		return 0;
	own = (void *)((char *)inode - bpf_core_field_offset(struct btrfs_inode, vfs_inode));
	return ino ^ BPF_CORE_READ(own, root, root_key.objectid) << 32;
}

/*
 * What tells an inode from all others of its superblock. On btrfs each subvolume numbers its
 * own from the same number on, and a snapshot has those of what it is of. 0: the kernel half
 * was loaded when the module btrfs was not, so nothing tells.
 */
static __always_inline __u64 kernel_number(struct inode *inode)
{
	return kernel_number_in(inode->i_sb->s_magic, inode->i_ino, inode);
}

/* The same for an inode that is only known by its address. */
static __always_inline __u64 kernel_number_at(struct inode *inode)
{
	return kernel_number_in(BPF_CORE_READ(inode, i_sb, s_magic), BPF_CORE_READ(inode, i_ino),
				inode);
}

/* The address of the task's network namespace. */
static __always_inline __u64 kernel_netns(struct task_struct *task)
{
	return (__u64)task->nsproxy->net_ns;
}

/* The address of the mount behind that, which is only known by its address. */
static __always_inline __u64 kernel_mount_at(struct vfsmount *mnt)
{
	return (__u64)mnt - bpf_core_field_offset(struct mount, mnt);
}

/*
 * Whether the kernel keeps this mount for itself: private clones through which
 * overlayfs opens its layers, pipefs, sockfs, memfd's tmpfs. No path leads to one.
 */
static __always_inline bool kernel_mount_internal(struct vfsmount *mnt)
{
	struct mount *real = (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));

	return (__u64)BPF_CORE_READ(real, mnt_ns) == MNT_NS_INTERNAL;
}

/* Whether the mount is of the task's own mount namespace. */
static __always_inline bool kernel_mount_is_near(struct vfsmount *mnt, struct task_struct *task)
{
	struct mount *real = (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));

	return BPF_CORE_READ(real, mnt_ns) == BPF_CORE_READ(task, nsproxy, mnt_ns);
}

/* The number of the mount's namespace, as kernel_mntns; 0: it is in none. */
static __always_inline __u64 kernel_mount_mntns(struct vfsmount *mnt)
{
	struct mount *real = (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));

	return kernel_mntns_number(BPF_CORE_READ(real, mnt_ns));
}

/* Whether the mount lies on the root of another: on the root of its namespace, that is. */
static __always_inline bool kernel_mount_covers_root(struct vfsmount *mnt)
{
	struct mount *real = (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));

	return BPF_CORE_READ(real, mnt_mountpoint) == BPF_CORE_READ(real, mnt_parent, mnt.mnt_root);
}

/*
 * Whether the kernel keeps this file system for itself: memfd, pipes, sockets, and
 * huge pages without a path.
 */
static __always_inline bool kernel_superblock_internal(const struct super_block *sb)
{
	unsigned long flags = sb->s_flags;

	return (flags & SB_NOUSER) || ((flags & SB_KERNMOUNT) && sb->s_magic == HUGETLBFS_MAGIC);
}

/*
 * The number of the system call that the task is in, for what no argument of a hook tells. As
 * the kernel reads it (arch/x86/entry): its low 32 bits count.
 */
static __always_inline __u32 kernel_call(struct task_struct *task)
{
	struct pt_regs *regs = (void *)bpf_task_pt_regs(task);
	__u32 number = BPF_CORE_READ(regs, orig_ax);

	return number & ~X32_BIT;
}

/*
 * Whether the task is in open_by_handle_at(2). i386 has numbers of its own, also where a
 * 64-bit program enters by int 0x80.
 */
static __always_inline bool kernel_in_open_by_handle(void)
{
	struct task_struct *task = bpf_get_current_task_btf();
	bool compat = BPF_CORE_READ(task, thread_info.status) & TS_COMPAT;

	return kernel_call(task) == (compat ? 342 : 304);
}

/* Whether the task is in mount(2); as in kernel_in_open_by_handle for i386. */
static __always_inline bool kernel_in_mount(void)
{
	struct task_struct *task = bpf_get_current_task_btf();
	bool compat = BPF_CORE_READ(task, thread_info.status) & TS_COMPAT;

	return kernel_call(task) == (compat ? 21 : 165);
}

/*
 * Whether this file system was made just now, for the mount(2) or fsconfig(2) that the task is in:
 * nobody else has it, mounted or not (fs/super.c, alloc_super and grab_super). Its context has it
 * once; from 6.18 on mount(2) has made the mount, too, when sb_kern_mount is asked
 * (fs/namespace.c, do_new_mount_fc).
 */
static __always_inline bool kernel_superblock_is_new(const struct super_block *sb)
{
	int own = 1;

	if (LINUX_KERNEL_VERSION >= KERNEL_VERSION(6, 18, 0))
		own += kernel_in_mount();
	return sb->s_active.counter == own;
}

/*
 * Whether the task is in one of mount(2)'s successors: open_tree(2) to fspick(2),
 * mount_setattr(2), open_tree_attr(2). From number 424 on all of x86 has the same.
 */
static __always_inline bool kernel_in_mounting(void)
{
	__u32 number = kernel_call(bpf_get_current_task_btf());

	return (number >= 428 && number <= 433) || number == 442 || number == 467;
}

#endif
