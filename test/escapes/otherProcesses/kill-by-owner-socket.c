// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <asm/sockios.h>

ESCAPE("has the kernel signal a process of the host, as a socket's owner by ioctl",
       .rule = "otherProcesses")
{
	int pair[2];

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	if (ioctl(pair[0], SIOCSPGRP, &victim))
		return -1;
	return let_owner_die(pair);
}
