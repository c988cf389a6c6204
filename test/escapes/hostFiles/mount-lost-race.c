// SPDX-License-Identifier: Apache-2.0
/* What a runtime mounts when a link of the source was swapped after it had been checked. */
#include "runner/escape.h"

static int mount_host_directory(void)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, HOST_DIRECTORY, OPEN_TREE_CLONE);

	must(tree);
	join_mounts();
	return syscall(SYS_move_mount, tree, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH);
}

static int unmount(void)
{
	join_mounts();
	return umount2("/mnt", MNT_DETACH);
}

static void tidy(void)
{
	must(in_child(unmount));
}

ESCAPE("reads a directory of the host that was mounted by mistake", .cve = "CVE-2021-30465",
       .rule = "hostFiles", .host = mount_host_directory, .undo = tidy)
{
	return open("/mnt/secret", O_RDONLY);
}
