// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the size of the host's disk", .rule = "pseudoFiles")
{
	return open("/sys/class/block/vda/size", O_RDONLY);
}
