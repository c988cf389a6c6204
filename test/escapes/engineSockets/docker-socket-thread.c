// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int reach(void)
{
	return connect_to("/host/run/docker.sock", SOCK_STREAM);
}

ESCAPE("talks to Docker from another thread", .rule = "engineSockets")
{
	return in_thread(reach);
}
