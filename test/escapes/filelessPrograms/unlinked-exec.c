// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int execute(void)
{
	char *arguments[] = { "escapes", "nothing", NULL };
	int file, copy;
	char block[65536];
	ssize_t length;

	must(file = open(SHARED "/escapes", O_RDONLY));
	must(copy = open("/dev/shm/program", O_RDWR | O_CREAT | O_TRUNC, 0700));
	while ((length = read(file, block, sizeof(block))) > 0)
		must(write(copy, block, length));
	close(copy);
	must(copy = open("/dev/shm/program", O_RDONLY));
	must(unlink("/dev/shm/program"));
	return fexecve(copy, arguments, arguments + 2);
}

ESCAPE("executes a program that has no name any more", .rule = "filelessPrograms")
{
	return in_child(execute);
}
