// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/ptrace.h>

ESCAPE("traces a process of the host", .rule = "otherProcesses")
{
	return ptrace(PTRACE_ATTACH, victim, NULL, NULL);
}
