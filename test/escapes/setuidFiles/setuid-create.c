// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("creates a set-user-ID program for the host", .rule = "setuidFiles", .undo = tidy)
{
	return open(SHARED "/program", O_CREAT | O_EXCL | O_WRONLY, 04755);
}
