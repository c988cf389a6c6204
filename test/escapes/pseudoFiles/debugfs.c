// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads debugfs, which shows the kernel's inside", .rule = "pseudoFiles")
{
	return open("/host/sys/kernel/debug/sleep_time", O_RDONLY);
}
