// SPDX-License-Identifier: Apache-2.0
/* Where a kernel that follows a null pointer finds what user code put there. */
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("maps memory at address 0", .rule = "capabilities", .policy = "mappings")
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	return page == MAP_FAILED ? -1 : 0;
}
