// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/ptrace.h>

ESCAPE("traces a process of the host without stopping it", .rule = "otherProcesses")
{
	return ptrace(PTRACE_SEIZE, victim, NULL, NULL);
}
