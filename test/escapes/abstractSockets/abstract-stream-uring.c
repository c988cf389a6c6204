// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int listen_there(void)
{
	return listen_at("@/host/shim", SOCK_STREAM);
}

ESCAPE("connects to an abstract socket of the host by io_uring", .rule = "abstractSockets",
       .host = listen_there)
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, "@/host/shim");

	return ring_connect(socket(AF_UNIX, SOCK_STREAM, 0), &address, length);
}
