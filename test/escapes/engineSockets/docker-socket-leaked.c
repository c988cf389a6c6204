// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("talks to Docker by a leaked directory", .rule = "engineSockets", .enter = only_leak)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/docker.sock", LEAKED_RUN);
	return connect_to(path, SOCK_STREAM);
}
