// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts proc by the new calls and attaches it nowhere", .rule = "mounting")
{
	int context = syscall(SYS_fsopen, "proc", 0), tree;

	if (context < 0 || syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return -1;
	tree = syscall(SYS_fsmount, context, 0, 0);
	return tree < 0 ? -1 : openat(tree, "kcore", O_RDONLY);
}
