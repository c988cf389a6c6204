// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the memory of the kernel", .rule = "pseudoFiles", .alone = "kernelLockdown")
{
	return open("/proc/kcore", O_RDONLY);
}
