// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

static void tidy(void)
{
	unlink(HOST_SHARED "/disk");
}

ESCAPE("leaves a device node for the host's users", .rule = "setuidFiles", .undo = tidy)
{
	return mknod(SHARED "/disk", S_IFBLK | 0666, makedev(254, 0));
}
