// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a process in a user namespace", .rule = "userNamespaces", .policy = "restricted",
       .as_user = 1)
{
	int child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0);

	if (child == 0)
		_exit(0);
	return child < 0 ? -1 : waitpid(child, NULL, 0);
}
