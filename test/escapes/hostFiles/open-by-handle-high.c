// SPDX-License-Identifier: Apache-2.0
/* The kernel looks at the low half of a system call's number, whatever is above. */
#include "runner/escape.h"

ESCAPE("opens a file by its handle, with a system call's number of more than 32 bits",
       .rule = "hostFiles")
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} file = { .handle.handle_bytes = MAX_HANDLE_SZ };
	int mount_id, mount = open(SHARED, O_RDONLY | O_DIRECTORY);

	must(mount);
	must(name_to_handle_at(AT_FDCWD, SHARED, &file.handle, &mount_id, 0));
	return high_syscall(SYS_open_by_handle_at, mount, (long)&file.handle,
			    O_RDONLY | O_DIRECTORY, 0);
}
