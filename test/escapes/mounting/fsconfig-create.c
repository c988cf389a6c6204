// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("has the kernel read a file system without mounting it", .rule = "mounting")
{
	int context = syscall(SYS_fsopen, "cgroup2", 0);

	if (context < 0)
		return -1;
	return syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}
