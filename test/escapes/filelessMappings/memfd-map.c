// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("maps code that lies in no file", .rule = "filelessMappings", .policy = "mappings")
{
	int memory = memfd_create("code", 0);

	must(ftruncate(memory, 4096));
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, memory, 0) == MAP_FAILED ? -1 :
											      0;
}
