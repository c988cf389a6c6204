// SPDX-License-Identifier: Apache-2.0
#include "runner/escape.h"

ESCAPE("reads the size of the host's disk by io_uring", .rule = "pseudoFiles")
{
	return ring_open(AT_FDCWD, "/sys/class/block/vda/size", O_RDONLY);
}
