// SPDX-License-Identifier: Apache-2.0
/* A 64-bit program may call as 32-bit ones do; there the number is another. */
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("opens a file by its handle, as a 32-bit program does", .rule = "hostFiles")
{
	struct file_handle *handle = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int mount_id, mount = open(SHARED, O_RDONLY | O_DIRECTORY);

	must_be(handle != MAP_FAILED, "mmap");
	handle->handle_bytes = MAX_HANDLE_SZ;
	must(mount);
	must(name_to_handle_at(AT_FDCWD, SHARED, handle, &mount_id, 0));
	return i386_syscall(342, mount, (long)handle, O_RDONLY | O_DIRECTORY);
}
