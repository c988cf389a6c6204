// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

static int load(void)
{
	return system("modprobe tun") ? -1 : 0;
}

ESCAPE("makes network interfaces", .rule = "devices", .host = load)
{
	unlink("/tmp/tun");
	if (mknod("/tmp/tun", S_IFCHR | 0600, makedev(10, 200)))
		return -1;
	return open("/tmp/tun", O_RDWR);
}
