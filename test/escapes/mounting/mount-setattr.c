// SPDX-License-Identifier: Apache-2.0
/* No LSM hook sees this call; what it needs is CAP_SYS_ADMIN. */
#include "runner/escape.h"

ESCAPE("changes the flags of a mount by mount_setattr", .rule = "mounting",
       .alone = "capabilities")
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_NOATIME,
					 .attr_clr = MOUNT_ATTR__ATIME };

	return syscall(SYS_mount_setattr, AT_FDCWD, "/proc", 0, &attributes, sizeof(attributes));
}
