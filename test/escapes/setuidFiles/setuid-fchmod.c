// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("leaves a set-user-ID program for the host, by fchmod", .rule = "setuidFiles", .undo = tidy)
{
	int fd = open(SHARED "/program", O_CREAT | O_WRONLY, 0755);

	must(fd);
	return fchmod(fd, 04755);
}
