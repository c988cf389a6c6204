// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

ESCAPE("leaves a device in a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	return mknodat(LEAKED, "device", S_IFCHR | 0600, makedev(1, 3))
		       ? -1
		       : unlinkat(LEAKED, "device", 0);
}
