// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int load(void)
{
	return system("modprobe vsock") ? -1 : 0;
}

ESCAPE("makes a socket to the machine that this one runs on", .rule = "network",
       .policy = "offline", .host = load)
{
	return socket(AF_VSOCK, SOCK_STREAM, 0);
}
