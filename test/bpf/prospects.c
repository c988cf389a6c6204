// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * What hooks have mounted (bpf/prospect.bpf.h, bpf/hook/lifecycle.bpf.h) on this host, without a
 * kernel: reads what there is from stdin, a line each, and answers questions with a number on a
 * line.
 *
 *   rules BITS                 the container's
 *   expect PATH BITS           enum lockc_prospect of PATH in the host's file system
 *   grant PATH                 the container was given it, writable
 *   mount N ON PATH ro|rw      mount N, on mount ON, whose root is PATH; the first is the root's.
 *                              N from 1. ".sock" ends a socket's name
 *   foreign N                  mount N is of another mount namespace
 *   loop N                     somebody takes it off just now: its list leads to itself
 *   ran                        user code has run before
 *   apply BITS                 the container gets another policy
 *   place N                    the first process is in the place of that container
 *   execute                    it executes its first program
 *   given PATH                 -1: a mount of PATH is not the container's; else its flags
 *   start                      … and that is user code, or a hook's that runs what is there
 *   created                    the runtime's first process has ended, and nobody else pivoted
 *   left                       how many elements are left in the maps of prospects
 *   prospects                  how many there are
 *   end                        the container ends; how much is left of it in maps
 */
#include <stdio.h>
#include <stdlib.h>

#define HOST_MAPS
#include "lockc.bpf.c"

#define NODES 64
#define PAGES 8
#define MOUNTS 32

static struct task_struct task = { .group_leader = &task, .bpf_storage = (void *)1 };
static struct lockc_task storage = { .container = 1, .phase = LOCKC_PHASE_RUNTIME, .counted = 1,
				     .pivoted = 1 };
static struct lockc_container container = { .rules = LOCKC_RULE_FILES | LOCKC_RULE_MOUNT,
					      .runtime_mntns = 7 };
static struct mnt_namespace___id namespaces = { { 8 } };
static struct nsproxy proxy = { .mnt_ns = (void *)&namespaces };
static struct fs_struct fs;
static struct user_namespace users;
static struct cred cred = { .user_ns = &users };
static struct lockc_common all_common;
static struct lockc_grant_page given[PAGES];
static bool has_given[PAGES];
static struct { bool used; struct lockc_prospect_key key; __u32 may; } expected[NODES];
static struct lockc_prospect_key listed[NODES];
static __u64 owner = 1;
static bool ended;

int LINUX_KERNEL_VERSION = KERNEL_VERSION(6, 1, 0);

void *host_task(void)
{
	return &task;
}

static int find(const struct lockc_prospect_key *key)
{
	int i;

	for (i = 0; i < NODES; i++)
		if (expected[i].used && !memcmp(&expected[i].key, key, sizeof(*key)))
			break;
	return i;
}

void *host_look_up(void *map, const void *key)
{
	const struct lockc_grant_key *page = key;

	if (map == &common)
		return &all_common;
	if (map == &containers)
		return ended ? NULL : &container;
	if (map == &places)
		return &owner;
	if (map == &grants)
		return page->page < PAGES && has_given[page->page] ? &given[page->page] : NULL;
	if (map == &prospects)
		return find(key) < NODES ? &expected[find(key)].may : NULL;
	if (map == &prospect_list)
		return page->page < NODES && listed[page->page].container ? &listed[page->page] : NULL;
	return NULL;
}

long host_update(void *map, const void *key, const void *value, unsigned long flags)
{
	const struct lockc_grant_key *page = key;
	int i;

	if (map == &grants && page->page < PAGES)
		has_given[page->page] = 1;
	if (map == &prospect_list)
		listed[page->page] = *(const struct lockc_prospect_key *)value;
	if (map == &prospects) {
		for (i = 0; i < NODES && expected[i].used; i++)
			;
		expected[i].used = 1;
		expected[i].key = *(const struct lockc_prospect_key *)key;
		expected[i].may = *(const __u32 *)value;
	}
	return 0;
}

