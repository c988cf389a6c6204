// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

static int load(void)
{
	return system("modprobe loop") ? -1 : 0;
}

ESCAPE("makes loop devices", .rule = "devices", .host = load)
{
	unlink("/tmp/loop");
	if (mknod("/tmp/loop", S_IFCHR | 0600, makedev(10, 237)))
		return -1;
	return open("/tmp/loop", O_RDWR);
}
