// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int copy_program(void)
{
	return system("cp " HOST_SHARED "/escapes " HOST_DIRECTORY "/program") ? -1 : 0;
}

static void tidy(void)
{
	unlink(HOST_SHARED "/script");
}

static int execute(void)
{
	char *arguments[] = { "script", NULL };

	return execve(SHARED "/script", arguments, arguments + 1);
}

ESCAPE("executes a program of a leaked directory as a script's interpreter", .rule = "hostFiles",
       .enter = only_leak, .host = copy_program, .undo = tidy)
{
	int script = open(SHARED "/script", O_CREAT | O_WRONLY | O_TRUNC, 0755);

	must(dprintf(script, "#!/proc/self/fd/%d/program nothing\n", LEAKED));
	close(script);
	return in_child(execute);
}
