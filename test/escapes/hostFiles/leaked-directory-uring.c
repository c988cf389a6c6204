// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("opens a file by a leaked directory and io_uring", .rule = "hostFiles", .enter = only_leak)
{
	return ring_open(LEAKED, "secret", O_RDONLY);
}
