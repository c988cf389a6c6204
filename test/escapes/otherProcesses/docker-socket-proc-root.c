// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("talks to Docker through /proc/1/root", .rule = "otherProcesses", .refused = EACCES,
       .alone = "engineSockets")
{
	return connect_to("/proc/1/root/run/docker.sock", SOCK_STREAM);
}
