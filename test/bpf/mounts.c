// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * What user code mounts (bpf/hook/mount.bpf.h, bpf/grant.bpf.h) on this host, without a kernel:
 * reads questions from stdin, a line each, and answers each with a number on a line. 1: user code
 * can open what is there; -1: the mount was refused.
 *
 *   rules BITS AUDITED         the container's; it begins with FILES and without MOUNT
 *   grant PATH FLAGS           it was given PATH of the host's file system
 *   kernel MINOR CALL          the kernel is 6.MINOR, and user code in the system call CALL
 *   mount TYPE HOLDERS         user code mounts a file system that so many hold: of one that is
 *                              new one does
 *   made TYPE HOLDERS          its runtime does
 *   open                       a file of that one
 *   gone                       nobody mounts that any more; what has its address then is opened.
 *                              So it is with each before another is mounted
 *   bind PATH                  a mount whose root is PATH
 *   overlay UPPER WORK LOWER…  user code mounts one of these layers; "-": it has none
 */
#include <stdio.h>
#include <stdlib.h>

#define HOST_MAPS
#define HOST_RECORDS
#include "lockc.bpf.c"

#define NODES 64

static struct task_struct task = { .group_leader = &task, .bpf_storage = (void *)1 };
static struct lockc_task storage = { .container = 1, .phase = LOCKC_PHASE_CONFINED };
static struct lockc_container container = { .rules = LOCKC_RULE_FILES, .runtime_mntns = 7 };
static struct mnt_namespace___id namespaces = { { 8 } };
static struct nsproxy proxy = { .mnt_ns = (void *)&namespaces };
static struct lockc_common all_common;
static struct lockc_grant_page pages[2];
static struct { __u64 superblock, owner; } made[8];

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

void *host_task(void)
{
	return &task;
}

static int find_made(__u64 superblock)
{
	int i;

	for (i = 0; i < 8 && made[i].superblock != superblock; i++)
		;
	return i;
}

void *host_look_up(void *map, const void *key)
{
	const struct lockc_grant_key *page = key;
	int i;

	if (map == &common)
		return &all_common;
	if (map == &containers)
		return &container;
	if (map == &grants)
		return page->page < 2 ? &pages[page->page] : NULL;
	if (map != &superblocks)
		return NULL;
	i = find_made(*(const __u64 *)key);
	return i < 8 ? &made[i].owner : NULL;
}

long host_update(void *map, const void *key, const void *value, unsigned long flags)
{
	int i;

	if (map != &superblocks)
		return 0;
	if (flags == BPF_NOEXIST && find_made(*(const __u64 *)key) < 8)
		return -17;
	i = find_made(0);
	made[i].superblock = *(const __u64 *)key;
	made[i].owner = *(const __u64 *)value;
	return 0;
}

long host_delete(void *map, const void *key)
{
	int i = map == &superblocks ? find_made(*(const __u64 *)key) : 8;

	if (i < 8)
		made[i].superblock = 0;
	return i < 8 ? 0 : -ENOENT;
}

void host_for_each(void *map, void *callback, void *context)
{
	const __u64 key = 1;

	((long (*)(void *, const void *, void *, void *))callback)(map, &key, &container, context);
}

void *host_storage(void *map, void *of, unsigned long flags)
{
	return &storage;
}

long host_storage_delete(void *of)
{
	return 0;
}

/* The host's file system, whose inodes are numbered as they are first named. */
static struct file_system_type host_type = { .name = "ext4\0\0\0\0" };
static struct super_block host_sb = { .s_dev = 9, .s_magic = 0xef53, .s_type = &host_type };

static struct dentry *node(const char *path)
{
	static struct { char path[64]; struct dentry dentry; struct inode inode; } nodes[NODES];
	char parent[64] = "";
	int i;

	for (i = 0; i < NODES && nodes[i].inode.i_ino; i++)
		if (!strcmp(nodes[i].path, path))
			return &nodes[i].dentry;
	if (i == NODES)
		exit(2);
	strcpy(nodes[i].path, path);
	nodes[i].inode = (struct inode){ .i_ino = i + 1, .i_mode = S_IFDIR, .i_sb = &host_sb };
	nodes[i].dentry = (struct dentry){ .d_inode = &nodes[i].inode, .d_sb = &host_sb };
	memcpy(parent, path, strrchr(path, '/') - path);
	nodes[i].dentry.d_parent = strcmp(path, "/") ? node(*parent ? parent : "/") :
						       &nodes[i].dentry;
	return &nodes[i].dentry;
}

/* Whether user code can open the root of such a mount. */
static int opens(struct dentry *root)
{
	struct mount mount = { .mnt = { .mnt_root = root, .mnt_sb = root->d_sb } };
	struct file file = { .f_path = { .mnt = &mount.mnt, .dentry = root },
			     .f_inode = root->d_inode, .f_mode = FMODE_READ };

	return !lockc_file_open(&file);
}

