// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("joins the host's mount namespace by a pidfd", .rule = "otherProcesses")
{
	int pidfd = syscall(SYS_pidfd_open, victim, 0);

	must(pidfd);
	return setns(pidfd, CLONE_NEWNS);
}
