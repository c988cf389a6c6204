// SPDX-License-Identifier: Apache-2.0
/* The mode lets nobody execute it yet. */
#include "runner/escape.h"

static int make(void)
{
	return open(HOST_SHARED "/program", O_CREAT | O_WRONLY, 0644);
}

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("leaves a set-group-ID program for the host, executable by an ACL", .rule = "setuidFiles",
       .host = make, .undo = tidy)
{
	return chmod(SHARED "/program", 02644) ? -1 : let_execute(SHARED "/program");
}
