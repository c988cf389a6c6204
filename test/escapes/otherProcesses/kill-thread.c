// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("sends a signal to a thread of the host", .rule = "otherProcesses")
{
	return syscall(SYS_tgkill, victim, victim, SIGURG);
}
