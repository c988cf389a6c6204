// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("moves all memory of a process of the host", .rule = "otherProcesses")
{
	unsigned long node = 1;

	return syscall(SYS_migrate_pages, victim, 8 * sizeof(node), &node, &node);
}
