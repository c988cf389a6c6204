// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int mount_something(void)
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}

ESCAPE("mounts from another thread", .rule = "mounting")
{
	return in_thread(mount_something);
}
