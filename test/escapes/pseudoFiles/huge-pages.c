// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes how the kernel gives out memory", .rule = "pseudoFiles")
{
	return open("/sys/kernel/mm/transparent_hugepage/enabled", O_WRONLY);
}
