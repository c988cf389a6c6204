// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int make(void)
{
	return open(HOST_SHARED "/program", O_CREAT | O_WRONLY, 0755);
}

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("leaves a set-user-ID program for the host, by chmod", .rule = "setuidFiles", .host = make,
       .undo = tidy)
{
	return chmod(SHARED "/program", 04755);
}
