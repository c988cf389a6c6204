// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/resource.h>

ESCAPE("sets the limits of a process of the host", .rule = "otherProcesses")
{
	struct rlimit limit = { 64, 64 };

	return prlimit(victim, RLIMIT_NOFILE, &limit, NULL);
}
