// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

static int make(void)
{
	return mkdir("/sys/fs/cgroup/victim", 0755) && errno != EEXIST ? -1 : 0;
}

static void tidy(void)
{
	rmdir("/sys/fs/cgroup/victim");
}

ESCAPE("kills all processes of another group", .rule = "pseudoFiles", .host = make, .undo = tidy)
{
	return write_to("/host/sys/fs/cgroup/victim/cgroup.kill", "1");
}
