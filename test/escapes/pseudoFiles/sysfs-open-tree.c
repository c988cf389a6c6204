// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("lists the host's file systems through open_tree", .rule = "pseudoFiles")
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, "/sys/fs", 0);

	must(tree);
	return openat(tree, "ext4", O_RDONLY | O_DIRECTORY);
}
