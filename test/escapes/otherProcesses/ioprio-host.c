// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("takes disk time from a process of the host", .rule = "otherProcesses")
{
	return syscall(SYS_ioprio_set, 1 /* IOPRIO_WHO_PROCESS */, victim, 3 << 13 /* idle */);
}
