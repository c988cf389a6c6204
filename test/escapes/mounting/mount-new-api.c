// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("mounts by fsopen, fsconfig, fsmount and move_mount", .rule = "mounting")
{
	int context = syscall(SYS_fsopen, "tmpfs", 0), tree;

	if (context < 0 || syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return -1;
	tree = syscall(SYS_fsmount, context, 0, 0);
	if (tree < 0)
		return -1;
	return syscall(SYS_move_mount, tree, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH);
}
