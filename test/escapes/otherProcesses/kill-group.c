// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("sends a signal to a process group of the host", .rule = "otherProcesses")
{
	return kill(-victim, SIGURG);
}
