// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens core_pattern for writing through a descriptor without rights", .rule = "pseudoFiles")
{
	char path[64];
	int name = open("/proc/sys/kernel/core_pattern", O_PATH);

	must(name);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", name);
	return open(path, O_WRONLY);
}
