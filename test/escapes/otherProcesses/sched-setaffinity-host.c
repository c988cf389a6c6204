// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("ties a process of the host to one processor", .rule = "otherProcesses")
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	return sched_setaffinity(victim, sizeof(one), &one);
}
