// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_DIRECTORY "/handed");
}

ESCAPE("changes the mode of what was handed over as stdin for reading", .rule = "hostFiles",
       .enter = hand_over_stdin, .undo = tidy)
{
	return chmod("/proc/self/fd/0", 0666);
}
