// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int open_it(void)
{
	return openat(LEAKED, "secret", O_RDONLY);
}

ESCAPE("opens a file by a leaked directory, from another thread", .rule = "hostFiles",
       .enter = only_leak)
{
	return in_thread(open_it);
}
