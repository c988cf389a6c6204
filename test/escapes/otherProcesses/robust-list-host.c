// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("asks where a process of the host keeps its locks", .rule = "otherProcesses")
{
	void *head;
	size_t length;

	return syscall(SYS_get_robust_list, victim, &head, &length);
}
