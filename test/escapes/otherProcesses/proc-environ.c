// SPDX-License-Identifier: Apache-2.0
/* From Linux 6.13 CAP_PERFMON serves as well as the right to look, where a policy has it. */
#include "runner/escape.h"

ESCAPE("reads the environment of a process of the host", .rule = "otherProcesses",
       .refused = EACCES, .policy = "debugger")
{
	return open(of_victim("environ"), O_RDONLY);
}
