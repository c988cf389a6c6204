// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("makes sysfs its root and lists the host's file systems", .rule = "pseudoFiles")
{
	must(chroot("/sys"));
	return open("/fs/ext4", O_RDONLY | O_DIRECTORY);
}
