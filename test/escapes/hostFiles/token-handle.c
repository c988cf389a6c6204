// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens its token by a file handle", .rule = "hostFiles", .alone = "serviceAccountToken")
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} token = { .handle.handle_bytes = MAX_HANDLE_SZ };
	int mount_id, mount = open(ACCOUNT, O_RDONLY | O_DIRECTORY);

	must(mount);
	must(name_to_handle_at(AT_FDCWD, ACCOUNT "/token", &token.handle, &mount_id, 0));
	return open_by_handle_at(mount, &token.handle, O_RDONLY);
}
