// SPDX-License-Identifier: Apache-2.0
/* A directory's generation is its owner's to change, so nothing may become of it what it was not. */
#include <linux/fs.h>

#include "runner/escape.h"

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

static void change_generation(const char *path)
{
	long generation = 0;
	int fd = open(path, O_RDONLY | O_DIRECTORY);

	must(fd);
	must(ioctl(fd, FS_IOC_GETVERSION, &generation));
	generation++;
	must(ioctl(fd, FS_IOC_SETVERSION, &generation));
	close(fd);
}

ESCAPE("gives the host's directory another generation, and makes a set-user-ID program there",
       .rule = "setuidFiles", .undo = tidy)
{
	change_generation(SHARED);
	return open(SHARED "/program", O_CREAT | O_EXCL | O_WRONLY, 04755);
}
