// SPDX-License-Identifier: Apache-2.0
/* The kernel sends SIGIO to whoever was said to own a descriptor; nobody calls kill. */
#include "runner/escape.h"

ESCAPE("has the kernel signal a process of the host, as a file's owner", .rule = "otherProcesses")
{
	int pair[2];

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	if (fcntl(pair[0], F_SETOWN, victim))
		return -1;
	return let_owner_die(pair);
}
