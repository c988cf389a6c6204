// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens a file by a leaked directory's name in /proc", .rule = "hostFiles",
       .enter = only_leak)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/secret", LEAKED);
	return open(path, O_RDONLY);
}
