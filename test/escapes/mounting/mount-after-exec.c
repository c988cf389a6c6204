// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int mount_something(void)
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}

ESCAPE("mounts after executing another program", .rule = "mounting")
{
	return after_exec(mount_something);
}
