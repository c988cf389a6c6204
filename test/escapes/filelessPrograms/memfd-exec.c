// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/mman.h>

static int execute(void)
{
	char *arguments[] = { "escapes", "list", NULL };
	int memory = memfd_create("program", 0), file = open(SHARED "/escapes", O_RDONLY), nowhere;
	char block[65536];
	ssize_t length;

	must(file);
	while ((length = read(file, block, sizeof(block))) > 0)
		must(write(memory, block, length));
	must(nowhere = open("/dev/null", O_WRONLY));
	must(dup2(nowhere, STDOUT_FILENO));
	return fexecve(memory, arguments, arguments + 2);
}

ESCAPE("executes a program that lies in no file", .rule = "filelessPrograms")
{
	return in_child(execute);
}
