// SPDX-License-Identifier: Apache-2.0
/* Who else was given the directory knows it by its generation. */
#include <linux/fs.h>

#include "runner/escape.h"

static void tidy(void)
{
	rmdir(HOST_SHARED "/generation");
}

ESCAPE("gives a directory that it shares with the host another generation", .rule = "hostFiles",
       .undo = tidy)
{
	long generation = 0;
	int fd;

	must(mkdir(SHARED "/generation", 0755));
	fd = open(SHARED "/generation", O_RDONLY | O_DIRECTORY);
	must(fd);
	must(ioctl(fd, FS_IOC_GETVERSION, &generation));
	generation++;
	return ioctl(fd, FS_IOC_SETVERSION, &generation);
}
