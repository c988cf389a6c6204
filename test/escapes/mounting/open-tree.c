// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("copies a mount by open_tree and attaches it by move_mount", .rule = "mounting")
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, "/", OPEN_TREE_CLONE);

	if (tree < 0)
		return -1;
	return syscall(SYS_move_mount, tree, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH);
}
