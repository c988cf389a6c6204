// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <linux/capability.h>
#include <sys/xattr.h>

static int make(void)
{
	return open(HOST_SHARED "/program", O_CREAT | O_WRONLY, 0755);
}

static void tidy(void)
{
	unlink(HOST_SHARED "/program");
}

ESCAPE("leaves a program with capabilities for the host", .rule = "setuidFiles", .host = make,
       .undo = tidy)
{
	struct vfs_cap_data all = { .magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE,
				    .data = { { ~0u, 0 }, { 0x1ff, 0 } } };

	return setxattr(SHARED "/program", "security.capability", &all, sizeof(all), 0);
}