static const struct { char name[16]; unsigned long magic; } TYPES[] = {
	{ "tmpfs", TMPFS_MAGIC },      { "devtmpfs", TMPFS_MAGIC },  { "ramfs", RAMFS_MAGIC },
	{ "proc", PROC_SUPER_MAGIC },  { "sysfs", SYSFS_MAGIC },     { "cgroup", CGROUP_SUPER_MAGIC },
	{ "cgroup2", CGROUP2_SUPER_MAGIC }, { "devpts", DEVPTS_SUPER_MAGIC },
	{ "mqueue", MQUEUE_MAGIC },    { "bpf", BPF_FS_MAGIC },      { "fuse", FUSE_SUPER_MAGIC },
	{ "fuseblk", FUSE_SUPER_MAGIC }, { "virtiofs", FUSE_SUPER_MAGIC }, { "ext4", 0xef53 },
	{ "nfs", 0x6969 },	       { "9p", 0x01021997 },	     { "debugfs", DEBUGFS_MAGIC },
};

static struct file_system_type mounted_type;
static struct super_block mounted;
static struct inode mounted_inode = { .i_ino = 1, .i_mode = S_IFDIR, .i_sb = &mounted };
static struct dentry mounted_root = { .d_inode = &mounted_inode, .d_sb = &mounted,
				      .d_parent = &mounted_root };

/* By whoever is in that phase; 0, or an errno below it. */
static int mount_one(__u32 phase)
{
	int failed;

	mounted.s_root = &mounted_root;
	mounted.s_type = &mounted_type;
	storage.phase = phase;
	storage.copied = 0;
	failed = lockc_sb_kern_mount(&mounted);
	storage.phase = LOCKC_PHASE_CONFINED;
	return failed;
}

static int mount_type(const char *name, int holders, __u32 phase)
{
	unsigned i;

	for (i = 0; strcmp(TYPES[i].name, name); i++)
		if (i + 1 == sizeof(TYPES) / sizeof(*TYPES))
			exit(2);
	lockc_sb_free_security(&mounted);
	mounted_type.name = TYPES[i].name;
	mounted = (struct super_block){ .s_dev = 30, .s_active = { holders },
					.s_magic = TYPES[i].magic };
	return mount_one(phase) ? -1 : opens(&mounted_root);
}

static int mount_overlay(char *upper, char *work)
{
	static struct vfsmount mounts[16];
	static struct ovl_layer layers[16];
	struct ovl_fs overlay = { .numlayer = 1, .layers = layers };
	char *lower;

	memset(layers, 0, sizeof(layers));
	if (strcmp(upper, "-")) {
		mounts[0].mnt_root = node(upper);
		layers[0].mnt = &mounts[0];
		overlay.workbasedir = node(work);
	}
	for (; (lower = strtok(NULL, " \n")); overlay.numlayer++) {
		mounts[overlay.numlayer].mnt_root = node(lower);
		layers[overlay.numlayer].mnt = &mounts[overlay.numlayer];
	}
	lockc_sb_free_security(&mounted);
	mounted_type.name = "overlay\0";
	mounted = (struct super_block){ .s_dev = 31, .s_active = { 1 }, .s_fs_info = &overlay,
					.s_magic = OVERLAYFS_SUPER_MAGIC };
	return mount_one(LOCKC_PHASE_CONFINED) ? -1 : opens(&mounted_root);
}

static int gone(void)
{
	lockc_sb_free_security(&mounted);
	return opens(&mounted_root);
}

static void give(const char *path, __u32 flags)
{
	struct inode *inode = node(path)->d_inode;

	grant_record(1, (__u64)&host_sb, inode->i_ino, grant_which(host_sb.s_dev, 0),
		     LOCKC_GRANT_MOUNT | GRANT_WITH(flags));
}

int main(void)
{
	static char line[1024];

	task.nsproxy = &proxy;
	while (fgets(line, sizeof(line), stdin)) {
		char *act = strtok(line, " \n"), *a = strtok(NULL, " \n"), *b = strtok(NULL, " \n");

		if (!strcmp(act, "rules")) {
			container.rules = atoi(a);
			container.audit = atoi(b);
			all_common.generation++;
		} else if (!strcmp(act, "kernel")) {
			LINUX_KERNEL_VERSION = KERNEL_VERSION(6, atoi(a), 0);
			host_registers.orig_ax = atoi(b);
		} else if (!strcmp(act, "grant")) {
			give(a, atoi(b));
		} else if (!strcmp(act, "mount")) {
			printf("%d\n", mount_type(a, atoi(b), LOCKC_PHASE_CONFINED));
		} else if (!strcmp(act, "made")) {
			printf("%d\n", mount_type(a, atoi(b), LOCKC_PHASE_RUNTIME));
		} else if (!strcmp(act, "open")) {
			printf("%d\n", opens(&mounted_root));
		} else if (!strcmp(act, "gone")) {
			printf("%d\n", gone());
		} else if (!strcmp(act, "bind")) {
			printf("%d\n", opens(node(a)));
		} else if (!strcmp(act, "overlay")) {
			printf("%d\n", mount_overlay(a, b));
		} else {
			return 2;
		}
	}
	return 0;
}
