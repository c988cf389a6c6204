// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("moves memory of a process of the host", .rule = "otherProcesses")
{
	void *page = (void *)((unsigned long)marker & ~4095ul);
	int status;

	return syscall(SYS_move_pages, victim, 1, &page, NULL, &status, 0);
}
