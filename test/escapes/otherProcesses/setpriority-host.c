// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/resource.h>

ESCAPE("takes processor time from a process of the host", .rule = "otherProcesses")
{
	return setpriority(PRIO_PROCESS, victim, 19);
}
