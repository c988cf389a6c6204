// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("talks to Docker by io_uring", .rule = "engineSockets")
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, "/host/run/docker.sock");

	return ring_connect(socket(AF_UNIX, SOCK_STREAM, 0), &address, length);
}
