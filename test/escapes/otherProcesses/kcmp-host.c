// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("compares what two processes of the host have open", .rule = "otherProcesses")
{
	return syscall(SYS_kcmp, victim, getpid(), 2 /* KCMP_FILES */, 0, 0);
}
