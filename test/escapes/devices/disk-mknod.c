// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"
#include <sys/sysmacros.h>

ESCAPE("makes a device node for the host's disk and opens it", .rule = "devices")
{
	struct stat disk;

	must(stat("/dev/vda", &disk));
	unlink("/tmp/disk");
	if (mknod("/tmp/disk", S_IFBLK | 0600, disk.st_rdev))
		return -1;
	return open("/tmp/disk", O_RDONLY);
}
