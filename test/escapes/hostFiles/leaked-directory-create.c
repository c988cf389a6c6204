// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes a file in a leaked directory", .rule = "hostFiles", .enter = only_leak)
{
	int fd = openat(LEAKED, "made", O_WRONLY | O_CREAT, 0600);

	return fd < 0 ? -1 : unlinkat(LEAKED, "made", 0);
}
