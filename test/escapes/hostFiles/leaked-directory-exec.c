// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int copy_program(void)
{
	return system("cp " HOST_SHARED "/escapes " HOST_DIRECTORY "/program") ? -1 : 0;
}

static int execute(void)
{
	char *arguments[] = { "program", "nothing", NULL };

	return execveat(LEAKED, "program", arguments, arguments + 2, 0);
}

ESCAPE("executes a program of a leaked directory", .rule = "hostFiles", .enter = only_leak,
       .host = copy_program)
{
	return in_child(execute);
}
