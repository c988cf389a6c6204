// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int mount_something(void)
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}

static int in_another(void)
{
	return in_child(mount_something);
}

ESCAPE("mounts from a grandchild", .rule = "mounting")
{
	return in_child(in_another);
}
