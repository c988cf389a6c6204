// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens a leaked file again, for writing", .rule = "hostFiles", .enter = only_leak)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", LEAKED_FILE);
	return open(path, O_WRONLY);
}
