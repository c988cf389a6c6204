// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int make(void)
{
	int file = open(HOST_SHARED "/program", O_CREAT | O_WRONLY, 0700);

	return file < 0 ? -1 : fchmod(file, 04700);
}

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("lets a user of the host execute root's set-user-ID program, by an ACL",
       .rule = "setuidFiles", .host = make, .undo = tidy)
{
	return let_execute(SHARED "/program");
}
