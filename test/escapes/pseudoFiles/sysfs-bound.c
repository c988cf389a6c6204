// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("writes in a copy of the host's /sys", .rule = "pseudoFiles")
{
	return open("/host/sys/power/state", O_WRONLY);
}
