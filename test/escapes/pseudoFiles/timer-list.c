// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the timers of every process", .rule = "pseudoFiles")
{
	return open("/proc/timer_list", O_RDONLY);
}