long host_delete(void *map, const void *key)
{
	const struct lockc_grant_key *page = key;
	bool had;

	if (map == &containers)
		ended = 1;
	if (map == &prospects && find(key) < NODES)
		expected[find(key)].used = 0;
	if (map == &prospect_list)
		listed[page->page].container = 0;
	if (map != &grants || page->page >= PAGES)
		return -ENOENT;
	had = has_given[page->page];
	has_given[page->page] = 0;
	return had ? 0 : -ENOENT;
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
static struct super_block host_sb = { .s_dev = 9, .s_magic = 0xef53 };

static struct dentry *node(const char *path)
{
	static struct { char path[64]; struct dentry dentry; struct inode inode; } nodes[NODES];
	const char *socket = strstr(path, ".sock");
	char parent[64] = "";
	int i;

	for (i = 0; i < NODES && nodes[i].inode.i_ino; i++)
		if (!strcmp(nodes[i].path, path))
			return &nodes[i].dentry;
	if (i == NODES)
		exit(2);
	strcpy(nodes[i].path, path);
	nodes[i].inode = (struct inode){ .i_ino = i + 1, .i_sb = &host_sb,
					 .i_mode = socket ? S_IFSOCK : S_IFDIR };
	nodes[i].dentry = (struct dentry){ .d_inode = &nodes[i].inode, .d_sb = &host_sb };
	memcpy(parent, path, strrchr(path, '/') - path);
	nodes[i].dentry.d_parent = strcmp(path, "/") ? node(*parent ? parent : "/") :
						       &nodes[i].dentry;
	return &nodes[i].dentry;
}

static struct mount mounts[MOUNTS];

/* The last child of its parent, in the kernel's rings. */
static void mount_on(int number, int on, const char *path, const char *mode)
{
	struct mount *mount = &mounts[number], *parent = &mounts[on];
	struct list_head *last = &parent->mnt_mounts;

	mount->mnt = (struct vfsmount){ .mnt_root = node(path), .mnt_sb = &host_sb,
					.mnt_flags = strcmp(mode, "ro") ? 0 : MNT_READONLY };
	mount->mnt_ns = proxy.mnt_ns;
	mount->mnt_parent = parent;
	mount->mnt_mounts.next = &mount->mnt_mounts;
	mount->mnt_child.next = &mount->mnt_child;
	if (number == on) {
		fs.root.mnt = &mount->mnt;
		fs.root.dentry = mount->mnt.mnt_root;
		return;
	}
	while (last->next != &parent->mnt_mounts)
		last = last->next;
	last->next = &mount->mnt_child;
	mount->mnt_child.next = &parent->mnt_mounts;
}

static int flags_of(const char *path)
{
	struct inode *inode = node(path)->d_inode;
	const struct member m = { .key = 1 };
	int flags;

	if (!grant_exists(m.key, inode, LOCKC_GRANT_MOUNT))
		return -1;
	for (flags = 7; flags; flags--)
		if (grant_exists(m.key, inode, LOCKC_GRANT_MOUNT | GRANT_WITH(flags)))
			break;
	return flags;
}

static int prospects_left(void)
{
	int i, left = 0;

	for (i = 0; i < NODES; i++)
		left += expected[i].used + (listed[i].container != 0);
	return left;
}

static int left_at_end(void)
{
	int i, left = 0;

	lifecycle_release(1, &container);
	for (i = 0; i < PAGES; i++)
		left += has_given[i];
	return left + prospects_left();
}

static void execute(void)
{
	struct member m = { .key = 1, .phase = LOCKC_PHASE_CONFINED, .container = &container,
			    .storage = &storage };

	lifecycle_adopt_mounts(&m, &task);
}

int main(void)
{
	static char line[1024];
	int i;

	task.nsproxy = &proxy;
	task.cred = &cred;
	task.fs = &fs;
	for (i = 0; i < LOCKC_SLOTS; i++)
		all_common.slots[i] = 1;
	while (fgets(line, sizeof(line), stdin)) {
		char *act = strtok(line, " \n"), *a = strtok(NULL, " \n"), *b = strtok(NULL, " \n");
		char *c = strtok(NULL, " \n"), *d = strtok(NULL, " \n");

		if (!strcmp(act, "rules")) {
			container.rules = atoi(a);
		} else if (!strcmp(act, "expect")) {
			prospect_record(1, (__u64)&host_sb, node(a)->d_inode->i_ino,
					grant_which(host_sb.s_dev, 0), atoi(b));
		} else if (!strcmp(act, "grant")) {
			grant_record(1, (__u64)&host_sb, node(a)->d_inode->i_ino,
				     grant_which(host_sb.s_dev, 0),
				     LOCKC_GRANT_MOUNT | GRANT_WITH(LOCKC_GRANT_FLAG_WRITE));
		} else if (!strcmp(act, "mount")) {
			mount_on(atoi(a), atoi(b), c, d);
		} else if (!strcmp(act, "foreign")) {
			mounts[atoi(a)].mnt_ns = NULL;
		} else if (!strcmp(act, "loop")) {
			mounts[atoi(a)].mnt_child.next = &mounts[atoi(a)].mnt_child;
		} else if (!strcmp(act, "ran")) {
			container.ran = 1;
		} else if (!strcmp(act, "apply")) {
			struct lockc_change change = { .container = 1, .rules = atoi(a) };

			lockc_apply(&change);
		} else if (!strcmp(act, "place")) {
			owner = atoi(a);
		} else if (!strcmp(act, "execute")) {
			execute();
		} else if (!strcmp(act, "start")) {
			lifecycle_start(1, &container, &task);
		} else if (!strcmp(act, "created")) {
			container.creator_gone = 1;
		} else if (!strcmp(act, "left")) {
			printf("%d\n", prospects_left());
		} else if (!strcmp(act, "given")) {
			printf("%d\n", flags_of(a));
		} else if (!strcmp(act, "prospects")) {
			printf("%u\n", container.prospects);
		} else if (!strcmp(act, "end")) {
			printf("%d\n", left_at_end());
		} else {
			return 2;
		}
	}
	return 0;
}
