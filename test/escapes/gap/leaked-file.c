// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads a file of the host that the runtime left open",
       .gap = "what a process inherits it may use as it is; only opening again is refused",
       .enter = only_leak)
{
	char byte;

	return pread(LEAKED_FILE, &byte, 1, 0);
}
