// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("has the kernel signal a process of the host, as a file's owner by F_SETOWN_EX",
       .rule = "otherProcesses")
{
	struct f_owner_ex owner = { F_OWNER_PID, victim };
	int pair[2];

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	if (fcntl(pair[0], F_SETOWN_EX, &owner))
		return -1;
	return let_owner_die(pair);
}
