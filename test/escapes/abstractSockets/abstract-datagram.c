// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int listen_there(void)
{
	return listen_at("@/host/notify", SOCK_DGRAM);
}

ESCAPE("sends to an abstract socket of the host", .rule = "abstractSockets", .host = listen_there)
{
	struct sockaddr_un address;
	socklen_t length = unix_address(&address, "@/host/notify");

	return sendto(socket(AF_UNIX, SOCK_DGRAM, 0), "x", 1, 0, (void *)&address, length);
}
