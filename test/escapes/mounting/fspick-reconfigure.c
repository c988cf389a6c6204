// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("changes a file system by fspick and fsconfig", .rule = "mounting")
{
	int context = syscall(SYS_fspick, AT_FDCWD, "/proc", 0);

	if (context < 0 || syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "hidepid", "0", 0))
		return -1;
	return syscall(SYS_fsconfig, context, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0);
}
