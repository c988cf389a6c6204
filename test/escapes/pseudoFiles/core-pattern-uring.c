// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens core_pattern for writing by io_uring", .rule = "pseudoFiles")
{
	return ring_open(AT_FDCWD, "/proc/sys/kernel/core_pattern", O_WRONLY);
}
