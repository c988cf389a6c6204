// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

static int make(void)
{
	unlink("/tmp/disk");
	return mknod("/tmp/disk", S_IFBLK | 0600, makedev(254, 0));
}

ESCAPE("makes a device node for the host's disk, from another thread", .rule = "devices")
{
	return in_thread(make);
}
