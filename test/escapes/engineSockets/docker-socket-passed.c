// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int pass(void)
{
	int fd = open("/run/docker.sock", O_PATH);

	must(fd);
	hand_over(fd);
	return 0;
}

ESCAPE("talks to Docker by its socket, passed over another", .rule = "engineSockets", .host = pass)
{
	char path[64];
	int fd = take_over();

	if (fd < 0)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return connect_to(path, SOCK_STREAM);
}
