// SPDX-License-Identifier: Apache-2.0
/* A process that a runtime started makes the runtime its tracer. */
#include "runner/escape.h"
#include <sys/ptrace.h>

ESCAPE("makes its parent on the host trace it", .rule = "otherProcesses", .enter = only_leak)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
