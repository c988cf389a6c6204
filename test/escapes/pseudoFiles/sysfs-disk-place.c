// SPDX-License-Identifier: Apache-2.0
#include <limits.h>
#include "runner/escape.h"

ESCAPE("reads the size of a disk where the device lies", .rule = "pseudoFiles")
{
	char place[PATH_MAX] = "/sys/class/block/", size[PATH_MAX + 8];

	/* A symbolic link that leads into /sys/devices; reading where to is no open. */
	must(readlink("/sys/class/block/vda", place + strlen(place), PATH_MAX - 32));
	snprintf(size, sizeof(size), "%s/size", place);
	return open(size, O_RDONLY);
}
