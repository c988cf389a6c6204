// SPDX-License-Identifier: Apache-2.0
/* From Linux 6.13 CAP_PERFMON serves as well as the right to look, where a policy has it. */
#include "runner/escape.h"
#include <sys/mman.h>

ESCAPE("has memory of a process of the host reclaimed", .rule = "otherProcesses", .refused = EACCES,
       .policy = "debugger")
{
	struct iovec page = { (void *)((unsigned long)marker & ~4095ul), 4096 };
	int pidfd = syscall(SYS_pidfd_open, victim, 0);

	must(pidfd);
	return syscall(SYS_process_madvise, pidfd, &page, 1, MADV_COLD, 0);
}
