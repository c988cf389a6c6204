// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the size of a disk in a copy of the host's /sys", .rule = "pseudoFiles")
{
	return open("/host/sys/class/block/vda/size", O_RDONLY);
}
