// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("makes a mapping of what lies in no file executable", .rule = "filelessMappings",
       .policy = "mappings")
{
	int memory = memfd_create("code", 0);
	void *page;

	must(ftruncate(memory, 4096));
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, memory, 0);
	must_be(page != MAP_FAILED, "mmap");
	return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
