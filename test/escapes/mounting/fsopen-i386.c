// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("begins a file system as a 32-bit program", .rule = "mounting", .alone = "capabilities")
{
	char *name = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	must_be(name != MAP_FAILED, "mmap");
	strcpy(name, "tmpfs");
	return i386_syscall(430, (long)name, 0, 0);
}
