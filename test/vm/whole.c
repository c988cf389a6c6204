// SPDX-License-Identifier: Apache-2.0
/*
 * whole ACT DIRECTORY: what acts on the file system of a directory as a whole, or asks for it; says
 * what came of it. Those for which nothing is said take CAP_SYS_ADMIN.
 *
 *   handle     XFS: finds all its files and opens the first one by its number
 *   search     btrfs: counts what its tree of chunks says
 *   trim       gives free blocks back
 *   snapshot   btrfs: of the subvolume that it lies in; no capability
 *   other      bcachefs: the same, which no guest's kernel has
 *   destroy    btrfs: a subvolume by number, none
 *   keys       fscrypt: forget a key, none; no capability
 *   watch      fanotify: each open in the file system
 *   ask        fanotify: to be asked at each open of the directory
 *   see        fanotify: each open of the directory
 *   subvolume  btrfs: makes one there
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* As XFS' own header has them (fs/xfs/libxfs/xfs_fs.h), which no package brings along. */
struct by_handle {
	uint32_t fd;
	void *path;
	uint32_t flags;
	void *handle;
	uint32_t size;
	void *to;
	uint32_t *to_size;
};

struct many {
	uint64_t *last;
	int32_t count;
	void *found;
	int32_t *got;
};

struct handle {
	uint8_t file_system[8];
	uint16_t length, unused;
	uint32_t generation;
	uint64_t number;
};

#define FOUND 136 /* struct xfs_bstat: bs_ino at 0, bs_mode at 8, bs_gen at 108 */

static int handle(int at)
{
	struct handle it = { 0 };
	uint32_t size = sizeof(it);
	struct by_handle ask = { .fd = at, .to = &it, .to_size = &size };
	static unsigned char found[64][FOUND];
	uint64_t last = 0;
	int32_t got = 0;
	struct many all = { &last, 64, found, &got };
	char text[64] = "";
	uint16_t mode;
	int file, i;

	if (ioctl(at, _IOWR('X', 106, struct by_handle), &ask) ||
	    ioctl(at, _IOWR('X', 101, struct many), &all))
		return -1;
	for (i = 0; i < got; i++) {
		memcpy(&mode, found[i] + 8, sizeof(mode));
		if (S_ISREG(mode))
			break;
	}
	if (i == got)
		return 0;
	memcpy(&it.number, found[i], sizeof(it.number));
	memcpy(&it.generation, found[i] + 108, sizeof(it.generation));
	ask = (struct by_handle){ .fd = at, .flags = O_RDONLY, .handle = &it, .size = sizeof(it) };
	file = ioctl(at, _IOWR('X', 107, struct by_handle), &ask);
	return file < 0 || read(file, text, sizeof(text) - 1) <= 0 ? -1 : 0;
}

static int search(int at)
{
	struct btrfs_ioctl_search_args args = { .key = {
		.tree_id = 3, .max_objectid = ~0ull, .max_offset = ~0ull, .max_transid = ~0ull,
		.max_type = ~0u, .nr_items = 16 } };

	return ioctl(at, BTRFS_IOC_TREE_SEARCH, &args);
}

static int trim(int at)
{
	struct fstrim_range range = { .len = ~0ull };

	return ioctl(at, FITRIM, &range);
}

static int snapshot(int at)
{
	struct btrfs_ioctl_vol_args_v2 args = { .fd = at, .name = "snapshot" };

	return ioctl(at, BTRFS_IOC_SNAP_CREATE_V2, &args);
}

static int other(int at)
{
	struct { uint32_t flags, dirfd; uint16_t mode, unused[3]; uint64_t to, from; } args = { 1 };

	return ioctl(at, _IOW(0xbc, 16, args), &args);
}

static int destroy(int at)
{
	struct btrfs_ioctl_vol_args_v2 args = { .flags = 1 << 4, .subvolid = 1 << 30 };

	return ioctl(at, _IOW(0x94, 63, args), &args);
}

static int keys(int at)
{
	struct fscrypt_remove_key_arg args = { .key_spec.type = FSCRYPT_KEY_SPEC_TYPE_IDENTIFIER };

	return ioctl(at, FS_IOC_REMOVE_ENCRYPTION_KEY, &args);
}

static int subvolume(int at)
{
	struct btrfs_ioctl_vol_args args = { .name = "subvolume" };

	return ioctl(at, BTRFS_IOC_SUBVOL_CREATE, &args);
}

static int mark(const char *at, unsigned int class, unsigned int what, uint64_t mask)
{
	return fanotify_mark(fanotify_init(class, O_RDONLY), FAN_MARK_ADD | what, mask, AT_FDCWD, at);
}

int main(int argc, char **argv)
{
	const char *act = argv[1], *at = argv[argc - 1];
	int directory, failed;

	if (argc != 3)
		return 2;
	directory = open(at, O_RDONLY | O_DIRECTORY);
	failed = directory < 0		       ? -1 :
		 !strcmp(act, "handle")	       ? handle(directory) :
		 !strcmp(act, "search")	       ? search(directory) :
		 !strcmp(act, "trim")	       ? trim(directory) :
		 !strcmp(act, "snapshot")      ? snapshot(directory) :
		 !strcmp(act, "subvolume")     ? subvolume(directory) :
		 !strcmp(act, "other")	       ? other(directory) :
		 !strcmp(act, "destroy")       ? destroy(directory) :
		 !strcmp(act, "keys")	       ? keys(directory) :
		 !strcmp(act, "watch")	       ? mark(at, FAN_CLASS_NOTIF, FAN_MARK_FILESYSTEM, FAN_OPEN) :
		 !strcmp(act, "ask")	       ? mark(at, FAN_CLASS_CONTENT, FAN_MARK_INODE, FAN_OPEN_PERM) :
		 !strcmp(act, "see")	       ? mark(at, FAN_CLASS_NOTIF, FAN_MARK_INODE, FAN_OPEN) :
						 -1;
	printf("%s: %s\n", act, failed < 0 ? strerror(errno) : "done");
	return 0;
}
