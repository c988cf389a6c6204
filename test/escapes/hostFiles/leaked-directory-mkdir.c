// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a directory in a leaked one", .rule = "hostFiles", .enter = only_leak)
{
	return mkdirat(LEAKED, "made", 0700) ? -1 : unlinkat(LEAKED, "made", AT_REMOVEDIR);
}
