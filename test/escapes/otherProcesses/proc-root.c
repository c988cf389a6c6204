// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("walks through /proc/PID/root of a process of the host", .rule = "otherProcesses",
       .refused = EACCES)
{
	return open(of_victim("root" HOST_FILE), O_RDONLY);
}
