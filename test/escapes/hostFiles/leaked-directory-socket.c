// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

#define SOCKET HOST_DIRECTORY "/socket"

static int listen_there(void)
{
	unlink(SOCKET);
	return listen_at(SOCKET, SOCK_STREAM);
}

static void tidy(void)
{
	unlink(SOCKET);
}

ESCAPE("talks to a service of the host by its socket in a leaked directory", .rule = "hostFiles",
       .enter = only_leak, .host = listen_there, .undo = tidy)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/socket", LEAKED);
	return connect_to(path, SOCK_STREAM);
}
