// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <stdint.h>

ESCAPE("writes into the memory of a process of the host", .rule = "otherProcesses")
{
	int memory = open(of_victim("mem"), O_RDWR);

	return memory < 0 ? -1 : pwrite(memory, "here", 4, (uintptr_t)marker);
}
