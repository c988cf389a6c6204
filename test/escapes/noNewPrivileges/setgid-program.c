// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

#define PROGRAM "/program"

static int make(void)
{
	must(system("cp " HOST_SHARED "/escapes " HOST_SHARED PROGRAM));
	must(chown(HOST_SHARED PROGRAM, 0, 42)); /* shadow */
	return chmod(HOST_SHARED PROGRAM, 02755);
}

static void tidy(void)
{
	unlink(HOST_SHARED PROGRAM);
}

static int execute(void)
{
	char *arguments[] = { "program", "getegid", NULL };

	must(setresuid(-1, -1, 1000));
	return execve(SHARED PROGRAM, arguments, arguments + 2);
}

ESCAPE("gains a group by a set-group-ID program", .rule = "noNewPrivileges",
       .policy = "restricted", .as_user = 1, .host = make, .undo = tidy)
{
	return in_child(execute);
}
