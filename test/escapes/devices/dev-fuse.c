// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

static int load(void)
{
	return system("modprobe fuse") ? -1 : 0;
}

ESCAPE("serves a file system of its own to the kernel", .rule = "devices", .host = load)
{
	unlink("/tmp/fuse");
	if (mknod("/tmp/fuse", S_IFCHR | 0600, makedev(10, 229)))
		return -1;
	return open("/tmp/fuse", O_RDWR);
}
