// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("queues a signal with data for a process of the host", .rule = "otherProcesses")
{
	return sigqueue(victim, SIGURG, (union sigval){ 0 });
}
