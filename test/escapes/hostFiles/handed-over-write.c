// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_DIRECTORY "/handed");
}

ESCAPE("opens for writing what was handed over as stdin for reading", .rule = "hostFiles",
       .enter = hand_over_stdin, .undo = tidy)
{
	return open("/proc/self/fd/0", O_WRONLY);
}
