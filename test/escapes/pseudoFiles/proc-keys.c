// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the kernel's keys", .rule = "pseudoFiles")
{
	return open("/proc/keys", O_RDONLY);
}
