// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("takes an open file out of a process of the host", .rule = "otherProcesses")
{
	int pidfd = syscall(SYS_pidfd_open, victim, 0);

	must(pidfd);
	return syscall(SYS_pidfd_getfd, pidfd, LEAKED_FILE, 0);
}
