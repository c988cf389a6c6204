// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("maps a file of the host that the runtime left open",
       .gap = "what a process inherits it may use as it is; only opening again is refused",
       .enter = only_leak)
{
	return mmap(NULL, 1, PROT_READ, MAP_SHARED, LEAKED_FILE, 0) == MAP_FAILED ? -1 : 0;
}
