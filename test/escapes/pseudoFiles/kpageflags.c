// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads what the machine's pages are used for", .rule = "pseudoFiles")
{
	return open("/proc/kpageflags", O_RDONLY);
}
