// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("sends a signal by a pidfd", .rule = "otherProcesses")
{
	int pidfd = syscall(SYS_pidfd_open, victim, 0);

	must(pidfd);
	return syscall(SYS_pidfd_send_signal, pidfd, SIGURG, NULL, 0);
}
